"""The irreducible characters of a finite group of matrices, exactly.

Floats only propose: the common eigenvectors of the class sums give every χ(g) to many digits, hence the
multiplicity of each root of unity among the eigenvalues of each element. Residues decide: the characters so
found must be eigenvectors of the class sums in F_p as well (Burnside 1911; Dixon 1967), all of them different.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from weylspec.errors import CertificationError, CostError
from weylspec.exact.modular import primes_one_modulo, unit_powers
from weylspec.groups._listing import ElementIndex
from weylspec.groups.cosets import CharacterValue

FloatArray = npt.NDArray[np.float64]
ComplexArray = npt.NDArray[np.complex128]
IntArray = npt.NDArray[np.int64]
Residues = npt.NDArray[np.int64]

MAX_ORDER = 20_000
_MAX_PRODUCTS = 2 * 10**7  # of elements with representatives of classes, 10 s
_MAX_CLASSES = 400
_TOLERANCE = 1e-6
_HALF_WORD = 2**16


@dataclass(frozen=True, eq=False)
class CharacterTable:
    """Irreducible characters, by ascending degree, the trivial one first.

    Attributes
    ----------
    index : ElementIndex
        The elements.
    labels : ndarray of shape (order,), int64
        The class of each element.
    sizes : ndarray of shape (r,), int64
        Of the classes.
    powers : tuple of r int arrays
        The classes of g⁰, g¹, …, g^(n−1), g in each class, n its order.
    multiplicities : tuple of r int arrays of shape (r, n)
        How often e(j/n) is an eigenvalue of each irreducible representation at each class.

    Examples
    --------
    >>> from weylspec.groups.point import PointGroup
    >>> character_table(PointGroup("T").natural().elements(), PointGroup("T").generators).degrees
    (1, 1, 1, 3)
    """

    index: ElementIndex
    labels: IntArray
    sizes: IntArray
    powers: tuple[IntArray, ...]
    multiplicities: tuple[IntArray, ...]

    @property
    def degrees(self) -> tuple[int, ...]:
        """Dimensions of the irreducible representations; their squares add up to the order."""
        return tuple(int(m) for m in self.multiplicities[self.identity][:, 0])

    @property
    def identity(self) -> int:
        """The class of the identity."""
        return int(self.labels[0])

    @property
    def order(self) -> int:
        """Number of elements."""
        return len(self.labels)

    def value(self, number: int, element: FloatArray) -> CharacterValue:
        """The exact character of an irreducible representation at a matrix of the group."""
        found = int(self.index.find(element[None], _TOLERANCE)[0])
        if found < 0:
            raise CertificationError("a representative of a class is not among the elements of its group")
        row = self.multiplicities[self.labels[found]][number]
        return tuple((Fraction(int(j), len(row)), int(row[j])) for j in np.flatnonzero(row))

    def indicator(self, number: int) -> int:
        """Σ χ(g²)/|G|: 1, 0 or −1 for a real, complex or quaternionic representation (Frobenius and Schur 1906)."""
        total = 0.0
        for size, row in zip(self.sizes, self.multiplicities, strict=True):
            turns = np.arange(row.shape[1]) / row.shape[1]
            total += float(size * (row[number] @ np.exp(4j * math.pi * turns)).real)
        return round(total / self.order)


def character_table(elements: FloatArray, generators: Sequence[FloatArray]) -> CharacterTable:
    """All irreducible characters of a finite group of orthogonal matrices.

    Parameters
    ----------
    elements : ndarray of shape (order, n, n)
        All of them, the identity first.
    generators : sequence of ndarrays of shape (n, n)

    Returns
    -------
    CharacterTable

    Raises
    ------
    CostError
        Above 20 000 elements, 400 classes or 2·10⁷ products.
    CertificationError
        If the characters fail their check.

    Examples
    --------
    >>> import numpy as np
    >>> turn = np.array([[0.0, -1.0], [1.0, 0.0]])
    >>> table = character_table(np.array([np.linalg.matrix_power(turn, k) for k in range(4)]), [turn])
    >>> sorted(str(table.value(i, turn)[0][0]) for i in range(4))
    ['0', '1/2', '1/4', '3/4']
    """
    order = len(elements)
    if order > MAX_ORDER:
        raise CostError(f"a group of {order} elements is above {MAX_ORDER}, the most whose character table is computed")
    index = ElementIndex.of(elements)
    labels, representatives = _classes(index, generators)
    count = len(representatives)
    if count > _MAX_CLASSES or count * order > _MAX_PRODUCTS:
        raise CostError(f"a group of {order} elements in {count} classes: its character table would take too long; "
                        "give the representation by its matrices on the generators")
    sizes = np.bincount(labels)
    powers = tuple(_powers(index, labels, elements[g]) for g in representatives)
    inverses = elements.transpose(0, 2, 1)
    products = np.array([labels[index.find(inverses @ elements[g], _TOLERANCE)] for g in representatives])
    guess = _guess(labels, products, sizes, powers)
    found = tuple(_multiplicities(guess[:, classes]) for classes in powers)
    ranks = _ordering(found, int(labels[0]))
    table = CharacterTable(index, labels, sizes, powers, tuple(m[ranks] for m in found))
    _certify(table, products)
    return table


def _classes(index: ElementIndex, generators: Sequence[FloatArray]) -> tuple[IntArray, IntArray]:
    """The class of each element, and a representative of each class."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    size = len(index.elements)
    images = [index.find(g @ index.elements @ g.T, _TOLERANCE) for g in generators]
    rows, columns = np.tile(np.arange(size), len(images)), np.concatenate([*images, np.zeros(0, dtype=np.int64)])
    graph = coo_array((np.ones(len(rows), dtype=np.int8), (rows, columns)), shape=(size, size))
    _, labels = connected_components(graph, directed=False)
    _, first = np.unique(labels, return_index=True)
    return labels.astype(np.int64), first.astype(np.int64)


def _powers(index: ElementIndex, labels: IntArray, g: FloatArray) -> IntArray:
    identity, power, found = np.eye(len(g)), g, [int(labels[0])]
    while float(np.abs(power - identity).max()) > _TOLERANCE:
        found.append(int(labels[index.find(power[None], _TOLERANCE)[0]]))
        power = power @ g
    return np.array(found, dtype=np.int64)


def _guess(labels: IntArray, products: IntArray, sizes: IntArray, powers: Sequence[IntArray]) -> ComplexArray:
    """Characters as floats: eigenvectors of a random Hermitian combination of class sums, rows (r, classes)."""
    rng = np.random.default_rng(1967)
    count, identity = len(sizes), int(labels[0])
    c = rng.standard_normal(count) + 1j * rng.standard_normal(count)
    inverse = np.array([classes[-1] if len(classes) > 1 else k for k, classes in enumerate(powers)], dtype=np.int64)
    c = c + c[inverse].conj()
    scaled = c[labels] / sizes[labels]  # so that large classes do not drown small ones
    matrix = np.array([np.bincount(row, scaled.real, count) + 1j * np.bincount(row, scaled.imag, count)
                       for row in products]).T
    roots = np.sqrt(sizes)
    _, vectors = np.linalg.eigh(matrix * roots / roots[:, None])
    values = vectors.T / roots
    values = values / values[:, identity][:, None]
    norms = (np.abs(values) ** 2 @ sizes) / len(labels)
    return np.asarray(values / np.sqrt(norms)[:, None])


def _multiplicities(values: ComplexArray) -> IntArray:
    """Multiplicities of e(j/n) from χ(g^s), s = 0 … n − 1: an inverse Fourier transform, rounded."""
    return np.asarray(np.rint(np.fft.fft(values, axis=1).real / values.shape[1]), dtype=np.int64)


def _ordering(found: Sequence[IntArray], identity: int) -> IntArray:
    """Ascending degrees; among equal ones those with more eigenvalues 1, class by class, come first."""
    degrees = found[identity][:, 0]
    columns = np.concatenate([-m for m in found], axis=1)
    return np.asarray(np.lexsort((*columns.T[::-1], degrees)), dtype=np.int64)


def _certify(table: CharacterTable, products: IntArray) -> None:
    """χ/χ(1) must be different eigenvectors of a random combination of class sums, and χ of norm 1, in F_p."""
    modulus = math.lcm(*(m.shape[1] for m in table.multiplicities))
    p = next(primes_one_modulo(modulus))
    chi = np.array([_reduced(m, p) for m in table.multiplicities]).T
    inverse = np.array([_reduced(np.roll(m[:, ::-1], 1, axis=1), p) for m in table.multiplicities]).T
    degrees = np.array(table.degrees, dtype=np.int64)
    sizes = table.sizes.astype(np.int64)
    omega = sizes * chi % p * np.array([pow(int(d), -1, p) for d in degrees])[:, None] % p
    c = np.random.default_rng(1911).integers(p, size=len(sizes))
    eigenvalues = _product(omega, c[:, None], p)
    matrix = np.array([_weighted(row, c[table.labels], len(sizes), p) for row in products]).T
    moved = _product(omega, matrix.T, p)
    norms = _product(chi, (sizes * inverse % p).T, p)
    wanted = table.order * np.eye(len(sizes), dtype=np.int64) % p
    if (moved != eigenvalues * omega % p).any() or (norms != wanted).any() or (
            min(m.min() for m in table.multiplicities) < 0):
        raise CertificationError("the character table fails its check modulo a prime; give more digits of the matrices")


def _reduced(multiplicities: IntArray, p: int) -> Residues:
    return np.asarray(multiplicities % p @ unit_powers(multiplicities.shape[1], p) % p, dtype=np.int64)


def _weighted(places: IntArray, weights: Residues, count: int, p: int) -> Residues:
    """Sums of weights by place, modulo p; halves of words keep the float sums exact."""
    high, low = np.divmod(weights, _HALF_WORD)
    upper, lower = (np.bincount(places, part, count).astype(np.int64) for part in (high, low))
    return np.asarray((upper % p * _HALF_WORD + lower) % p, dtype=np.int64)


def _product(a: Residues, b: Residues, p: int) -> Residues:
    """The product of two matrices of residues."""
    total = np.zeros((len(a), b.shape[1]), dtype=np.int64)
    for column, row in zip(a.T, b, strict=True):
        total = (total + column[:, None] * row) % p
    return total
