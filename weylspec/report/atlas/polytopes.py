"""A second route on boxes, triangles and alcoves: Galerkin's method with polynomials, without reflections or lattices.

Polynomials times the distances from the fixed sides, averaged over the group; stiffness and mass by Gauss's quadrature,
exact for these degrees. Eigenvalues are never too low, and the lowest ones are right to many digits.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.linalg import eigh

from weylspec.errors import CostError
from weylspec.spaces.base import Manifold, Quotient
from weylspec.spaces.domain import Domain, Side

FloatArray = npt.NDArray[np.float64]

_DEGREES = {1: 30, 2: 16, 3: 9}
_SHARE = {1: 3, 2: 6, 3: 9}     # one eigenvalue in so many is compared, by dimension
_APART = 1e-5                   # relative distance of levels between which N is compared
_INDEPENDENT = 1e-11            # of the mass of averaged polynomials, relatively
_EXACT = 1e-9
_ELEMENTS = 50


def polynomial_galerkin(space: Manifold) -> tuple[str, str] | None:
    """N between the first levels against the eigenvalues of a Rayleigh quotient on polynomials."""
    domain = space.manifold if isinstance(space, Quotient) else space
    if not isinstance(domain, Domain) or domain.dim not in _DEGREES:
        return None
    elements = [np.eye(domain.dim)]
    if isinstance(space, Quotient):
        frame = domain.basis.T
        elements = _closed([frame @ a @ np.linalg.inv(frame) for a, _ in space.action_on_manifold.maps])
    points, weights = _quadrature(domain, _DEGREES[domain.dim] + len(domain.sides) // 2 + 2)
    if abs(float(weights.sum()) / domain.volume - 1) > _EXACT:  # modes of fields: a multiple of the volume
        return None
    found = _eigenvalues(domain, elements, points, weights)
    listed = space.spectrum(num=max(4, len(found) // _SHARE[domain.dim]))
    compared = 0
    for low, high, count in zip(listed.eigenvalues, listed.eigenvalues[1:], listed.cumulative, strict=False):
        if high - low < _APART * high:
            continue
        mine = int((found <= (low + high) / 2).sum())
        if mine != count:
            return f"Galerkin's method gives N({(low + high) / 2:.8g}) = {mine}, not {count}", ""
        compared += 1
    return "", f"N between {compared} pairs of levels up to {listed.complete_below:.6g}, {len(found)} polynomials"


def _closed(generators: Sequence[FloatArray]) -> list[FloatArray]:
    """All products of a few orthogonal matrices."""
    found = [np.eye(len(generators[0]))]
    for element in found:  # grows while it is read
        for g in generators:
            product = element @ g
            if not any(np.allclose(product, other, atol=1e-6) for other in found):
                found.append(product)
        if len(found) > _ELEMENTS:
            raise CostError(f"polynomials are averaged over at most {_ELEMENTS} symmetries here; take a smaller group")
    return found


def _eigenvalues(
    domain: Domain, elements: Sequence[FloatArray], points: FloatArray, weights: FloatArray
) -> FloatArray:
    reach = float(np.linalg.norm(points, axis=1).max())
    values, slopes = np.zeros((0, 0)), np.zeros((0, 0, 0))
    for i, g in enumerate(elements):
        v, s = _polynomials(domain, points @ g.T, reach)
        s = s @ g
        values, slopes = (v, s) if i == 0 else (values + v, slopes + s)
    mass = (values * weights) @ values.T
    stiffness = np.einsum("ipk,p,jpk->ij", slopes, weights, slopes, optimize=True)
    sizes, vectors = eigh(mass)
    kept = sizes > _INDEPENDENT * sizes[-1]
    reduced = vectors[:, kept] / np.sqrt(sizes[kept])
    return np.asarray(eigh(reduced.T @ stiffness @ reduced, eigvals_only=True))


def _polynomials(domain: Domain, x: FloatArray, reach: float) -> tuple[FloatArray, FloatArray]:
    """Values (m, points) and gradients (m, points, n) at points about the centre, of basis functions of all degrees."""
    degree, n = _DEGREES[domain.dim], domain.dim
    unit = np.eye(degree + 1)
    table = np.array([np.polynomial.legendre.legval(x / reach, c) for c in unit])
    steep = np.array([np.polynomial.legendre.legval(x / reach, np.polynomial.legendre.legder(c)) for c in unit]) / reach
    powers = [k for k in itertools.product(range(degree + 1), repeat=n) if sum(k) <= degree]
    values = np.array([np.prod([table[k[i], :, i] for i in range(n)], axis=0) for k in powers])
    slopes = np.stack([np.array([
        np.prod([(steep if i == j else table)[k[i], :, i] for i in range(n)], axis=0) for k in powers])
        for j in range(n)], axis=-1)
    for side in domain.sides:
        if side.condition == "dirichlet":
            height = side.distance - x @ side.normal
            slopes = slopes * height[:, None] - values[..., None] * side.normal
            values = values * height
    return values, slopes


def _quadrature(domain: Domain, nodes: int) -> tuple[FloatArray, FloatArray]:
    """Gauss's points about the centre and their weights: a box, or a simplex whose sides are shrunk to a corner."""
    u, w = np.polynomial.legendre.leggauss(nodes)
    n, sides = domain.dim, domain.sides
    grid = np.stack(np.meshgrid(*[(u + 1) / 2] * n, indexing="ij"), axis=-1).reshape(-1, n)
    weights = np.prod(np.stack(np.meshgrid(*[w / 2] * n, indexing="ij"), axis=-1).reshape(-1, n), axis=1)
    if len(sides) == n + 1:
        corners = np.array([_meeting(sides[:i] + sides[i + 1:]) for i in range(n + 1)])
        x = corners[0]
        for i in range(n):  # from the corner so far towards the next one
            x = x + grid[:, i: i + 1] * (corners[i + 1] - x)
            weights = weights * (1 - grid[:, i]) ** i
        volume = abs(np.linalg.det(corners[1:] - corners[0]))
        return x, weights * volume
    normals, distances = np.array([s.normal for s in sides]), np.array([s.distance for s in sides])
    high = np.array([distances[normals[:, i].argmax()] for i in range(n)])
    low = -np.array([distances[normals[:, i].argmin()] for i in range(n)])
    return low + grid * (high - low), weights * float(np.prod(high - low))


def _meeting(sides: Sequence[Side]) -> FloatArray:
    normals = np.array([side.normal for side in sides])
    return np.asarray(np.linalg.solve(normals, [side.distance for side in sides]))
