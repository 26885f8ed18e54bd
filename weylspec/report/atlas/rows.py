"""`AtlasRow`: what was found out about one space, in plain numbers and strings, so that a file can hold it."""

from __future__ import annotations

import shlex
from dataclasses import asdict, dataclass
from typing import Any

from weylspec.report.rows import large

Curve = tuple[tuple[float, float, float], ...]


@dataclass(frozen=True)
class AtlasCount:
    """N(λ) at one λ: an integer, or what the errors of computed eigenvalues leave open.

    Attributes
    ----------
    lam : str
        λ as typed, exact.
    count : int or None
        None where only the bounds are known.
    low, high : int or None
        Bounds, for computed eigenvalues.
    how : str
        The counter that was the cheapest.
    """

    lam: str
    count: int | None
    how: str
    low: int | None = None
    high: int | None = None

    def __str__(self) -> str:
        if self.count is not None:
            return large(self.count)
        return f"{self.low}…{'' if self.high is None else self.high}"


@dataclass(frozen=True)
class SecondRoute:
    """Another way to the counts of a row, which shares no code with the first.

    Attributes
    ----------
    name : str
    result : str
        "agrees", "differs", or "none" where there is no such route.
    detail : str
        What was compared, or why there is none.
    """

    name: str
    result: str
    detail: str


@dataclass(frozen=True)
class Fit:
    """Straight line through log(mean of N − mean of the lower terms) against log λ, over eight windows.

    Attributes
    ----------
    exponent, constant : float
        Measured: the slope, and the geometric mean of (mean of N − lower terms)/mean of λ^{d/2}.
    predicted_exponent, predicted_constant : float
        d/2 and c_d·vol.
    residual : float
        Mean over the windows of (mean of N − mean of the law)/(mean of the first term).
    """

    exponent: float
    constant: float
    predicted_exponent: float
    predicted_constant: float
    residual: float


@dataclass(frozen=True)
class AtlasRow:
    """One space of the atlas.

    Attributes
    ----------
    label : str
        The expression, which `weylspec verify` reads.
    family : str
        Of the catalogue; "typed" for other expressions.
    total_dim, dim : int or None
        Of M and of M/G. None, like what follows, where the space was refused.
    volume, volume_error, boundary_volume : float or None
        The error is relative.
    counts : tuple of AtlasCount
        About 10, about 1000, and far.
    fit : Fit or None
    verdict : str
        Of `verify_weyl`, or "refused".
    reasons : tuple of str
    terms : tuple of (power of λ, constant, source)
        Of Weyl's law; the source of the first one is that of the volume.
    route : SecondRoute
    spectrum_source : str
        How the levels were found.
    version : str
        Of the library.
    curve : tuple of (λ, N(λ), law at λ)
        For pictures.
    seconds : float
    """

    label: str
    family: str
    route: SecondRoute
    verdict: str
    reasons: tuple[str, ...]
    version: str
    seconds: float = 0.0
    total_dim: int | None = None
    dim: int | None = None
    volume: float | None = None
    volume_error: float | None = None
    boundary_volume: float | None = None
    counts: tuple[AtlasCount, ...] = ()
    fit: Fit | None = None
    terms: tuple[tuple[str, float, str], ...] = ()
    spectrum_source: str = ""
    curve: Curve = ()

    @property
    def passed(self) -> bool:
        """Whether Weyl's law holds and no second route differs."""
        return self.verdict == "passed" and self.route.result != "differs"

    @property
    def command(self) -> str:
        """What remakes the verdict in a shell."""
        plain = not set(self.label) & set('"$`\\!')  # then double quotes do, which are easier to read
        quoted = f'"{self.label}"' if plain else shlex.quote(self.label)
        return f"weylspec verify {quoted}"

    @property
    def reason(self) -> str:
        """What decided, in one line."""
        told = "; ".join(self.reasons)
        return f"{told}; {self.route.name} differs: {self.route.detail}" if self.route.result == "differs" else told

    def as_dict(self) -> dict[str, Any]:
        """Plain numbers, strings, lists and dicts."""
        from weylspec.report.plain import plain

        whole: dict[str, Any] = plain(asdict(self))
        return {**whole, "passed": self.passed, "command": self.command}

    @classmethod
    def from_dict(cls, found: dict[str, Any]) -> AtlasRow:
        """The row that `as_dict` wrote."""
        kept = {name: found[name] for name in cls.__dataclass_fields__}
        fit = kept["fit"]
        kept.update(
            route=SecondRoute(**kept["route"]), reasons=tuple(kept["reasons"]),
            counts=tuple(AtlasCount(**count) for count in kept["counts"]),
            fit=None if fit is None else Fit(**{name: float(value) for name, value in fit.items()}),
            terms=tuple((power, float(constant), source) for power, constant, source in kept["terms"]),
            curve=tuple((float(lam), float(n), float(law)) for lam, n, law in kept["curve"]),
        )
        return cls(**kept)

    def cells(self) -> tuple[str, ...]:
        """The row as text, one string for each of `HEADER`."""
        fit = self.fit
        counts = [str(count) for count in self.counts[:3]]
        return (
            self.label, _dash(self.total_dim), _dash(self.dim), _short(self.volume), _short(self.boundary_volume),
            *counts, *("—" for _ in range(3 - len(counts))),
            *(("—",) * 4 if fit is None else (f"{fit.exponent:.4f}", f"{fit.predicted_exponent:g}",
                                              f"{fit.constant / fit.predicted_constant:.5f}", f"{fit.residual:+.1e}")),
            self.verdict, f"{self.route.name}: {self.route.result}" if self.route.name else self.route.result,
            f"{self.seconds:.1f}",
        )


HEADER = ("space", "dim M", "d", "vol", "vol ∂", "N ~ 10", "N ~ 1000", "N far", "exponent", "d/2", "ratio", "residual",
          "verdict", "second route", "s")


def _dash(value: int | None) -> str:
    return "—" if value is None else str(value)


def _short(value: float | None) -> str:
    return "—" if value is None else f"{value:.6g}"
