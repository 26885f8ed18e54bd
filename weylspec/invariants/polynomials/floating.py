"""Invariant polynomials of generators in floats: singular values of ρ(g) − 1 and dρ(X), with a certified gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from weylspec.errors import CertificationError, CostError
from weylspec.invariants.polynomials.frames import GAP, Frame, reduce_first
from weylspec.invariants.polynomials.monomials import Monomials
from weylspec.invariants.polynomials.powers import (
    EPS,
    GENERATOR_ERROR,
    composed,
    power_error,
    symmetric_derivation,
    symmetric_power,
)

FloatArray = npt.NDArray[np.float64]
Matrix = npt.NDArray[Any]

MAX_DENSE = 3500
_MAX_COMPOSED = 6000
_COARSE = 1e-6  # eigenvalues of Σ B*B above it are singular values above 10⁻³: beyond doubt


@dataclass(frozen=True, eq=False)
class FloatInvariants:
    """Invariant polynomials of one degree, from orthogonal and skew matrices in floats.

    Attributes
    ----------
    group, algebra : tuples of ndarrays (n, n)
        Accurate to 10⁻¹² (relative to its norm for an element of the algebra).
    size, degree : int
    """

    group: tuple[FloatArray, ...]
    algebra: tuple[FloatArray, ...]
    size: int
    degree: int

    @cached_property
    def monomials(self) -> Monomials:
        """All monomials of the degree."""
        return Monomials(self.size, self.degree)

    @property
    def dimension(self) -> int:
        """Dimension of the space of invariants."""
        return len(self._solution[0])

    @property
    def gap(self) -> tuple[float, float]:
        """The largest singular value that counts as zero, and the smallest of the others or a bound of them."""
        return self._solution[1]

    @cached_property
    def basis(self) -> FloatArray:
        """Coefficients in the monomials x^a themselves, one polynomial per row, orthonormal in the scaled ones."""
        coefficients = (self._frame.span @ self._solution[0].T).T
        if np.iscomplexobj(self._frame.unitary):
            self._check_size(self.monomials.size)
            # In the coordinates x the space has a real basis: real and imaginary parts span it.
            moved = coefficients @ symmetric_power(self._frame.unitary.conj().T, self.degree).T
            _, _, right = np.linalg.svd(np.concatenate([moved.real, moved.imag]), full_matrices=False)
            coefficients = right[: self.dimension]
        return np.asarray(coefficients * self.monomials.norms)

    @cached_property
    def _frame(self) -> Frame:
        norms = [float(np.linalg.norm(x, 2)) for x in self.algebra]
        unit = [x / norm for x, norm in zip(self.algebra, norms, strict=True) if norm > 0]
        return reduce_first(self.group, unit, self.monomials)

    @cached_property
    def _solution(self) -> tuple[Matrix, tuple[float, float]]:
        """Null vectors on the span of the frame, as rows, and the gap."""
        frame = self._frame
        count = int(frame.span.shape[1])
        if not count or not (frame.group or frame.algebra):
            return np.eye(count), (frame.zero, frame.other)
        self._check_size(count)
        if frame.group and self.monomials.size > _MAX_COMPOSED:
            raise CostError(f"{self._place}, above {_MAX_COMPOSED} for generators in floats; {_REMEDY}")
        blocks, error = self._blocks(frame)
        gram = sum(block.conj().T @ block for block in blocks)
        dense = np.asarray(gram.toarray() if hasattr(gram, "toarray") else gram)
        vectors, (zero, other) = _null_vectors(dense, blocks, error)
        return vectors, (max(zero, frame.zero), min(other, frame.other))

    def _blocks(self, frame: Frame) -> tuple[list[Any], float]:
        """The operators B on the span, of norm at most 2, and a bound on the error of their stack."""
        support = np.unique(frame.span.nonzero()[0])
        blocks: list[Any] = []
        for g in frame.group:
            rows = composed(g, self.degree, support)
            blocks.append(rows.T @ frame.span[support] - frame.span.toarray())
        for x in frame.algebra:
            blocks.append(symmetric_derivation(x, self.degree) @ frame.span / max(self.degree, 1))
        # an entry of dρ(X) errs by a few ulp, and ‖|X|‖ ≤ √n·‖X‖
        single = GENERATOR_ERROR + 16 * EPS * np.sqrt(self.size)
        square = len(frame.group) * power_error(self.size, self.degree) ** 2 + len(frame.algebra) * single**2
        return blocks, float(np.sqrt(square))

    @property
    def _place(self) -> str:
        return f"degree {self.degree} in {self.size} variables has {self.monomials.size} monomials"

    def _check_size(self, count: int) -> None:
        if count > MAX_DENSE:
            raise CostError(f"{self._place}, {count} of them for a dense problem, above {MAX_DENSE}; {_REMEDY}")


_REMEDY = "take a lower degree, or generators with rational entries"


def _null_vectors(gram: Matrix, blocks: Sequence[Any], error: float) -> tuple[Matrix, tuple[float, float]]:
    """Vectors that all blocks kill, as rows, certified by a gap between singular values.

    Eigenvectors of Σ B*B of small eigenvalue are found first; the blocks' singular values on them are then accurate
    to the error of the blocks, not to its square root.
    """
    from scipy.linalg import eigh

    # All of them: LAPACK's subsets by value come with wrong vectors where eigenvalues coincide, as zeros do.
    eigenvalues, vectors = eigh(gram, driver="evd")
    vectors = vectors[:, eigenvalues <= _COARSE]
    if not vectors.shape[1]:
        return np.zeros((0, len(gram))), (0.0, float(np.sqrt(_COARSE)))
    images = np.concatenate([block @ vectors for block in blocks])
    size = float(np.linalg.norm(images))
    if size <= error:
        return vectors.T, (size, float(np.sqrt(_COARSE)))
    _, values, right = np.linalg.svd(images, full_matrices=False)
    # the images err by n·eps, and so do the eigenvectors within their space
    bound = error + 64 * len(gram) * EPS
    zeros = values <= bound
    smallest = float(values[~zeros].min(initial=np.sqrt(_COARSE)))
    if smallest < GAP * bound:
        raise CertificationError(
            f"no clear gap between zero and non-zero singular values: {smallest:.1e} is neither below the error "
            f"{bound:.1e} nor {GAP:.0e} times it; give the generators exactly or to more digits"
        )
    return (vectors @ right[zeros].conj().T).T, (float(values[zeros].max(initial=0.0)), smallest)
