"""Joint actions: two commuting groups on the same points, coset by coset.

Classes of a product group are pairs of classes, and the two representatives commute, so they are
diagonalised together; the phases of each are known to be rational with a known denominator, and
are read back exactly.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.errors import GroupActionError
from weylspec.groups.cosets import LinearCoset
from weylspec.groups.linear_action import LinearAction

FloatArray = npt.NDArray[np.float64]

_TOLERANCE = 1e-7  # joint eigenvalues of orthogonal matrices carry ~N·eps; their phases are ≥ 1/modulus apart


def joint(a: LinearAction, b: LinearAction, label: str) -> LinearAction:
    """The product group acting through x ↦ g(h(x)).

    Raises
    ------
    GroupActionError
        If two generators do not commute, or both groups are continuous on the same coordinates.
    """
    n = max(a.size, b.size)
    a, b = a.extended(n), b.extended(n)
    _check_commuting(a, b)
    _check_disjoint(a, b)

    def source() -> Iterator[LinearCoset]:
        others = list(b.cosets())
        for x in a.cosets():
            for y in others:
                yield joint_coset(x, y)

    def sampler(count: int, rng: np.random.Generator) -> FloatArray:
        return np.asarray(a.sample(count, rng) @ b.sample(count, rng))

    return LinearAction(label, n, a.order * b.order, a.generators + b.generators, source, sampler,
                        math.lcm(_spectral_modulus(a), _spectral_modulus(b)), a.blocks + b.blocks)


def joint_coset(x: LinearCoset, y: LinearCoset) -> LinearCoset:
    """The coset of the product of two commuting representatives."""
    share = x.share * y.share
    roots = np.zeros((len(x.roots) + len(y.roots), x.rank + y.rank), dtype=np.int64)
    roots[: len(x.roots), : x.rank] = x.roots
    roots[len(x.roots):, x.rank:] = y.roots
    directions = x.directions + y.directions
    if y.is_identity and y.rank == 0:
        lengths, phases, weights = x.lengths, x.phases, x.weights
    elif x.is_identity and x.rank == 0:
        lengths, phases, weights = y.lengths, y.phases, y.weights
    else:
        vectors = _joint_eigenvectors(x.element(), y.element(), directions)
        first = _rational_phases(x, vectors)
        second = _rational_phases(y, vectors)
        phases = tuple((p + q) % 1 for p, q in zip(first, second, strict=True))
        lengths = (1,) * len(phases)
        weights = _integer_weights(directions, vectors)
    return LinearCoset(share, lengths, phases, weights, roots, x.root_phases + y.root_phases,
                       lambda: np.asarray(x.element() @ y.element()), directions)


def _joint_eigenvectors(x: FloatArray, y: FloatArray, directions: tuple[FloatArray, ...]) -> npt.NDArray[np.complex128]:
    """Unitary U that diagonalises x, y and every direction: eigenvectors of a generic combination."""
    rng = np.random.default_rng(20231211)
    hermitian = [part for m in (x, y, *directions) for part in (m + m.T, 1j * (m - m.T))]
    for _ in range(5):
        weights = rng.standard_normal(len(hermitian))
        _, vectors = np.linalg.eigh(sum(w * h for w, h in zip(weights, hermitian, strict=True)))
        if all(_off_diagonal(vectors, m) < _TOLERANCE for m in (x, y, *directions)):
            return np.asarray(vectors, dtype=np.complex128)
    raise GroupActionError("two elements of a joint action could not be diagonalised together; do they commute?")


def _off_diagonal(vectors: npt.NDArray[np.complex128], matrix: FloatArray) -> float:
    rotated = vectors.conj().T @ matrix @ vectors
    return float(np.abs(rotated - np.diag(np.diag(rotated))).max())


def _rational_phases(coset: LinearCoset, vectors: npt.NDArray[np.complex128]) -> tuple[Fraction, ...]:
    modulus = math.lcm(*(n * c.denominator for n, c in zip(coset.lengths, coset.phases, strict=True)))
    eigenvalues = np.diag(vectors.conj().T @ coset.element() @ vectors)
    turns = np.angle(eigenvalues) / (2 * math.pi) * modulus
    nearest = np.round(turns)
    if np.abs(turns - nearest).max() > 2 * modulus * _TOLERANCE:
        raise GroupActionError(f"an eigenvalue's phase is not a multiple of 1/{modulus} as its class says")
    return tuple(Fraction(int(k), modulus) % 1 for k in nearest)


def _integer_weights(directions: tuple[FloatArray, ...], vectors: npt.NDArray[np.complex128]) -> npt.NDArray[np.int64]:
    weights = np.zeros((vectors.shape[1], len(directions)), dtype=np.int64)
    for column, direction in enumerate(directions):
        values = np.diag(vectors.conj().T @ direction @ vectors).imag
        weights[:, column] = np.round(values)
        if np.abs(values - weights[:, column]).max() > _TOLERANCE:
            raise GroupActionError("a direction of a joint action has a weight that is not an integer")
    return weights


def _spectral_modulus(action: LinearAction) -> int:
    return math.lcm(action.modulus, *(
        n * c.denominator for coset in action.cosets() for n, c in zip(coset.lengths, coset.phases, strict=True)
    ))


def _check_commuting(a: LinearAction, b: LinearAction) -> None:
    for i, g in enumerate((*a.generators, *a.algebra)):
        for j, h in enumerate((*b.generators, *b.algebra)):
            residual = float(np.abs(g @ h - h @ g).max())
            if residual > 1e-8:
                raise GroupActionError(
                    f"{a.label} * {b.label}: generator {i} of the first and generator {j} of the second do not "
                    f"commute (residual {residual:.1e}); note that M / G1 * G2 is read as (M / G1) * G2, "
                    "write M / (G1 * G2)"
                )


def _check_disjoint(a: LinearAction, b: LinearAction) -> None:
    used = {int(i) for block in a.blocks for i in block.coordinates.flat}
    shared = used & {int(i) for block in b.blocks for i in block.coordinates.flat}
    if shared:
        raise GroupActionError(
            f"{a.label} * {b.label}: both are continuous on coordinate {min(shared)}; joint actions of two "
            "continuous groups are supported on separate coordinates only (block sum +)"
        )
