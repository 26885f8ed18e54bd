"""Fixed vectors of subgroups: symmetric pairs, null spaces of explicit functions, sums over elements."""

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest

from weylspec.errors import CostError
from weylspec.groups.binary import BinaryPolyhedral
from weylspec.groups.matrix import MatrixGroup
from weylspec.groups.orthogonal import SO, O
from weylspec.groups.point import PointGroup
from weylspec.groups.two_sided import Conjugation, LeftTranslations, RightTranslations, TwoSided
from weylspec.groups.unitary import SU, Sp, U
from weylspec.spaces.lie_group import CompactSymplectic, SpecialOrthogonal, SpecialUnitary, Unitary
from weylspec.spaces.projective import ComplexProjectiveSpace
from weylspec.spaces.sphere import Sphere
from weylspec.spaces.stiefel import Stiefel

LEFT_Q8 = MatrixGroup([[[0, -1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, -1, 0]],
                       [[0, 0, -1, 0], [0, 0, 0, -1], [1, 0, 0, 0], [0, 1, 0, 0]]])
RIGHT_Q8 = MatrixGroup([[[0, -1, 0, 0], [1, 0, 0, 0], [0, 0, 0, -1], [0, 0, 1, 0]],
                        [[0, 0, -1, 0], [0, 0, 0, 1], [1, 0, 0, 0], [0, -1, 0, 0]]])
QUARTER_TURN = MatrixGroup([[[0, -1], [1, 0]]])
DIM_Q8 = {0: 1, 4: 2, 6: 1, 8: 3, 10: 2, 12: 4, 14: 3, 16: 5}  # (1 + t⁶)/(1 − t⁴)² [2.6]


def levels(space, cutoff):
    listed = space.spectrum(cutoff=cutoff)
    return dict(zip(listed.eigenvalues.tolist(), listed.multiplicities.tolist(), strict=True))


@pytest.mark.parametrize(("n", "group", "expected", "volume"), [
    # Oriented Grassmannians [2.4]: twice the volume of the real ones.
    (4, SO(2) + SO(2), {0: 1, 4: 6, 8: 9, 12: 10, 16: 30}, 4 * math.pi**2),
    (5, SO(2) + SO(3), {0: 1, 6: 10, 10: 14, 16: 35, 20: 81, 28: 55, 30: 84}, 2 * 41.341702),
    (6, SO(2) + SO(4), {0: 1, 8: 15, 12: 20, 20: 84, 24: 175, 32: 105}, None),
    (6, SO(3) + SO(3), {0: 1, 9: 20, 12: 20, 20: 84, 24: 70, 25: 252}, 2 * 102.00656),
])
def test_oriented_grassmannians(n, group, expected, volume):
    quotient = SpecialOrthogonal(n) / LeftTranslations(group)
    assert levels(quotient, max(expected)) == expected
    if volume:
        assert quotient.volume == pytest.approx(volume, rel=5e-8)
    assert quotient.dim == quotient.manifold.dim - group.dim


def test_real_forms_of_unitary_groups():
    """Helgason: SO(n) fixes a vector of V_Λ, and one only, when all differences of Λ are even."""
    cutoff = 80
    listed = levels(SpecialUnitary(3) / LeftTranslations(SO(3).blocks(2)), cutoff)
    datum, expected = SpecialUnitary(3).datum, {}
    for p, q in itertools.product(range(0, 12, 2), repeat=2):
        if datum.casimir((p, q)) <= cutoff:
            lam = float(datum.casimir((p, q)))
            expected[lam] = expected.get(lam, 0) + datum.dimension((p, q))
    assert listed == pytest.approx(expected)
    datum, expected = Unitary(2).datum, {}
    for a, b in itertools.product(range(-8, 9, 2), repeat=2):
        if a >= b and datum.casimir(datum.labels((a, b))) <= 30:
            lam = float(datum.casimir(datum.labels((a, b))))
            expected[lam] = expected.get(lam, 0) + a - b + 1
    assert levels(Unitary(2) / RightTranslations(O(2).blocks(2)), 30) == expected


@pytest.mark.parametrize(("space", "group", "known", "volume"), [
    (SpecialOrthogonal(4), U(2), Sphere(2).scaled(math.sqrt(0.5)), 2 * math.pi),
    (SpecialOrthogonal(6), U(3), ComplexProjectiveSpace(3).scaled(math.sqrt(2)), 8 * math.pi**3 / 6),
    (SpecialUnitary(4), Sp(2), Sphere(5).scaled(math.sqrt(0.5)), math.pi**3 / 2**2.5),
    (SpecialOrthogonal(4), SU(2), SpecialOrthogonal(3).scaled(math.sqrt(0.5)), 8 * math.pi**2 / 2**1.5),
    (SpecialOrthogonal(7), SO(6), Sphere(6), 16 * math.pi**3 / 15),
], ids=str)
@pytest.mark.parametrize("side", [LeftTranslations, RightTranslations])
def test_symmetric_spaces_that_are_known(space, group, known, volume, side):
    """SO(2n)/U(n) is a sphere and CP³ for n = 2, 3; SU(4)/Sp(2) = S⁵; SO(4)/SU(2) = SO(3)."""
    quotient, cutoff = space / side(group), known.spectrum(num=100).complete_below
    a, b = quotient.spectrum(cutoff=cutoff), known.spectrum(cutoff=cutoff)
    np.testing.assert_allclose(a.eigenvalues, b.eigenvalues, rtol=1e-14, atol=0)
    assert a.multiplicities.tolist() == b.multiplicities.tolist()
    assert quotient.volume == pytest.approx(volume, rel=1e-12)
    assert known.volume == pytest.approx(volume, rel=1e-12)


@pytest.mark.parametrize(("space", "group", "volume"), [
    (SpecialUnitary(3), SU(2), math.pi**3 * math.sqrt(3) / 2),
    (Unitary(3), U(2), 4 * math.pi**3), (CompactSymplectic(2), Sp(1), 4 * math.pi**4 / 3)], ids=str)
def test_squashed_spheres(space, group, volume):
    """S⁵ and S⁷: 4 directions longer by √2 for U(3) and Sp(2); for SU(3) only the fibre, by √3/2."""
    assert (space / LeftTranslations(group)).volume == pytest.approx(volume, rel=1e-12)


def test_quaternions_on_both_halves_of_so4():
    """SO(4) = (SU(2) × SU(2))/±1: V_a ⊗ V_b with a ≡ b mod 2, λ = (a(a+2) + b(b+2))/2; left and right Q₈."""
    space, cutoff = SpecialOrthogonal(4), 40
    cases = {
        LeftTranslations(LEFT_Q8): lambda a, b: DIM_Q8.get(a, 0) * (b + 1) * (a + 1) * (b + 1),
        LeftTranslations(RIGHT_Q8): lambda a, b: (a + 1) * DIM_Q8.get(b, 0) * (a + 1) * (b + 1),
        TwoSided(LEFT_Q8, LEFT_Q8): lambda a, b: DIM_Q8.get(a, 0) ** 2 * (b + 1) ** 2,
        TwoSided(LEFT_Q8, RIGHT_Q8): lambda a, b: DIM_Q8.get(a, 0) * (b + 1) * (a + 1) * DIM_Q8.get(b, 0),
    }
    for group, multiplicity in cases.items():
        expected = {}
        for a, b in itertools.product(range(9), repeat=2):
            lam = (a * (a + 2) + b * (b + 2)) / 2
            if (a - b) % 2 == 0 and lam <= cutoff and multiplicity(a, b):
                expected[lam] = expected.get(lam, 0) + multiplicity(a, b)
        assert levels(space / group, cutoff) == expected, group


@pytest.mark.parametrize(("space", "group"), [
    (SpecialUnitary(2), LEFT_Q8), (SpecialOrthogonal(3), PointGroup("T")), (SpecialOrthogonal(3), PointGroup("D3")),
    (SpecialOrthogonal(3), PointGroup("I")), (CompactSymplectic(1), LEFT_Q8)], ids=str)
@pytest.mark.parametrize("side", ["left", "right"])
def test_multiplicities_are_null_spaces_of_generators(space, group, side, rng):
    """f(g⁻¹x) = f on the explicit functions of each level: the matrices of generators by least squares."""
    cutoff = 48
    quotient = space / (LeftTranslations if side == "left" else RightTranslations)(group)
    model = space.model
    x = space.sample(200, rng)
    functions = space.eigenfunctions(x, cutoff)
    moves = [model.complex_matrices(g) for g in group.natural().generators]
    own = model.matrices(x)
    moved = [space.eigenfunctions(model.rows(g @ own if side == "left" else own @ g), cutoff) for g in moves]
    found, start = {}, 0
    listed = space.spectrum(cutoff=cutoff)
    for lam, m in zip(listed.eigenvalues.tolist(), listed.multiplicities.tolist(), strict=True):
        part = slice(start, start + m)
        start += m
        gaps = [np.linalg.lstsq(functions[:, part], other[:, part], rcond=None)[0] - np.eye(m) for other in moved]
        values = np.linalg.svd(np.concatenate(gaps), compute_uv=False)
        # A generator of order at most 6 moves what it does not fix by at least 2·sin(π/6).
        null = int((values < 1e-6).sum())
        assert not ((values > 1e-6) & (values < 0.1)).any()
        if null:
            found[lam] = null
    assert levels(quotient, cutoff) == found


@pytest.mark.parametrize(("space", "group", "cutoff"), [
    (SpecialOrthogonal(4), PointGroup("T"), 20), (SpecialOrthogonal(5), PointGroup("D2") + QUARTER_TURN, 16),
    (SpecialUnitary(3), PointGroup("T").blocks(2), 25), (CompactSymplectic(2), QUARTER_TURN.blocks(4), 16),
    (SpecialOrthogonal(6), PointGroup("T") + PointGroup("D3"), 16)], ids=str)
def test_multiplicities_are_means_of_kernels_over_all_elements(space, group, cutoff):
    """The trace of the mean of translations is the mean of K(1, h), in floats, from eigenvalues of each element."""
    listed = space.spectrum(cutoff=cutoff)
    model = space.model
    one = model.rows(model.complex_matrices(np.eye(model.real_size)[None]))
    elements = group.linear(model.real_size).elements()
    rows = model.rows(model.complex_matrices(elements))
    means = space.eigenspace_kernel(one, rows, cutoff)[:, 0].mean(axis=1)
    expected = {lam: round(m) for lam, m in zip(listed.eigenvalues.tolist(), means.tolist(), strict=True) if round(m)}
    np.testing.assert_allclose(means, np.round(means), rtol=0, atol=1e-8)
    assert levels(space / LeftTranslations(group), cutoff) == expected


def test_translations_of_su2_by_finite_groups_are_those_of_the_sphere():
    """The right translations of S³ are a group of matrices on R⁴: Molien's series against characters."""
    for group, translations in ((LEFT_Q8, LeftTranslations), (LEFT_Q8, RightTranslations)):
        a = (SpecialUnitary(2) / translations(group)).spectrum(cutoff=1000)
        b = (Sphere(3) / group).spectrum(cutoff=1000)
        assert a.eigenvalues.tolist() == b.eigenvalues.tolist()
        assert a.multiplicities.tolist() == b.multiplicities.tolist()


@pytest.mark.parametrize("name", ["T", "O", "I"])
@pytest.mark.parametrize("side", [LeftTranslations, RightTranslations])
def test_space_forms_of_binary_polyhedral_groups(name, side):
    a = (SpecialUnitary(2) / side(BinaryPolyhedral(name))).spectrum(cutoff=1680)
    b = (Sphere(3) / BinaryPolyhedral(name)).spectrum(cutoff=1680)
    assert a.eigenvalues.tolist() == b.eigenvalues.tolist()
    assert a.multiplicities.tolist() == b.multiplicities.tolist()


@pytest.mark.parametrize(("k", "n"), [(2, 4), (2, 5), (3, 5), (2, 6)])
def test_stiefel_manifolds_by_branching_and_by_averages(k, n):
    quotient, cutoff = SpecialOrthogonal(n) / RightTranslations(SO(n - k)), 24
    assert levels(quotient, cutoff) == levels(Stiefel(k, n), cutoff)
    assert quotient.volume == pytest.approx(Stiefel(k, n).volume, rel=1e-12)


def test_both_sides_by_rotation_groups():
    """SO(4)/(SO(3) × SO(3)): one zonal function for each k, though its geometry is not offered."""
    quotient = SpecialOrthogonal(4) / TwoSided(SO(3), SO(3))
    assert levels(quotient, 35) == {k * (k + 2): 1 for k in range(6)}


def test_reduced_fractions_of_the_cutoff_and_empty_lists():
    quotient = SpecialOrthogonal(3) / LeftTranslations(PointGroup("I"))
    assert quotient.count(Fraction(83, 2)) == 1
    assert quotient.count(42) == 14
    assert levels(quotient, 0) == {0: 1}


def test_grids_that_would_not_end_are_refused():
    with pytest.raises(CostError, match=r"averaging \d+ characters over"):
        (SpecialOrthogonal(9) / LeftTranslations(SO(4) + SO(5))).spectrum(cutoff=400)


def test_below_zero_there_is_nothing_and_averages_have_a_cost():
    translated = SpecialOrthogonal(4) / LeftTranslations(SO(3))
    classes = SpecialUnitary(3) / Conjugation()
    assert [len(space.levels(-1)) for space in (translated, classes, SpecialUnitary(3))] == [0, 0, 0]
    with pytest.raises(CostError, match="operations by list of levels"):
        translated.count(10**7)


@pytest.mark.parametrize(("group", "other"), [
    (SpecialOrthogonal(4) / TwoSided(SO(3), SO(3)), Sphere(3) / SO(3)),
    (SpecialOrthogonal(5) / TwoSided(SO(4), SO(4)), Sphere(4) / SO(4)),
    (SpecialOrthogonal(3) / TwoSided(PointGroup("T"), SO(2)), Sphere(2) / PointGroup("T")),
    (SpecialOrthogonal(3) / TwoSided(SO(2), PointGroup("T")), Sphere(2) / PointGroup("T")),
    (SpecialOrthogonal(5) / LeftTranslations(SO(2) + SO(2)) / RightTranslations(SO(4)),
     Sphere(4) / (SO(2) + SO(2))),
], ids=repr)
def test_rotations_from_both_sides_are_groups_on_spheres(group, other):
    """H\\SO(n)/SO(n − 1) = H\\S^{n−1}: (dim V^K)² for H = K, and the geometry of the sphere's orbits."""
    mine, theirs = group.spectrum(cutoff=40), other.spectrum(cutoff=40)
    assert mine.eigenvalues.tolist() == theirs.eigenvalues.tolist()
    assert mine.multiplicities.tolist() == theirs.multiplicities.tolist()
    assert (group.dim, group.is_free) == (other.dim, other.is_free)
    assert group.volume == pytest.approx(other.volume, rel=1e-12)
    assert [(t.dim, t.coefficient) for t in group.terms] == [(t.dim, t.coefficient) for t in other.terms]
