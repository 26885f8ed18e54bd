"""What proves that two spaces are isospectral, not isospectral, isometric: theorems, beside lists of levels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from weylspec.errors import UnknownGeometryError, WeylspecError
from weylspec.exact.lattices.series.modular_forms import theta_sturm_bound
from weylspec.exact.rational_series import RationalSeries
from weylspec.groups.lens import LensGroup
from weylspec.spaces.base import Manifold, Quotient
from weylspec.spaces.projective import RealProjectiveSpace
from weylspec.spaces.sphere import Sphere
from weylspec.spaces.torus import FlatTorus
from weylspec.spectrum import Spectrum
from weylspec.units import commensurable


@dataclass(frozen=True)
class Theorem:
    """Equality of all levels ≤ bound proves equality of all, unless `proves` is False."""

    bound: float
    source: str
    proves: bool = True


def theorem_for(first: Manifold | Spectrum, second: Manifold | Spectrum) -> Theorem | None:
    """What finitely many levels of these two would prove; None where nothing is known here."""
    if first is second:
        return Theorem(0.0, "they are the same object")
    if isinstance(first, FlatTorus) and isinstance(second, FlatTorus):
        return _by_theta(first, second)
    a, b = _sphere_series(first), _sphere_series(second)
    if a is None or b is None or a[0].n != b[0].n or a[0].radius != b[0].radius:
        return None
    return _by_series(a[0], a[1:], b[1:])


def _by_theta(first: FlatTorus, second: FlatTorus) -> Theorem | None:
    """Sturm's bound for the two dual lattices, over a common unit of the two forms."""
    forms = (first.form, second.form)
    if first.dim != second.dim or any(len(form.units) != 1 for form in forms):
        return None
    units, coefficients = commensurable([*forms[0].units, *forms[1].units])
    if len(units) != 1:
        return None
    tables = np.stack([form.tables[0].astype(object) for form in forms]) * coefficients.astype(object)[:, :, None]
    common = math.gcd(*(int(x) for x in tables.flat))
    try:
        index = theta_sturm_bound(tables // common)
    except WeylspecError:
        return None
    exact = all(form.over_pi_squared is not None for form in forms) or \
        all(isinstance(form.units[0], Fraction) for form in forms)
    typed = "" if exact else \
        " (for the commensurable Gram matrices that the typed floats stand for)"
    return Theorem((index + 0.5) * common * float(units[0]),
                   f"theta series of this level that agree up to q^{index} are equal, Sturm (1987){typed}")


def _sphere_series(space: Manifold | Spectrum) -> tuple[Sphere, RationalSeries, bool] | None:
    """The sphere, Σ m_k t^k, and whether it is proved."""
    if isinstance(space, Sphere):
        whole = RationalSeries((1, 1), ((1, space.n),), "harmonics")
        return space, whole, True
    if isinstance(space, RealProjectiveSpace):
        # The even part of (1 + t)/(1 − t)^n = (1 + t)^{n+1}/(1 − t²)^n.
        even = tuple(0 if k % 2 else math.comb(space.n + 1, k) for k in range(space.n + 2))
        return space.sphere, RationalSeries(even, ((1, space.n), (2, space.n)), "even harmonics"), True
    if not isinstance(space, Quotient) or not isinstance(space.manifold, Sphere):
        return None
    found = space.hilbert_series()
    return space.manifold, found.series.reduced(), found.is_exact


def _by_series(sphere: Sphere, *parts: tuple[RationalSeries, bool]) -> Theorem:
    """P₁Q₂ = P₂Q₁ is an identity of polynomials: it holds if the series agree up to its degree."""
    (a, exact_a), (b, exact_b) = parts
    degree = max(a.numerator_degree + b.denominator_degree, b.numerator_degree + a.denominator_degree)
    bound = (degree + 0.5) * (degree + sphere.n - 0.5) / float(sphere.radius) ** 2
    source = f"rational series of these degrees that agree up to t^{degree} are equal"
    if exact_a and exact_b:
        return Theorem(bound, source)
    return Theorem(bound, f"{source}, but for a Lie group the series is confirmed on further terms, not proved", False)


def unequal_geometry(first: Manifold | Spectrum, second: Manifold | Spectrum) -> str | None:
    """Different leading terms of Weyl's law, which prove that levels differ."""
    if not isinstance(first, Manifold) or not isinstance(second, Manifold):
        return None
    try:
        if first.dim != second.dim:
            return f"by Weyl's law, since the dimensions are {first.dim} and {second.dim}"
        sizes = first.volume, second.volume
        error = 4 * (first.volume_error + second.volume_error)
    except UnknownGeometryError:
        return None
    if abs(sizes[0] - sizes[1]) <= error * max(sizes):
        return None
    return f"by Weyl's law, since the volumes are {sizes[0]:.8g} and {sizes[1]:.8g}"


def are_isometric(first: Manifold | Spectrum, second: Manifold | Spectrum) -> bool | None:
    """For two lens spaces of one order: whether q' = ±u·q, as sets, for a unit u modulo p; None for others."""
    groups = [s.group for s in (first, second) if isinstance(s, Quotient) and isinstance(s.manifold, Sphere)]
    lens = [g for g in groups if isinstance(g, LensGroup) and all(math.gcd(x, g.p) == 1 for x in g.q)]
    if len(lens) < 2 or len(lens[0].q) != len(lens[1].q):
        return True if first is second else None
    p = lens[0].p
    if p != lens[1].p:
        return False

    def up_to_sign(q: tuple[int, ...], u: int) -> list[int]:
        return sorted(min(u * x % p, -u * x % p) for x in q)

    wanted = up_to_sign(lens[1].q, 1)
    return any(up_to_sign(lens[0].q, u) == wanted for u in range(1, max(p, 2)) if math.gcd(u, p) == 1)
