"""Proved bounds N(λ) ≤ Σ C(√λ + ρ)^p beyond a list of levels, and exact counts far beyond it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from weylspec.errors import WeylspecError
from weylspec.invariants.orbit_spaces.geometry import weyl_constant, weyl_cutoff
from weylspec.spaces.base import Manifold, Quotient

if TYPE_CHECKING:
    from weylspec.groups.affine_action import AffineAction

FloatArray = npt.NDArray[np.float64]

_ROUNDING = 1e-12  # volumes and radii are floats: a bound is enlarged by this share
_MOST_ELEMENTS = 2000
# Where counts without a list are taken: a step of 10% costs a tenth of the tail, at most.
_FINE, _FINE_STEPS = 1.1, 200
_COARSE, _COARSE_STEPS = 4.0, 50
_QUICK = 1e7  # operations of one count


@dataclass(frozen=True)
class Shell:
    """C(√λ + ρ)^p."""

    constant: float
    margin: float
    power: int


@dataclass(frozen=True)
class Growth:
    """A proved bound N(λ) ≤ Σ C(√λ + ρ)^p for every λ ≥ 0.

    Attributes
    ----------
    exponent : float
        e of N(λ) ≤ A(1+λ)^e: half the largest p.
    shells : tuple of Shell

    Examples
    --------
    On S², C = 1 and ρ = 1: the bound is (√λ + 1)², and A is its share of 1 + λ.

    >>> import weylspec as ws
    >>> (growth,) = proved_growth(ws.Sphere(2))
    >>> growth.constant(top=101.0) / (11**2 / 101)
    1.0
    """

    exponent: float
    shells: tuple[Shell, ...]

    def constant(self, top: float) -> float:
        """A of N(λ) ≤ A(1+λ)^e for all 1 + λ ≥ top.

        (x + ρ)/√(1 + x²) rises to x = 1/ρ and falls beyond it, so its supremum over x ≥ x₀ is at max(x₀, 1/ρ).
        """
        total = 0.0
        for shell in self.shells:
            x = max(math.sqrt(top - 1.0), 1 / shell.margin)
            share = ((x + shell.margin) / math.hypot(1.0, x)) ** shell.power
            total += shell.constant * share * top ** (shell.power / 2 - self.exponent)
        return total * (1 + _ROUNDING)


def proved_growth(space: Manifold) -> tuple[Growth, ...]:
    """The bounds of N that are proved for a space of positive dimension; none for a mesh.

    Spheres Sⁿ(r): with k the degree, N = (2/n!)(k + n/2)Π_{0<j<n}(k + j) ≤ (2/n!)(k + n/2)ⁿ by the inequality
    of the means, and k ≤ r√λ: ρ = n/2r. Flat tori: balls about dual vectors, ρ = covering radius of 2πΛ*,
    at most πn/(shortest closed geodesic) (Banaszczyk 1993, Theorem 2.2). Products: ρ² = Σρ_i², as
    (|y₁| − ρ₁)²₊ + (|y₂| − ρ₂)²₊ ≤ λ puts (y₁, y₂) within √λ + √(ρ₁² + ρ₂²) of 0. M/G: N(λ; G) ≤ N(λ; M),
    and Burnside's average on flat M.

    Parameters
    ----------
    space : Manifold
        M or M/G.

    Returns
    -------
    tuple of Growth
    """
    total = space.total
    margins = [part.counting_margin for part in total.parts]
    found = []
    if all(margin is not None for margin in margins):
        radius = math.hypot(*(margin for margin in margins if margin is not None))
        found.append(Growth(total.dim / 2, (_weyl_shell(total, radius),)))
    shells = _burnside(space)
    if shells:
        found.append(Growth(space.dim / 2, shells))
    return tuple(found)


def _weyl_shell(space: Manifold, margin: float) -> Shell:
    return Shell(
        weyl_constant(space.dim) * space.volume * (1 + space.volume_error), margin * (1 + _ROUNDING), space.dim
    )


def _burnside(space: Manifold) -> tuple[Shell, ...]:
    """Bound of (1/|G|)Σ|tr g| on a flat torus modulo G; empty where it is not proved.

    The translations in G leave a torus of volume t·vol(M/G), t their number, whose geodesics are at
    least 1/t of the shortest. Any other element fixes dual vectors of rank ≤ d − 1 only: at most
    (1 + 2√(λ/λ₁))^{d−1} by packing, λ₁ the first eigenvalue of M.
    """
    if not isinstance(space, Quotient) or space.dim == 0 or not space.total.is_flat:
        return ()
    if _MOST_ELEMENTS < space.effective_order < math.inf:
        return ()
    action: AffineAction = space.action_on_manifold
    components = action.components()
    moving = sum(not np.array_equal(matrix, np.eye(len(matrix))) for matrix, _ in components)
    # Modulo a subtorus a component may become a translation whatever its matrix: count them all.
    translations = len(components) - (moving if action.dim == 0 else 0)
    first = _weyl_shell(space, math.pi * space.dim * translations / space.length)
    if space.is_homogeneous:
        return (first,)
    shortest = math.sqrt(float(space.total.spectrum(num=2).eigenvalues[1])) * (1 - _ROUNDING)
    return (first, Shell((2 / shortest) ** (space.dim - 1), shortest / 2, space.dim - 1))


@lru_cache(maxsize=16)
def far_counts(space: Manifold) -> tuple[FloatArray, FloatArray]:
    """λ on a geometric grid and N(λ) there, exact counts, where counting needs no list; empty otherwise.

    Parameters
    ----------
    space : Manifold
        M/G; for M itself the bound is sharp without them.

    Returns
    -------
    lam, counts : ndarray of shape (k,)

    Examples
    --------
    >>> import weylspec as ws
    >>> lam, counts = far_counts(ws.Sphere(2) / ws.PointGroup("Ci"))
    >>> float(counts[-1] / lam[-1])      # half the sphere
    0.5
    """
    nothing = np.empty(0), np.empty(0)
    if space.total is space or space.dim == 0:
        return nothing
    start = weyl_cutoff(space.dim, space.volume, 1)
    fine = start * _FINE ** np.arange(_FINE_STEPS)
    lam = np.append(fine, fine[-1] * _COARSE ** np.arange(1, _COARSE_STEPS + 1))
    if min(counter.operations(float(lam[-1])) for counter in space.counters()) > _QUICK:
        return nothing
    try:
        return lam, np.array([float(space.count(float(each))) for each in lam])
    except WeylspecError:
        return nothing
