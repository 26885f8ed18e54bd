"""Lattice points in an ellipsoid of three variables, slice by slice along the hulls of `planar`."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from weylspec.errors import WeylspecError
from weylspec.exact.lattices.points.planar import ARCS, ROOM, planar_cost, planar_count, reduced_form
from weylspec.exact.limits import MAX_OPERATIONS, check_operations

SpatialForm: TypeAlias = tuple[int, int, int, int, int, int]

_SLICE = 150.0  # steps of a slice, besides its hull
_START = 1e4
_LONG_SLICE = 2e4
_MEAN = 0.8413  # of (1 − t²)^{1/3} over 0 < t < 1: the cost of a slice, over that of the widest one
_IN_BALL = 0.22  # share of it that is left in a ball, where only points with the largest coordinate are met
_LARGEST = 2**52
_AT_ONCE = 4096


@dataclass(frozen=True)
class _Slices:
    """The form a x² + b xy + c y² + (d x + e y) z + f z² up to top; |z| ≤ last."""

    planar: tuple[int, int, int]
    shift: tuple[int, int]
    norm: int
    top: int
    last: int

    @property
    def is_diagonal(self) -> bool:
        return not (self.planar[1] or any(self.shift))

    @property
    def is_ball(self) -> bool:
        return self.is_diagonal and self.planar[0] == self.planar[2] == self.norm

    @property
    def fits(self) -> bool:
        """Whether the compiled integers hold the values."""
        a, b, c = self.planar
        if self.is_diagonal:
            return max(a, c, self.norm, self.top) < _LARGEST
        d, e = (abs(x) * self.last for x in self.shift)
        big = 4 * a * c - b * b
        row = (abs(b) * d + 2 * a * e) ** 2 + big * (d * d + 4 * a * self.top)
        return max(row, self.norm * max(1, self.last) ** 2, 64 * self.top) < 64 * _LARGEST


def spatial_cost(form: SpatialForm, top: int) -> float:
    """Estimated steps of `spatial_count`; infinite where it offers no way.

    Parameters
    ----------
    form : tuple of 6 ints
        Coefficients of x², xy, xz, y², yz, z², positive definite.
    top : int

    Returns
    -------
    float

    Raises
    ------
    WeylspecError
        If the form is not positive definite.

    Examples
    --------
    A hundred times the radius costs (10²)^{5/3} times as much:

    >>> ball = (1, 0, 0, 1, 0, 1)
    >>> round(math.log(spatial_cost(ball, 10**15) / spatial_cost(ball, 10**11), 100), 1)
    1.7
    """
    return _cost(_slices(form, top)) if top >= 0 else 1.0


def spatial_count(form: SpatialForm, top: int) -> int:
    """Number of (x, y, z) ∈ Z³ with a x² + b xy + c xz + d y² + e yz + f z² ≤ top, exact.

    A sum over z of lattice points in ellipses, O(top^{5/6}) operations. In balls only z above
    √(top/3) are met, and of their slices the points with |x|, |y| ≤ z.

    Parameters
    ----------
    form : tuple of 6 ints
        (a, b, c, d, e, f), positive definite. The last vector of the basis should be the longest.
    top : int

    Returns
    -------
    int
        0 if top is negative.

    Raises
    ------
    WeylspecError
        If the form is not positive definite.
    CostError
        If `spatial_cost` is above 10¹¹.

    Examples
    --------
    >>> spatial_count((1, 0, 0, 1, 0, 1), 10**6)
    4188781437
    >>> spatial_count((1, 1, 1, 1, 1, 1), 1)  # the face-centred cubic lattice: 0 and twelve neighbours
    13
    """
    slices = _slices(form, top)
    if top < 0:
        return 0
    check_operations(_cost(slices), f"counting the points of the form {form} up to {top}", "slices")
    if slices.fits:
        return _compiled(slices)
    (a, b, c), f = slices.planar, slices.norm
    return 2 * sum(planar_count(a, b, c, slices.top - f * z * z) for z in range(1, slices.last + 1)) \
        + planar_count(a, b, c, slices.top)


def _slices(form: SpatialForm, top: int) -> _Slices:
    """Without the common divisor, the planar part reduced; norms in order where the form is diagonal."""
    common = math.gcd(*form)
    a, b, d, c, e, f = (x // common if common else 0 for x in form)
    if not (b or d or e):
        a, c, f = sorted((a, c, f))
    volume = 4 * a * c * f + b * d * e - a * e * e - c * d * d - f * b * b  # a quarter of the determinant, doubled
    if volume <= 0:
        raise WeylspecError(f"the form with the coefficients {form} is not positive definite")
    (a, b, c), basis = reduced_form(a, b, c)
    shift = (d * basis[0][0] + e * basis[0][1], d * basis[1][0] + e * basis[1][1])
    last = math.isqrt(max(top // common, 0) * (4 * a * c - b * b) // volume)
    return _Slices((a, b, c), shift, f, top // common, last)


def _cost(slices: _Slices) -> float:
    a, b, c = slices.planar
    if not slices.fits:
        if any(slices.shift) or slices.last > MAX_OPERATIONS:
            return math.inf
        return (slices.last + 1) * (_LONG_SLICE + planar_cost(a, b, c, slices.top))
    hull: float = ARCS * _MEAN * (2 * slices.top / math.sqrt(4 * a * c - b * b)) ** (1 / 3)
    share = 1.0
    if slices.is_diagonal:
        share = _IN_BALL / 8 if slices.is_ball else 1 / 8 if a == c else 1 / 4
    return _START + (slices.last + 1) * (_SLICE + share * hull)


def _compiled(slices: _Slices) -> int:
    from weylspec.exact.lattices.points import _loops

    waiting = np.empty(ROOM, dtype=np.int64)
    (a, b, c), f, top = slices.planar, slices.norm, slices.top
    if slices.is_ball:
        top //= a
        side = math.isqrt(top // 3)
        return (2 * side + 1) ** 3 + _summed(_loops.ball_slices, (top,), top, side + 1, math.isqrt(top), waiting)
    form = np.array([a, b, c, *slices.shift, f], dtype=np.int64)
    call, arguments = (_loops.diagonal_slices, (a, c, f)) if slices.is_diagonal else (_loops.skew_slices, (form,))
    middle = _summed(call, (*arguments, top), top, 0, 0, waiting)
    return middle + 2 * _summed(call, (*arguments, top), top, 1, slices.last, waiting)


def _summed(call: Callable[..., int], arguments: tuple[Any, ...], top: int, first: int, last: int,
            waiting: npt.NDArray[np.int64]) -> int:
    """The sum of all slices, of so many at once that 64 (top + 1) for each one fit an integer."""
    step = max(1, min(_AT_ONCE, 2**62 // (64 * (top + 1))))
    return sum(int(call(*arguments, start, min(start + step, last + 1) - 1, waiting))
               for start in range(first, last + 1, step))
