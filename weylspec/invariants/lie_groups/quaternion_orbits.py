"""Geometry of SU(2) with a left-invariant metric modulo x ↦ p·x·q: fixed circles, Hopf bases, weighted circles."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from weylspec.errors import UnknownGeometryError
from weylspec.invariants.lie_groups.quaternions import QuaternionCoset
from weylspec.invariants.orbit_spaces.fixed_sets import FixedSet, finite_orbits
from weylspec.invariants.orbit_spaces.geometry import CLOSED_FORM, OrbitGeometry, Term, Wall

Lengths = tuple[float, float, float]


def su2_orbits(
    cosets: Sequence[QuaternionCoset], lengths: Lengths, label: str, scalar_curvature: float
) -> OrbitGeometry:
    """Geometry of SU(2)/G for isometries x ↦ p·x·q.

    Parameters
    ----------
    cosets : sequence of QuaternionCoset
        Of the group; right factors on circles only where the last two lengths agree.
    lengths : tuple of 3 floats
        a, b, c of the left-invariant fields X_i, X_j, X_k.
    label : str
    scalar_curvature : float
        Of the group.

    Returns
    -------
    OrbitGeometry
        For finite groups; the circle x ↦ x·e^{iφ} with anything that joins it; any connected group.

    Raises
    ------
    UnknownGeometryError
        For other groups of several components.

    Examples
    --------
    The Hopf fibration, over the sphere of radius ½:

    >>> import numpy as np
    >>> from weylspec.groups.orthogonal import SO
    >>> from weylspec.invariants.lie_groups.quaternions import quaternion_coset
    >>> hopf = [quaternion_coset(c, np.eye(4)) for c in SO(2).copies(2).natural().cosets()]
    >>> su2_orbits(hopf, (0.1, 1.0, 1.0), "U(1)", 7.98).volume / math.pi
    1.0
    """
    if all(c.rank == 0 for c in cosets):
        volume = 2 * math.pi**2 * math.prod(lengths)
        circles = [2 * math.pi * length for length in lengths]
        fixed = (item for coset in cosets for item in coset.fixed(circles, volume, label))
        return finite_orbits(3, volume, fixed, label, scalar_curvature=scalar_curvature)
    if any(len(c.roots) for c in cosets):
        return _infinite(0, 1.0, label, "a group that contains SU(2) is transitive", is_homogeneous=True)
    if not any(any(c.left_weights) for c in cosets) and all(c.rank == 1 or c.flipped for c in cosets):
        radius = lengths[1] / 2
        found = finite_orbits(2, 4 * math.pi * radius**2, _on_base(cosets, radius, label), label,
                              scalar_curvature=2 / radius**2)
        return replace(found, effective_order=math.inf, is_homogeneous=found.effective_order == 1,
                       source=f"Hopf fibration: the sphere of radius {radius:g} modulo the rest of {label}")
    if len(cosets) > 1:
        raise UnknownGeometryError(
            f"the volume of the quotient by {label}, a Lie group of several components, is not offered; it is "
            "for finite and for connected groups, and where the identity component is the circle x ↦ x·e^{iφ}"
        )
    if cosets[0].rank == 1:
        return _weighted_circle(cosets[0], lengths, label)
    ends = tuple(Wall(1.0, 0.0, f"orbits of {label} collapse by a 1-sphere") for _ in range(2))
    return _infinite(1, math.pi * lengths[1] / 2, label, "the Hopf base modulo its rotations, an interval", walls=ends,
                     codim=2)


def _infinite(
    dim: int, volume: float, label: str, source: str, *, walls: tuple[Wall, ...] = (), lower: tuple[Term, ...] = (),
    is_free: bool | None = None, is_homogeneous: bool = False, codim: int | None = None,
) -> OrbitGeometry:
    return OrbitGeometry(dim, volume, CLOSED_FORM, walls, lower, math.inf, is_free, codim is None,
                         f"{source} ({label})", is_homogeneous=is_homogeneous, codim=codim)


def _weighted_circle(coset: QuaternionCoset, lengths: Lengths, label: str) -> OrbitGeometry:
    """Circles x ↦ e(uθ)·x·e(wθ), z_1 and z_2 of weights A = w + u and B = w − u.

    With s the component along i of x⁻¹·(axis of p)·x, uniform on [−1, 1], an orbit has the length 2π√Q/gcd(A, B),
    Q = a²(us + w)² + b²u²(1 − s²), and ∫ ds/√Q is the potential of a rod, (2/√α)·artanh(√α/(a·max(|u|, |w|))) for
    Q = αs² + …; for w = 0 its mean is Carlson's R_F(a², b², c²)/|u|.
    """
    u, w = coset.left_weights[0] / 2, coset.right_weights[0] / 2
    weights = (abs(round(w + u)), abs(round(w - u)))
    common = math.gcd(*weights)
    a, b, c = lengths
    if w == 0:
        from scipy.special import elliprf

        volume = math.pi * a * b * c * float(elliprf(a * a, b * b, c * c)) * common / abs(u)
    else:
        rest = (u * b) ** 2 + max(w * w - u * u, 0) * a * a  # half² − α, which would cancel where a is large
        volume = math.pi * a * b * b * common / 2 * _rod(u * u * (a * a - b * b), a * max(abs(u), abs(w)), rest)
    orders = [weight // common for weight in weights]
    # At a fixed circle orbits collapse; elsewhere a stabiliser of order n makes a cone point: Σ 1/|1 − e(j/n)|²/n.
    walls = tuple(Wall(2 * math.pi * a, 0.0, f"orbits of {label} collapse by a 1-sphere") for n in orders if n == 0)
    cones = math.fsum((n * n - 1) / (12 * n) for n in orders if n)
    lower = (Term(0, cones, f"exceptional orbits of {label}"),) if cones else ()
    return _infinite(2, volume, label, "∫ dvol/length of the orbits", walls=walls, lower=lower,
                     is_free=orders == [1, 1], is_homogeneous=u == 0, codim=3 if walls else None)


def _rod(alpha: float, half: float, rest: float) -> float:
    """∫_{−1}^{1} ds/√Q for Q = αs² + βs + γ with √Q(1) + √Q(−1) = 2·half, rest = half² − α."""
    if alpha > 0:
        root = math.sqrt(alpha)
        return 2 / root * math.asinh(root / math.sqrt(rest))  # artanh(root/half)
    root = math.sqrt(-alpha)
    return 2 / root * math.atan2(root, half) if root else 2 / half


def _on_base(cosets: Sequence[QuaternionCoset], radius: float, label: str) -> Iterator[FixedSet]:
    """Fixed sets on the sphere of Hopf circles: p turns it by twice its angle, j on the right is antipodal."""
    for coset in cosets:
        turn = (2 * coset.left) % 1
        if coset.flipped and turn == Fraction(1, 2):
            yield FixedSet(coset.share, 1, 2 * math.pi * radius, 2.0, label)
        elif not coset.flipped and turn == 0:
            yield FixedSet(coset.share, 2, 4 * math.pi * radius**2, 1.0, label)
        elif not coset.flipped:
            yield FixedSet(coset.share, 0, 2.0, 4 * math.sin(math.pi * float(turn)) ** 2, label)
