"""Spectral zeta functions and determinants: Mellin's transform against sums of Hurwitz zeta functions, closed forms."""

from __future__ import annotations

import json
import math
from fractions import Fraction

import mpmath
import pytest

import weylspec as ws
from weylspec.counting.zeta import spectral_determinant, spectral_zeta
from weylspec.errors import WeylspecError

PI = math.pi


def hurwitz(s, series, shift, unit=1):
    """ζ(s) = Σ′ m_k (u((k + a)² − a²))^{−s} for polynomial multiplicities on residue classes, by binomial expansion.

    Levels below k = 40 are summed; the others are Σ_i (s)_i/i! a^{2i} Σ_k m_k (k + a)^{−2s − 2i}, with m_k on each
    class k ≡ r (mod q) a polynomial in k + a, found by interpolation, and Σ_k over Hurwitz zeta functions.
    """
    period, degree = series["period"], series["degree"]
    m = series["multiplicity"]
    first = 40 - 40 % period + period  # (a/40)^{24} is below 1e-24
    a = mpmath.mpf(shift.numerator) / shift.denominator
    total = mpmath.fsum(m(k) * (unit * k * (k + 2 * a)) ** -s for k in range(1, first) if m(k))
    for r in range(period):
        nodes = [first + r + period * i for i in range(degree + 1)]
        matrix = mpmath.matrix([[(k + a) ** j for j in range(degree + 1)] for k in nodes])
        polynomial = mpmath.lu_solve(matrix, mpmath.matrix([m(k) for k in nodes]))
        alpha = (first + r + a) / period
        for i in range(12):
            factor = mpmath.rf(s, i) / mpmath.factorial(i) * a ** (2 * i) * mpmath.mpf(unit) ** -s
            for j in range(degree + 1):
                w = 2 * s + 2 * i - j
                if polynomial[j] and factor:
                    total += factor * polynomial[j] * mpmath.mpf(period) ** -w * mpmath.zeta(w, alpha)
    return total


def derivative_at_zero(series, shift, unit=1):
    """ζ′(0) by the mean of ζ(z)/z on a circle around 0: 8 points, of which conjugate ones have conjugate values.

    The nearest poles are at ±1/2, so that the error is of the order of 32^{−8} = 1e-12.
    """
    radius, n = mpmath.mpf(1) / 64, 8
    points = [radius * mpmath.expjpi(2 * mpmath.mpf(k) / n) for k in range(n // 2 + 1)]
    values = [mpmath.re(hurwitz(z, series, shift, unit) / z) for z in points]
    return (values[0] + 2 * mpmath.fsum(values[1:-1]) + values[-1]) / n


def sphere(n):
    def multiplicity(k):
        return math.comb(n + k, n) - (math.comb(n + k - 2, n) if k >= 2 else 0)

    return {"period": 1, "degree": n - 1, "multiplicity": multiplicity}


def lens(p, q):
    """L(p; q): multiplicities by counting monomials, (A + B)/2 + q(A − B)/2 ≡ 0 (mod p)."""
    def multiplicity(k):
        return sum(((2 * i - k) + (2 * j - k)) // 2 % p == (-q * ((2 * i - k) - (2 * j - k)) // 2) % p
                   for i in range(k + 1) for j in range(k + 1))

    return {"period": 2 * p, "degree": 2, "multiplicity": multiplicity}


@pytest.fixture(autouse=True)
def _digits():
    with mpmath.workdps(25):
        yield


def test_the_circle_is_riemann():
    for s in (1, 2, 0.25, -0.3, -2.2, 5, 1 + 2j, -0.7 - 0.4j):
        found = spectral_zeta(ws.Sphere(1), s)
        exact = complex(2 * mpmath.zeta(2 * s))
        assert abs(found.value - exact) <= found.error
        assert found.error < 1e-12 * max(1, abs(exact))
    assert [spectral_zeta(ws.Sphere(1), -m).value for m in range(4)] == [-1, 0, 0, 0]  # 2ζ_R(0), and its zeros


def test_strings():
    """Fixed ends: (L/π)^{2s} ζ_R(2s); one free: (2^{2s} − 1) times that, (2L/π)^{2s}(1 − 2^{−2s}) ζ_R(2s)."""
    for s in (0.75, 3, -0.25, -1.5):
        exact = (2 / PI) ** (2 * s) * float(mpmath.zeta(2 * s))
        for ends, factor in (("dirichlet", 1), (("dirichlet", "neumann"), 2 ** (2 * s) - 1)):
            found = spectral_zeta(ws.Interval(2, ends), s)
            assert abs(found.value - exact * factor) <= found.error
            assert found.error < 1e-11
            assert found.zero_modes == 0
    assert spectral_zeta(ws.Interval(1), 1).zero_modes == 1


SPHERES = {
    "S2": (lambda: ws.Sphere(2), sphere(2), Fraction(1, 2), 1),
    "S3": (lambda: ws.Sphere(3, 2), sphere(3), Fraction(1), 0.25),
    "S4": (lambda: ws.Sphere(4), sphere(4), Fraction(3, 2), 1),
    "S5": (lambda: ws.Sphere(5), sphere(5), Fraction(2), 1),
    "RP3": (lambda: ws.RealProjectiveSpace(3), {
        "period": 1, "degree": 2, "multiplicity": lambda k: (2 * k + 1) ** 2}, Fraction(1, 2), 4),
    "CP2": (lambda: ws.ComplexProjectiveSpace(2), {
        "period": 1, "degree": 3, "multiplicity": lambda k: (k + 1) ** 3}, Fraction(1), 4),
    "L(3,1)": (lambda: ws.Sphere(3) / ws.LensGroup(3, 1, 1), lens(3, 1), Fraction(1), 1),
    "L(5,2)": (lambda: ws.Sphere(3) / ws.LensGroup(5, 1, 2), lens(5, 2), Fraction(1), 1),
    "S2/SO2": (lambda: ws.Sphere(2) / ws.SO(2), {
        "period": 1, "degree": 0, "multiplicity": lambda k: 1}, Fraction(1, 2), 1),
    # (1 + t⁹)/((1 − t⁴)(1 − t⁶)) for the rotations of the octahedron
    "S2/O": (lambda: ws.Sphere(2) / ws.PointGroup("O"), {
        "period": 12, "degree": 1, "multiplicity": lambda k: sum(
            (k - h) % 2 == 0 and (k - h - 4 * i) % 6 == 0 for h in (0, 9) for i in range((k - h) // 4 + 1))},
        Fraction(1, 2), 1),
}


FAST = [name if name in ("S2", "S3", "S5", "RP3", "S2/SO2") else pytest.param(name, marks=pytest.mark.slow)
        for name in SPHERES]


@pytest.mark.parametrize("name", FAST)
def test_zeta_by_mellin_and_by_hurwitz(name):
    make, series, shift, unit = SPHERES[name]
    space = make()
    for s in (-0.7, 3.1 + 1j):
        found = spectral_zeta(space, s)
        exact = complex(hurwitz(mpmath.mpmathify(s), series, shift, unit))
        assert abs(found.value - exact) <= found.error + 1e-15
        assert found.error < 1e-9


@pytest.mark.parametrize("name", FAST)
def test_determinants_by_mellin_and_by_hurwitz(name):
    make, series, shift, unit = SPHERES[name]
    found = spectral_determinant(make())
    exact = -float(derivative_at_zero(series, shift, unit))
    assert abs(found.logarithm - exact) <= found.logarithm_error + 1e-11  # Cauchy's mean
    assert found.logarithm_error < 1e-11
    assert found.value == pytest.approx(math.exp(exact), rel=1e-11)
    assert found.error == pytest.approx(found.value * found.logarithm_error, rel=1e-6)


def test_spheres_in_closed_form():
    """Weisberger 1987 for S²; Kumagai 1999 for S³; S³/SO(3) and S²/SO(2) are strings."""
    two, three = spectral_determinant(ws.Sphere(2)), spectral_determinant(ws.Sphere(3))
    assert abs(two.logarithm - float(mpmath.mpf(1) / 2 - 4 * mpmath.zeta(-1, derivative=1))) <= two.logarithm_error
    assert abs(three.logarithm - float(mpmath.zeta(3) / (2 * mpmath.pi**2) + mpmath.log(mpmath.pi))) <= (
        three.logarithm_error)
    # λ = l(l + 1), m = 1: det′ = 2π
    legendre = spectral_determinant(ws.Sphere(2) / ws.SO(2))
    assert abs(legendre.value - 2 * PI) <= legendre.error


def test_scaling():
    """ζ′(0) of lengths times r gains 2 ζ(0) ln r."""
    for space in (ws.Sphere(2), ws.Sphere(2) / ws.PointGroup("Oh"), ws.Box([1, 2], "dirichlet"), ws.Torus(2)):
        r, at_zero = 1.7, spectral_zeta(space, 0).value
        first, second = spectral_determinant(space), spectral_determinant(space.scaled(r))
        bound = first.logarithm_error + second.logarithm_error
        assert abs(second.logarithm - first.logarithm + 2 * at_zero * math.log(r)) <= bound
        assert bound < 1e-10


@pytest.mark.parametrize("length", [1, "7/2", 2 * PI])
def test_circles_and_strings(length):
    size = float(Fraction(length)) if isinstance(length, str) else float(length)
    for space, exact in ((ws.Circle(length), size**2), (ws.Interval(length, "dirichlet"), 2 * size),
                         (ws.Interval(length), 2 * size), (ws.Interval(length, ("neumann", "dirichlet")), 2)):
        found = spectral_determinant(space)
        assert abs(found.value - exact) <= found.error
        assert found.error < 1e-8 * exact


def eta(tau):
    q = mpmath.exp(2j * mpmath.pi * tau)
    return mpmath.exp(1j * mpmath.pi * tau / 12) * mpmath.nprod(lambda n: 1 - q**n, [1, mpmath.inf])


@pytest.mark.parametrize("tau", [1j, 0.5 + 3**0.5 / 2 * 1j, 0.2 + 1.7j, 0.31 + 0.4j])
@pytest.mark.parametrize("width", [1, 2])
def test_kronecker_limit(tau, width):
    """On C/w(Z + τZ), λ = 4π²|m − nτ|²/(w Im τ)² and det′ Δ = w² (Im τ)² |η(τ)|⁴ = A·Im τ·|η|⁴, A the area.

    Kronecker's first limit formula: Σ′ (Im τ)^s |m + nτ|^{−2s} is −1 at s = 0, with the derivative
    −ln((2π)² Im τ |η|⁴); the factor (w√Im τ/2π)^{2s} adds −ln(w² Im τ/4π²).
    """
    found = spectral_determinant(ws.FlatTorus([[width, 0], [width * tau.real, width * tau.imag]]))
    exact = float(width**2 * tau.imag**2 * abs(eta(tau)) ** 4)
    assert abs(found.value - exact) <= found.error
    assert found.error < 1e-9 * exact


def test_tori_by_sums_over_the_lattice():
    """Epstein zeta functions of Z² and Z⁴ by Dirichlet series: 4 ζ β (Jacobi), 8 (1 − 4^{1−s}) ζ(s) ζ(s − 1)."""
    for s in (3, 0.4, -0.8, 2.5 + 1j):
        beta = 4 ** -mpmath.mpmathify(s) * (mpmath.zeta(s, 0.25) - mpmath.zeta(s, 0.75))
        two, four = 4 * mpmath.zeta(s) * beta, 8 * (1 - mpmath.mpf(4) ** (1 - s)) * mpmath.zeta(s) * mpmath.zeta(s - 1)
        for n, exact in ((2, complex(two)), (4, complex(four))):
            found = spectral_zeta(ws.Torus(n), s)
            assert abs(found.value - exact) <= found.error
            assert found.error < 1e-8


def test_a_rectangle_in_closed_form():
    """Dirichlet rectangle a × b, q = e^{−2πb/a}: det = 2^{−1/4}… by reflection from tori, ζ = (ζ_T − ζ_a − ζ_b)/4.

    The torus 2a × 2b has every (m, n) ≠ 0 fourfold on the rectangle, but those on the axes.
    """
    a, b = 1, 2
    torus = spectral_determinant(ws.FlatTorus([[2 * a, 0], [0, 2 * b]])).logarithm
    circles = [spectral_determinant(ws.Circle(2 * side)).logarithm for side in (a, b)]
    exact = (torus - sum(circles)) / 4
    found = spectral_determinant(ws.Box([a, b], "dirichlet"))
    assert found.logarithm == pytest.approx(exact, abs=1e-11)
    tau = 1j * b / a
    kronecker = 4 * a**2 * float(tau.imag) ** 2 * abs(eta(tau)) ** 4
    assert found.logarithm == pytest.approx((math.log(kronecker) - math.log(4 * a**2) - math.log(4 * b**2)) / 4)


@pytest.mark.parametrize(("make", "exact"), [
    # Weisberger 1987, the disk: 5/12 + 2ζ′(−1) + ½ ln π + (1/6) ln 2 = ζ′(0)
    (lambda: ws.Disk(1, "dirichlet"), lambda: -(mpmath.mpf(5) / 12 + 2 * mpmath.zeta(-1, derivative=1)
                                                + mpmath.log(mpmath.pi) / 2 + mpmath.log(2) / 6)),
    # SU(2) = S³ and SO(3) = RP³ of radius 2, whose expansion is measured here
    (lambda: ws.SpecialUnitary(2), lambda: mpmath.zeta(3) / (2 * mpmath.pi**2) + mpmath.log(mpmath.pi)),
])
def test_measured_expansions(make, exact):
    found = spectral_determinant(make())
    assert "measured" in found.source
    assert abs(found.logarithm - float(exact())) <= found.logarithm_error
    assert found.logarithm_error < 1e-6


def test_values_at_zero():
    """ζ(0) = a_{d/2}/(4π)^{d/2} − dim ker: χ/6 − 1 and the like; −1 on closed manifolds of odd dimension."""
    for space, exact in (
        (ws.Sphere(2), -2 / 3), (ws.Sphere(4), 29 / 90 - 1), (ws.Sphere(5), -1.0), (ws.Torus(2), -1.0),
        (ws.FlatOrbifold("p2"), -1 / 2), (ws.Box([1, 2], "dirichlet"), 1 / 4), (ws.SpecialUnitary(2), -1.0),
    ):
        found = spectral_zeta(space, 0)
        assert abs(found.value - exact) <= found.error + 1e-15
        assert found.error < 1e-12


@pytest.mark.slow
@pytest.mark.parametrize(("make", "exact"), [
    (lambda: ws.Disk(1, "dirichlet"), 1 / 6), (lambda: ws.EquilateralTriangle(1, "dirichlet"), 1 / 3),
    (lambda: ws.HeisenbergNilmanifold(1), -1.0),
])
def test_measured_values_at_zero(make, exact):
    found = spectral_zeta(make(), 0)
    assert abs(found.value - exact) <= found.error
    assert found.error < 1e-6


@pytest.mark.parametrize(("make", "s", "residue"), [
    (lambda: ws.Sphere(2), 1, 1), (lambda: ws.Sphere(3), 1.5, 1 / 2), (lambda: ws.Sphere(3), 0.5, 1 / 4),
    (lambda: ws.Torus(2), 1, PI), (lambda: ws.Sphere(3), -0.5, -1 / 16),
    (lambda: ws.Interval(1, "dirichlet"), 0.5, 1 / 2 / PI),
])
def test_poles_are_named_with_their_residues(make, s, residue):
    """vol/((4π)^{d/2} Γ(d/2)) at d/2; on S³, Z = √π/4 Σ t^{k − 3/2}/k!, so c_e/Γ(−e) at s = −e."""
    with pytest.raises(WeylspecError, match=f"residue {residue:.10g}"[:16]):
        spectral_zeta(make(), s)
    # and by the values beside the pole: (ζ(s + ε) − ζ(s − ε)) ε/2 is the residue up to ε²
    step = 1e-4
    beside = [spectral_zeta(make(), s + h).value for h in (step, -step)]
    assert (beside[0] - beside[1]) * step / 2 == pytest.approx(residue, rel=1e-6)


def test_points_that_are_no_poles():
    """At s = 1/2 the expansion of S² has no power; at s = 1 that of S³ none."""
    assert math.isfinite(spectral_zeta(ws.Sphere(2), 0.5).value)
    assert math.isfinite(spectral_zeta(ws.Sphere(3), 1).value)
    assert math.isfinite(spectral_zeta(ws.Torus(2), -0.5).value)


def test_what_is_no_number():
    with pytest.raises(WeylspecError, match="finite number s"):
        spectral_zeta(ws.Sphere(2), math.nan)
    with pytest.raises(WeylspecError, match="space"):
        spectral_zeta(3, 1)


def test_determinants_beyond_floats_keep_their_logarithm():
    """A torus much longer than wide: ln det′ grows like its length over its width."""
    torus = ws.Circle(1) * ws.Circle(1000)
    found = spectral_determinant(torus)
    # τ = 1000i: ln(τ²|η|⁴) = 2 ln 1000 − 1000π/3, and modulo τ ↦ −1/τ the same lattice
    assert found.logarithm == pytest.approx(2 * math.log(1000) - 1000 * PI / 3, rel=1e-9)
    assert found.value == 0.0
    turned = spectral_determinant(ws.Sphere(3) / ws.LensGroup(151, 1))  # mirrors none, cone angles 2π/151
    assert turned.value == math.inf
    assert 700 < turned.logarithm < 1500
    assert turned.logarithm_error < 1e-6


@pytest.mark.parametrize("r", ["1e30", "1e-30"])
def test_sizes_far_from_one(r):
    """Scaling by 10^{±30}: powers of t would leave the range of floats."""
    for space in (ws.Sphere(2), ws.Sphere(3), ws.Interval(1, "dirichlet") * ws.Interval(2, "dirichlet")):
        first, second = spectral_determinant(space), spectral_determinant(space.scaled(r))
        shift = 2 * spectral_zeta(space, 0).value * math.log(float(r))
        assert second.logarithm == pytest.approx(first.logarithm - shift, abs=1e-9)
        assert spectral_zeta(space.scaled(r), 3).value == pytest.approx(
            spectral_zeta(space, 3).value * float(r) ** 6, rel=1e-11)


def test_the_result_shows_itself():
    found = spectral_determinant(ws.Sphere(2))
    assert "logarithm" in found.table()
    assert "det′ Δ" in found._repr_html_()
    assert json.loads(json.dumps(found.as_dict()))["zero_modes"] == 1
    at = spectral_zeta(ws.Sphere(2), 1 + 1j)
    assert at.quantity == "ζ(1+1i)"
    assert len(json.loads(json.dumps(at.as_dict()))["value"]) == 2


@pytest.mark.parametrize("s", [22.5, 40.0, 300.0, 31 + 4j, -50.5, -100.2])
def test_far_to_the_right_and_to_the_left(s):
    """2ζ_R(2s) on the circle; on the left cancellation leaves few digits, which the error has to say."""
    found = spectral_zeta(ws.Sphere(1), s)
    assert abs(found.value - complex(2 * mpmath.zeta(2 * mpmath.mpmathify(s)))) <= found.error


@pytest.mark.parametrize("s", [-200.3, 0.3 + 1000j])
def test_what_no_float_holds_is_refused(s):
    with pytest.raises(WeylspecError, match="beyond the range of floats"):
        spectral_zeta(ws.Sphere(1), s)
    with pytest.raises(WeylspecError, match="scale the space"):
        spectral_zeta(ws.Sphere(2, 1000), 1000)


@pytest.mark.parametrize("s", [None, "x", "2", [1], True])
def test_arguments_that_are_no_numbers(s):
    with pytest.raises(WeylspecError, match="number"):
        spectral_zeta(ws.Sphere(2), s)
