"""Invariant polynomials of rational generators: union–find, weights of a torus, ranks modulo primes.

The unknowns are the coefficients of a polynomial of degree k. In coordinates z = x_a + i x_b, z̄ = x_a − i x_b of the
planes of a torus of rotations, its invariants consist of monomials of weight 0. A matrix with one entry per row maps
monomials to monomials: a relation of two coefficients. Other elements X of the Lie algebra give sparse equations, and
other matrices g the equations p(gx) = p(x) at random points x.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError
from weylspec.exact.modular import root_of_unity
from weylspec.exact.sparse.dense import dense_rank, product
from weylspec.exact.sparse.rank import SparseMatrix, echelon
from weylspec.exact.sparse.relations import solve_relations
from weylspec.invariants.polynomials import _loops
from weylspec.invariants.polynomials.monomials import Monomials
from weylspec.invariants.polynomials.rational import RationalGenerators

Ints = npt.NDArray[np.int64]

_EXTRA_POINTS = 16
_MAX_DENSE = 4000


@dataclass(frozen=True, eq=False)
class ModularInvariants:
    """Invariant polynomials of one degree in F_p.

    Attributes
    ----------
    generators : RationalGenerators
    degree : int
    p : int
        A prime, 1 modulo 4.
    """

    generators: RationalGenerators
    degree: int
    p: int

    @cached_property
    def monomials(self) -> Monomials:
        """All monomials of the degree."""
        return Monomials(self.generators.size, self.degree)

    @cached_property
    def kept(self) -> Ints:
        """Positions of the monomials of weight 0."""
        weights = self.generators.weights
        if not len(weights):
            return np.arange(self.monomials.size)
        return np.flatnonzero(~(self.monomials.exponents @ weights.T).any(axis=1))

    @cached_property
    def parameters(self) -> tuple[Ints, Ints]:
        """The coefficients after the relations of two: factor·u_label, label −1 for those that vanish."""
        group, _ = self._group
        exponents, size = self.monomials.exponents[self.kept], len(self.kept)
        number = np.full(self.monomials.size, -1, dtype=np.int64)
        number[self.kept] = np.arange(size)
        relations = []
        for g in group:
            if not _is_monomial(g):
                continue
            targets = np.argmax(g != 0, axis=1)
            image, ratio = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
            _loops.substitute(exponents, self.degree, targets, g[np.arange(len(g)), targets], self.monomials.table,
                              self.p, image, ratio)
            # c_a x^a ↦ c_a·ratio·x^image, so that c_image = ratio·c_a; outside the weight 0 it is 0
            inside = number[image] >= 0
            origin = np.arange(size)
            relations.append((number[image[inside]], origin[inside], ratio[inside]))
            lost = np.concatenate([origin[~inside], np.setdiff1d(origin, number[image])])
            relations.append((lost, np.full(len(lost), -1), np.ones(len(lost), dtype=np.int64)))
        return solve_relations(size, relations, self.p)

    @cached_property
    def is_combinatorial(self) -> bool:
        """Whether relations of two coefficients are all there is: then the dimension is that over Q."""
        group, algebra = self._group
        return not algebra and all(map(_is_monomial, group))

    @cached_property
    def rank(self) -> int:
        """Rank of all equations: number of monomials less the dimension of the space of invariants."""
        return self.monomials.size - self.dimension

    @cached_property
    def dimension(self) -> int:
        """Dimension of the space of invariants in F_p."""
        label, _ = self.parameters
        unknowns = int(label.max(initial=-1)) + 1
        group, algebra = self._group
        dense = [g for g in group if not _is_monomial(g)]
        if not unknowns or not (dense or algebra):
            return unknowns
        if not algebra:
            return unknowns - self._rank_at_points(dense, None)
        solved = echelon(self._equations(algebra, unknowns), self.p)
        left = unknowns - solved.rank
        return left - self._rank_at_points(dense, solved.null_space()) if dense and left else left

    @cached_property
    def _group(self) -> tuple[list[Ints], list[Ints]]:
        root = root_of_unity(self.p, 4)
        return self.generators.residues(self.p, root)

    def _equations(self, algebra: list[Ints], unknowns: int) -> SparseMatrix:
        """The derivatives along X, as equations for the parameters."""
        from scipy.sparse import csr_array, vstack

        label, factor = self.parameters
        live = np.flatnonzero(label >= 0)
        exponents = self.monomials.exponents[self.kept[live]]
        blocks = []
        for x in algebra:
            rows, columns = np.nonzero(x)
            most = len(live) * len(rows)
            target, source, power, entry = (np.zeros(most, dtype=np.int64) for _ in range(4))
            count = _loops.derive(exponents, self.degree, rows, columns, self.monomials.table, target, source, power,
                                  entry)
            terms = slice(0, count)
            values = factor[live[source[terms]]] * (x[rows, columns][entry[terms]] * power[terms] % self.p) % self.p
            used, position = np.unique(target[terms], return_inverse=True)
            blocks.append(csr_array((values, (position, label[live[source[terms]]])), shape=(len(used), unknowns)))
        return vstack(blocks, format="csr")

    def _rank_at_points(self, group: list[Ints], basis: Ints | None) -> int:
        """Rank of the equations p(gx) = p(x) on the span of a basis of parameters (None: on all of them).

        Each row is a random combination over g at a random point; a row more than the rank can have is redundant.
        """
        rng = np.random.default_rng(self.degree)
        label, factor = self.parameters
        live = np.flatnonzero(label >= 0)
        exponents, unknowns = self.monomials.exponents[self.kept[live]], int(label.max()) + 1
        count = (unknowns if basis is None else len(basis)) + _EXTRA_POINTS
        if max(count * unknowns, count**2) > _MAX_DENSE**2:
            raise CostError(
                f"degree {self.degree} in {self.generators.size} variables leaves {unknowns} coefficients after signed "
                f"permutations and weights; other generators are solved to about {_MAX_DENSE}: take a lower degree"
            )
        rows = np.zeros((count, unknowns), dtype=np.int64)
        values = np.zeros(len(live), dtype=np.int64)
        powers = np.ones((self.generators.size, self.degree + 1), dtype=np.int64)
        for row in rows:
            x, coefficients = rng.integers(self.p, size=self.generators.size), rng.integers(1, self.p, size=len(group))
            moved = [((g * x % self.p).sum(axis=1) % self.p, int(c)) for g, c in zip(group, coefficients, strict=True)]
            for point, c in [*moved, (x, self.p - int(coefficients.sum()) % self.p)]:
                for e in range(self.degree):
                    powers[:, e + 1] = powers[:, e] * point % self.p
                _loops.monomial_values(exponents, powers, self.p, values)
                # sums of fewer than 2²³ residues are exact in floats
                summed = np.bincount(label[live], values * factor[live] % self.p, minlength=unknowns)
                row += summed.astype(np.int64) % self.p * c % self.p
        rows %= self.p
        return dense_rank(rows if basis is None else product(rows, basis.T, self.p), self.p)


def _is_monomial(g: Ints) -> bool:
    return bool(((g != 0).sum(axis=0) == 1).all() and ((g != 0).sum(axis=1) == 1).all())
