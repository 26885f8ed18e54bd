"""Walls of the orbit space of a linear group: where its orbits collapse by spheres, and mirrors of its components.

The group acts on a unit sphere, or on a product of m of them whose spaces its identity component maps to themselves.

A wall is G·E/G for the fixed space E of an isotropy group K ⊋ H with K/H = S^k, and dim(𝔤x + E) = N − 1 − k at
its generic points x. On E acts the group that maps E to itself, N; the wall is isometric to S(E)/N.

Where they are. The normaliser of H in K acts on the fixed sphere (S^k)^H simply transitively modulo H, so that
sphere is S⁰, S¹ or S³. In the last two cases K has a torus of one more dimension than H: it is found among the flats
of the weights. In the first one, if k > 0, the element of order two of N_K(H)/H is a mirror of the action of N(H)/H on
the fixed space F of H: it is found among the special angles of the torus cosets of this group; if the group is finite,
the mirror is a hyperplane of F, and a generic line meets it. If k = 0, K contains an element of a component that moves
orbits: among the special angles of its torus coset. So all walls are found, once the components of N(H)/H are known;
these are found at random, and missing one has a probability below 10⁻¹² (see `normalisers`). (A connected group has no
wall with k = 0 on a sphere: Bredon 1972, IV.3.12.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError
from weylspec.groups.cosets import LinearCoset
from weylspec.groups.lie_algebra import CompactAlgebra
from weylspec.invariants.continuous.isotropy import generic_point
from weylspec.invariants.continuous.mirrors import special_elements
from weylspec.invariants.continuous.normalisers import keeping_algebra, normaliser
from weylspec.invariants.continuous.subspaces import annihilator, complement
from weylspec.invariants.orbit_spaces.orbit_integrals import killing_fields

FloatArray = npt.NDArray[np.float64]

_TOLERANCE = 1e-7
_SEED = 1729
_MAX_FLATS = 20_000
_POLISH = 4


@dataclass(frozen=True, eq=False)
class Stratum:
    """A wall: where it is and by which sphere orbits collapse there.

    Attributes
    ----------
    rows : ndarray of shape (e, N)
        Orthonormal basis of E.
    k : int
        Dimension of the sphere.
    """

    rows: FloatArray
    k: int


def factor_spheres(rows: FloatArray, m: int) -> list[tuple[FloatArray, float]]:
    """The part of (S^{n−1})^m in a fixed space E ⊂ R^{nm}: a product of spheres, one for each cycle of factors.

    Parameters
    ----------
    rows : ndarray of shape (e, nm)
        Orthonormal basis of E, fixed by an element that moves the factors in cycles, or by several.
    m : int

    Returns
    -------
    list of (ndarray of shape (b, e), float)
        Orthonormal rows, in coordinates of E, and √c for a cycle of c factors, the radius. Empty where a factor
        has no point in E.

    Examples
    --------
    Two equal points of S²:

    >>> [(len(coordinates), radius**2) for coordinates, radius in factor_spheres(np.tile(np.eye(3), 2) / 2**0.5, 2)]
    [(3, 2.0000000000000004)]
    """
    parts = rows.reshape(len(rows), m, -1)
    forms = list(np.einsum("eia,fia->ief", parts, parts))  # |x_i|² on E
    found = []
    while forms:
        first = forms[0]
        different = [form for form in forms if np.abs(form - first).max() > _TOLERANCE]
        count = len(forms) - len(different)
        values, vectors = np.linalg.eigh(count * first)
        if values[-1] < 0.5:
            return []
        found.append((np.asarray(vectors[:, values > 0.5].T), float(count**0.5)))
        forms = different
    return found


def collapsing_strata(group: CompactAlgebra, isotropy: FloatArray, m: int = 1) -> Iterator[Stratum]:
    """Walls on which the orbits of a connected group lose dimensions, some perhaps several times.

    Parameters
    ----------
    group : CompactAlgebra
    isotropy : ndarray of shape (k, N, N)
        The algebra of a principal isotropy group.
    m : int
        Number of spheres.

    Yields
    ------
    Stratum

    Raises
    ------
    CostError
        If the weights have too many flats.

    Examples
    --------
    Two vectors of R³ that depend on each other: their orbits have dimension 2, not 3.

    >>> from weylspec.groups.orthogonal import SO
    >>> group = CompactAlgebra.generated(SO(3).copies(2).natural().algebra)
    >>> [(len(s.rows), s.k) for s in collapsing_strata(group, group.basis[:0])]
    [(2, 1)]
    """
    for rows in _fixed_by_tori(group, isotropy):
        yield from _wall_at(group, isotropy, rows, m)
    if len(isotropy):
        for rows in _in_fixed_space(group, isotropy, m):
            yield from _wall_at(group, isotropy, rows, m)


def _wall_at(group: CompactAlgebra, isotropy: FloatArray, rows: FloatArray, m: int) -> Iterator[Stratum]:
    """The wall through a generic point of a subspace, if there is one."""
    size = group.basis.shape[-1]
    point = generic_point(len(rows)) @ rows
    larger = annihilator(group.basis, point[None])
    k = len(larger) - len(isotropy)
    if k < 1:
        return
    fixed = fixed_rows(larger, np.eye(size))
    if _codimension(group, point, fixed, m) == 1 + k:
        yield Stratum(fixed, k)


def _codimension(
    group: CompactAlgebra, point: FloatArray, rows: FloatArray, m: int, inside: FloatArray | None = None
) -> int:
    """That of G·E in the product of spheres at a generic point; that of 𝔤x + E, less the radii equal on E. −1: none."""
    spheres = factor_spheres(rows if inside is None else rows @ inside, m)
    if not spheres:
        return -1
    fields = killing_fields(group.basis, point[None])[0]
    reach = int(np.linalg.matrix_rank(np.concatenate([fields, rows]), tol=_TOLERANCE))
    return len(point) - reach - (m - len(spheres))


def fixed_rows(algebra: FloatArray, subspace: FloatArray) -> FloatArray:
    """Orthonormal basis of the vectors of a subspace that an algebra kills.

    Parameters
    ----------
    algebra : ndarray of shape (g, N, N)
    subspace : ndarray of shape (n, N)

    Returns
    -------
    ndarray of shape (e, N)

    Examples
    --------
    >>> fixed_rows(np.array([[[0.0, -1, 0], [1, 0, 0], [0, 0, 0]]]), np.eye(3)).round(12) + 0.0
    array([[0., 0., 1.]])
    """
    total = np.tensordot(algebra, algebra, axes=([0, 1], [0, 1])) if len(algebra) else np.zeros((len(subspace[0]),) * 2)
    values, vectors = np.linalg.eigh(subspace @ total @ subspace.T)
    kept = vectors[:, values < _TOLERANCE].T @ subspace
    signs = np.sign(kept.sum(axis=1, keepdims=True))
    return np.asarray(kept * np.where(signs == 0, 1.0, signs))


def _fixed_by_tori(group: CompactAlgebra, isotropy: FloatArray) -> Iterator[FloatArray]:
    """Fixed spaces of the subtori, cut out by weights, of one more dimension than those of the isotropy group."""
    rank = CompactAlgebra.generated(list(isotropy)).rank if len(isotropy) else 0
    missing = group.rank - rank - 1
    if missing < 0:
        return
    distinct = np.unique([_signed(w) for w in group.weights if w.any()], axis=0)
    if comb(len(distinct), missing) > _MAX_FLATS:
        raise CostError(f"{len(distinct)} weights have more than {_MAX_FLATS} flats of codimension {missing}")
    seen = set()
    for chosen in combinations(range(len(distinct)), missing):
        cut = distinct[list(chosen)].reshape(missing, group.rank)
        if missing and np.linalg.matrix_rank(cut) < missing:  # before NumPy 2.4 an empty matrix has no rank
            continue
        flat = np.linalg.svd(cut.astype(float))[2][missing:] if missing else np.eye(group.rank)
        vanishing = np.abs(group.weights @ flat.T).max(axis=1) < _TOLERANCE
        if vanishing.any() and vanishing.tobytes() not in seen:
            seen.add(vanishing.tobytes())
            yield fixed_rows(np.einsum("fr,rij->fij", flat, group.torus), np.eye(group.basis.shape[-1]))


def _signed(weight: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """A weight or its negative, the one whose first entry that is not zero is positive."""
    return np.asarray(weight if weight[np.flatnonzero(weight)[0]] > 0 else -weight)


def _in_fixed_space(group: CompactAlgebra, isotropy: FloatArray, m: int) -> Iterator[FloatArray]:
    """Subspaces of the fixed space F of the isotropy group H whose generic points have K ⊋ H of the same rank."""
    fixed = fixed_rows(isotropy, np.eye(group.basis.shape[-1]))
    if len(fixed) < 2:
        return
    if not len(keeping_algebra(group.basis, fixed)):
        for point in _on_line(complement(group.basis, isotropy), fixed, np.random.default_rng(_SEED)):
            yield point[None]
        return
    acting = normaliser(group, fixed)
    for stratum in mirror_strata(acting.cosets, acting.algebra, acting.algebra.basis[:0], m, fixed):
        yield stratum.rows @ fixed


def _on_line(moving: FloatArray, fixed: FloatArray, rng: np.random.Generator) -> Iterator[FloatArray]:
    start, end = rng.standard_normal((2, len(fixed))) @ fixed
    first, second = killing_fields(moving, np.stack([start, end]))
    mixing = rng.standard_normal((first.shape[1], len(moving)))
    values = np.linalg.eigvals(np.linalg.solve(second @ mixing, first @ mixing))
    for s in sorted({round(float(-v.real), 6): float(-v.real) for v in values if abs(v.imag) < 1e-4}.values()):
        for _ in range(_POLISH):
            left, _, right = np.linalg.svd(first + s * second)
            u, v = left[:, -1], right[len(moving) - 1]
            s = float(-(u @ first @ v) / (u @ second @ v))
        point = start + s * end
        point /= np.linalg.norm(point)
        if np.linalg.svd(killing_fields(moving, point[None])[0], compute_uv=False)[-1] < _TOLERANCE:
            yield point


def mirror_strata(
    cosets: Iterable[LinearCoset], group: CompactAlgebra, isotropy: FloatArray, m: int = 1,
    inside: FloatArray | None = None,
) -> Iterator[Stratum]:
    """Walls that elements of the components of G fix, without loss of dimension; some perhaps several times.

    Parameters
    ----------
    cosets : iterable of LinearCoset
        Of components that move orbits, at least.
    group : CompactAlgebra
        The identity component.
    isotropy : ndarray of shape (k, N, N)
    m : int
        Number of spheres; the elements may permute them.
    inside : ndarray of shape (N, nm), optional
        Orthonormal basis of the subspace of R^{nm} on which the group acts, where that is not all.

    Yields
    ------
    Stratum

    Raises
    ------
    CostError
        If a coset has too many special angles.

    Examples
    --------
    Three vectors of R³ in a plane:

    >>> from weylspec.groups.orthogonal import O
    >>> action = O(3).copies(3).natural()
    >>> group = CompactAlgebra.generated(action.algebra)
    >>> {(len(s.rows), s.k) for s in mirror_strata(action.cosets(), group, group.basis[:0])}
    {(6, 0)}
    """
    size = group.basis.shape[-1]
    inside = np.eye(size) if inside is None else inside
    simply_connected = min((len(rows) for rows, _ in factor_spheres(inside, m)), default=0) > 2
    for coset in cosets:
        if simply_connected and group.contains(coset.element()):
            continue  # no mirrors (Bredon 1972, IV.3.12)
        for element in special_elements(coset):
            values, vectors = np.linalg.eigh(2 * np.eye(size) - element - element.T)
            rows = vectors[:, values < _TOLERANCE].T
            if not len(rows):
                continue
            point = generic_point(len(rows)) @ rows
            stabiliser = annihilator(group.basis, point[None])
            if len(stabiliser) != len(isotropy) or _codimension(group, point, rows, m, inside) != 1:
                continue
            rows = fixed_rows(stabiliser, rows)
            if _codimension(group, generic_point(len(rows)) @ rows, rows, m, inside) == 1:
                yield Stratum(rows, 0)
