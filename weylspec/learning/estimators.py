"""scikit-learn estimators; needs the extra ``estimators``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Self

import numpy as np
import numpy.typing as npt

from weylspec.bridge.results import real
from weylspec.errors import WeylspecError, require
from weylspec.learning import solve
from weylspec.learning.kernel import SobolevKernel
from weylspec.learning.truncation import default_cutoff
from weylspec.spaces.core import check_space
from weylspec.units import Number

if TYPE_CHECKING:
    from weylspec.spaces.base import Manifold

_base: Any = require("sklearn.base", "estimators")
_validation: Any = require("sklearn.utils.validation", "estimators")

FloatArray = npt.NDArray[np.float64]


class InvariantKernelRidge(_base.MultiOutputMixin, _base.RegressorMixin, _base.BaseEstimator):
    """Kernel ridge regression with the Sobolev kernel of M, or of M/G (predictions are then G-invariant).

    Minimises Σ(y_i − f(x_i))² + α‖f‖²_{H^s}, ‖f‖²_{H^s} = Σ(1+λ_j)^s ⟨f, φ_j⟩², over the invariant
    functions with λ ≤ cutoff. As everywhere in scikit-learn α is on the sum of squares: α = n·η for
    the η of (1/n)Σ(y − f)² + η‖f‖², in which the bounds and predictions are written.

    Parameters
    ----------
    space : Manifold
        M, or M/G.
    s : number
        Smoothness, s > d/2.
    alpha : number
        Ridge n·η, positive.
    cutoff : number, optional
        Whole levels λ ≤ cutoff are kept. By default the smallest at which the neglected trace of the
        kernel, and n times its largest neglected weight (1+λ)^{−s}, are at most 1% of alpha: every function
        left out would have been shrunk below 1% of its coefficient (`default_cutoff`).
    form : "auto", "primal" or "dual"
        Solve for the coefficients of the eigenfunctions, or for one per sample; "auto" takes the smaller
        system. Both give the same function.

    Attributes
    ----------
    kernel_ : SobolevKernel
    cutoff_ : float or number
    form_ : "primal" or "dual"
    coef_ : ndarray of shape (N,) or (N, outputs), only for "primal"
        Coefficients of ``kernel_.features``.
    dual_coef_ : ndarray of shape (n,) or (n, outputs), only for "dual"
    X_fit_ : ndarray of shape (n, ambient_dim), only for "dual"
    n_features_in_ : int

    Examples
    --------
    With one sample at a point where K(x, x) = 1 + 3/3² the prediction there is K/(K + α)·y.

    >>> import weylspec as ws
    >>> model = InvariantKernelRidge(ws.Sphere(2), s=2.0, alpha=1.0, cutoff=2)
    >>> float(model.fit([[0.0, 0.0, 1.0]], [7.0]).predict([[0.0, 0.0, 1.0]])[0])
    4.0
    """

    def __init__(
        self,
        space: Manifold,
        s: Number = 2.0,
        alpha: Number = 1.0,
        cutoff: Number | None = None,
        form: Literal["auto", "primal", "dual"] = "auto",
    ) -> None:
        self.space = space
        self.s = s
        self.alpha = alpha
        self.cutoff = cutoff
        self.form = form

    def fit(self, X: npt.ArrayLike, y: npt.ArrayLike) -> Self:
        """Fit to points of M and values.

        Parameters
        ----------
        X : array_like of shape (n, ambient_dim)
            Points of M; rows that are not on M are refused.
        y : array_like of shape (n,) or (n, outputs)

        Returns
        -------
        self

        Raises
        ------
        WeylspecError
            A ValueError: no space, a row off the manifold, or a parameter out of range.
        CostError
            If the default cutoff would keep too many eigenfunctions.
        """
        check_space(self.space)
        points, values = _validation.validate_data(self, X, y, multi_output=True, y_numeric=True, dtype=np.float64)
        points = self.space.check_points(points)
        values = np.asarray(values, dtype=np.float64)
        alpha = real(self.alpha, "alpha")
        if self.form not in ("auto", "primal", "dual"):
            raise WeylspecError(f"form must be 'auto', 'primal' or 'dual', got {self.form!r}")
        cutoff = self.cutoff
        self.cutoff_ = default_cutoff(self.space, self.s, alpha, len(points)) if cutoff is None else cutoff
        self.kernel_ = SobolevKernel(self.space, self.s, self.cutoff_)
        self.form_ = self.form
        if self.form == "auto":
            size = self.space.spectrum(cutoff=self.cutoff_).total
            self.form_ = "primal" if size < len(points) else "dual"
        if self.form_ == "primal":
            self.coef_ = solve.primal(self.kernel_.features(points), values, alpha)
        else:
            self.X_fit_ = points
            self.dual_coef_ = solve.dual(self.kernel_(points), values, alpha)
        return self

    def predict(self, X: npt.ArrayLike) -> FloatArray:
        """Values of the fitted function at points of M.

        Parameters
        ----------
        X : array_like of shape (n, ambient_dim)

        Returns
        -------
        ndarray of shape (n,) or (n, outputs)
        """
        _validation.check_is_fitted(self)
        points = _validation.validate_data(self, X, reset=False, dtype=np.float64)
        if self.form_ == "primal":
            return np.asarray(self.kernel_.features(points) @ self.coef_)
        return np.asarray(self.kernel_(points, self.X_fit_) @ self.dual_coef_)
