"""What every answer of the bridge carries: value, assumptions checked, constants, source."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from weylspec.errors import WeylspecError
from weylspec.units import Number, number

if TYPE_CHECKING:
    from weylspec.spaces.base import Manifold

_LARGEST = 1e50  # so that products such as nF²/σ² are floats with room to spare
_SMOOTHEST = 1000.0
_RESCALE = "rescale the problem (noise and norm scale together; noise²/n is what counts)"
_REMEDIES = {"s": "beyond that the ball is as good as the constants; take a smaller s"}

Assumptions = tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class RiskBound:
    """A risk E‖f̂ − f*‖² in L²(μ), μ the uniform probability measure, and what it rests on.

    Attributes
    ----------
    value : float
    kind : str
        What the number is: an upper bound, a lower bound, or an asymptotic value.
    n : float
        Number of samples (real).
    ridge : float or None
        η of (1/n)Σ(y − f)² + η‖f‖²; None where no estimator is named.
    assumptions : tuple of (str, bool)
        Each assumption and whether it holds here.
    constants : mapping of str to float
    source : str

    Examples
    --------
    >>> RiskBound(0.25, "upper bound", 10.0, None, (("n ≥ 1", True),), {}, "example").holds
    True
    """

    value: float
    kind: str
    n: float
    ridge: float | None
    assumptions: Assumptions
    constants: Mapping[str, float]
    source: str

    @property
    def holds(self) -> bool:
        """Whether every assumption that was checked holds."""
        return all(truth for _, truth in self.assumptions)

    def _repr_html_(self) -> str:
        rows = [("risk", f"{self.value:.6g}"), ("n", f"{self.n:g}")]
        rows += [("ridge η", f"{self.ridge:.6g}")] if self.ridge is not None else []
        return result_table(self.kind, rows, self.assumptions, self.constants, self.source)


def result_table(
    title: str,
    rows: list[tuple[str, str]],
    assumptions: Assumptions,
    constants: Mapping[str, float],
    source: str,
) -> str:
    """An HTML table of one result: its numbers, its constants, its assumptions, its source."""
    from weylspec.render.tables import html_table

    body = [*rows, *((name, f"{value:.6g}") for name, value in constants.items())]
    body += [(text, "holds" if truth else "does not hold") for text, truth in assumptions]
    return html_table(("", title), body, source)


def real(value: Number, name: str, *, least: float = 0.0, strict: bool = True, most: float = _LARGEST) -> float:
    """A float that is > least (or ≥ least) and of a size to calculate with, refused by name otherwise."""
    exact = number(value, name)
    if exact < least or (strict and exact == least):
        raise WeylspecError(f"{name} must be {'>' if strict else '>='} {least:g}, got {value!r}")
    if exact > most:
        raise WeylspecError(f"{name} must be at most {most:g}, got {value!r}; {_REMEDIES.get(name, _RESCALE)}")
    if 0 < exact < 1 / _LARGEST:
        raise WeylspecError(f"{name} must be at least {1 / _LARGEST:g}, got {value!r}; {_RESCALE}")
    return float(exact)


def smoothness(value: Number) -> float:
    """s, positive and at most 1000."""
    return real(value, "s", most=_SMOOTHEST)


def a_space(space: Manifold) -> Manifold:
    """The space itself; anything else is refused by what it is."""
    from weylspec.spaces.base import Manifold as Space

    if not isinstance(space, Space):
        raise WeylspecError(f"the first argument must be a space, such as Sphere(2) / SO(2); got {space!r}")
    return space


def finite(value: float, what: str) -> float:
    """A number that is neither infinite nor NaN, refused otherwise."""
    if not math.isfinite(value):
        raise WeylspecError(f"{what} does not fit a float here ({value}); {_RESCALE}, or take a smaller s")
    return value


@contextmanager
def float_range(**given: float) -> Iterator[None]:
    """Name the parameters where an intermediate number does not fit a float; `finite` looks at the result."""
    try:
        with np.errstate(all="ignore"):
            yield
    except (OverflowError, ZeroDivisionError) as error:
        shown = ", ".join(f"{name} = {value:g}" for name, value in given.items())
        raise WeylspecError(f"{shown}: an intermediate number does not fit a float; {_RESCALE}, "
                            "or take a smaller s") from error
