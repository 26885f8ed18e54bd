"""Joint actions: two commuting groups on the same points, coset by coset.

Classes of a product group are pairs of classes, and the two representatives commute, so they are
diagonalised together; the phases of each are known exactly as a multiset, and are read back and
compared with it. Phases that are all L-th roots of one number are put together into a block of
length L, so that permutations of blocks need no roots of unity of high order.
"""

from __future__ import annotations

import math
from collections import Counter
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.errors import CommutationError, CostError, GroupActionError
from weylspec.groups.cosets import LinearCoset, character_product
from weylspec.groups.linear_action import MAX_LISTED, LinearAction

FloatArray = npt.NDArray[np.float64]

_TOLERANCE = 1e-7  # eigenvalues of orthogonal matrices carry ~N·eps; an integer weight is told from others at once
_HALF = Fraction(1, 2)


def joint(a: LinearAction, b: LinearAction, label: str) -> LinearAction:
    """The product group acting through x ↦ g(h(x)); the action need not be effective.

    Parameters
    ----------
    a, b : LinearAction
        On R^n and R^k; the smaller is extended trivially.
    label : str

    Returns
    -------
    LinearAction
        On R^max(n, k), one coset per pair of cosets.

    Raises
    ------
    GroupActionError
        If two generators do not commute.
    CostError
        Above 50 000 pairs of classes.

    Examples
    --------
    −1 and the cyclic permutations of three coordinates:

    >>> from weylspec.groups.matrix import MatrixGroup
    >>> from weylspec.groups.permutation import CyclicGroup
    >>> both = joint(CyclicGroup(3).natural(), MatrixGroup([-np.eye(3)]).natural(), "C3 * {±1}")
    >>> both.order, [(c.lengths, [str(x) for x in c.phases]) for c in both.cosets()][-1]
    (6, ((3,), ['1/2']))
    """
    n = max(a.size, b.size)
    a, b = a.extended(n), b.extended(n)
    _check_commuting(a, b)

    cosets = _pairs(a, b, label)

    def sampler(count: int, rng: np.random.Generator) -> FloatArray:
        return np.asarray(a.sample(count, rng) @ b.sample(count, rng))

    modulus = math.lcm(*(d for coset in cosets for d in coset.denominators()))
    return LinearAction(label, n, a.order * b.order, a.generators + b.generators, lambda: iter(cosets), sampler,
                        modulus, a.blocks + b.blocks)


def _pairs(a: LinearAction, b: LinearAction, label: str) -> tuple[LinearCoset, ...]:
    first, second = list(a.cosets()), list(b.cosets())
    if len(first) * len(second) > MAX_LISTED:
        raise CostError(
            f"{label} has {len(first)} × {len(second)} pairs of classes, above {MAX_LISTED}; "
            "divide by a smaller group, or by one of the two"
        )
    return tuple(joint_coset(x, y) for x in first for y in second)


def joint_coset(x: LinearCoset, y: LinearCoset) -> LinearCoset:
    """The coset of the product of two commuting representatives.

    Parameters
    ----------
    x, y : LinearCoset
        On the same R^N; each representative commutes with the other coset.

    Returns
    -------
    LinearCoset
        Its share, rank and roots are those of the direct product of the groups.

    Raises
    ------
    GroupActionError
        If the representatives do not commute, or have other eigenvalues than their cosets say.

    Examples
    --------
    A quarter turn of the plane twice:

    >>> from weylspec.groups.point import PointGroup
    >>> quarter = [c for c in PointGroup("C4").natural().cosets() if c.phases[1] == Fraction(1, 4)][0]
    >>> joint_coset(quarter, quarter).element().round(12)[:2, :2] + 0.0
    array([[-1.,  0.],
           [ 0., -1.]])
    """
    share = x.share * y.share
    roots = np.zeros((len(x.roots) + len(y.roots), x.rank + y.rank), dtype=np.int64)
    roots[: len(x.roots), : x.rank] = x.roots
    roots[len(x.roots):, x.rank:] = y.roots
    directions = x.directions + y.directions
    if _scalar(y) is not None:
        lengths, phases, weights = x.lengths, _turned(x, _scalar(y)), x.weights
    elif _scalar(x) is not None:
        lengths, phases, weights = y.lengths, _turned(y, _scalar(x)), y.weights
    else:
        vectors = _joint_eigenvectors(x.element(), y.element(), directions)
        first = _rational_phases(x, vectors)
        second = _rational_phases(y, vectors)
        separate = [(p + q) % 1 for p, q in zip(first, second, strict=True)]
        lengths, phases, weights = _gathered(separate, _integer_weights(directions, vectors))
    return LinearCoset(share, lengths, phases, weights, roots, x.root_phases + y.root_phases,
                       lambda: np.asarray(x.element() @ y.element()), directions,
                       character_product(x.character, y.character), _joint_highest(x, y))


def _joint_highest(x: LinearCoset, y: LinearCoset) -> tuple[int, ...]:
    if not (x.highest or y.highest):
        return ()
    return (x.highest or (0,) * x.rank) + (y.highest or (0,) * y.rank)


def eigenvalue_blocks(
    element: FloatArray, order: int, directions: tuple[FloatArray, ...]
) -> tuple[tuple[int, ...], tuple[Fraction, ...], npt.NDArray[np.int64]]:
    """Lengths, phases and weights of the coset x·exp(2π Σ θ_j H_j), from its matrices.

    Parameters
    ----------
    element : ndarray of shape (N, N)
        Orthogonal, x^order = 1.
    order : int
    directions : tuple of ndarrays (N, N)
        Skew, with integer eigenvalues; they commute with one another and with x.

    Returns
    -------
    lengths : tuple of b ints
    phases : tuple of b Fractions
    weights : ndarray of shape (b, r), int64

    Raises
    ------
    GroupActionError
        If the eigenvalues are not such.

    Examples
    --------
    >>> eigenvalue_blocks(np.eye(3)[[1, 2, 0]], 3, ())[:2]
    ((3,), (Fraction(0, 1),))
    """
    vectors = _joint_eigenvectors(element, np.eye(len(element)), directions)
    turns = np.angle(np.diag(vectors.conj().T @ element @ vectors)) / (2 * math.pi) * order
    if np.abs(turns - np.round(turns)).max() > order * _TOLERANCE:
        raise GroupActionError(f"an element has an eigenvalue that is not a root of unity of order {order}")
    phases = [Fraction(int(k), order) % 1 for k in np.round(turns)]
    return _gathered(phases, _integer_weights(directions, vectors))


def _scalar(coset: LinearCoset) -> Fraction | None:
    """The phase of a representative that is ±1, if the coset is a single element."""
    if coset.rank or max(coset.lengths) > 1 or len(set(coset.phases)) > 1 or coset.phases[0] not in (0, _HALF):
        return None
    return coset.phases[0]


def _turned(coset: LinearCoset, phase: Fraction | None) -> tuple[Fraction, ...]:
    """Phases after multiplication by e(phase): L-th roots of z become L-th roots of e(L·phase)·z."""
    assert phase is not None
    return tuple((c + length * phase) % 1 for length, c in zip(coset.lengths, coset.phases, strict=True))


def _gathered(
    phases: list[Fraction], weights: npt.NDArray[np.int64]
) -> tuple[tuple[int, ...], tuple[Fraction, ...], npt.NDArray[np.int64]]:
    """Blocks of length L for phases c, c + 1/L, …, c + (L−1)/L with equal weights, the longest first."""
    modulus = math.lcm(*(phase.denominator for phase in phases))
    groups: dict[tuple[int, ...], Counter[int]] = {}
    for phase, weight in zip(phases, weights.tolist(), strict=True):
        groups.setdefault(tuple(weight), Counter())[int(phase * modulus)] += 1
    blocks: list[tuple[int, Fraction, tuple[int, ...]]] = []
    for weight, left in groups.items():
        for length in range(left.total(), 0, -1):
            if modulus % length:
                continue
            step = modulus // length
            for c in sorted(x for x in left if x < step):
                count = min(left[k] for k in range(c, modulus, step))
                if count:
                    left.subtract(dict.fromkeys(range(c, modulus, step), count))
                    blocks += [(length, Fraction(c * length, modulus), tuple(length * w for w in weight))] * count
    lengths, gathered, rows = zip(*blocks, strict=True)
    return lengths, gathered, np.array(rows, dtype=np.int64).reshape(len(rows), weights.shape[1])


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
    if coset.is_identity:
        return coset.phases
    known = [(c + k) / n for n, c in zip(coset.lengths, coset.phases, strict=True) for k in range(n)]
    modulus = math.lcm(*(phase.denominator for phase in known))
    eigenvalues = np.diag(vectors.conj().T @ coset.element() @ vectors)
    turns = np.angle(eigenvalues) / (2 * math.pi) * modulus
    phases = tuple(Fraction(int(k), modulus) % 1 for k in np.round(turns))
    if Counter(phases) != Counter(known):
        raise GroupActionError(f"an element's eigenvalues, multiples of 1/{modulus} turn, are not those of its class")
    return phases


def _integer_weights(directions: tuple[FloatArray, ...], vectors: npt.NDArray[np.complex128]) -> npt.NDArray[np.int64]:
    weights = np.zeros((vectors.shape[1], len(directions)), dtype=np.int64)
    for column, direction in enumerate(directions):
        values = np.diag(vectors.conj().T @ direction @ vectors).imag
        weights[:, column] = np.round(values)
        if np.abs(values - weights[:, column]).max() > _TOLERANCE:
            raise GroupActionError("a direction of a joint action has a weight that is not an integer")
    return weights


def _check_commuting(a: LinearAction, b: LinearAction) -> None:
    for i, g in enumerate((*a.generators, *a.algebra)):
        for j, h in enumerate((*b.generators, *b.algebra)):
            residual = float(np.abs(g @ h - h @ g).max())
            if residual > 1e-8:
                raise CommutationError(
                    f"{a.label} * {b.label}: generator {i} of the first and generator {j} of the second do not "
                    f"commute (residual {residual:.1e}); (M / G1) / G2 and G1 * G2 are for commuting groups: "
                    "give one group that contains both, such as MatrixGroup([…])"
                )
