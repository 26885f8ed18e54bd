"""Thermal energy: the values of theory, integrals done by quadrature, Casimir's energies from the literature."""

import math

import numpy as np
import pytest
from scipy.integrate import quad

import weylspec as ws
from weylspec.errors import WeylspecError


def test_a_cube_of_side_two():
    """[9.7]: 4.1472, 4.1930 − 0.0458."""
    light = ws.black_body(ws.Cavity([2, 2, 2]), 1)
    assert light.energy == pytest.approx(4.1472, abs=5e-5)
    assert light.predicted == pytest.approx(4.1930, abs=5e-5)
    assert light.difference == pytest.approx(-0.0458, abs=1e-4)


def test_a_scalar_field_in_a_cube():
    """[9.7]: Dirichlet, a = 4: Vπ²T⁴/30 − Sζ(3)T³/4π + π(a+b+c)T²/24 − T/8; 13.3218 against 13.3179."""
    field = ws.black_body(ws.Box([4, 4, 4], "dirichlet"), 1)
    zeta3 = 1.2020569031595942
    expected = 64 * math.pi**2 / 30 - 96 * zeta3 / (4 * math.pi) + math.pi * 12 / 24 - 1 / 8
    assert field.predicted == pytest.approx(expected, rel=1e-12)
    assert field.energy == pytest.approx(13.3218, abs=5e-5)
    assert field.predicted == pytest.approx(13.3179, abs=5e-5)


@pytest.mark.parametrize(("space", "casimir"), [
    (ws.Cavity([1, 1, 1]), 0.0916574),           # Lukosz (1971)
    (ws.Interval(1, "dirichlet"), -math.pi / 24),  # ½ Σ πn = ½πζ(−1)
    (ws.Circle(1), -math.pi / 6),                # Σ 2πn = 2πζ(−1)
    (ws.Box([1, 1], "dirichlet"), 0.0410406),    # Ambjørn and Wolfram (1983)
], ids=repr)
def test_what_is_left_is_the_zero_point_energy(space, casimir):
    """Other corrections are some (2πT)²e^{−2πT}, the light once around: 10⁻¹⁰ at T = 5."""
    for temperature in (5, 6):
        left = ws.black_body(space, temperature)
        assert left.difference == pytest.approx(-casimir, abs=2e-7 + left.energy_error + 1e-14 * left.energy)


@pytest.mark.parametrize("space", [
    ws.Cavity([3, 2, 1]) / ws.SignFlips(1), ws.Cavity([1, 1, 1]) / ws.SymmetricGroup(3), ws.Box([1, 1, 2], "dirichlet"),
], ids=repr)
def test_the_zero_point_energy_by_the_zeta_function(space):
    """½ ζ(−½), a sum over the eigenvalues continued by Mellin's transform, against what hot radiation leaves."""
    zeta, light = ws.spectral_zeta(space, -0.5), ws.black_body(space, 5)
    assert zeta.error < 1e-6
    assert -light.difference == pytest.approx(zeta.value / 2, abs=zeta.error / 2 + light.energy_error + 1e-9)


@pytest.mark.parametrize("space", [ws.Cavity([3, 2, 1]), ws.Torus(2), ws.Box([1, 2]), ws.Interval(3)], ids=repr)
def test_parts_are_integrals_of_the_mode_density(space):
    light = ws.black_body(space, 2)
    constant = 2 * sum(t.coefficient for t in light.law.terms if t.dim == 0)
    zero = 2.0 if light.spectrum.eigenvalues[0] == 0 else 0.0
    total, _ = quad(lambda w: float(light.planck(np.array([w]))[0]), 1e-9, 120, limit=200, epsabs=1e-10, epsrel=1e-12)
    assert light.predicted == pytest.approx(total + constant - zero, rel=1e-8)


def test_hot_and_cold_ends_of_the_curve():
    """Classical at low frequencies, where the occupation is T; Wien's e^{−ω/T} far above."""
    light = ws.black_body(ws.Cavity([2, 2, 2]), 1)
    low, high = np.array([1e-4]), np.array([30.0])
    assert light.planck(low, corrected=False) == pytest.approx(light.rayleigh_jeans(low), rel=1e-4)
    assert light.planck(high) == pytest.approx(light.mode_density(high) * 30 * math.exp(-30), rel=1e-12)
    assert light.rayleigh_jeans(high) == pytest.approx(8 * 900 / math.pi**2)  # Vω²T/π²


def test_the_histogram_holds_the_energy():
    light = ws.black_body(ws.Cavity([6, 5, 4]), 1)
    edges, density = light.histogram()
    omega = np.sqrt(light.spectrum.eigenvalues)
    above = omega > edges[-1]
    rest = light.spectrum.multiplicities[above] @ (omega[above] / np.expm1(omega[above]))
    assert density @ np.diff(edges) + rest == pytest.approx(light.energy, rel=1e-12)


def test_a_symmetric_cavity_has_its_share():
    """High up, 1/|G| of the energy is in invariant modes: for the 48 symmetries of a cube, and a mirror."""
    whole = ws.black_body(ws.Cavity([1, 1, 1]), 20)
    for group, order in ((ws.SignFlips(1), 2), (ws.Hyperoctahedral(3), 48)):
        part = ws.black_body(ws.Cavity([1, 1, 1]) / group, 20)
        assert part.parts[0][1] * order == pytest.approx(whole.parts[0][1], rel=1e-12)
        assert part.energy == pytest.approx(part.predicted, abs=0.1)  # a zero-point energy of that size at most


def test_results_show_themselves():
    from weylspec.render.pictures import canvas

    light = ws.black_body(ws.Cavity([2, 2, 2]), 1)
    assert "difference" in light.table()
    assert "difference" in light._repr_html_()
    assert light.as_dict()["temperature"] == 1
    _, (ax,) = canvas()
    labels = [line.get_label() for line in light.plot(ax).get_lines()]
    assert labels == ["modes", "Planck", "Planck, every term", "Rayleigh–Jeans"]
    with pytest.raises(WeylspecError, match="temperature must be"):
        ws.black_body(ws.Torus(1), 0)
