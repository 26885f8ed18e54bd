"""The seed examples [9], each number as the theory prints it, with half a unit in its last digit as tolerance."""

import math

import pytest

import weylspec as ws


def printed(text):
    """A number and half a unit of its last digit."""
    digits = len(text.partition(".")[2])
    return pytest.approx(float(text), abs=0.5 * 10.0**-digits * (1 + 1e-9))


def two_terms(space, lam):
    """The leading term and the walls."""
    law = ws.weyl_law(space)
    return law.leading(lam) + sum(
        ws.WeylLaw((term,), "").count(lam) for term in law.terms if term.dim == law.dim - 1)


def rotation(n):
    c, s = math.cos(2 * math.pi / n), math.sin(2 * math.pi / n)
    return ws.MatrixGroup([[[c, -s], [s, c]]])


DRUM = ws.Disk(1, "dirichlet")
THOUSANDS = (100, 1000, 10000)


# -- 1. the mirror image, 2. ten identical parts, 5. the drum head, 6. the guitar string ----------------------


@pytest.mark.parametrize(("space", "counts"), [
    (DRUM, (21, 232, 2456)), (DRUM / ws.SignFlips(1), (12, 121, 1244)), (DRUM / rotation(10), (3, 24, 248)),
], ids=["drum", "mirror", "ten parts"])
def test_modes_of_a_drum(space, counts):
    assert tuple(space.count(lam) for lam in THOUSANDS) == counts


def test_the_law_of_a_drum():
    """λ/4 − √λ/2 + 1/3 is printed; the constant is 1/6, ∫κ/12π over the rim, as the heat trace confirms."""
    for lam, expected in zip(THOUSANDS, ("20.3", "234.5", "2450.3"), strict=True):
        assert ws.weyl_law(DRUM).count(lam) + 1 / 6 == printed(expected)
    t = 0.002  # the next term is √(πt)/64·… < 10⁻²·√t
    trace = DRUM.spectrum(cutoff=40 / t).heat_trace(t)
    assert trace - 1 / (4 * t) + math.sqrt(math.pi / t) / 4 == pytest.approx(1 / 6, abs=0.04 * math.sqrt(t))


def test_the_law_of_a_drums_mirror_image():
    """The theory leaves the constant out."""
    for lam, expected in zip(THOUSANDS, ("11.6", "122.1", "1240.9"), strict=True):
        assert two_terms(DRUM / ws.SignFlips(1), lam) == printed(expected)


@pytest.mark.parametrize("lam", [10, 10**3, 10**5, 10**9, 10**15])
def test_a_mirror_on_the_torus(lam):
    """N = ½(N_{T²} + N_Fix), the fixed characters being those of a circle."""
    half = ws.Torus(2) / ws.SignFlips(1)
    assert 2 * half.count(lam) == ws.Torus(2).count(lam) + ws.Torus(1).count(lam)


def test_symmetry_of_ten_parts_is_worth_ten_times_the_data():
    for lam, tenth in zip(THOUSANDS, ("2.1", "23.2", "245.6"), strict=True):
        assert DRUM.count(lam) / 10 == printed(tenth)
    spaces = (ws.Torus(2) / ws.Translations(steps=[["1/10", 0]]), ws.Torus(1) / ws.Translations(steps=[["1/10"]]))
    for space in spaces:
        assert space.is_free
        assert ws.gain(space, s=2, target_risk=1e-3, noise=0.1).limit == pytest.approx(10)


@pytest.mark.parametrize("lam", [0, 9, 10, 98.69, 98.7, 10**4, 10**8])
def test_a_guitar_string(lam):
    """λ = (πk/L)²: ⌊L√λ/π⌋ modes; those that the string's mirror leaves alone have odd k."""
    string = ws.Interval(1, "dirichlet")
    k = math.floor(math.sqrt(lam) / math.pi)
    assert string.count(lam) == k
    assert (string / ws.SignFlips(1)).count(lam) == (k + 1) // 2


# -- 3. seven blocks in any order -----------------------------------------------------------------------------


@pytest.mark.parametrize(("lam", "ratio", "law"), [
    (10, 145, 927), (100, 1256, 1960), (1000, 3096, 3337), (4000, 3925, 4012)])
def test_seven_blocks_in_any_order(lam, ratio, law):
    whole, blocks = ws.Torus(7), ws.Torus(7) / ws.SymmetricGroup(7)
    n = whole.count(lam)
    assert n / blocks.count(lam) == printed(str(ratio))
    assert n / two_terms(blocks, lam) == printed(str(law))


@pytest.mark.parametrize(("eta", "ratio"), [(1e-4, 39), (1e-8, 271), (1e-12, 932), (1e-16, 1972)])
def test_effective_dimensions_of_seven_blocks(eta, ratio):
    whole, blocks = (ws.effective_dimension(space, s=7, eta=eta).value
                     for space in (ws.Torus(7), ws.Torus(7) / ws.SymmetricGroup(7)))
    assert whole / blocks == printed(str(ratio))


# -- 4. the digit under translations and rotations ------------------------------------------------------------


def cloud(m):
    return ws.Torus(2) ** m


QUARTER = ws.MatrixGroup([[[0, -1], [1, 0]]])
SHIFTS = ws.Translations([[1, 0], [0, 1]])


@pytest.mark.parametrize(("m", "lam", "counts", "law"), [
    (2, (5, 25, 100), (9, 37, 161), ("7.9", "39", "157")),
    (3, (5, 25, 60), (49, 985, 6013), ("41", "1028", "5922")),
])
def test_clouds_of_strokes_modulo_translations(m, lam, counts, law):
    space = cloud(m) / SHIFTS.copies(m)
    assert space.dim == 2 * m - 2
    assert space.volume == pytest.approx((2 * math.pi) ** (2 * m - 2) / m)
    assert tuple(space.count(x) for x in lam) == counts
    for x, expected in zip(lam, law, strict=True):
        assert ws.weyl_law(space).leading(x) == printed(expected)


@pytest.mark.parametrize("m", [2, 3, 4])
def test_strokes_of_unit_size_modulo_rotations_are_a_projective_space(m):
    """S^{2m−1}/SO(2) = CP^{m−1}, of volume π^{m−1}/(m−1)!."""
    space = ws.Sphere(2 * m - 1) / ws.SO(2).copies(m)
    assert space.dim == 2 * m - 2
    assert space.volume == pytest.approx(math.pi ** (m - 1) / math.factorial(m - 1))
    projective = ws.ComplexProjectiveSpace(m - 1)
    ratio = projective.spectrum(num=2).eigenvalues[1] / space.spectrum(num=2).eigenvalues[1]
    for degree in range(6):
        lam = 2 * degree * (2 * degree + 2 * m - 2)
        assert space.count(lam) == projective.count(lam * ratio)


# -- 7. black body: `tests/counting/test_radiation.py` and `tests/spaces/test_cavity.py` ----------------------


def test_radiation_of_a_cube_at_three_temperatures():
    """U(T) = Vπ²T⁴/15 − π(a+b+c)T²/12 + T/2 − E; E = 0.0916/a, printed with four digits cut off, for a = 2."""
    for temperature in (1, 2, 4):
        light = ws.black_body(ws.Cavity([2, 2, 2]), temperature)
        expected = 8 * math.pi**2 * temperature**4 / 15 - math.pi * 6 * temperature**2 / 12 + temperature / 2
        assert light.predicted == pytest.approx(expected, rel=1e-12)
        assert -2 * light.difference == pytest.approx(0.0916, abs=1e-4)
