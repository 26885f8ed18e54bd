"""Ridge regression on explicit features or on a Gram matrix, whichever system is smaller."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


def primal(features: FloatArray, y: FloatArray, alpha: float) -> FloatArray:
    """Coefficients argmin ‖y − Ψc‖² + α‖c‖² = (ΨᵀΨ + α)^{−1} Ψᵀy, shape (N,) or (N, outputs).

    Examples
    --------
    >>> primal(np.eye(2), np.array([2.0, 4.0]), alpha=1.0).tolist()
    [1.0, 2.0]
    """
    return _shifted_solve(features.T @ features, alpha, features.T @ y)


def dual(gram: FloatArray, y: FloatArray, alpha: float) -> FloatArray:
    """(K + α)^{−1} y, shape (n,) or (n, outputs): f(x) = Σ_i K(x, x_i) c_i.

    Examples
    --------
    >>> dual(np.eye(2), np.array([2.0, 4.0]), alpha=1.0).tolist()
    [1.0, 2.0]
    """
    return _shifted_solve(gram.copy(), alpha, y)


def ridge_coefficients(features: FloatArray, y: FloatArray, alpha: float) -> FloatArray:
    """The minimiser of ‖y − Ψc‖² + α‖c‖² through the smaller of ΨᵀΨ and ΨΨᵀ.

    Examples
    --------
    >>> ridge_coefficients(np.ones((1, 3)), np.array([4.0]), alpha=1.0).tolist()
    [1.0, 1.0, 1.0]
    """
    n, size = features.shape
    if size <= n:
        return primal(features, y, alpha)
    return np.asarray(features.T @ dual(features @ features.T, y, alpha))


def _shifted_solve(matrix: FloatArray, alpha: float, right: FloatArray) -> FloatArray:
    """(A + α)^{−1} b by Cholesky; overwrites A."""
    from scipy.linalg import cho_factor, cho_solve

    matrix.flat[:: len(matrix) + 1] += alpha
    factor = cho_factor(matrix, lower=True, overwrite_a=True, check_finite=False)
    return np.asarray(cho_solve(factor, right, check_finite=False))
