"""Eigenpairs without a certificate: shift-invert Lanczos, dense where that is cheaper, Rayleigh–Ritz."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from weylspec.errors import CertificationError, CostError
from weylspec.solvers.inertia import Pencil, factor
from weylspec.solvers.result import EigenResult, Status

FloatArray = npt.NDArray[np.float64]

_DENSE = 600  # below this many unknowns a dense solve is faster than Lanczos
_MAX_DENSE = 4000


def lowest(pencil: Pencil, k: int, tol: float, seed: int, max_restarts: int) -> EigenResult:
    """Uncertified lowest k pairs."""
    if pencil.size <= _DENSE or 3 * k > pencil.size:
        return _dense(pencil, k)
    vectors, solves = _lanczos(pencil, k, np.zeros((pencil.size, 0)), tol, seed, max_restarts)
    if vectors.shape[1] < k:
        return replace(pairs(pencil, vectors, solves), status=Status.UNCONVERGED)
    return pairs(pencil, vectors, solves)


def _dense(pencil: Pencil, k: int) -> EigenResult:
    from scipy.linalg import eigh

    if pencil.size > _MAX_DENSE:
        raise CostError(
            f"{k} of {pencil.size} eigenvalues need a dense solve; at most {_MAX_DENSE} unknowns are solved so: "
            "lower the cutoff, or refine the mesh"
        )
    lam, vectors = eigh(pencil.K.toarray(), pencil.M.toarray(), subset_by_index=(0, k - 1))
    return _measured(pencil, lam, vectors, 0)


def deflated(pencil: Pencil, known: FloatArray, missing: int, seed: int) -> tuple[FloatArray, int]:
    """Further vectors in the M-orthogonal complement of the known ones."""
    free = pencil.size - known.shape[1]
    k = min(missing + 2, free)
    if pencil.size > _DENSE and 3 * k < free:
        return _lanczos(pencil, k, known, 0.0, seed, 1000)
    from scipy.linalg import eigh, null_space

    basis = null_space((pencil.M @ known).T)
    _, inner = eigh(basis.T @ (pencil.K @ basis), basis.T @ (pencil.M @ basis), subset_by_index=(0, k - 1))
    return np.asarray(basis @ inner), 0


def _lanczos(
    pencil: Pencil, k: int, known: FloatArray, tol: float, seed: int, max_restarts: int
) -> tuple[FloatArray, int]:
    """Vectors of the k lowest pairs outside the span of the known ones (fewer if not converged); solves."""
    from scipy.sparse.linalg import ArpackNoConvergence, LinearOperator, eigsh

    # below 0, so that the shifted matrix is definite, by about a tenth of the largest λ wanted in dimension 2
    sigma = -0.1 * pencil.typical * (k + known.shape[1]) / pencil.size
    lu = factor(pencil.shifted(sigma))
    if lu is None:
        raise CertificationError("K − σM is singular below 0: K must be positive semidefinite")
    mass_known = pencil.M @ known
    solves = 0

    def solve_outside(b: FloatArray) -> FloatArray:
        nonlocal solves
        solves += 1
        x = lu.solve(b)
        return np.asarray(x - known @ (mass_known.T @ x) if known.shape[1] else x)

    shape = (pencil.size, pencil.size)
    start = np.random.default_rng(seed).standard_normal(pencil.size)
    start -= known @ (mass_known.T @ start)
    try:
        _, vectors = eigsh(
            pencil.K, k, pencil.M, sigma=sigma, v0=start, maxiter=max_restarts, tol=tol,
            ncv=min(k + max(k // 2, 20), pencil.size),
            OPinv=LinearOperator(shape, matvec=solve_outside, dtype=np.float64),
        )
    except ArpackNoConvergence as error:
        vectors = error.eigenvectors
    return np.asarray(vectors), solves


def pairs(pencil: Pencil, basis: FloatArray, n_iter: int) -> EigenResult:
    """Rayleigh–Ritz on the span of a basis, so that the vectors are orthonormal for M."""
    from scipy.linalg import eigh

    lam, inner = eigh(basis.T @ (pencil.K @ basis), basis.T @ (pencil.M @ basis))
    return _measured(pencil, lam, np.asarray(basis @ inner), n_iter)


def _measured(pencil: Pencil, lam: FloatArray, vectors: FloatArray, n_iter: int) -> EigenResult:
    """Residuals in the norm of M⁻¹ ≤ floor⁻¹ (M scaled to unit diagonal)."""
    residual = np.linalg.norm(pencil.K @ vectors - (pencil.M @ vectors) * lam, axis=0) / pencil.floor**0.5
    return EigenResult(lam, vectors * pencil.scale[:, None], residual, Status.NO_GAP, n_iter)
