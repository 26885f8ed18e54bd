"""How many eigenvalues lie below a shift: Sylvester's law of inertia on a sparse factorisation.

K − σM = LDLᵀ has as many negative pivots as the pencil (K, M) has eigenvalues below σ. No eigenvalue is
computed, so the count tells whether a list that was computed is complete.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from scipy.sparse import csc_array, diags_array, eye_array

from weylspec.errors import CertificationError, WeylspecError

FloatArray = npt.NDArray[np.float64]

_EPS = float(np.finfo(np.float64).eps)
# Four Gaussian vectors x: the largest |Ex| is below ‖E‖_F/10 with probability at most P(|N(0,1)| < 0.1)⁴ < 5e-5.
_PROBES, _PROBE_FACTOR = 4, 10.0
# Without pivoting the factors may grow; five eighths of the digits may go, then the shift is moved. What is lost
# is measured and becomes the count's uncertainty, which whoever uses the count holds against the gap around the shift.
_GROWTH = _EPS**0.375
_MOVES = 6


@dataclass(frozen=True)
class Inertia:
    """A count of eigenvalues, and how sharp its shift is.

    Attributes
    ----------
    below : int
        Number of eigenvalues below the shift, with multiplicity.
    shift : float
        σ, after any move.
    uncertainty : float
        The count is that of the eigenvalues below some number within this distance of σ: bound on
        ‖LDLᵀ − (K − σM)‖ measured on Gaussian vectors, in units of eigenvalues.
    """

    below: int
    shift: float
    uncertainty: float

    @property
    def complete_below(self) -> float:
        """A list that holds `below` eigenvalues under this number holds all of them."""
        return self.shift - self.uncertainty


def inertia(K: Any, M: Any, shift: float) -> Inertia:
    """Count the eigenvalues of K x = λ M x below a shift.

    Parameters
    ----------
    K : sparse symmetric matrix of shape (n, n)
    M : sparse symmetric positive definite matrix of shape (n, n)
    shift : float
        If the factorisation breaks down there (the shift is an eigenvalue of a leading block), it is
        moved up by 1e-10, 1e-9, …, 1e-6 of itself (of the largest |K_ij|/√(M_ii M_jj), if that is more).

    Returns
    -------
    Inertia

    Raises
    ------
    CertificationError
        If no factorisation near the shift is trustworthy.

    References
    ----------
    Parlett, The Symmetric Eigenvalue Problem (1980), section 3.3.

    Examples
    --------
    >>> from scipy.sparse import diags_array, eye_array
    >>> inertia(diags_array([0.0, 2, 2, 2, 6]), eye_array(5), 4.0).below
    4
    """
    return Pencil.of(K, M).inertia(shift)


@dataclass(frozen=True, eq=False)
class Pencil:
    """A symmetric pencil (K, M) scaled to a unit diagonal of M.

    Attributes
    ----------
    K, M : csc_array of shape (n, n)
        D^{−1/2}KD^{−1/2} and D^{−1/2}MD^{−1/2}, D the diagonal of M: the eigenvalues are the same.
    scale : ndarray of shape (n,)
        D^{−1/2}; an eigenvector of the original pencil is scale·(one of this).
    """

    K: csc_array
    M: csc_array
    scale: FloatArray

    @classmethod
    def of(cls, K: Any, M: Any) -> Self:
        """Check and scale two matrices.

        Raises
        ------
        WeylspecError
            If they are not square, of equal shape, finite and symmetric to rounding, or M has a diagonal
            entry that is not positive.
        """
        first, second = csc_array(K, dtype=np.float64), csc_array(M, dtype=np.float64)
        if first.shape != second.shape or first.shape[0] != first.shape[1] or not first.shape[0]:
            raise WeylspecError(f"K and M must be square and of one size, got {first.shape} and {second.shape}")
        diagonal = second.diagonal()
        if not (diagonal > 0).all():
            at = int(np.argmin(diagonal))
            raise WeylspecError(f"M[{at}, {at}] = {diagonal[at]:g} is not positive: remove unknowns without mass")
        scale = 1 / np.sqrt(diagonal)
        outer = diags_array(scale)
        pencil = cls(csc_array(outer @ first @ outer), csc_array(outer @ second @ outer), scale)
        for name, matrix in (("K", pencil.K), ("M", pencil.M)):
            _check_symmetric(matrix, name)
        return pencil

    @property
    def size(self) -> int:
        """Number of unknowns n."""
        return len(self.scale)

    @cached_property
    def typical(self) -> float:
        """Mean of the diagonal ratios K_ii/M_ii: the mean eigenvalue when M is diagonal."""
        return float(np.abs(self.K.diagonal()).mean())

    @cached_property
    def floor(self) -> float:
        """A lower bound c of the eigenvalues of the scaled M: 1, or the first of 4⁻¹, 4⁻², … that holds.

        Raises
        ------
        CertificationError
            If M is not positive definite.
        """
        if self.M.nnz == self.size:
            return 1.0
        identity = eye_array(self.size)
        for power in range(1, 16):
            c = 4.0**-power
            negative, error = _pivots(csc_array(self.M - c * identity)) or (1, 0.0)
            if negative == 0 and error < c / 2:
                return c / 2
        raise CertificationError("M is not positive definite to 1e-9 of its diagonal; check the mass matrix")

    def shifted(self, shift: float) -> csc_array:
        """K − σM."""
        return csc_array(self.K - shift * self.M)

    def inertia(self, shift: float) -> Inertia:
        """Count the eigenvalues below a shift; see `inertia`."""
        unit = max(abs(shift), float(np.abs(self.K.data).max(initial=0.0)))
        for move in range(_MOVES):
            moved = shift + (unit * 10.0 ** (move - 11) if move else 0.0)
            pivots = _pivots(self.shifted(moved))
            if pivots is not None:
                below, error = pivots
                return Inertia(below, float(moved), error / self.floor)
        raise CertificationError(
            f"K − σM cannot be factored symmetrically at σ = {shift:g} nor within {unit * 10.0 ** (_MOVES - 12):.1g} "
            "above it; take a shift in a gap between eigenvalues"
        )


def _check_symmetric(matrix: csc_array, name: str) -> None:
    size = float(np.abs(matrix.data).max(initial=0.0))
    if not np.isfinite(size):
        raise WeylspecError(f"{name} has entries that are not finite")
    gap = float(np.abs((matrix - matrix.T).data).max(initial=0.0))
    if gap > 64 * _EPS * size:  # sums of a few dozen element entries in two orders
        raise WeylspecError(f"{name} is not symmetric: |{name} − {name}ᵀ| = {gap:.1e}; pass ({name} + {name}ᵀ)/2")


def factor(matrix: csc_array) -> Any:
    """LU factors with diagonal pivots and a symmetric ordering (SuperLU), or None if it breaks down."""
    from scipy.sparse.linalg import splu

    try:
        return splu(matrix, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options={"SymmetricMode": True})
    except RuntimeError:  # an exactly singular pivot
        return None


def _pivots(matrix: csc_array) -> tuple[int, float] | None:
    """Number of negative pivots and ‖LDLᵀ − matrix‖_F (measured); None if not trustworthy."""
    lu = factor(matrix)
    if lu is None or not np.array_equal(lu.perm_r, lu.perm_c):
        return None
    L, d = lu.L, lu.U.diagonal()
    x = np.random.default_rng(len(d)).standard_normal((len(d), _PROBES))
    y = np.empty_like(x)
    y[lu.perm_r] = x
    residual = (L @ (d[:, None] * (L.T @ y)))[lu.perm_r] - matrix @ x
    error = _PROBE_FACTOR * float(np.linalg.norm(residual, axis=0).max())
    size = float(np.abs(matrix.data).max(initial=0.0))
    if not np.isfinite(error) or error > _GROWTH * size * len(d) ** 0.5:
        return None
    return int((d < 0).sum()), error
