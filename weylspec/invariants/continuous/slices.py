"""Towers of slices: coordinates of a quotient in which the poles of the integrand 1/vol(Gx) are cancelled.

V = V_1 ⊕ V_2 ⊕ …; where G acts polarly on V_1 with section Σ_1, every orbit meets Σ_1 ⊕ V_2 ⊕ …, on which the
isotropy K_1 of Σ_1 still acts; K_1 is treated likewise. For invariant f

    ∫_V f dx = C·∫_{Σ_1 ⊕ Σ_2 ⊕ … ⊕ rest} w f dσ,   w = Π vol(K_{i−1} σ_i) up to constants,

and since vol(Gx) ≥ Π vol(K_{i−1} σ_i)·vol(K_last y) the weight cancels the poles of 1/vol(Gx): where plain
integration has infinite variance, this integrand is bounded as soon as the last isotropy acts trivially on the rest.
Where it acts on a rest without sections, the poles at the singular points of the rest remain; the error counts their
tails (see `weylspec.invariants.orbit_spaces.orbit_integrals`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from weylspec.groups.lie_algebra import CompactAlgebra
from weylspec.invariants.continuous.isotropy import principal_isotropy
from weylspec.invariants.continuous.polar import Chamber, PolarSection, find_section
from weylspec.invariants.continuous.subspaces import annihilator, complement, invariant_parts, orbit_dimension
from weylspec.invariants.orbit_spaces.geometry import CLOSED_FORM, sphere_volume
from weylspec.invariants.orbit_spaces.orbit_integrals import (
    TARGET,
    Estimate,
    Integrand,
    killing_fields,
    normal_mean,
    orbit_densities,
    orthonormal_algebra,
    radial_mean,
)

FloatArray = npt.NDArray[np.float64]

_SEED = 1729
_PROBES = 8
_SAME = 1e-10
_STILL = 1e-8
_STEEP = 3  # powers below this are left alone


@dataclass(frozen=True, eq=False)
class Slice:
    """One step: an invariant subspace V_i and the section that stands for it.

    Attributes
    ----------
    rows : ndarray of shape (r, N)
        Orthonormal basis of Σ, or of V_i where it is fixed or not polar.
    constant : float
        C with ∫_{V_i} f = C·∫_Σ weight·f for invariant f.
    section : PolarSection, optional
        None where V_i is not reduced.
    """

    rows: FloatArray
    constant: float = 1.0
    section: PolarSection | None = None

    @property
    def rank(self) -> int:
        """Dimension r."""
        return len(self.rows)

    def weight(self, sigma: FloatArray) -> FloatArray:
        """Vol(Kσ) up to a constant, at points σ in the coordinates of the section, shape (n, r)."""
        return self.section.weight(sigma) if self.section else np.ones(len(sigma))


def _polar_slice(algebra: FloatArray, subspace: FloatArray) -> Slice | None:
    """The slice of a polar action on an invariant subspace; C = vol(Kσ)/(|W|·Π|α(σ)|^m) at any σ."""
    section = find_section(algebra, subspace)
    if section is None:
        return None
    if section.rank == len(subspace):
        return Slice(section.rows)
    if section.rank == 1:
        return Slice(section.rows, sphere_volume(len(subspace) - 1) / 2, section)
    group = CompactAlgebra.generated(list(orthonormal_algebra(subspace @ algebra @ subspace.T)))
    sigma = np.random.default_rng(_SEED).standard_normal((1, section.rank))
    fields = killing_fields(group.basis, sigma @ section.rows @ subspace.T)
    isotropy = principal_isotropy(group)
    density = float(orbit_densities(fields, len(subspace) - section.rank)[0])
    orbit = density * group.volume / isotropy.volume * float(2.0 ** (len(isotropy.algebra) / 2))
    return Slice(section.rows, orbit / section.order / float(section.weight(sigma)[0]), section)


@dataclass(frozen=True, eq=False)
class Tower:
    """All the steps, sphere by sphere.

    Attributes
    ----------
    slices : tuple of tuples of Slice
        For each invariant summand of V whose unit sphere is a factor of M.
    isotropy : ndarray of shape (k, N, N)
        Lie algebra that fixes every polar section.
    """

    slices: tuple[tuple[Slice, ...], ...]
    isotropy: FloatArray

    @property
    def is_complete(self) -> bool:
        """Whether the isotropy acts trivially on what is left, so that the integrand is bounded."""
        left = [part.rows for group in self.slices for part in group if part.section is None]
        return not left or float(np.abs(killing_fields(self.isotropy, np.concatenate(left))).max(initial=0.0)) < _STILL


def build_tower(algebra: FloatArray, summands: tuple[FloatArray, ...]) -> Tower:
    """Reduce invariant subspaces step by step to sections of polar actions.

    Parameters
    ----------
    algebra : ndarray of shape (g, N, N)
        Orthonormal basis of the Lie algebra.
    summands : tuple of ndarrays (n_a, N)
        Orthonormal rows of the invariant subspaces.

    Returns
    -------
    Tower

    Examples
    --------
    Three vectors of R³: lengths 1, 2 and 3 of the rows of a triangular matrix.

    >>> from weylspec.groups.orthogonal import SO
    >>> algebra = np.array(SO(3).copies(3).natural().algebra)
    >>> [s.rank for s in build_tower(algebra / 6**0.5, (np.eye(9),)).slices[0] if s.section]
    [1, 1]
    """
    isotropy = algebra
    waiting = [(a, rows) for a, rows in enumerate(summands)]
    done: list[tuple[int, Slice]] = []
    while waiting:
        parts = [(a, part) for a, rows in waiting for part in invariant_parts(isotropy, rows)]
        waiting = []
        found = None
        for a, rows in sorted(parts, key=lambda item: -len(item[1])):
            section = _polar_slice(isotropy, rows) if found is None else None
            if section is None:
                waiting.append((a, rows))
            elif section.rank == len(rows):
                done.append((a, section))
            else:
                found = section
                done.append((a, section))
        if found is None:
            done += [(a, Slice(rows)) for a, rows in waiting]
            break
        isotropy = annihilator(isotropy, found.rows)
    return Tower(tuple(tuple(s for b, s in done if b == a) for a in range(len(summands))), isotropy)


def connected_volume(
    algebra: FloatArray, summands: tuple[FloatArray, ...], radii: tuple[float, ...], group_volume: float,
    isotropy_volume: float = 1.0, rel: float = TARGET, rng: np.random.Generator | None = None,
) -> Estimate:
    """Volume of M/G for a connected G of orthogonal matrices and a product M of unit spheres of invariant subspaces.

    Parameters
    ----------
    algebra : ndarray of shape (g, N, N)
        Any basis of the Lie algebra.
    summands : tuple of ndarrays (n_a, N)
        Orthonormal rows of the invariant subspaces V_a, at right angles to each other; M = Π S(V_a).
    radii : tuple of floats
        Radii of the spheres.
    group_volume : float
        Volume of the group of matrices in the metric tr(XᵀY).
    isotropy_volume : float
        Volume of a principal isotropy group in this metric; its order where it is finite.
    rel : float
        Relative error aimed at.
    rng : Generator, optional
        As of `weylspec.invariants.orbit_spaces.orbit_integrals.normal_mean`.

    Returns
    -------
    Estimate
        ∫_M dvol(x)/vol(Gx).

    Examples
    --------
    (S²)²/SO(3), of volume π/√2; SO(3) has the volume 8π²·4^{3/2} in the metric tr(XᵀY) of two copies:

    >>> from weylspec.groups.orthogonal import SO
    >>> algebra = np.array(SO(3).copies(2).natural().algebra)
    >>> found = connected_volume(algebra, (np.eye(6)[:3], np.eye(6)[3:]), (1.0, 1.0), 64 * math.pi**2)
    >>> round(found.value * 2**0.5 / math.pi, 9)
    1.0
    """
    algebra = orthonormal_algebra(algebra)
    ratio = isotropy_volume / group_volume
    alike = _common_density(algebra, summands, radii)
    if alike:
        spheres = math.prod(sphere_volume(len(rows) - 1) * r ** (len(rows) - 1)
                            for rows, r in zip(summands, radii, strict=True))
        return Estimate(spheres * ratio / alike, CLOSED_FORM)
    tower = build_tower(algebra, summands)
    slices = [s for group in tower.slices for s in group]
    starts = np.cumsum([0, *(s.rank for s in slices)])
    section = np.concatenate([s.rows for s in slices])
    sizes = [sum(s.rank for s in group) for group in tower.slices]
    owners = np.repeat(np.arange(len(sizes)), sizes)
    orbit_dim = orbit_dimension(algebra, section)
    fixing = annihilator(algebra, section)
    moving = complement(algebra, fixing) if len(algebra) - len(fixing) == orbit_dim else algebra
    on_section = np.ascontiguousarray((moving @ section.T).transpose(2, 1, 0))
    scale = np.array(radii)

    from weylspec.invariants._loops import gram_densities

    def integrand(z: FloatArray) -> FloatArray:
        norms = np.sqrt(np.stack([(z[:, owners == a] ** 2).sum(axis=1) for a in range(len(sizes))], axis=1))
        z = z * (scale / norms)[:, owners]
        if orbit_dim == len(moving):
            density = np.zeros(len(z))
            gram_densities(z, on_section, density)
        else:
            density = orbit_densities(np.tensordot(z, on_section, axes=1).transpose(0, 2, 1), orbit_dim)
        weight = np.ones(len(z))
        for s, start in zip(slices, starts, strict=False):
            weight = weight * s.weight(z[:, start:start + s.rank])
        return np.divide(weight, density, out=np.zeros(len(z)), where=density > 0)

    radial = [int(start) for s, start in zip(slices, starts, strict=False) if s.section and s.rank == 1]
    chambers = [(int(start), Chamber.of(s.section)) for s, start in zip(slices, starts, strict=False)
                if s.section and s.rank > 1]
    mean = normal_mean(_tilted(_in_chambers(integrand, chambers), len(section), radial), len(section), rel, rng)
    spheres = math.prod(sphere_volume(q - 1) * r ** (q - 1) for q, r in zip(sizes, radii, strict=True))
    value = mean.value * spheres * math.prod(s.constant for s in slices) * ratio
    return Estimate(value, mean.error + CLOSED_FORM)


def _common_density(algebra: FloatArray, summands: tuple[FloatArray, ...], radii: tuple[float, ...]) -> float | None:
    """Volume element of the orbits where it is the same everywhere, as that of Hopf circles.

    Its square is a polynomial, so that equality at a few generic points is equality.
    """
    rng = np.random.default_rng(_SEED)
    points = np.zeros((_PROBES, algebra.shape[-1]))
    for rows, radius in zip(summands, radii, strict=True):
        z = rng.standard_normal((_PROBES, len(rows)))
        points += radius * z / np.linalg.norm(z, axis=1, keepdims=True) @ rows
    rank = orbit_dimension(algebra, np.concatenate(summands))
    found = orbit_densities(killing_fields(algebra, points), rank)
    return float(found[0]) if float(np.ptp(found)) < _SAME * float(found[0]) else None


def _in_chambers(function: Integrand, chambers: list[tuple[int, Chamber]]) -> Integrand:
    """The function for normal variables of which those of some sections are drawn in a chamber instead."""

    def folded(z: FloatArray) -> FloatArray:
        z, ratio = z.copy(), np.ones(len(z))
        for start, chamber in chambers:
            stop = start + len(chamber.edges)
            z[:, start:stop], share = chamber.draw(z[:, start:stop])
            ratio *= share
        return ratio * function(z)

    return folded if chambers else function


def _tilted(function: Integrand, dim: int, columns: list[int]) -> Integrand:
    """The function for normal variables some of which are drawn larger, and weighed down for it.

    Where it vanishes like |z|^γ in one variable, the others fixed, |z| is drawn from the density
    ∝ |z|^{γ/2}·exp(−z²/2): half of the power, so that it still vanishes there, and its variance falls. (Where other
    variables vanish as well it may grow, on a set of high codimension.)
    """
    points = np.random.default_rng(_SEED).standard_normal((_PROBES, dim))
    powers = {}
    for column in columns:
        near, far = points.copy(), points.copy()
        near[:, column], far[:, column] = 1e-3, 2e-3
        gamma = round(float(np.median(np.log2(function(far) / function(near)))))
        if gamma >= _STEEP:
            powers[column] = gamma / 2

    def tilted(z: FloatArray) -> FloatArray:
        from scipy.special import gammaincinv, ndtr

        z, ratio = z.copy(), np.ones(len(z))
        for column, power in powers.items():
            z[:, column] = np.sqrt(2 * gammaincinv((power + 1) / 2, ndtr(z[:, column])))
            ratio = ratio * radial_mean(1, power) / z[:, column] ** power
        return ratio * function(z)

    return tilted
