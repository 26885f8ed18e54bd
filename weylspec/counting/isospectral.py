"""`compare_spectra`: whether two spaces have the same eigenvalues, and if not, from which level on they differ."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from weylspec.counting._theorems import Theorem, are_isometric, theorem_for, unequal_geometry
from weylspec.counting.means import check_space_or_spectrum
from weylspec.errors import CostError, WeylspecError
from weylspec.spaces.base import Manifold
from weylspec.spectrum import Spectrum
from weylspec.units import Number, commensurable, number, rekeyed, values

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FloatArray = npt.NDArray[np.float64]

_COMPARED = 2000        # eigenvalues that a first comparison lists
_FURTHER = 200_000      # eigenvalues in which a difference is looked for that the volumes prove to exist
_MOST_REPEATED = 10**7
_MOST_OPERATIONS = 3e7  # that listing up to the bound of a theorem may cost
_LONGEST_NAME = 80
_ROUNDING = 1e-11        # relative, of levels whose units come from typed floats
_ULPS = 16 * float(np.finfo(np.float64).eps)


@dataclass(frozen=True)
class LevelDifference:
    """The first level at which two spectra differ.

    Attributes
    ----------
    eigenvalue : float
    multiplicities : pair of int
        In the first and in the second spectrum; 0 where it is no eigenvalue.
    index : int
        Number of levels below it, on which the two agree.
    """

    eigenvalue: float
    multiplicities: tuple[int, int]
    index: int

    def __str__(self) -> str:
        first, second = self.multiplicities
        return f"level {self.index} (λ = {self.eigenvalue:.12g}) has multiplicity {first} and {second}"


@dataclass(frozen=True, eq=False)
class SpectrumComparison:
    """Two spectra side by side, and what follows.

    Attributes
    ----------
    names : pair of str
    isospectral : bool or None
        True: proved for all levels. None: equal as far as they were compared. False: they differ.
    reason : str
        What proves it, or how far it goes.
    cutoff : float
        λ up to which the levels were compared.
    first_difference : LevelDifference or None
    isometric : bool or None
        Decided for lens spaces, and False where the spectra differ; None: not examined.
    spectra : pair of Spectrum
    """

    names: tuple[str, str]
    isospectral: bool | None
    reason: str
    cutoff: float
    first_difference: LevelDifference | None
    isometric: bool | None
    spectra: tuple[Spectrum, Spectrum] = field(repr=False)

    def _facts(self) -> list[tuple[str, str]]:
        first, second = self.spectra
        return [
            ("first", _short(self.names[0])),
            ("second", _short(self.names[1])),
            ("isospectral", _answer(self.isospectral, f"undecided beyond λ = {self.cutoff:.8g}")),
            ("reason", self.reason),
            ("first difference", "none found" if self.first_difference is None else str(self.first_difference)),
            ("compared", f"{len(first)} and {len(second)} levels, {first.total} and {second.total} eigenvalues, "
             f"λ ≤ {self.cutoff:.8g}"),
            ("isometric", _answer(self.isometric, "not examined")),
        ]

    def table(self) -> str:
        """The answer and what it rests on, as plain text."""
        from weylspec.render.tables import text_table

        return text_table(("", "two spectra"), self._facts())

    def as_dict(self) -> dict[str, Any]:
        """Plain numbers and strings, for JSON."""
        found = self.first_difference
        return {
            "names": list(self.names), "isospectral": self.isospectral, "reason": self.reason, "cutoff": self.cutoff,
            "first_difference": None if found is None else {
                "eigenvalue": found.eigenvalue, "multiplicities": list(found.multiplicities), "index": found.index},
            "isometric": self.isometric,
        }

    def plot(self, ax: Axes | None = None) -> Axes:
        """The difference of the two counting functions against λ."""
        from weylspec.render._style import axes_or_new, colour, tidy

        levels = np.unique(np.concatenate([s.eigenvalues for s in self.spectra]))
        counts = [np.append(0, s.cumulative)[np.searchsorted(s.eigenvalues, levels * (1 + _ULPS), side="right")]
                  for s in self.spectra]
        axes = axes_or_new(ax)
        axes.step(levels, np.asarray(counts[0] - counts[1], dtype=np.float64), where="post", color=colour(0))
        axes.axhline(0.0, color="0.6", linewidth=0.8)
        tidy(axes, "λ", "difference of N(λ)", f"{_short(self.names[0])} − {_short(self.names[1])}")
        return axes

    def _repr_html_(self) -> str:
        from weylspec.render.tables import html_table

        return html_table(("", "two spectra"), self._facts())


def compare_spectra(
    first: Manifold | Spectrum, second: Manifold | Spectrum, cutoff: Number | None = None
) -> SpectrumComparison:
    """Compare two spectra level by level, and prove equality of all levels where a theorem does.

    Levels with integer keys are compared as integers, over common units; numerical ones within the sum of
    their errors.

    Parameters
    ----------
    first, second : Manifold or Spectrum
    cutoff : number, optional
        Compare up to here. Default: the bound that a theorem asks for and at least 2000 eigenvalues; for two
        lists, as far as both are complete.

    Returns
    -------
    SpectrumComparison
        `isospectral` is True only where finitely many levels prove all: quotients of one sphere (their
        generating functions are rational), flat tori of one dimension and commensurable Gram matrices (their
        theta series are modular forms, `theta_sturm_bound`).

    Raises
    ------
    CostError
        For numerical lists of more than 10⁷ eigenvalues.

    References
    ----------
    Milnor (1964), "Eigenvalues of the Laplace operator on certain manifolds"; Ikeda (1980), "On lens spaces
    which are isospectral but not isometric"; Conway and Sloane (1992), "Four-dimensional lattices with the
    same theta series".

    Examples
    --------
    Ikeda's lens spaces of dimension 5:

    >>> import weylspec as ws
    >>> lens = [ws.Sphere(5) / ws.LensGroup(11, *q) for q in ((1, 2, 3), (1, 2, 4))]
    >>> found = compare_spectra(*lens)
    >>> found.isospectral, found.isometric
    (True, False)

    In dimension 3 isospectral lens spaces are isometric (Ikeda and Yamamoto 1979):

    >>> lens = [ws.Sphere(3) / ws.LensGroup(5, 1, q) for q in (1, 2)]
    >>> print(compare_spectra(*lens).first_difference)
    level 1 (λ = 8) has multiplicity 3 and 1
    """
    if cutoff is not None and number(cutoff, "cutoff") < 0:
        raise WeylspecError(f"cutoff must be >= 0, got {cutoff}")
    for given in (first, second):
        check_space_or_spectrum(given)
    theorem = theorem_for(first, second)
    tops = [_first_cutoff(space) for space in (first, second)] if cutoff is None else [float(number(cutoff))]
    tops += [s.complete_below for s in (first, second) if isinstance(s, Spectrum)]
    top = min(tops) if cutoff is not None or any(isinstance(s, Spectrum) for s in (first, second)) else max(tops)
    if cutoff is None and theorem is not None and _affordable(first, second, theorem.bound):
        top = max(top, theorem.bound)
    a, b = _listed(first, top), _listed(second, top)
    found = _first_difference(a, b, top)
    unequal = None if found is not None else unequal_geometry(first, second)
    if unequal is not None and cutoff is None:
        a, b, top, found = _search(first, second, (a, b, top))
    isospectral, reason = _judge(found, unequal, theorem, top)
    isometric = False if isospectral is False else are_isometric(first, second)
    return SpectrumComparison((_name(first), _name(second)), isospectral, reason, top, found, isometric, (a, b))


def _judge(
    found: LevelDifference | None, unequal: str | None, theorem: Theorem | None, top: float
) -> tuple[bool | None, str]:
    if found is not None:
        return False, f"{found}"
    if unequal is not None:
        return False, f"{unequal}; the levels are equal up to λ = {top:.8g}"
    equal = f"the levels are equal up to λ = {top:.8g}"
    if theorem is None:
        return None, f"{equal}; nothing proves the others"
    if theorem.bound > top:
        return None, f"{equal}; up to λ = {theorem.bound:.8g} they would prove all: {theorem.source}"
    return (True if theorem.proves else None), f"{equal}; {theorem.source}"


# -- lists -----------------------------------------------------------------------------------------------------


def _name(space: Manifold | Spectrum) -> str:
    return space.provenance if isinstance(space, Spectrum) else repr(space)


def _first_cutoff(space: Manifold | Spectrum) -> float:
    if isinstance(space, Spectrum):
        return space.complete_below
    return space.spectrum(num=_COMPARED).complete_below if space.dim else 0.0


def _listed(space: Manifold | Spectrum, top: float) -> Spectrum:
    return space.up_to(top) if isinstance(space, Spectrum) else space.spectrum(cutoff=top)


def _affordable(first: Manifold | Spectrum, second: Manifold | Spectrum, bound: float) -> bool:
    return all(isinstance(s, Manifold) and s.listing_cost(bound) <= _MOST_OPERATIONS for s in (first, second))


def _search(
    first: Manifold | Spectrum, second: Manifold | Spectrum, state: tuple[Spectrum, Spectrum, float]
) -> tuple[Spectrum, Spectrum, float, LevelDifference | None]:
    """Longer and longer lists, for a difference that is known to exist."""
    a, b, top = state
    found = None
    while found is None and min(a.total, b.total) < _FURTHER and _affordable(first, second, 2 * top):
        top *= 2
        a, b = _listed(first, top), _listed(second, top)
        found = _first_difference(a, b, top)
    return a, b, top, found


def _first_difference(a: Spectrum, b: Spectrum, top: float) -> LevelDifference | None:
    if a.keys is None or b.keys is None:
        return _by_values(a, b, top, _ULPS)
    found = _by_keys(a, b)
    rounded = any(isinstance(unit, float) for unit in (*a.units, *b.units))
    if found is not None and rounded and _by_values(a, b, top, _ROUNDING) is None:
        return None     # units that are equal but for the rounding of typed floats
    return found


def _by_keys(a: Spectrum, b: Spectrum) -> LevelDifference | None:
    """The first of the levels, rows of integers over common units, that are not in both with one multiplicity."""
    assert a.keys is not None
    assert b.keys is not None
    units, coefficients = commensurable([*a.units, *b.units])
    split = len(a.units)
    rows = [rekeyed(a.keys, coefficients[:split]), rekeyed(b.keys, coefficients[split:])]
    tables = [dict(zip(map(tuple, keys.tolist()), map(int, s.multiplicities), strict=True))
              for keys, s in zip(rows, (a, b), strict=True)]
    differing = [key for key in tables[0].keys() | tables[1].keys() if tables[0].get(key, 0) != tables[1].get(key, 0)]
    if not differing:
        return None
    levels = values(np.array(differing, dtype=np.int64).reshape(len(differing), len(units)), units)
    i = int(np.argmin(levels))
    below = int(np.searchsorted(a.eigenvalues, levels[i] * (1 - _ULPS)))
    return LevelDifference(float(levels[i]), (tables[0].get(differing[i], 0), tables[1].get(differing[i], 0)), below)


def _by_values(a: Spectrum, b: Spectrum, top: float, rounding: float) -> LevelDifference | None:
    """The first eigenvalue, with multiplicity, that differs by more than the errors of the two and the rounding."""
    for s in (a, b):
        if s.total > _MOST_REPEATED:
            raise CostError(f"{s.total} eigenvalues are too many to compare one by one; lower the cutoff")
    (x, ex), (y, ey) = (_repeated(s) for s in (a, b))
    n = min(len(x), len(y))
    slack = ex[:n] + ey[:n] + rounding * np.maximum(x[:n], y[:n])
    wrong = np.flatnonzero(np.abs(x[:n] - y[:n]) > slack)
    reach = max(float(ex.max(initial=0.0)), float(ey.max(initial=0.0))) + rounding * top
    if len(wrong):
        at = float(min(x[wrong[0]], y[wrong[0]]))
    elif len(x) != len(y) and (longer := x if len(x) > n else y)[n] + 2 * reach <= top:
        at = float(longer[n])
    else:
        return None
    counts = [int((np.abs(z - at) <= e + reach).sum()) for z, e in ((x, ex), (y, ey))]
    below = int((a.eigenvalues < at - reach).sum())
    return LevelDifference(at, (counts[0], counts[1]), below)


def _repeated(s: Spectrum) -> tuple[FloatArray, FloatArray]:
    times = s.multiplicities.astype(np.int64)
    return np.repeat(s.eigenvalues, times), np.repeat(s.errors, times)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"


def _answer(value: bool | None, otherwise: str) -> str:
    return otherwise if value is None else "yes" if value else "no"
