"""Bounds, prediction and measurement of the risk of one space, at several numbers of samples."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from weylspec.bridge.curves import learning_curve
from weylspec.bridge.minimax import minimax_lower_bound, pinsker_risk
from weylspec.bridge.upper import risk_upper_bound
from weylspec.learning.results import SimulatedCurve
from weylspec.spaces.base import Manifold

FloatArray = npt.NDArray[np.float64]
Measured = tuple[FloatArray, FloatArray, FloatArray]


@dataclass(frozen=True, eq=False)
class RiskCurves:
    """Excess risk E‖f̂ − f*‖² in L²(μ) at several n: what is proved, predicted and measured.

    Attributes
    ----------
    name : str
        Of the space.
    n : ndarray of shape (k,)
    lower : ndarray of shape (k,)
        No estimator does better over the whole ball (`minimax_lower_bound`).
    pinsker : ndarray of shape (k,)
        Asymptotic minimax value (`pinsker_risk`); no bound at finite n.
    predicted : ndarray of shape (k,)
        Kernel ridge regression on a typical target (`learning_curve`); no bound.
    upper : ndarray of shape (k,)
        Kernel ridge regression, every target of the ball (`risk_upper_bound`).
    measured : tuple (n, mean, standard error) of ndarrays of shape (j,), or None
    """

    name: str
    n: FloatArray
    lower: FloatArray
    pinsker: FloatArray
    predicted: FloatArray
    upper: FloatArray
    measured: Measured | None = None

    def with_measured(self, curve: SimulatedCurve) -> RiskCurves:
        """The same curves with a simulated one beside its own prediction."""
        return replace(self, predicted=curve.predicted.value,
                       measured=(curve.n.astype(np.float64), curve.mean, curve.standard_error))

    @property
    def below_upper(self) -> bool:
        """Whether every measured mean lies below the upper bound at its n (taken from `n`)."""
        if self.measured is None:
            return True
        at = np.searchsorted(self.n, self.measured[0])
        return bool((self.measured[1] <= self.upper[at]).all())

    def rows(self) -> list[tuple[str, ...]]:
        """One row of text per n: n, lower bound, Pinsker, predicted, upper bound."""
        columns = (self.lower, self.pinsker, self.predicted, self.upper)
        return [(f"{n:g}", *(f"{c[i]:.3g}" for c in columns)) for i, n in enumerate(self.n)]

    def as_dict(self) -> dict[str, Any]:
        """Plain numbers and strings, for JSON."""
        plain: dict[str, Any] = {"space": self.name}
        for name in ("n", "lower", "pinsker", "predicted", "upper"):
            plain[name] = getattr(self, name).tolist()
        if self.measured is not None:
            plain["measured"] = dict(zip(("n", "mean", "standard_error"),
                                         (each.tolist() for each in self.measured), strict=True))
        return plain


def risk_curves(
    space: Manifold, *, s: float, n: Sequence[float], noise: float, name: str = "", target: Any = None
) -> RiskCurves:
    """Both bounds, Pinsker's value and the predicted curve of a space.

    Parameters
    ----------
    space : Manifold
        M or M/G.
    s : float
        Smoothness; the upper bound asks for s > ½ dim M.
    n : sequence of float
    noise : float
        σ.
    name : str
        Default: the space as written.
    target
        As in `learning_curve`.

    Returns
    -------
    RiskCurves

    Examples
    --------
    >>> import weylspec as ws
    >>> risks = risk_curves(ws.Sphere(2), s=2.0, n=[1e2, 1e4], noise=1.0)
    >>> [f"{value:.3g}" for value in risks.pinsker], [f"{value:.3g}" for value in risks.upper]
    (['0.0357', '0.00189'], ['0.167', '0.00603'])
    """

    def values(bound: Callable[..., Any]) -> FloatArray:
        return np.array([bound(space, s=s, n=each, noise=noise).value for each in n])

    predicted = learning_curve(space, s=s, n=list(n), noise=noise, target=target).value
    return RiskCurves(
        name or repr(space), np.asarray(n, dtype=np.float64), values(minimax_lower_bound), values(pinsker_risk),
        predicted, values(risk_upper_bound),
    )
