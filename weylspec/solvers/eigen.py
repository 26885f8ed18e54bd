"""The lowest eigenvalues of a sparse symmetric pencil, with a count that proves the list complete.

Shift-invert Lanczos sees one copy of a multiple eigenvalue; further copies come in by rounding and
restarts, and may stay out. So every list is counted (inertia), and solved again where copies are missing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from weylspec.errors import CertificationError, WeylspecError
from weylspec.solvers._lanczos import deflated, lowest, pairs
from weylspec.solvers.inertia import Inertia, Pencil
from weylspec.solvers.result import EigenResult, Status

FloatArray = npt.NDArray[np.float64]

_ROUNDS = 6


def solve(
    K: Any,
    M: Any,
    *,
    cutoff: float | None = None,
    num: int | None = None,
    tol: float = 0.0,
    seed: int = 0,
    max_restarts: int = 1000,
    on_failure: Literal["raise", "return"] = "raise",
) -> EigenResult:
    """The lowest eigenvalues of K x = λ M x, certified complete by an inertia count.

    Parameters
    ----------
    K : sparse symmetric positive semidefinite matrix of shape (n, n)
    M : sparse symmetric positive definite matrix of shape (n, n)
    cutoff : float, optional
        All eigenvalues ≤ cutoff (within their algebraic error).
    num : int, optional
        The lowest num eigenvalues. Exactly one of cutoff and num is given.
    tol : float
        Relative accuracy at which Lanczos stops (0: rounding). The residuals say what was reached.
    seed : int
        Of the start vectors; the result is deterministic.
    max_restarts : int
        Of Lanczos.
    on_failure : "raise" or "return"

    Returns
    -------
    EigenResult

    Raises
    ------
    CertificationError
        If the list cannot be certified (unless on_failure="return"): the text of the status.
    CostError
        If so large a part of the spectrum is asked for that a dense solve would not fit.

    References
    ----------
    Ericsson and Ruhe, Math. Comp. 35 (1980) 1251–1268 (shift-invert); Grimes, Lewis and Simon, SIAM J.
    Matrix Anal. 15 (1994) 228–272 (inertia counts).

    Examples
    --------
    The Laplacian of a discrete circle with 8 points, 4 sin²(πk/8):

    >>> from scipy.sparse import diags_array, eye_array
    >>> K = diags_array([-1.0, -1, 2, -1, -1], offsets=[-7, -1, 0, 1, 7], shape=(8, 8))
    >>> found = solve(K, eye_array(8), cutoff=2)
    >>> found.eigenvalues[1:].round(6).tolist(), found.inertia.below, found.status.name
    ([0.585786, 0.585786, 2.0, 2.0], 8, 'CERTIFIED')
    """
    if (cutoff is None) == (num is None):
        raise WeylspecError("give either cutoff=… or num=…, not both and not neither")
    pencil = Pencil.of(K, M)
    pencil.floor  # noqa: B018  (an indefinite M is refused before anything is solved)
    if cutoff is not None:
        least = pencil.inertia(cutoff).below
    else:
        assert num is not None
        least = num
        if not 1 <= num <= pencil.size:
            raise WeylspecError(f"num must be between 1 and the {pencil.size} unknowns, got {num}")
    result = _certified(pencil, least, cutoff, tol, seed, max_restarts)
    if result.status is not Status.CERTIFIED and on_failure == "raise":
        raise CertificationError(f"{len(result.eigenvalues)} eigenvalues found: {result.status.value}")
    return result


def certify(
    K: Any, M: Any, eigenvalues: npt.ArrayLike, *, errors: npt.ArrayLike | float = 0.0, shift: float | None = None
) -> Inertia:
    """Prove that a list of eigenvalues is complete below a shift, or refuse it.

    Parameters
    ----------
    K, M : sparse symmetric matrices of shape (n, n)
    eigenvalues : array of shape (k,)
        Ascending, repeated by multiplicity.
    errors : array of shape (k,) or float
        Absolute error of each.
    shift : float, optional
        Default: the middle of the widest gap in the upper half of the list (so what lies above that
        gap is not certified).

    Returns
    -------
    Inertia
        Its `complete_below` is the number below which the list is complete.

    Raises
    ------
    CertificationError
        If the count differs from the list, naming both; or if the shift is too near to a listed
        eigenvalue to tell.

    Examples
    --------
    >>> from scipy.sparse import diags_array, eye_array
    >>> K, M = diags_array([0.0, 2, 2, 2, 6]), eye_array(5)
    >>> certify(K, M, [0, 2, 2, 2], shift=4.0).below
    4
    >>> certify(K, M, [0, 2, 2, 6])  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    weylspec.errors.CertificationError: ... finds 4 eigenvalues below 4, the list has 3: 1 missing...
    """
    lam = np.asarray(eigenvalues, dtype=np.float64)
    error = np.broadcast_to(np.asarray(errors, dtype=np.float64), lam.shape)
    if shift is None:
        shift = _middle_of_gap(lam, error, len(lam) // 2)
        if shift is None:
            raise CertificationError("the upper half of the list has no gap; give shift=… or more eigenvalues")
    count = Pencil.of(K, M).inertia(shift)
    _check(lam, error, count)
    return count


def restore(K: Any, M: Any, eigenvectors: FloatArray, shift: float, *, seed: int = 1) -> EigenResult:
    """Find the eigenvalues below a shift that a list misses: solve again with the known ones deflated.

    Lanczos runs on (K − σ₀M)⁻¹ restricted to the M-orthogonal complement of the known eigenvectors,
    where the first copy of a multiplet that it sees is a missing one; then Rayleigh–Ritz on all of them.

    Parameters
    ----------
    K, M : sparse symmetric matrices of shape (n, n)
    eigenvectors : ndarray of shape (n, k)
        The known eigenvectors, linearly independent.
    shift : float
        In a gap of the spectrum; all eigenvalues below it are to be found.
    seed : int

    Returns
    -------
    EigenResult
        Certified below the shift; pairs above it are kept.

    Raises
    ------
    CertificationError
        If the count still disagrees after 6 solves, or the vectors are not near enough to eigenvectors.

    Examples
    --------
    >>> from scipy.sparse import diags_array, eye_array
    >>> K, M = diags_array([0.0, 2, 2, 2, 6]), eye_array(5)
    >>> restore(K, M, np.eye(5)[:, :3], 4.0).eigenvalues[:4].tolist()
    [0.0, 2.0, 2.0, 2.0]
    """
    pencil = Pencil.of(K, M)
    known = eigenvectors / pencil.scale[:, None]
    result = _restored(pencil, known, pencil.inertia(shift), seed, 0)
    if result.status is not Status.CERTIFIED:
        raise CertificationError(f"{len(result.eigenvalues)} eigenvalues found: {result.status.value}")
    return result


def _certified(
    pencil: Pencil, least: int, cutoff: float | None, tol: float, seed: int, max_restarts: int
) -> EigenResult:
    """Solve for more than the least number until a gap follows them, then count and restore."""
    extra = max(8, least // 16)
    while True:
        k = min(least + extra, pencil.size)
        result = lowest(pencil, k, tol, seed, max_restarts)
        if result.status is Status.UNCONVERGED:
            return result
        lam = result.eigenvalues
        wanted = least if cutoff is None else max(least, _up_to(result, cutoff))
        error = np.full(len(lam), result.error)
        shift = _middle_of_gap(lam, error, wanted)
        if k == pencil.size:
            shift = float(lam[-1]) + pencil.typical
        if shift is not None:
            break
        extra *= 2
    count = pencil.inertia(shift)
    result = _judged(result, count)
    if result.status is Status.MISSING:
        result = _restored(pencil, result.eigenvectors / pencil.scale[:, None], count, seed + 1, result.n_iter)
    if cutoff is not None:
        return result.first(_up_to(result, cutoff))
    return result.first(least)


def _up_to(result: EigenResult, cutoff: float) -> int:
    """Number of eigenvalues that are not certainly above the cutoff."""
    return int(np.searchsorted(result.eigenvalues, cutoff + result.error, side="right"))


def _restored(pencil: Pencil, known: FloatArray, count: Inertia, seed: int, n_iter: int) -> EigenResult:
    result = pairs(pencil, known, n_iter)
    for attempt in range(_ROUNDS):
        result = _judged(result, count)
        if result.status is not Status.MISSING:
            break
        missing = count.below - int((result.eigenvalues < count.shift).sum())
        basis = result.eigenvectors / pencil.scale[:, None]
        more, solves = deflated(pencil, basis, missing, seed + attempt)
        n_iter += solves
        result = pairs(pencil, np.hstack([basis, more]), n_iter)
    return result


def _judged(result: EigenResult, count: Inertia) -> EigenResult:
    """The result with the verdict of a count."""
    try:
        _check(result.eigenvalues, np.full(len(result.eigenvalues), result.error), count)
    except CertificationError:
        listed = int((result.eigenvalues < count.shift).sum())
        status = Status.NO_GAP if listed == count.below else Status.MISSING
        return replace(result, status=status, inertia=None)
    return replace(result, status=Status.CERTIFIED, inertia=count)


def _check(lam: FloatArray, error: FloatArray, count: Inertia) -> None:
    listed = int((lam < count.shift).sum())
    if listed != count.below:
        verb = "missing; find them with restore(…)" if listed < count.below else "too many"
        raise CertificationError(
            f"the inertia count finds {count.below} eigenvalues below {count.shift:g}, the list has {listed}: "
            f"{abs(count.below - listed)} {verb}"
        )
    slack = np.abs(lam - count.shift) - error
    if len(lam) and slack.min() <= count.uncertainty:
        near = float(lam[int(slack.argmin())])
        raise CertificationError(
            f"the shift {count.shift:.10g} is within the errors of the eigenvalue {near:.10g}; "
            "take a shift in a gap between eigenvalues"
        )


def _middle_of_gap(lam: FloatArray, error: FloatArray, least: int) -> float | None:
    """The middle of the widest gap that has at least so many eigenvalues below it."""
    low, high = lam[max(least - 1, 0): -1], lam[max(least, 1):]
    if not len(low):
        return None
    gaps = high - low
    best = int(gaps.argmax())
    at = max(least - 1, 0) + best
    if gaps[best] <= 4 * (error[at] + error[at + 1]):
        return None
    return float(low[best] + high[best]) / 2
