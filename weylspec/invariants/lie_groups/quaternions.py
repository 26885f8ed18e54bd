"""Isometries x ↦ p·x·q of the unit quaternions S³: their angles, traces and fixed circles.

A point (z_1, z_2) of S³ ⊂ C² is the quaternion z_1 + j·z_2, the matrix [[z_1, −z̄_2], [z_2, z̄_1]] of SU(2).
Functions are ⊕_k V_k ⊗ V_k, dim V_k = k + 1 (Peter and Weyl 1927): p acts on the first factor with the
character Σ_n e(nθ), n = −k, −k + 2, …, k, and q on a part of the second one that a metric singles out.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.errors import GroupActionError
from weylspec.groups.cosets import LinearCoset
from weylspec.invariants.orbit_spaces.fixed_sets import FixedSet

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Residues = npt.NDArray[np.int64]

_TOLERANCE = 1e-7


def quaternion_product(x: npt.ArrayLike, y: npt.ArrayLike) -> FloatArray:
    """Product of quaternions z_1 + j·z_2 given as rows (Re z_1, Im z_1, Re z_2, Im z_2).

    Parameters
    ----------
    x, y : arrays of shape (…, 4)

    Returns
    -------
    ndarray of shape (…, 4)

    Examples
    --------
    The rows of 1, i, j are the first three unit vectors; i·j has the coordinate −1 at the last:

    >>> quaternion_product([0, 1, 0, 0], [0, 0, 1, 0]).tolist()
    [0.0, 0.0, 0.0, -1.0]
    """
    a, b = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    z1, z2 = a[..., 0] + 1j * a[..., 1], a[..., 2] + 1j * a[..., 3]
    w1, w2 = b[..., 0] + 1j * b[..., 1], b[..., 2] + 1j * b[..., 3]
    first, second = z1 * w1 - np.conj(z2) * w2, z2 * w1 + np.conj(z1) * w2
    return np.stack([first.real, first.imag, second.real, second.imag], axis=-1)


_BASIS = np.array([[1.0, 0, 0, 0], [0, 1.0, 0, 0], [0, 0, 1.0, 0], [0, 0, 0, -1.0]])  # 1, i, j, k
LEFT = np.array([[quaternion_product(q, e) for e in np.eye(4)] for q in _BASIS]).transpose(0, 2, 1)
RIGHT = np.array([[quaternion_product(e, q) for e in np.eye(4)] for q in _BASIS]).transpose(0, 2, 1)


def two_factors(g: FloatArray) -> tuple[FloatArray, FloatArray] | None:
    """Components over 1, i, j, k of unit p, q with g·x = p·x·q, up to one common sign; None if there are none.

    Parameters
    ----------
    g : ndarray of shape (4, 4)

    Returns
    -------
    p, q : ndarrays of shape (4,), or None

    Examples
    --------
    >>> p, q = two_factors(LEFT[2] @ RIGHT[1])
    >>> (p * q[1]).round(12).tolist(), two_factors(np.diag([1.0, 1, 1, -1])) is None
    ([0.0, 0.0, 1.0, 0.0], True)
    """
    table = np.einsum("amn,bnk,mk->ab", LEFT, RIGHT, g) / 4
    u, s, vt = np.linalg.svd(table)
    if abs(s[0] - 1) > _TOLERANCE or s[1] > _TOLERANCE:
        return None
    return u[:, 0], vt[0]


def imaginary_parts(skew: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Components over i, j, k of a, b with skew·x = a·x + x·b.

    Examples
    --------
    >>> [part.tolist() for part in imaginary_parts(RIGHT[1])]
    [[0.0, 0.0, 0.0], [1.0, 0.0, 0.0]]
    """
    left = np.einsum("amn,mn->a", LEFT[1:], skew) / 4
    right = np.einsum("amn,mn->a", RIGHT[1:], skew) / 4
    return left, right


@dataclass(frozen=True, eq=False)
class Parts:
    """Joint eigenspaces V_k ⊗ R of a Laplacian on S³, one a row, R a part of the second V_k.

    Attributes
    ----------
    degree : ndarray of shape (n,), int64
        k.
    weight, size : ndarrays of shape (n,), int64
        q = e^{2πiφ} acts on R by e(wφ) if its dimension is 1, by e(wφ) and e(−wφ) if it is 2.
    flip : ndarray of shape (n,), int64
        Trace of q = j on R, 0 for dimension 2.
    names : ndarray of shape (n, r), int64
        Level keys, or labels.
    values, errors : ndarrays of shape (n,), float64
        Eigenvalues with bounds on their errors.
    """

    degree: IntArray
    weight: IntArray
    size: IntArray
    flip: IntArray
    names: IntArray
    values: FloatArray
    errors: FloatArray

    @property
    def multiplicities(self) -> IntArray:
        """(k + 1)·dim R."""
        return (self.degree + 1) * self.size

    def __len__(self) -> int:
        """Number of parts."""
        return len(self.degree)

    def taken(self, rows: npt.NDArray[np.intp] | npt.NDArray[np.bool_]) -> Parts:
        """Some of the parts."""
        return Parts(self.degree[rows], self.weight[rows], self.size[rows], self.flip[rows], self.names[rows],
                     self.values[rows], self.errors[rows])


@dataclass(frozen=True, eq=False)
class QuaternionCoset:
    """Elements x ↦ p·x·q, p ~ e(θ + u·angles), q = e(φ + w·angles) or, if flipped, j·e(φ).

    Attributes
    ----------
    share : Fraction
    left, right : Fraction
        θ and φ in turns.
    left_weights, right_weights : tuples of r ints
        2u and 2w.
    flipped : bool
    roots, root_phases : arrays of shape (q, r) and q Fractions
        Weyl's measure, as for the linear coset.
    """

    share: Fraction
    left: Fraction
    right: Fraction
    left_weights: tuple[int, ...]
    right_weights: tuple[int, ...]
    flipped: bool
    roots: IntArray
    root_phases: tuple[Fraction, ...]

    @property
    def rank(self) -> int:
        """Number r of angles."""
        return len(self.left_weights)

    @property
    def modulus(self) -> int:
        """Roots of unity of this order occur in the traces."""
        return math.lcm(*(phase.denominator for phase in (self.left, self.right, *self.root_phases)))

    def traces(self, parts: Parts, powers: Residues, p: int) -> Residues:
        """Trace on each part, averaged over the angles, modulo p.

        Parameters
        ----------
        parts : Parts
        powers : ndarray of int64
            `weylspec.exact.modular.unit_powers` of an order that is a multiple of `modulus`.
        p : int

        Returns
        -------
        ndarray of shape (len(parts),), residues modulo p
        """
        order = len(powers)
        density = self._density(powers, order, p)
        total = np.zeros(len(parts), dtype=np.int64)
        for exponents, coefficient in density.items():
            total = (total + coefficient * self._constant_terms(parts, exponents, powers, order, p)) % p
        return np.asarray(total * pow(density[(0,) * self.rank], -1, p) % p, dtype=np.int64)

    def _density(self, powers: Residues, order: int, p: int) -> dict[tuple[int, ...], int]:
        """Π (1 − e(root_phase + root·angles)), multiplied out."""
        density = {(0,) * self.rank: 1}
        for root, phase in zip(self.roots.tolist(), self.root_phases, strict=True):
            grown: Counter[tuple[int, ...]] = Counter(density)
            for exponents, coefficient in density.items():
                moved = tuple(a + b for a, b in zip(exponents, root, strict=True))
                grown[moved] -= coefficient * int(powers[int(phase * order) % order])
            density = {key: value % p for key, value in grown.items()}
        return density

    def _constant_terms(
        self, parts: Parts, exponents: tuple[int, ...], powers: Residues, order: int, p: int
    ) -> Residues:
        signs = (1, -1) if not self.flipped else (1,)
        total = np.zeros(len(parts), dtype=np.int64)
        for sign in signs:
            weight = sign * parts.weight
            factor = powers[weight * int(self.right * order) % order]
            if self.flipped:
                factor = factor * parts.flip % p
            needed = np.stack([-w * weight - 2 * e for w, e in zip(self.right_weights, exponents, strict=True)]
                              or [np.zeros_like(weight)], axis=1)
            term = factor * self._left_terms(parts.degree, needed, powers, order, p) % p
            total += term if sign == 1 else np.where(parts.size == 2, term, 0)
        return total % p

    def _left_terms(self, degree: IntArray, needed: IntArray, powers: Residues, order: int, p: int) -> Residues:
        """Σ e(nθ) over the weights n of V_k with n·left_weights = needed."""
        turn = int(self.left * order) % order
        moving = [c for c, w in enumerate(self.left_weights) if w]
        if not moving:
            characters = _characters(int(degree.max(initial=0)), int(powers[turn]), int(powers[-turn % order]), p)
            return np.where((needed == 0).all(axis=1), characters[degree], 0)
        n = needed[:, moving[0]] // self.left_weights[moving[0]]
        fits = (n[:, None] * np.array(self.left_weights) == needed).all(axis=1)
        fits &= (np.abs(n) <= degree) & ((degree - n) % 2 == 0)
        return np.where(fits, powers[n * turn % order], 0)

    def fixed(self, circles: Sequence[float], volume: float, label: str) -> Iterator[FixedSet]:
        """The fixed set of a single element, if it has one: everything, or one circle.

        p·x·q = x means that q⁻¹ = x⁻¹px: then the solutions are a circle x·e^{s·axis of q}, along a
        left-invariant field, and the element turns its normal planes by twice the angle of p.

        Parameters
        ----------
        circles : sequence of 3 floats
            Lengths of the circles along the axes i, j, k.
        volume : float
            Of the space.
        label : str

        Yields
        ------
        FixedSet
        """
        if self.is_trivial:
            yield FixedSet(self.share, 3, volume, 1.0, label)
        elif (self.left - self._right_turn) % 1 == 0 or (self.left + self._right_turn) % 1 == 0:
            normal = 4 * math.sin(2 * math.pi * float(self.left)) ** 2
            # Among j·e^{iφ} all axes are alike, or φ is 0 for j and ¼ for k.
            axis = (2 if self.right % Fraction(1, 2) else 1) if self.flipped else 0
            yield FixedSet(self.share, 1, circles[axis], normal, label)

    @property
    def _right_turn(self) -> Fraction:
        return Fraction(1, 4) if self.flipped else self.right

    @property
    def is_trivial(self) -> bool:
        """Whether the single element is the identity: p = q = ±1."""
        return not self.flipped and (2 * self.left) % 1 == 0 and (self.left - self.right) % 1 == 0


def _characters(top: int, root: int, inverse: int, p: int) -> Residues:
    """χ_0 … χ_top modulo p: χ_{k+1} = χ_1·χ_k − χ_{k−1}, which divides by nothing."""
    first = (root + inverse) % p
    values = [1, first]
    for _ in range(top - 1):
        values.append((first * values[-1] - values[-2]) % p)
    return np.array(values[: top + 1], dtype=np.int64)


def quaternion_coset(coset: LinearCoset, turn: FloatArray) -> QuaternionCoset:
    """A coset of 4 × 4 matrices as quaternions, with exact angles.

    Parameters
    ----------
    coset : LinearCoset
        On R⁴, its right factors on the circle e^{iφ} or on j·e^{iφ} after turning.
    turn : ndarray of shape (4, 4)
        An orthogonal matrix T; the coset T·g·T⁻¹ is taken.

    Returns
    -------
    QuaternionCoset

    Raises
    ------
    GroupActionError
        If an element is none of these.

    Examples
    --------
    >>> from weylspec.groups.orthogonal import SO
    >>> circle = quaternion_coset(next(iter(SO(2).copies(2).natural().cosets())), np.eye(4))
    >>> circle.left_weights, circle.right_weights
    ((0,), (2,))
    """
    factors = two_factors(turn @ coset.element() @ turn.T)
    pairs = [imaginary_parts(turn @ h @ turn.T) for h in coset.directions]
    kind = None if factors is None else right_kind(factors[1])
    if factors is None or kind is None or any(np.abs(b[1:]).max() > _TOLERANCE for _, b in pairs):
        raise GroupActionError("an element acts on S³ otherwise than by x ↦ p·x·q with q = e^{iφ} or j·e^{iφ}")
    p, q = factors
    axis = next((a / np.linalg.norm(a) for a, _ in pairs if np.linalg.norm(a) > _TOLERANCE), None)
    sine = float(np.linalg.norm(p[1:])) if axis is None else float(p[1:] @ axis)
    known = Counter((c + k) / n % 1 for n, c in zip(coset.lengths, coset.phases, strict=True) for k in range(n))
    modulus = 4 * math.lcm(*(phase.denominator for phase in known))
    left = _nearest(math.atan2(sine, p[0]), modulus)
    flipped = kind == "flip"
    right = _nearest(math.atan2(-q[3], q[2]) if flipped else math.atan2(q[1], q[0]), 4 if flipped else modulus)
    turned = Fraction(1, 4) if flipped else right
    if Counter(s * left + t * turned - (s * left + t * turned) // 1 for s in (1, -1) for t in (1, -1)) != known:
        raise GroupActionError(f"an element's angles on S³, multiples of 1/{modulus} turn, are not those of its class")
    left_weights = tuple(round(2 * float(a @ axis)) if axis is not None else 0 for a, _ in pairs)
    return QuaternionCoset(coset.share, left, right, left_weights, tuple(round(2 * float(b[0])) for _, b in pairs),
                         flipped, coset.roots, coset.root_phases)


def _nearest(angle: float, modulus: int) -> Fraction:
    return Fraction(round(angle / (2 * math.pi) * modulus), modulus) % 1


def right_kind(q: FloatArray) -> str | None:
    """Whether a right factor lies on the circle e^{iφ}, on j·e^{iφ} ("flip"), or on neither (None).

    Examples
    --------
    >>> right_kind(np.array([0.6, 0.8, 0, 0])), right_kind(np.array([0.6, 0, 0.8, 0]))
    ('circle', None)
    """
    if np.abs(q[2:]).max() < _TOLERANCE:
        return "circle"
    return "flip" if np.abs(q[:2]).max() < _TOLERANCE else None
