"""`Spectrum`: levels in ascending order, exact multiplicities, and how far the list is complete."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, reduce
from operator import mul
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import numpy.typing as npt

from weylspec import _heat, _npz
from weylspec._product import keyed_product, labelled_power
from weylspec.errors import IncompleteSpectrumError, WeylspecError
from weylspec.multiplicities import IntArray, exact_integers, level_pairs, pair_products, sum_by_index, unique_rows
from weylspec.units import Number, Unit, floor_index, number, positive, values

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FloatArray = npt.NDArray[np.float64]

_ULPS = 4 * np.finfo(np.float64).eps


@dataclass(frozen=True, eq=False)
class Spectrum:
    """Eigenvalues with exact multiplicities, complete up to a stated bound.

    Attributes
    ----------
    eigenvalues : ndarray of shape (levels,), float64
        Ascending. λ is the eigenvalue of Δ ≥ 0, not the frequency √λ.
    multiplicities : ndarray of shape (levels,)
        Exact integers: int64 while their sum fits, else Python ints.
    complete_below : float
        Every eigenvalue ≤ this number is listed (closed bound).
    errors : ndarray of shape (levels,), float64
        Bound or estimate of each eigenvalue's error; zeros when closed form.
    provenance : str
        Where the numbers come from, and why the list is complete.
    keys : ndarray of shape (levels, r), int64, or None
        Integer level keys, ``eigenvalues = keys @ units``; equality of levels is decided on them.
    units : tuple of r Fractions or floats
        Numbers that are linearly independent over the rationals.
    labels : tuple or None
        For levels without keys: what tells them apart. They are never merged by value.

    Examples
    --------
    >>> import weylspec as ws
    >>> S = ws.Sphere(2).spectrum(cutoff=12)
    >>> S.eigenvalues.tolist(), S.multiplicities.tolist(), S.count(11)
    ([0.0, 2.0, 6.0, 12.0], [1, 3, 5, 7], 9)
    """

    eigenvalues: FloatArray
    multiplicities: IntArray
    complete_below: float
    errors: FloatArray = field(repr=False)
    provenance: str
    keys: npt.NDArray[np.int64] | None = field(default=None, repr=False)
    units: tuple[Unit, ...] = ()
    labels: tuple[Hashable, ...] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        n = len(self.eigenvalues)
        if len(self.multiplicities) != n or len(self.errors) != n:
            raise WeylspecError(f"{n} eigenvalues need {n} multiplicities and errors")
        if (self.keys is None) == (self.labels is None):
            raise WeylspecError("a Spectrum has either integer keys or labels")
        if n and (np.diff(self.eigenvalues) < 0).any():
            raise WeylspecError("eigenvalues must ascend")

    # -- constructors -----------------------------------------------------------------------

    @classmethod
    def from_keys(
        cls,
        keys: npt.NDArray[np.int64] | Sequence[int],
        multiplicities: IntArray | Sequence[int],
        units: Sequence[Unit],
        complete_below: Number,
        provenance: str,
    ) -> Self:
        """Build a spectrum from integer keys: equal keys are merged, zero multiplicities dropped.

        Parameters
        ----------
        keys : array of shape (n,) or (n, r), int64
        multiplicities : array of shape (n,), exact integers
        units : sequence of r Fractions or floats
        complete_below : number
        provenance : str

        Returns
        -------
        Spectrum

        """
        table = np.asarray(keys, dtype=np.int64)
        table = table.reshape(len(table), -1) if table.size else table.reshape(0, max(1, len(units)))
        unique, inverse = unique_rows(table)
        merged = sum_by_index(exact_integers(multiplicities), inverse, len(unique))
        keep = np.asarray(merged != 0, dtype=bool)
        unique, merged = unique[keep], merged[keep]
        lam = values(unique, units)
        order = np.argsort(lam, kind="stable")
        return cls(
            lam[order], exact_integers(merged[order]), float(number(complete_below)), np.zeros(len(lam)),
            provenance, unique[order], tuple(units),
        )

    @classmethod
    def from_eigenvalues(
        cls,
        eigenvalues: npt.ArrayLike,
        *,
        complete_below: Number,
        errors: npt.ArrayLike | float = 0.0,
        multiplicities: Sequence[int] | IntArray | None = None,
        labels: Sequence[Hashable] | None = None,
        provenance: str = "handed in",
    ) -> Self:
        """Take a list of eigenvalues from elsewhere (a solver, a measurement, a paper).

        Parameters
        ----------
        eigenvalues : array of shape (n,)
            Any order. Repeated values are kept apart: no float decides that two levels are one.
        complete_below : number
            The caller's word that every eigenvalue ≤ this is in the list.
        errors : array of shape (n,) or float
            Absolute error of each eigenvalue.
        multiplicities : sequence of n integers, optional
            Default: one each.
        labels : sequence of n strings, numbers or tuples of them, optional
            What tells the levels apart; default their numbers.
        provenance : str

        Returns
        -------
        Spectrum

        Raises
        ------
        WeylspecError
            For a value that is not finite, a negative error or multiplicity, or lists of different lengths.

        Examples
        --------
        >>> Spectrum.from_eigenvalues([0, 2, 2, 2], complete_below=5).count(2)
        4
        """
        lam = np.asarray(eigenvalues, dtype=np.float64).reshape(-1)
        for bad in lam[~np.isfinite(lam)]:
            raise WeylspecError(f"eigenvalues must be finite, got {bad}; remove it and lower complete_below")
        mult = exact_integers([1] * len(lam) if multiplicities is None else multiplicities)
        if np.ndim(errors) and np.shape(errors) != lam.shape:
            raise WeylspecError(f"{len(lam)} eigenvalues came with errors of shape {np.shape(errors)}")
        error = np.broadcast_to(np.asarray(errors, dtype=np.float64), lam.shape)
        names: Sequence[Hashable] = range(len(lam)) if labels is None else labels
        if not len(mult) == len(names) == len(lam):
            raise WeylspecError(f"{len(lam)} eigenvalues came with {len(mult)} multiplicities, {len(names)} labels")
        if (mult < 1).any() or not (error >= 0).all():
            raise WeylspecError("multiplicities must be positive and errors must not be negative")
        order = np.argsort(lam, kind="stable")
        return cls(lam[order], mult[order], float(number(complete_below)), error[order].copy(), provenance,
                   labels=tuple(names[i] for i in (order if labels is not None else range(len(lam)))))

    # -- reading ----------------------------------------------------------------------------

    def __len__(self) -> int:
        """Number of levels."""
        return len(self.eigenvalues)

    @cached_property
    def cumulative(self) -> IntArray:
        """N at each level, exact, shape (levels,)."""
        return np.cumsum(self.multiplicities)

    @property
    def total(self) -> int:
        """Number of eigenvalues in the list, with multiplicity."""
        return int(self.cumulative[-1]) if len(self) else 0

    def index(self, lam: Number) -> int:
        """Number of levels ≤ λ.

        Raises
        ------
        IncompleteSpectrumError
            If λ lies beyond `complete_below`.
        """
        value = number(lam, "lam")
        if value > self.complete_below * (1 + _ULPS):
            raise IncompleteSpectrumError(
                f"lam = {lam} is beyond complete_below = {self.complete_below:g}; "
                f"ask the space for spectrum(cutoff={lam})"
            )
        if self.keys is not None and len(self.units) == 1:
            top = floor_index(lam, self.units[0])
            below = int(np.searchsorted(self.keys[:, 0], min(top, np.iinfo(np.int64).max), side="right"))
            if isinstance(value, Fraction):
                return below
            # A float that this list handed out counts its level, however close the keys lie.
            return max(below, int(np.searchsorted(self.eigenvalues, value, side="right")))
        return int(np.searchsorted(self.eigenvalues, float(value) * (1 + _ULPS), side="right"))

    def count(self, lam: Number) -> int:
        """N(λ) = number of eigenvalues ≤ λ, with multiplicity (closed count), exact.

        Parameters
        ----------
        lam : int, float, str or Fraction

        Returns
        -------
        int

        Raises
        ------
        IncompleteSpectrumError
            If λ lies beyond `complete_below`.

        Examples
        --------
        >>> import weylspec as ws
        >>> [ws.Torus(2).spectrum(cutoff=5).count(x) for x in (0, 0.99, 1, 5)]
        [1, 1, 5, 21]
        """
        index = self.index(lam)
        return int(self.cumulative[index - 1]) if index else 0

    def repeated(self, k: int | None = None) -> FloatArray:
        """The first k eigenvalues, repeated by multiplicity, shape (k,) (all of them by default).

        Raises
        ------
        IncompleteSpectrumError
            If the list holds fewer than k.
        """
        k = self.total if k is None else k
        if not 0 <= k <= self.total:
            raise IncompleteSpectrumError(f"the list holds {self.total} eigenvalues, {k} were asked for")
        levels = int(np.searchsorted(self.cumulative, k)) + 1 if k else 0
        counts = np.minimum(self.multiplicities[:levels], k).astype(np.int64)
        return np.repeat(self.eigenvalues[:levels], counts)[:k]

    def up_to(self, cutoff: Number) -> Spectrum:
        """The levels ≤ cutoff, as a spectrum that is complete below it."""
        stop = self.index(cutoff)
        return Spectrum(
            self.eigenvalues[:stop], self.multiplicities[:stop], float(number(cutoff)), self.errors[:stop],
            self.provenance, None if self.keys is None else self.keys[:stop], self.units,
            None if self.labels is None else self.labels[:stop],
        )

    def growth(self) -> float:
        """Exponent p of N(λ) ≈ C·λ^p read off the list's upper three quarters (0 for one level)."""
        top = self.complete_below
        if not math.isfinite(top) or top <= 0 or len(self) < 2:
            return 0.0
        high, low = self.count(top), max(1, self.count(top / 4))
        return math.log(high / low) / math.log(4)

    def heat_trace(self, t: float | npt.ArrayLike, rtol: float = 1e-10) -> Any:
        """Z(t) = Σ m_λ exp(−tλ), refused where the cut tail matters.

        The tail beyond `complete_below` = c is estimated with N(λ) ≤ K·N(c)(λ/c)^p, p = the list's
        growth exponent plus ½, K = the largest ratio of successive N in the list (1000 for one level):
        tail ≤ K·N(c)(tc)^{−p} Γ(p+1, tc).

        Parameters
        ----------
        t : float or array of shape (n,)
            Positive times, in units of 1/λ.
        rtol : float
            Largest tail allowed, relative to Z(t).

        Returns
        -------
        float or ndarray of shape (n,)

        Raises
        ------
        IncompleteSpectrumError
            If the tail exceeds rtol; the message names a cutoff that would do.

        Examples
        --------
        >>> import weylspec as ws
        >>> ws.Torus(1).spectrum(cutoff=100).heat_trace(1.0)    # ϑ₃ at e⁻¹
        1.772637204826652
        """
        times = np.atleast_1d(np.asarray(t, dtype=np.float64))
        if not (times > 0).all():
            raise WeylspecError(f"heat_trace needs t > 0, got {float(times[~(times > 0)][0])}")
        weights = self.multiplicities.astype(np.float64)
        trace = np.array([float(weights @ np.exp(-s * self.eigenvalues)) for s in times])
        if math.isfinite(self.complete_below):
            _heat.certify(times, trace, self.complete_below, self.cumulative, self.growth() + 0.5, rtol)
        return float(trace[0]) if np.ndim(t) == 0 else trace

    # -- making new ones --------------------------------------------------------------------

    def scaled(self, r: Number) -> Spectrum:
        """The spectrum after multiplying all lengths by r: λ → λ/r².

        Examples
        --------
        >>> import weylspec as ws
        >>> ws.Sphere(2).spectrum(cutoff=6).scaled(2).eigenvalues.tolist()
        [0.0, 0.5, 1.5]
        """
        square = positive(r, "scale") ** 2
        units = tuple(
            unit / square if isinstance(unit, Fraction) and isinstance(square, Fraction)
            else float(unit) / float(square) for unit in self.units
        )
        lam = self.eigenvalues / float(square) if self.keys is None else values(self.keys, units)
        return Spectrum(lam, self.multiplicities, self.complete_below / float(square),
                        self.errors / float(square), self.provenance, self.keys, units, self.labels)

    def __mul__(self, other: Spectrum) -> Spectrum:
        """Spectrum of the product: λ = λ' + λ'', multiplicities convolve.

        With keys on both sides equal sums merge; otherwise the label is the pair and nothing is
        merged. Complete below min(c' + λ''_min, c'' + λ'_min).
        """
        cutoff = min(self.complete_below + other.lowest, other.complete_below + self.lowest)
        how = f"product of ({self.provenance}) and ({other.provenance})"
        if self.keys is not None and other.keys is not None:
            return Spectrum.from_keys(*keyed_product(self, other, cutoff), cutoff, how).up_to(cutoff)
        first, second = level_pairs(self.eigenvalues, other.eigenvalues, cutoff)
        mult = pair_products(self.multiplicities, other.multiplicities, first, second)
        lam = self.eigenvalues[first] + other.eigenvalues[second]
        order = np.argsort(lam, kind="stable")
        mine, theirs = self.names(), other.names()
        return Spectrum(
            lam[order], exact_integers(mult[order]), cutoff, (self.errors[first] + other.errors[second])[order],
            how, labels=tuple((mine[first[i]], theirs[second[i]]) for i in order),
        )

    def __pow__(self, m: int) -> Spectrum:
        """Spectrum of the m-fold product of the space with itself."""
        if m < 1:
            raise WeylspecError(f"the power must be at least 1, got {m}")
        return labelled_power(self, m) if self.labels is not None and m > 1 else reduce(mul, [self] * m)

    @property
    def lowest(self) -> float:
        """The least eigenvalue; a computed one that is zero within its error is zero."""
        if not len(self) or abs(self.eigenvalues[0]) <= self.errors[0]:
            return 0.0
        return float(self.eigenvalues[0])

    def names(self) -> tuple[Hashable, ...]:
        """What tells each level apart: its label, or its row of keys."""
        if self.labels is not None:
            return self.labels
        assert self.keys is not None
        return tuple(tuple(int(k) for k in row) for row in self.keys)

    # -- files and pictures -----------------------------------------------------------------

    def save(self, path: str | Path) -> None:
        """Write an npz file without pickles; exact integers and units survive.

        Raises
        ------
        WeylspecError
            If a label is not made of strings, numbers and tuples of them.
        """
        _npz.write(self, path)

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """Read a file that `save` wrote."""
        return cls(**_npz.read(path))

    def plot(self, ax: Axes | None = None) -> Axes:
        """N(λ) as a staircase."""
        from weylspec.render.pictures import staircase

        return staircase(self.eigenvalues, self.cumulative, self.complete_below, ax=ax)

    def _repr_html_(self) -> str:
        from weylspec.render.tables import html_table

        rows = [(f"{lam:.10g}", str(m), str(n)) for lam, m, n in
                zip(self.eigenvalues[:12], self.multiplicities[:12], self.cumulative[:12], strict=True)]
        caption = f"{len(self)} levels, complete below {self.complete_below:g}; {self.provenance}"
        return html_table(("λ", "multiplicity", "N(λ)"), rows, caption)
