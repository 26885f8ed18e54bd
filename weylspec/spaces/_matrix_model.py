"""Classical groups as matrices: points as rows, Haar samples, eigenvalues and characters in floats."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from weylspec.errors import WeylspecError
from weylspec.exact.characters._codes import ORTHOGONAL, SYMPLECTIC
from weylspec.exact.characters.classical import Shapes
from weylspec.groups.standard import pfaffian

FloatArray = npt.NDArray[np.float64]
ComplexArray = npt.NDArray[np.complex128]

_TOLERANCE = 1e-6


@dataclass(frozen=True)
class MatrixModel:
    """SO(n) as real, U(n) and SU(n) as complex, Sp(n) as quaternionic n × n matrices.

    A point is a matrix row by row: n² numbers, 2n² (real and imaginary part by turns), or 4n² (for each
    entry z_1 + j·z_2 the parts of z_1, then those of z_2).
    """

    field: str
    n: int
    special: bool

    def shapes(self, weights: npt.NDArray[np.int64]) -> Shapes:
        """The representations with these highest weights Λ, shape (W, m)."""
        if self.field == "R":
            return Shapes.orthogonal(weights) if self.n % 2 else Shapes.rotations(weights)
        return Shapes.unitary(weights) if self.field == "C" else Shapes.symplectic(weights)

    @property
    def real_size(self) -> int:
        """Dimension of the standard representation over R: n, 2n or 4n."""
        return {"R": 1, "C": 2, "H": 4}[self.field] * self.n

    @property
    def ambient_dim(self) -> int:
        """Length of a point's row."""
        return self.real_size * self.n

    # -- rows and matrices --------------------------------------------------------------------

    def matrices(self, rows: FloatArray) -> ComplexArray:
        """Complex matrices of points: n × n, for Sp(n) 2n × 2n."""
        n = self.n
        if self.field == "R":
            return rows.reshape(-1, n, n).astype(np.complex128)
        if self.field == "C":
            return np.ascontiguousarray(rows).view(np.complex128).reshape(-1, n, n)
        parts = np.ascontiguousarray(rows).view(np.complex128).reshape(-1, n, n, 2)
        a, b = parts[..., 0], parts[..., 1]
        blocks = np.stack([np.stack([a, -b.conj()], axis=-1), np.stack([b, a.conj()], axis=-1)], axis=-2)
        return blocks.transpose(0, 1, 3, 2, 4).reshape(-1, 2 * n, 2 * n)

    def rows(self, matrices: ComplexArray) -> FloatArray:
        """Points of complex matrices."""
        count = len(matrices)
        if self.field == "R":
            return matrices.real.reshape(count, -1)
        if self.field == "H":
            n = self.n
            matrices = matrices.reshape(count, n, 2, n, 2)[..., 0].transpose(0, 1, 3, 2)
        return np.ascontiguousarray(matrices).reshape(count, -1).view(np.float64)

    def complex_matrices(self, real: FloatArray) -> ComplexArray:
        """The matrices of elements that are given on the standard representation over R."""
        if self.field == "R":
            return real.astype(np.complex128)
        return np.asarray(real[..., ::2, ::2] + 1j * real[..., 1::2, ::2])

    def check(self, points: FloatArray, space: str) -> None:
        """Refuse rows that are not matrices of the group within 1e-6, naming the first."""
        g = self.matrices(points)
        if not len(g):
            return
        gaps = np.abs(g @ g.conj().transpose(0, 2, 1) - np.eye(g.shape[1])).max(axis=(1, 2))
        if self.special:
            gaps = np.maximum(gaps, np.abs(np.linalg.det(g) - 1))
        if gaps.max() > _TOLERANCE:
            row = int(gaps.argmax())
            raise WeylspecError(
                f"row {row} is not a matrix of {space} (off by {gaps[row]:.1e}); project it onto the group first"
            )

    def sample(self, count: int, rng: np.random.Generator) -> FloatArray:
        """Haar-distributed points: unitary factors of Gaussian matrices over R, C or H."""
        g = self.matrices(rng.standard_normal((count, self.ambient_dim)))
        left, _, right = np.linalg.svd(g)
        unitary = left @ right
        if self.special:
            unitary[:, :, 0] /= np.linalg.det(unitary)[:, None]
        return self.rows(unitary)

    # -- characters -----------------------------------------------------------------------------

    def eigenvalues(self, g: ComplexArray) -> ComplexArray:
        """Eigenvalues on the standard representation, shape (count, n), for Sp(n) (count, 2n)."""
        found = np.linalg.eigvals(g.real if self.field == "R" else g).astype(np.complex128)
        return found / np.abs(found)

    def orientations(self, g: ComplexArray) -> FloatArray:
        """Π 2·sin θ_i of the oriented planes of elements of SO(2m)."""
        return np.array([pfaffian(x.real - x.real.T) for x in g])


def determinants(z: ComplexArray, wanted: Shapes) -> ComplexArray:
    """The determinant of each shape in the complete symmetric functions of eigenvalues, shape (W, count).

    The recursion h_k(z_1 … z_v) = h_k(z_1 … z_{v−1}) + z_v h_{k−1} multiplies by numbers of modulus 1 only,
    so that its rounding errors add up and do not grow; it has no denominators that could vanish.
    """
    h = np.zeros((wanted.degree + 1, len(z)), dtype=np.complex128)
    h[0] = 1
    for eigenvalue in z.T:
        for k in range(1, len(h)):
            h[k] += eigenvalue * h[k - 1]
    result = np.ones((len(wanted), len(z)), dtype=np.complex128)
    for w, (upper, lower) in enumerate(zip(wanted.upper.tolist(), wanted.lower.tolist(), strict=True)):
        rows, dual = [part for part in upper if part], [part for part in lower if part]
        if rows or dual:
            result[w] = _determinant(h, rows, dual, wanted.kind)
    return result


def _determinant(h: ComplexArray, rows: list[int], dual: list[int], kind: int) -> ComplexArray:
    shift, size = len(dual), len(rows) + len(dual)
    matrix = np.zeros((h.shape[1], size, size), dtype=np.complex128)
    for j in range(size):
        for i, part in enumerate(reversed(dual)):
            if part + i - j >= 0:
                matrix[:, i, j] = h[part + i - j].conj()  # the inverse has the conjugate eigenvalues
        for i, part in enumerate(rows):
            if part - i - shift + j >= 0:
                matrix[:, shift + i, j] = h[part - i - shift + j]
            if kind == ORTHOGONAL and part - i - j - 2 >= 0:
                matrix[:, i, j] -= h[part - i - j - 2]
            if kind == SYMPLECTIC and j > 0 and part - i - j >= 0:
                matrix[:, i, j] += h[part - i - j]
    return np.asarray(matrix[:, 0, 0] if size == 1 else np.linalg.det(matrix), dtype=np.complex128)
