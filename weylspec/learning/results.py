"""What a simulated learning curve carries."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from weylspec.bridge.curves import LearningCurve
from weylspec.errors import WeylspecError
from weylspec.units import Number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class SimulatedCurve:
    """Measured excess risk ‖f̂ − f*‖² at several n, every repetition kept.

    Attributes
    ----------
    n : ndarray of shape (k,)
    risks : ndarray of shape (repetitions, k)
        Within a repetition the samples for smaller n are part of those for larger n.
    predicted : LearningCurve
        The deterministic equivalent for the same target and ridge (a prediction, not a bound).
    space, estimator_space : str
        Where the target lives, and where the estimator's kernel lives.
    cutoff : number
        Levels kept in target and kernel; hand it to a run that is to be compared.
    energies : ndarray of shape (levels of the target's space,)
        Energy of the target per level.
    noise : float
        σ.
    entropy : tuple of int
        The seed of all repetitions.
    requested : int
        Repetitions asked for; fewer rows mean that the run was stopped.
    """

    n: IntArray
    risks: FloatArray
    predicted: LearningCurve
    space: str
    estimator_space: str
    cutoff: Number
    energies: FloatArray
    noise: float
    entropy: tuple[int, ...]
    requested: int

    @property
    def repetitions(self) -> int:
        """Repetitions that are finished."""
        return len(self.risks)

    @property
    def complete(self) -> bool:
        """Whether all repetitions are finished."""
        return self.repetitions == self.requested

    @property
    def ridge(self) -> FloatArray:
        """η at each n."""
        return self.predicted.ridge

    @property
    def mean(self) -> FloatArray:
        """Mean risk, shape (k,)."""
        return np.asarray(self.risks.mean(axis=0))

    @property
    def standard_error(self) -> FloatArray:
        """Standard error of the mean over repetitions, shape (k,); infinite for one repetition."""
        if self.repetitions < 2:
            return np.full(len(self.n), np.inf)
        return np.asarray(self.risks.std(axis=0, ddof=1) / np.sqrt(self.repetitions))

    def generator(self, repetition: int) -> np.random.Generator:
        """The generator of one repetition: child number `repetition` of the seed."""
        return np.random.default_rng(np.random.SeedSequence(self.entropy, spawn_key=(repetition,)))

    def with_risks(self, risks: FloatArray) -> SimulatedCurve:
        """The same run with other finished repetitions."""
        return replace(self, risks=risks)

    def check_same_settings(self, other: SimulatedCurve) -> None:
        """Refuse to continue a run with other settings.

        Raises
        ------
        WeylspecError
            Naming the first setting that differs.
        """
        for name in ("space", "estimator_space", "cutoff", "noise", "n", "ridge", "energies"):
            mine, theirs = getattr(self, name), getattr(other, name)
            if not np.array_equal(mine, theirs):
                raise WeylspecError(f"cannot resume: {name} was {mine} and is now {theirs}; keep the settings")
        if self.predicted.constants["s"] != other.predicted.constants["s"]:
            raise WeylspecError(
                f"cannot resume: s was {self.predicted.constants['s']:g} and is now {other.predicted.constants['s']:g}"
            )

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw measured means with error bars over the predicted curve."""
        from weylspec.render.pictures import curves

        return curves(
            self.n, {"predicted": self.predicted.value},
            points={f"measured, {self.estimator_space}": (self.n, self.mean, self.standard_error)},
            ax=ax, xlabel="n", ylabel="excess risk",
        )

    def _repr_html_(self) -> str:
        from weylspec.render.tables import html_table

        rows = [
            (f"{n}", f"{mean:.4g} ± {error:.2g}", f"{guess:.4g}", f"{eta:.3g}")
            for n, mean, error, guess, eta in zip(
                self.n, self.mean, self.standard_error, self.predicted.value, self.ridge, strict=True)
        ]
        caption = (
            f"target on {self.space}, estimator on {self.estimator_space}, σ = {self.noise:g}, levels up to "
            f"{float(self.cutoff):g}, {self.repetitions} of {self.requested} repetitions"
        )
        return html_table(("n", "measured", "predicted", "ridge η"), rows, caption)
