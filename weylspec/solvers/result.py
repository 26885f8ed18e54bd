"""`EigenResult`: eigenpairs with residuals, and how the solve ended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
import numpy.typing as npt

from weylspec.solvers.inertia import Inertia

FloatArray = npt.NDArray[np.float64]


class Status(Enum):
    """How a solve ended: cause and remedy."""

    CERTIFIED = "the inertia count agrees with the list"
    UNCONVERGED = "Lanczos did not converge; ask for fewer eigenvalues or raise max_restarts"
    MISSING = (
        "the inertia count finds eigenvalues that repeated solves did not; hand the list to restore(), "
        "or perturb the mesh so that its multiple eigenvalues split"
    )
    NO_GAP = (
        "the shift of the count is within the errors of a listed eigenvalue; take a shift in a gap, ask for more "
        "eigenvalues, or hand in better eigenvectors"
    )


@dataclass(frozen=True, eq=False)
class EigenResult:
    """Eigenpairs of K x = λ M x.

    Attributes
    ----------
    eigenvalues : ndarray of shape (k,)
        Ascending.
    eigenvectors : ndarray of shape (n, k)
        Columns, orthonormal for M.
    residuals : ndarray of shape (k,)
        Bounds on ‖Kx − λMx‖ in the norm of M⁻¹: within this distance of λ lies an eigenvalue. All k of
        them together are within the root of their sum of squares (Parlett 1980, theorem 11.5.1).
    status : Status
    n_iter : int
        Number of solves with a factored matrix (0: dense).
    inertia : Inertia or None
        The count that certifies the list; None if there is none.
    """

    eigenvalues: FloatArray
    eigenvectors: FloatArray
    residuals: FloatArray
    status: Status
    n_iter: int
    inertia: Inertia | None = None

    @property
    def error(self) -> float:
        """Bound on every eigenvalue's algebraic error: the root of the sum of squared residuals."""
        return float(np.linalg.norm(self.residuals))

    def first(self, k: int) -> EigenResult:
        """The lowest k pairs."""
        return replace(self, eigenvalues=self.eigenvalues[:k], eigenvectors=self.eigenvectors[:, :k],
                       residuals=self.residuals[:k])
