"""Black-body radiation: the thermal energy of the modes of a space against what Weyl's law makes of it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from weylspec.counting.law import WeylLaw, weyl_law
from weylspec.errors import CostError, WeylspecError
from weylspec.invariants.orbit_spaces.geometry import Term, weyl_constant
from weylspec.spaces.base import Manifold
from weylspec.spaces.core import check_space
from weylspec.spectrum import Spectrum
from weylspec.units import Number, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FloatArray = npt.NDArray[np.float64]

_CUT = 40.0  # ω/T beyond which a mode has less than 10⁻¹⁵ of the energy that it has at ω = T
_BINS = 48


@dataclass(frozen=True, eq=False)
class BlackBody:
    """Radiation at a temperature in a space, in units with ħ = c = k_B = 1: each λ > 0 is a mode of frequency ω = √λ.

    Attributes
    ----------
    space : str
    temperature : float
    energy : float
        Σ m ω/(e^{ω/T} − 1) over the modes, from the spectrum.
    energy_error : float
        Bound on the modes above the cutoff, and what the errors of the eigenvalues change.
    parts : tuple of (str, float)
        Each term of Weyl's law, by its source, and the energy that it stands for.
    spectrum : Spectrum
    law : WeylLaw
    """

    space: str
    temperature: float
    energy: float
    energy_error: float
    parts: tuple[tuple[str, float], ...]
    spectrum: Spectrum = field(repr=False)
    law: WeylLaw = field(repr=False)

    @property
    def predicted(self) -> float:
        """Σ of the parts: Stefan's and Boltzmann's law with its finite-size corrections."""
        return math.fsum(value for _, value in self.parts)

    @property
    def difference(self) -> float:
        """Energy less prediction.

        Where the heat trace has no terms beyond those of the law, as in flat polytopes, it is minus the zero-point
        energy ½Σω (Casimir 1948), up to exponentially small terms.
        """
        return self.energy - self.predicted

    def mode_density(self, omega: npt.ArrayLike) -> FloatArray:
        """dN/dω from every term of the law, shape of ω."""
        return _density(self.law.terms, np.asarray(omega, dtype=np.float64))

    def planck(self, omega: npt.ArrayLike, corrected: bool = True) -> FloatArray:
        """Energy per frequency, dN/dω·ω/(e^{ω/T} − 1) (Planck 1900).

        Parameters
        ----------
        omega : array
        corrected : bool
            Whether the terms after the leading one count.

        Returns
        -------
        ndarray
        """
        grid = np.asarray(omega, dtype=np.float64)
        terms = self.law.terms if corrected else self.law.terms[:1]
        return _density(terms, grid) * _occupied(grid, self.temperature)

    def rayleigh_jeans(self, omega: npt.ArrayLike) -> FloatArray:
        """The classical T·dN/dω of the leading term (Rayleigh 1900, Jeans 1905): it grows without end."""
        return self.temperature * _density(self.law.terms[:1], np.asarray(omega, dtype=np.float64))

    def histogram(self, bins: int = _BINS) -> tuple[FloatArray, FloatArray]:
        """Energy per frequency of the modes themselves, in equal windows of frequency up to 12 T.

        Returns
        -------
        edges : ndarray (bins + 1,)
        density : ndarray (bins,)
        """
        omega, weight = _modes(self.spectrum)
        edges = np.linspace(0.0, 12 * self.temperature, bins + 1)
        total, _ = np.histogram(omega, edges, weights=weight * _occupied(omega, self.temperature))
        return edges, total / np.diff(edges)

    def _rows(self) -> list[tuple[str, str]]:
        rows = [("Σ ω/(e^{ω/T} − 1) over the modes", f"{self.energy:.10g} ± {self.energy_error:.1g}")]
        rows += [(source, f"{value:+.10g}") for source, value in self.parts]
        return [*rows, ("sum of the terms", f"{self.predicted:.10g}"), ("difference", f"{self.difference:+.6g}")]

    def table(self) -> str:
        """Energy and the terms of the law as plain text."""
        from weylspec.render.tables import text_table

        return text_table((f"{self.space} at T = {self.temperature:g}", "energy"), self._rows())

    def as_dict(self) -> dict[str, Any]:
        """Plain numbers and strings, for JSON."""
        return {
            "space": self.space, "temperature": self.temperature, "energy": self.energy,
            "energy_error": self.energy_error, "predicted": self.predicted, "difference": self.difference,
            "parts": [{"source": source, "energy": value} for source, value in self.parts],
        }

    def plot(self, ax: Axes | None = None) -> Axes:
        """Energy per frequency: the modes in windows, Planck's law with and without corrections, Rayleigh and Jeans."""
        from weylspec.render.pictures import curves

        edges, density = self.histogram()
        omega = np.linspace(0.0, edges[-1], 480)[1:]
        planck = self.planck(omega, corrected=False)
        window = np.minimum((omega / edges[1]).astype(int), len(density) - 1)
        axes = curves(omega, {
            "modes": density[window], "Planck": planck, "Planck, every term": self.planck(omega),
            "Rayleigh–Jeans": self.rayleigh_jeans(omega),
        }, ax=ax, xlabel="ω", ylabel="energy per frequency", scale="linear")
        axes.set_ylim(0.0, 1.6 * float(max(planck.max(), density.max())))
        return axes

    def _repr_html_(self) -> str:
        from weylspec.render.tables import html_table

        return html_table((f"{self.space} at T = {self.temperature:g}", "energy"), self._rows())


def black_body(space: Manifold, temperature: Number) -> BlackBody:
    """The energy of thermal radiation in a space, mode by mode and from Weyl's law.

    Parameters
    ----------
    space : Manifold
        `Cavity(lengths)` for light in a box; any other space for a scalar field.
    temperature : number
        T, in units of an inverse length.

    Returns
    -------
    BlackBody

    Raises
    ------
    WeylspecError
        If the temperature is not positive.
    CostError
        If there are too many modes up to 40 T.

    Notes
    -----
    A term c_p X λ^{p/2} of the counting function stands for the energy

        ∫ ω/(e^{ω/T} − 1) d(c_p X ω^p) = p c_p X Γ(p + 1) ζ(p + 1) T^{p+1},  and X·T for p = 0:

    for light in a box U = Vπ²T⁴/15 − π(a + b + c)T²/12 + T/2 − E + …, E the zero-point energy (Case and Chiu 1970,
    "Electromagnetic fluctuations in a cavity"). The constant function, λ = 0, is no mode.

    Examples
    --------
    A cube of side 2, in the units of T: the corrections take a fifth of Stefan's and Boltzmann's energy.

    >>> from weylspec.spaces.cavity import Cavity
    >>> light = black_body(Cavity([2, 2, 2]), 1)
    >>> round(light.energy, 4), round(light.predicted, 4), round(light.parts[0][1], 4)
    (4.1472, 4.193, 5.2638)
    """
    check_space(space)
    degree = float(number(temperature, "temperature"))
    if not 0 < degree < math.inf:
        raise WeylspecError(f"the temperature must be a positive number, got {temperature}")
    law = weyl_law(space)
    try:
        listed = space.spectrum(cutoff=(_CUT * degree) ** 2)
    except CostError as refused:
        raise CostError(f"too many modes below ω = {_CUT:g} T: {refused}, and so the temperature") from refused
    omega, weight = _modes(listed)
    energy = float(weight @ _occupied(omega, degree))
    moved = listed.errors[listed.eigenvalues > 0] / (2 * omega)  # of ω = √λ; |d/dω of a mode's energy| ≤ 1
    error = _tail(law.dim, degree, int(listed.total)) + float(weight @ moved)
    return BlackBody(repr(space), degree, energy, error, _parts(law, listed, degree), listed, law)


def _modes(listed: Spectrum) -> tuple[FloatArray, FloatArray]:
    """Frequencies and multiplicities of the positive levels."""
    positive = listed.eigenvalues > 0
    return np.sqrt(listed.eigenvalues[positive]), listed.multiplicities[positive].astype(np.float64)


def _occupied(omega: FloatArray, temperature: float) -> FloatArray:
    """ω/(e^{ω/T} − 1)."""
    x = np.minimum(omega / temperature, 700.0)
    return np.asarray(temperature * x / np.expm1(np.maximum(x, 1e-300)))


def _density(terms: tuple[Term, ...], omega: FloatArray) -> FloatArray:
    return np.asarray(sum((t.dim * weyl_constant(t.dim) * t.coefficient * omega ** (t.dim - 1) for t in terms if t.dim),
                          np.zeros_like(omega)))


def _parts(law: WeylLaw, listed: Spectrum, temperature: float) -> tuple[tuple[str, float], ...]:
    parts = [(term.source, _thermal(term, temperature)) for term in law.terms]
    if len(listed) and listed.eigenvalues[0] == 0:
        parts.append(("λ = 0, no mode", -float(listed.multiplicities[0]) * temperature))
    return tuple(parts)


def _thermal(term: Term, temperature: float) -> float:
    from scipy.special import zeta

    p = term.dim
    if p == 0:
        return term.coefficient * temperature
    size = p * weyl_constant(p) * math.gamma(p + 1) * float(zeta(p + 1))
    return term.coefficient * size * temperature ** (p + 1)


def _tail(d: int, temperature: float, total: int) -> float:
    """Bound on the energy above ω = xT, x = _CUT, if N(ω) ≤ 2N(xT)(ω/xT)^d there.

    By parts it is at most ∫ N |d/dω (ω/(e^{ω/T} − 1))| dω ≤ 2·N(xT)·T·x^{−d} ∫_x^∞ y^{d+1} e^{−y} dy.
    """
    from scipy.special import gamma, gammaincc

    return float(2.0 * total * temperature * _CUT**-d * gamma(d + 2) * gammaincc(d + 2, _CUT))
