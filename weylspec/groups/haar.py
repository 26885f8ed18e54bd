"""Haar nodes: finitely many elements with weights that integrate polynomials of a degree exactly."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError, InfiniteGroupError
from weylspec.groups.closure import closure
from weylspec.groups.lie_algebra import CompactAlgebra
from weylspec.groups.linear_action import MAX_LISTED, LinearAction, OrthogonalBlock

FloatArray = npt.NDArray[np.float64]


def haar_nodes(action: LinearAction, degree: int) -> tuple[FloatArray, FloatArray]:
    """Elements and weights whose average is the Haar average of polynomials up to a degree.

    The polynomial's degree is in the entries of the matrix. A finite group is summed over its
    elements; a torus by equidistant angles; SO(3), SU(2) and U(2), in any representation, by Gauss–Legendre
    in cos β and equidistant Euler angles (α, γ); the components of a disconnected group by the group that
    its generators close to.

    Parameters
    ----------
    action : LinearAction
    degree : int
        At least 0.

    Returns
    -------
    elements : ndarray of shape (q, N, N)
    weights : ndarray of shape (q,), positive, sum 1

    Raises
    ------
    CostError
        For SO(k), k ≥ 4, other groups with more than one pair of roots, or more than 50 000 nodes.

    Examples
    --------
    >>> from weylspec.groups.orthogonal import SO
    >>> g, w = haar_nodes(SO(3).natural(), 2)
    >>> round(float(w @ g[:, 0, 0] ** 2), 12)      # E g_00² = 1/3
    0.333333333333
    """
    elements = _components(action)
    weights = np.full(len(elements), 1 / len(elements))
    for block in action.blocks:
        rotations, shares = _factor(action.label, block, degree)
        if len(elements) * len(rotations) > MAX_LISTED:
            raise CostError(
                f"{action.label} needs {len(elements) * len(rotations)} Haar nodes at degree {degree}, "
                f"above {MAX_LISTED}; ask for a smaller cutoff"
            )
        lifted = np.array([_embed(r, block, action.size) for r in rotations])
        elements = np.einsum("aij,bjk->abik", lifted, elements).reshape(-1, action.size, action.size)
        weights = np.outer(shares, weights).reshape(-1)
    return elements, weights


def _components(action: LinearAction) -> FloatArray:
    if not action.generators:
        return np.eye(action.size)[None]
    if action.is_finite:
        return action.elements()
    try:
        return closure(action.generators, MAX_LISTED)
    except InfiniteGroupError as error:
        raise CostError(f"the finite part of {action.label} has more than {MAX_LISTED} elements") from error


def _factor(label: str, block: OrthogonalBlock, degree: int) -> tuple[FloatArray, FloatArray]:
    if not block.subalgebra:
        return _rotations(block.degree, degree)
    algebra = CompactAlgebra.generated(block.subalgebra)
    if len(algebra.positive_roots) > 1:
        raise CostError(
            f"Haar nodes of {label} are not offered: it has a factor that is neither a torus nor SO(3) or SU(2); "
            "use the invariants of a section instead")
    points = degree * np.abs(algebra.weights).max(axis=0) + 1
    if math.prod(points.tolist()) > MAX_LISTED:
        raise CostError(f"{label} needs {math.prod(points.tolist())} Haar nodes of its torus at degree {degree}, above "
                        f"{MAX_LISTED}; ask for a smaller cutoff")
    grid = np.meshgrid(*(np.arange(n) / n for n in points), indexing="ij")
    torus = algebra.element(np.stack([angle.reshape(-1) for angle in grid], axis=1))
    shares = np.full(len(torus), 1 / len(torus))
    if not len(algebra.roots):
        return torus, shares
    return _euler(algebra, torus, shares, degree)


def _euler(
    algebra: CompactAlgebra, torus: FloatArray, shares: FloatArray, degree: int
) -> tuple[FloatArray, FloatArray]:
    """t·exp(βu)·t' of a group with one pair of roots: t in T, sin β dβ/2, t' in the circle of the coroot.

    The angles of t and t' leave of a polynomial in the entries one in cos β, of degree ≤ ½·degree·max|⟨w, α^∨⟩|.
    """
    from scipy.linalg import expm

    (coroot,), (turn,) = algebra.coroots, algebra.root_turns
    reach = degree * int(np.abs(algebra.weights @ coroot).max())
    points = reach // int(np.gcd.reduce(coroot)) + 1
    circle = algebra.element(np.outer(np.arange(points) / points, coroot // np.gcd.reduce(coroot)))
    nodes, gauss = np.polynomial.legendre.leggauss(reach // 4 + 1)
    slopes = np.array([expm(math.acos(c) * turn) for c in nodes])
    elements = np.einsum("aij,bjk,ckl->abcil", torus, slopes, circle).reshape(-1, *turn.shape)
    return elements, np.einsum("a,b,c->abc", shares, gauss / 2, np.full(points, 1 / points)).reshape(-1)


def _rotations(k: int, degree: int) -> tuple[FloatArray, FloatArray]:
    n = degree + 1
    angles = 2 * math.pi * np.arange(n) / n
    if k == 2:
        return np.array([_plane_rotation(2, 0, 1, a) for a in angles]), np.full(n, 1 / n)
    if k == 3:
        nodes, shares = np.polynomial.legendre.leggauss(degree // 2 + 1)
        about_z = [_plane_rotation(3, 0, 1, a) for a in angles]
        elements = [a @ _plane_rotation(3, 0, 2, math.acos(c)) @ b for c in nodes for a in about_z for b in about_z]
        return np.array(elements), np.repeat(shares / 2, n * n) / n**2
    raise CostError(f"Haar nodes of SO({k}) are not offered for k > 3; use the invariants of a section instead")


def _plane_rotation(k: int, i: int, j: int, angle: float) -> FloatArray:
    matrix = np.eye(k)
    matrix[i, i] = matrix[j, j] = math.cos(angle)
    matrix[j, i] = math.sin(angle)
    matrix[i, j] = -math.sin(angle)
    return matrix


def _embed(rotation: FloatArray, block: OrthogonalBlock, size: int) -> FloatArray:
    matrix = np.eye(size)
    for row in block.coordinates:
        matrix[np.ix_(row, row)] = rotation
    return matrix
