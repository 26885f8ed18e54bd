"""Bounds, prediction and measurement of the risk of one space, at several numbers of samples."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from weylspec.bridge.curves import learning_curve
from weylspec.bridge.minimax import minimax_lower_bound, pinsker_risk
from weylspec.bridge.upper import risk_upper_bound
from weylspec.learning.results import SimulatedCurve
from weylspec.spaces.base import Manifold
from weylspec.units import Number

FloatArray = npt.NDArray[np.float64]
Measured = tuple[FloatArray, FloatArray, FloatArray]

_WIDTH = 2.0  # standard errors on either side: some 95% for a mean of many repetitions


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
    def margin(self) -> FloatArray:
        """Upper bound / measured mean at each measured n, shape (j,); empty without measurements."""
        if self.measured is None:
            return np.empty(0)
        return np.asarray(self._upper_there / self.measured[1])

    @property
    def verdict(self) -> str:
        """Of the measured means against the upper bound at their n, two standard errors wide.

        "passed" if every mean + 2 standard errors is at most the bound, "failed" if some mean − 2
        standard errors is above it, else "undecided" (always so after one repetition, which has no
        standard error).
        """
        if self.measured is None:
            return "passed"
        _, mean, error = self.measured
        if (mean + _WIDTH * error <= self._upper_there).all():
            return "passed"
        return "failed" if (mean - _WIDTH * error > self._upper_there).any() else "undecided"

    @property
    def below_upper(self) -> bool:
        """Whether the verdict is "passed"."""
        return self.verdict == "passed"

    @property
    def _upper_there(self) -> FloatArray:
        assert self.measured is not None
        return np.asarray(self.upper[np.searchsorted(self.n, self.measured[0])])

    def verdict_text(self) -> str:
        """The verdict and what it rests on, in one sentence."""
        least = f"; margin (bound / mean) at least {self.margin.min():.3g}" if len(self.margin) else ""
        return {
            "passed": "passed: every measured mean + 2 standard errors lies below the upper bound" + least,
            "failed": "FAILED: a measured mean lies above the upper bound by more than 2 standard errors" + least,
            "undecided": "undecided: mean ± 2 standard errors reaches the upper bound (one repetition has no standard "
                         "error); ask for more repetitions",
        }[self.verdict]

    def text(self) -> str:
        """The curves as a table, with the verdict if there are measurements (taken at every n)."""
        from weylspec.render.tables import text_table

        header, rows = ["n", "lower bound", "Pinsker", "predicted", "upper bound"], self.rows()
        if self.measured is None:
            return text_table(header, rows)
        header += ["measured", "± s.e.", "margin"]
        rows = [(*row, f"{mean:.3g}", f"{error:.2g}" if np.isfinite(error) else "—", f"{margin:.3g}")
                for row, mean, error, margin in zip(rows, *self.measured[1:], self.margin, strict=True)]
        return f"{text_table(header, rows)}\n\n{self.verdict_text()}"

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
            plain["margin"] = self.margin.tolist()
            plain["verdict"] = self.verdict
            # JSON has no infinity: the standard error of one repetition.
            plain["measured"]["standard_error"] = [e if np.isfinite(e) else None for e in self.measured[2].tolist()]
        return plain


def risk_curves(
    space: Manifold, *, s: Number, n: Sequence[float], noise: Number, name: str = "", target: Any = None,
    norm: Number = 1.0, ridge: Number | Literal["optimal"] = "optimal",
) -> RiskCurves:
    """Both bounds, Pinsker's value and the predicted curve of a space.

    Parameters
    ----------
    space : Manifold
        M or M/G.
    s : number
        Smoothness; the upper bound asks for s > ½ dim M.
    n : sequence of float
    noise : number
        σ.
    name : str
        Default: the space as written.
    target
        As in `learning_curve`.
    norm : number
        F.
    ridge : number or "optimal"
        η of the predicted curve and of the upper bound; by default each takes its own best one.

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

    def values(bound: Callable[..., Any], **more: Any) -> FloatArray:
        return np.array([bound(space, s=s, n=each, noise=noise, norm=norm, **more).value for each in n])

    predicted = learning_curve(space, s=s, n=list(n), noise=noise, norm=norm, ridge=ridge, target=target).value
    return RiskCurves(
        name or repr(space), np.asarray(n, dtype=np.float64), values(minimax_lower_bound), values(pinsker_risk),
        predicted, values(risk_upper_bound, ridge=ridge),
    )
