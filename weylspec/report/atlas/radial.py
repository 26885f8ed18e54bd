"""A second route on balls, annuli and sectors: their radial equation by Galerkin's method, without Bessel functions.

Separated in r and the angles, −Δu = λu is −(r^{n−1}u')' + μ r^{n−3}u = λ r^{n−1}u, μ the eigenvalue of the angular
function. With r^ν times Jacobi polynomials of r², ν(ν + n − 2) = μ, or with polynomials between two radii, the lowest
eigenvalues are right to many digits. Angular functions that a group leaves alone are counted by null spaces.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.linalg import eigh
from scipy.special import eval_jacobi

from weylspec.groups.linear_action import LinearAction
from weylspec.invariants.nullspace import invariant_dimensions_to
from weylspec.spaces.annulus import Annulus
from weylspec.spaces.ball import Ball
from weylspec.spaces.base import Manifold, Quotient
from weylspec.spaces.sector import Sector

FloatArray = npt.NDArray[np.float64]

_BASIS, _NODES = 28, 160
_LEVELS = 30
_ORDERS = 16            # of angular functions that are looked at
_APART = 1e-6           # relative distance of levels between which N is compared


@dataclass(frozen=True)
class _Shell:
    """Radii, dimension, which ends are free, and (ν, multiplicity) of the angular functions by ascending ν."""

    n: int
    inner: float
    outer: float
    free: tuple[bool, bool]
    angular: tuple[tuple[float, int], ...]


def radial_equation(space: Manifold) -> tuple[str, str] | None:
    """N between the first levels against the eigenvalues of radial equations."""
    shell = _shell(space)
    if shell is None:
        return None
    listed = space.spectrum(num=_LEVELS)
    found = np.sort(np.concatenate([np.repeat(_eigenvalues(shell, nu), m) for nu, m in shell.angular]))
    # The first eigenvalue of an order is at least ν²/R²: orders that are left out have none below.
    top = min(float(listed.eigenvalues[-1]), (shell.angular[-1][0] / shell.outer) ** 2)
    compared = 0
    for low, high, count in zip(listed.eigenvalues, listed.eigenvalues[1:], listed.cumulative, strict=False):
        middle = float(low + high) / 2
        if high > top or high - low < _APART * high:
            continue
        mine = int((found <= middle).sum())
        if mine != count:
            return f"Galerkin's method gives N({middle:.8g}) = {mine}, not {count}", ""
        compared += 1
    return ("", f"N between {compared} pairs of levels up to {top:.6g}") if compared else None


def _shell(space: Manifold) -> _Shell | None:
    domain = space.manifold if isinstance(space, Quotient) else space
    action = space.action_on_manifold if isinstance(space, Quotient) else None
    if isinstance(domain, Sector):
        return None if action is not None else _sector(domain)
    if not isinstance(domain, Ball | Annulus):
        return None
    if isinstance(domain, Ball):
        inner, free = 0.0, (True, domain.bc == "neumann")
    else:
        inner, free = float(domain.inner), (domain.bc[0] == "neumann", domain.bc[1] == "neumann")
    return _Shell(domain.dim, inner, float(domain.radius), free, tuple(_harmonics(domain.dim, action)))


def _harmonics(n: int, action: LinearAction | None) -> Iterator[tuple[float, int]]:
    if action is not None:
        yield from ((float(k), m) for k, m in enumerate(invariant_dimensions_to(action, _ORDERS)))
        return
    for k in range(_ORDERS + 1):
        below = math.comb(n + k - 3, k - 2) if k >= 2 else 0
        yield float(k), math.comb(n + k - 1, k) - below


def _sector(domain: Sector) -> _Shell:
    lower, upper, arc = (word == "neumann" for word in domain.bc)
    shift = 0.0 if lower and upper else 1.0 if not (lower or upper) else 0.5
    orders = tuple(((m + shift) / float(domain.angle), 1) for m in range(_ORDERS + 1))
    return _Shell(2, 0.0, float(domain.radius), (True, arc), orders)


def _eigenvalues(shell: _Shell, nu: float) -> FloatArray:
    """The lowest eigenvalues of one order, from a Rayleigh quotient in a basis that holds its behaviour at 0."""
    x, weights = np.polynomial.legendre.leggauss(_NODES)
    r = shell.inner + (shell.outer - shell.inner) * (x + 1) / 2
    weights = weights * (shell.outer - shell.inner) / 2 * r ** (shell.n - 1)
    values, slopes = _basis(shell, nu, r)
    mu = nu * (nu + shell.n - 2)
    mass = (values * weights) @ values.T
    stiffness = (slopes * weights) @ slopes.T + mu * (values * weights / r**2) @ values.T
    return np.asarray(eigh(stiffness, mass, eigvals_only=True)[: _BASIS // 3])


def _basis(shell: _Shell, nu: float, r: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Nearly orthogonal basis functions and their derivatives, shapes (_BASIS, nodes); they vanish at fixed ends."""
    a = 0 if shell.free[1] else 2
    if shell.inner:
        b = 0.0 if shell.free[0] else 2.0
        s = 2 * (r - shell.inner) / (shell.outer - shell.inner) - 1
        ds = np.full_like(r, 2 / (shell.outer - shell.inner))
        front, dfront = np.ones_like(r), np.zeros_like(r)
    else:
        b = nu + shell.n / 2 - 1
        s, ds = 2 * (r / shell.outer) ** 2 - 1, 4 * r / shell.outer**2
        front = (r / shell.outer) ** nu
        dfront = nu * front / r
    for free, end in zip(shell.free, (-1.0, 1.0), strict=True):
        if not free:
            front, dfront = front * (s - end), dfront * (s - end) + front * ds
    k = np.arange(_BASIS)[:, None]
    p = eval_jacobi(k, a, b, s)
    dp = (k + a + b + 1) / 2 * np.where(k > 0, eval_jacobi(np.maximum(k - 1, 0), a + 1, b + 1, s), 0.0)
    values, slopes = front * p, dfront * p + front * dp * ds
    sizes = np.abs(values).max(axis=1, keepdims=True)
    return values / sizes, slopes / sizes
