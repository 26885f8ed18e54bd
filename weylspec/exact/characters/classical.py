"""Irreducible characters of O(n), SO(2m), Sp(n) and U(n) as determinants of complete homogeneous functions.

With h_k = tr(g | Sym^k), the coefficients of 1/det(1 − tg) on the standard representation, a character is a
polynomial in the h_k: no quotient of alternants, and so no 0/0 at elements with equal eigenvalues, in F_p as
well as in C. The determinants, with rows i and columns j of a partition μ:

    O(n)       h_{μ_i − i + j} − h_{μ_i − i − j}; also SO(2m) for μ and its mirror image together
    Sp(n)      h_{μ_i − i + j} + h_{μ_i − i − j + 2}, the first column halved
    U(n)       h_{μ_i − i + j}, below the rows of the dual partition in the h_k of g⁻¹

The difference of two mirror images of SO(2m) is Π (z_i − z_i⁻¹) times the symplectic character of
μ − (1, …, 1), as the quotient of the two Weyl denominators is that product.

References
----------
Weyl (1939), "The classical groups", VII; Koike and Terada (1987); Koike (1989) for U(n); Fulton and Harris
(1991), appendix A.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from weylspec.exact.characters._codes import LINEAR, ORTHOGONAL, SYMPLECTIC

Signs = npt.NDArray[np.int64]
IntMatrix = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Shapes:
    """Irreducible representations as the partitions of their determinants: rows of tables, padded with zeros.

    Attributes
    ----------
    kind : int
        Which determinant, a code.
    upper, lower : ndarrays of shape (W, rows) and (W, other rows), int64
        μ, and the dual partition of mixed tensors; no columns where there is none.
    mirror : ndarray of shape (W,), int64
        Sign of Λ_m for SO(2m), else 0: nonzero where the determinant is the sum of two characters.
    """

    kind: int
    upper: IntMatrix
    lower: IntMatrix
    mirror: Signs

    @classmethod
    def orthogonal(cls, partitions: IntMatrix) -> Shapes:
        """[μ] of O(n), with at most n/2 rows; the other irreps are det ⊗ these. Or of SO(n), n odd."""
        return cls(ORTHOGONAL, _table(partitions), _no_rows(partitions), np.zeros(len(partitions), dtype=np.int64))

    @classmethod
    def rotations(cls, weights: IntMatrix) -> Shapes:
        """Of SO(2m), from highest weights whose last part has any sign.

        Examples
        --------
        >>> found = Shapes.rotations(np.array([[2, -1]]))
        >>> found.upper.tolist(), found.mirror.tolist()
        ([[2, 1]], [-1])
        """
        return cls(ORTHOGONAL, _table(np.abs(weights)), _no_rows(weights), np.sign(weights[:, -1]).astype(np.int64))

    @classmethod
    def symplectic(cls, partitions: IntMatrix) -> Shapes:
        """⟨μ⟩ of Sp(n), with at most n rows."""
        return cls(SYMPLECTIC, _table(partitions), _no_rows(partitions), np.zeros(len(partitions), dtype=np.int64))

    @classmethod
    def unitary(cls, weights: IntMatrix) -> Shapes:
        """Of U(n), from highest weights: mixed tensors of their positive and negative parts.

        Examples
        --------
        >>> found = Shapes.unitary(np.array([[2, 0, -1]]))
        >>> found.upper.tolist(), found.lower.tolist()
        ([[2, 0, 0]], [[1, 0, 0]])
        """
        lower = np.maximum(-weights[:, ::-1], 0)
        return cls(LINEAR, _table(np.maximum(weights, 0)), _table(lower) if lower.any() else _no_rows(weights),
                   np.zeros(len(weights), dtype=np.int64))

    def __len__(self) -> int:
        return len(self.upper)

    @property
    def reach(self) -> int:
        """The largest Σ |Λ_i|: no weight of these representations has a larger one."""
        return int((self.upper.sum(axis=1) + self.lower.sum(axis=1)).max(initial=0))

    @cached_property
    def size(self) -> int:
        """Rows of the largest determinant."""
        return int((np.count_nonzero(self.upper, axis=1) + np.count_nonzero(self.lower, axis=1)).max(initial=0))

    @property
    def degree(self) -> int:
        """The highest complete function in the determinants.

        Examples
        --------
        >>> Shapes.orthogonal(np.array([[3, 1]])).degree
        4
        """
        return max(int(self.upper.max(initial=0)), int(self.lower.max(initial=0))) + max(self.size - 1, 0)

    def differences(self) -> tuple[npt.NDArray[np.intp], Shapes]:
        """Where mirror images differ, and the symplectic characters that their differences are multiples of."""
        split = np.flatnonzero(self.mirror)
        return split, Shapes.symplectic(self.upper[split] - 1)


def _table(rows: IntMatrix) -> IntMatrix:
    return np.ascontiguousarray(rows, dtype=np.int64)


def _no_rows(like: IntMatrix) -> IntMatrix:
    return np.zeros((len(like), 0), dtype=np.int64)
