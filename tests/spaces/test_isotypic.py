"""Copies of a representation in eigenspaces: means of the theory, whole tables, chambers, brute force."""

import math
import pickle
from collections import Counter

import numpy as np
import pytest

import weylspec as ws
from weylspec.counting.means import window_mean
from weylspec.errors import GroupActionError, UnknownGeometryError, WeylspecError
from weylspec.expressions import read_space
from weylspec.groups.cosets import character_number

TRIANGLE = ws.Sphere(2) / ws.SymmetricGroup(3)
HEXAGONAL = ws.FlatTorus([[1, 0], [0.5, 3**0.5 / 2]])


def table(space, cutoff):
    listed = space.spectrum(cutoff=cutoff)
    return dict(zip(np.round(listed.eigenvalues, 9).tolist(), map(int, listed.multiplicities), strict=True))


@pytest.mark.parametrize(("character", "mean", "law"), [
    ("trivial", 167163.55, 167163.2), ("det", 166170.43, 166170.1), ([2, 1], 333333.30, 333333.3)])
def test_means_over_windows_are_those_of_the_theory(character, mean, law):
    """Printed to two decimals; the law to one, with its first two terms."""
    space = ws.Isotypic(TRIANGLE, character)
    assert window_mean(space.spectrum(cutoff=1.4e6), 0.6e6, 1.4e6) == pytest.approx(mean, abs=0.005)
    predicted = ws.weyl_law(space)
    two = ws.WeylLaw(tuple(t for t in predicted.terms if t.dim), predicted.space)
    assert sum(two.window_means(0.6e6, 1.4e6)) == pytest.approx(law, abs=0.05)
    assert ws.verify_weyl(space).verdict == "passed"


@pytest.mark.parametrize("quotient", [
    ws.Sphere(2) / ws.PointGroup("Oh"), ws.Sphere(3) / ws.SymmetricGroup(4), ws.Sphere(2) / ws.PointGroup("I"),
    ws.Sphere(3) / ws.DihedralGroup(4), ws.Sphere(3) / ws.BinaryPolyhedral("T"), ws.Torus(3) / ws.Hyperoctahedral(3),
    ws.RealProjectiveSpace(2) / ws.PointGroup("T"), ws.ComplexProjectiveSpace(2) / ws.SymmetricGroup(3).blocks(2),
    ws.QuaternionicProjectiveSpace(1) / ws.CyclicGroup(2).blocks(4), HEXAGONAL / ws.MatrixGroup([[[0, 1], [1, 0]]]),
    ws.Torus(4) / ws.SymmetricGroup(2).blocks(2),
    ws.SpecialOrthogonal(3) / ws.LeftTranslations(ws.PointGroup("T")),
    ws.SpecialUnitary(2) / ws.RightTranslations(ws.BinaryPolyhedral("T")),
    ws.SpecialUnitary(3) / ws.LeftTranslations(ws.CyclicGroup(3).blocks(2)),
], ids=repr)
def test_a_whole_character_table_fills_the_eigenspaces(quotient):
    """Σ_V dim V·N_V = dim E_λ; the first character gives the invariant functions."""
    cutoff = quotient.manifold.spectrum(num=200).complete_below
    total = Counter()
    matrices = getattr(quotient.group, "group", quotient.group)
    for number, degree in enumerate(matrices.character_table.degrees):
        space = ws.Isotypic(quotient, number)
        copies = table(space, cutoff)
        assert space.count(cutoff) == sum(copies.values())
        if number == 0:
            assert copies == table(quotient, cutoff)
            assert space.volume == pytest.approx(quotient.volume, rel=1e-12)
        for lam, m in copies.items():
            total[lam] += degree * m
    assert total == table(quotient.manifold, cutoff)


@pytest.mark.parametrize("name", ["Oh", "Td", "D5", "C6", "S4", "I"])
def test_rotations_have_their_traces_on_harmonics(name):
    """Brute-force averages with sin((2l+1)θ/2)/sin(θ/2) for every element and every irreducible character."""
    group = ws.PointGroup(name)
    elements, characters = group.natural().elements(), group.character_table
    degrees = np.arange(13)
    signs = np.rint(np.linalg.det(elements))
    cosines = np.clip((np.trace(elements, axis1=1, axis2=2) * signs - 1) / 2, -1, 1)
    m = np.arange(-12, 13)
    waves = np.cos(np.arccos(cosines)[:, None] * m)
    traces = np.array([waves[:, np.abs(m) <= k].sum(axis=1) * signs**k for k in degrees])
    for number in range(len(characters.degrees)):
        chi = np.array([character_number(characters.value(number, g)) for g in elements])
        expected = (traces * chi.conj()).mean(axis=1)
        assert np.abs(expected - np.rint(expected.real)).max() < 1e-9
        copies = table(ws.Isotypic(ws.Sphere(2) / group, number), 12 * 13)
        assert {k * (k + 1): round(x.real) for k, x in zip(degrees.tolist(), expected, strict=True)
                if round(x.real)} == copies


@pytest.mark.parametrize(("quotient", "mirrors", "degrees"), [
    (ws.Sphere(2) / ws.PointGroup("Oh"), 9, (2, 4, 6)), (ws.Sphere(2) / ws.PointGroup("Ih"), 15, (2, 6, 10)),
    (ws.Sphere(3) / ws.SymmetricGroup(4), 6, (1, 2, 3, 4)), (ws.Sphere(3) / ws.Hyperoctahedral(4), 16, (2, 4, 6, 8)),
], ids=repr)
def test_the_sign_of_a_reflection_group_is_a_dirichlet_problem_on_its_chamber(quotient, mirrors, degrees):
    """Anti-invariants are invariants times the product of the mirrors' linear forms: t^mirrors(1 − t²)/Π(1 − t^d)."""
    top, n = 60, quotient.dim
    series = np.zeros(top + 1, dtype=np.int64)
    series[mirrors] = 1
    for d in degrees:
        for k in range(d, top + 1):
            series[k] += series[k - d]
    series[2:] -= series[:-2].copy()
    space = ws.Isotypic(quotient, "det")
    assert table(space, top * (top + n - 1)) == {k * (k + n - 1): int(m) for k, m in enumerate(series) if m}
    assert space.boundary_volume == pytest.approx(quotient.boundary_volume, rel=1e-12)
    assert {wall.weight for wall in space.walls} == {-0.25}


@pytest.mark.parametrize(("space", "domain"), [
    (ws.Isotypic(ws.FlatTorus([[2, 0], [0, 2]]) / ws.WallpaperGroup("p4m"), "det"),
     ws.RightIsoscelesTriangle(1, bc="dirichlet")),
    (ws.Isotypic(ws.FlatTorus([[2, 0], [0, 4]]) / ws.SignFlips(2), [[[-1]], [[-1]]]), ws.Box([1, 2], bc="dirichlet")),
    (ws.Isotypic(ws.FlatTorus([[2, 0], [0, 4]]) / ws.SignFlips(2), [[[1]], [[-1]]]),
     ws.Interval(1) * ws.Interval(2, bc="dirichlet")),
    (ws.Isotypic(ws.FlatOrbifold("p6m", sides=[3**0.5]), "det"), ws.HemiEquilateralTriangle(1, bc="dirichlet")),
    (ws.Isotypic(ws.FlatOrbifold("p3m1", sides=[3]), "det"), ws.EquilateralTriangle(3**0.5, bc="dirichlet")),
], ids=lambda x: repr(x)[:40])
def test_characters_of_mirrors_are_boundary_conditions(space, domain):
    assert space.volume == pytest.approx(domain.volume, rel=1e-12)
    cutoff = domain.spectrum(num=60).complete_below
    mine, theirs = space.spectrum(cutoff=cutoff * (1 + 1e-9)), domain.spectrum(cutoff=cutoff * (1 + 1e-9))
    np.testing.assert_allclose(mine.eigenvalues, theirs.eigenvalues, rtol=1e-12)
    assert mine.multiplicities.tolist() == theirs.multiplicities.tolist()
    assert math.fsum(w.weight * w.volume for w in space.walls) == pytest.approx(
        math.fsum(w.weight * w.volume for w in domain.walls), rel=1e-9, abs=1e-12)


def test_invariants_of_a_subgroup_are_the_copies_in_an_induced_representation():
    """S_3 in S_4: its trivial representation induces [4] + [3, 1]; the trivial group induces the regular one."""
    every = ws.Sphere(3) / ws.SymmetricGroup(4)
    subgroup = table(ws.Sphere(3) / ws.SymmetricGroup(3), 440)
    found = Counter(table(ws.Isotypic(every, [4]), 440))
    found.update(table(ws.Isotypic(every, [3, 1]), 440))
    assert found == subgroup


def test_counts_far_beyond_any_list():
    """The copies of all representations of S_3, with their dimensions, are all of S²: (k + 1)² at degree k."""
    k = 10**15 + 7
    lam = k * (k + 1)
    counts = [ws.Isotypic(TRIANGLE, character).count(lam) for character in ([3], [1, 1, 1], [2, 1])]
    assert counts[0] + counts[1] + 2 * counts[2] == (k + 1) ** 2
    flips = ws.Torus(2) / ws.SignFlips(2)
    total = sum(ws.Isotypic(flips, i).count(10**6) for i in range(4))
    assert total == ws.Torus(2).count(10**6)


@pytest.mark.parametrize("number", range(5))
def test_laws_hold_for_every_representation_of_the_square(number):
    quotient = ws.Torus(2) / ws.MatrixGroup([[[0, -1], [1, 0]], [[1, 0], [0, -1]]])
    space = ws.Isotypic(quotient, number)
    assert ws.verify_weyl(space).verdict == "passed"
    lam = 4e4
    mean = window_mean(space.spectrum(cutoff=1.2 * lam), 0.8 * lam, 1.2 * lam)
    # 0.01 in units of c_1·√λ, as for invariant functions
    assert mean == pytest.approx(sum(ws.weyl_law(space).window_means(0.8 * lam, 1.2 * lam)),
                                 abs=0.02 * math.sqrt(lam) / math.pi)


def test_signs_of_large_reflection_groups_begin_at_the_product_of_their_mirrors():
    """120 mirrors of E8, 60 of H4: their degrees."""
    for quotient, mirrors in ((ws.Sphere(7) / ws.CoxeterGroup("E8"), 120), (ws.Sphere(3) / ws.CoxeterGroup("H4"), 60)):
        space, n = ws.Isotypic(quotient, "det"), quotient.dim
        assert [space.count(k * (k + n - 1)) for k in (mirrors - 1, mirrors)] == [0, 1]


def test_equivariant_regression_counts_copies():
    """The gain of equivariance is the order of the group: dim V·N parameters against N_V."""
    space = ws.Isotypic(TRIANGLE, [2, 1])
    eta = 1e-9
    full, equivariant = ws.effective_dimension(ws.Sphere(2), 2, eta), ws.effective_dimension(space, 2, eta)
    assert space.rank * full.value / equivariant.value == pytest.approx(6, rel=1e-2)


def test_typed_pickled_scaled():
    space = read_space("Isotypic(Sphere(2) / SymmetricGroup(3), [2, 1])")
    assert repr(space) == "Isotypic(Sphere(2) / SymmetricGroup(3), [2, 1])"
    assert repr(read_space("Isotypic(Torus(2) / WallpaperGroup('p4m'), 'det')")) == (
        "Isotypic(Torus(2) / WallpaperGroup('p4m'), 'det')")
    again = pickle.loads(pickle.dumps(ws.Isotypic(ws.Sphere(2) / ws.PointGroup("O"), 3)))
    assert (again.rank, again.indicator, again.effective_order, again.dim) == (3, 1, 24, 2)
    assert space.scaled(2).spectrum(cutoff=3).eigenvalues.tolist() == [0.5, 1.5, 3.0]
    product = space * ws.Torus(1)
    assert product.dim == 3


@pytest.mark.parametrize(("build", "error", "message"), [
    (lambda: ws.Isotypic(ws.Sphere(2), "det"), WeylspecError, "takes a quotient"),
    (lambda: ws.Isotypic(TRIANGLE, "natural"), WeylspecError, "∫\\|χ\\|² = 2"),
    (lambda: ws.Isotypic(ws.RealProjectiveSpace(2) / ws.SignFlips(1).copies(3), "natural"), GroupActionError,
     "act trivially"),
    (lambda: ws.Isotypic(ws.Torus(1) / ws.Translations(steps=[["1/3"]]), "trivial"), GroupActionError, "translations"),
    (lambda: ws.Isotypic(ws.Grassmannian(2, 4) / ws.SymmetricGroup(4), "det"), UnknownGeometryError, "spheres, flat"),
    (lambda: ws.Isotypic(TRIANGLE, "det").sample(1, np.random.default_rng(1)), UnknownGeometryError, "values in a"),
    (lambda: ws.Isotypic(TRIANGLE, "det").check_points([[1, 0, 0]]), UnknownGeometryError, "values in a"),
    (lambda: ws.Isotypic(ws.Sphere(2) / ws.O(2), "det").volume, UnknownGeometryError, "not connected"),
])
def test_refusals(build, error, message):
    with pytest.raises(error, match=message):
        build()


@pytest.mark.parametrize(("quotient", "weights", "top"), [
    (ws.Sphere(4) / ws.SO(3), [[k] for k in range(6)], 5),
    (ws.Sphere(3) / ws.SO(2), [[k] for k in range(-5, 6)], 5),
    (ws.Sphere(3) / (ws.SO(2) + ws.SO(2)), [[a, b] for a in range(-4, 5) for b in range(-4, 5)], 4),
    (ws.Sphere(5) / (ws.SO(3) + ws.SO(3)), [[a, b] for a in range(5) for b in range(5)], 4),
    (ws.Sphere(5) / ws.SO(3).copies(2), [[k] for k in range(5)], 4),
    (ws.Sphere(5) / ws.U(3), [[a, b, -c] for a in range(4) for c in range(4) for b in range(-c, a + 1)], 3),
    (ws.Sphere(5) / ws.SU(3), [[p + q, q] for p in range(5) for q in range(5)], 4),
    (ws.Sphere(4) / ws.SO(5), [[a, b] for a in range(5) for b in range(a + 1)], 4),
    (ws.ComplexProjectiveSpace(2) / ws.SO(3).blocks(2), [[k] for k in range(7)], 3),
    (ws.ComplexProjectiveSpace(1) / ws.SU(2), [[k] for k in range(9)], 4),
], ids=lambda x: repr(x)[:40])
def test_highest_weights_fill_the_eigenspaces(quotient, weights, top):
    """Σ_V dim V·N_V = dim E_λ, over V and its dual where they differ."""
    listed = quotient.manifold.spectrum(num=1)
    while len(listed) <= top:
        listed = quotient.manifold.spectrum(num=listed.total + 1)
    cutoff, total = float(listed.eigenvalues[top]), Counter()
    for weight in weights:
        space = ws.Isotypic(quotient, weight)
        for lam, m in table(space, cutoff).items():
            total[lam] += space.rank * m
    assert total == table(quotient.manifold, cutoff)


@pytest.mark.parametrize("number", range(4))
def test_translations_of_su2_are_rotations_of_s3(number):
    """Left translations by 2T of the group are its action on S³, and Weyl's law holds for each representation."""
    group = ws.BinaryPolyhedral("T")
    mine = ws.Isotypic(ws.SpecialUnitary(2) / ws.LeftTranslations(group), number)
    theirs = ws.Isotypic(ws.Sphere(3) / group, number)
    assert table(mine, 99) == table(theirs, 99)
    assert mine.volume == pytest.approx(theirs.volume, rel=1e-12)
    assert ws.verify_weyl(mine).verdict == "passed"


def test_each_harmonic_of_a_transitive_group_is_one_representation():
    assert table(ws.Isotypic(ws.Sphere(5) / ws.SU(3), [2, 1]), 60) == {12: 1}
    assert table(ws.Isotypic(ws.Sphere(3) / ws.SU(2), [2]), 60) == {8: 3}
    assert table(ws.Isotypic(ws.Sphere(6) / ws.SO(7), [3, 0, 0]), 60) == {24: 1}
    assert ws.Isotypic(ws.Sphere(6) / ws.SO(7), [1, 1, 0]).count(1000) == 0


@pytest.mark.parametrize("k", [0, 1, 2, 5])
def test_monopole_harmonics(k):
    """Weight k under Hopf's circle: l + 1 functions of degree l ≥ k, l ≡ k mod 2 (Wu and Yang 1976)."""
    space = ws.Isotypic(ws.Sphere(3) / ws.SO(2).copies(2), [k])
    top = 40
    assert table(space, top * (top + 2)) == {j * (j + 2): j + 1 for j in range(k, top + 1, 2)}
    assert space.volume == pytest.approx(math.pi, rel=1e-12)
    assert ws.verify_weyl(space).verdict == "passed"
    assert space.count(10**16) == sum(j + 1 for j in range(k % 2, k, 2)) * -1 + (
        (10**8 - 1 - (10**8 - 1 - k) % 2) // 2 + 1) * ((10**8 - 1 - (10**8 - 1 - k) % 2 + k % 2) // 2 + 1)


@pytest.mark.parametrize(("quotient", "weight", "copies"), [
    (ws.Sphere(8) / ws.SO(3).copies(3), [2], 5), (ws.Sphere(7) / ws.SU(2).copies(2), [1], 2),
    (ws.Sphere(5) / ws.SO(3).copies(2), [1], 3), (ws.Sphere(3) / (ws.SO(2) + ws.SO(2)), [1, 2], 1)], ids=repr)
def test_leading_terms_of_continuous_groups(quotient, weight, copies):
    """Where generic orbits are free V occurs dim V times as often as invariants, up to O(λ^{−1/2})."""
    space = ws.Isotypic(quotient, weight)
    assert space.volume == pytest.approx(copies * quotient.volume, rel=1e-12)
    ratio = [space.count(lam) / (copies * quotient.count(lam)) for lam in (10**4, 10**6, 10**8)]
    assert abs(ratio[2] - 1) < 1e-3
    assert abs(ratio[2] - 1) < abs(ratio[1] - 1) / 5 < abs(ratio[0] - 1) / 25


def test_circles_with_fixed_points_have_a_leading_term_only():
    """One harmonic of order k for each degree l ≥ k: √λ + ½ − k, against c_1·π·√λ."""
    space = ws.Isotypic(ws.Sphere(2) / ws.SO(2), [3])
    assert space.volume == pytest.approx(math.pi, rel=1e-12)
    assert table(space, 42) == {12: 1, 20: 1, 30: 1, 42: 1}
    with pytest.raises(UnknownGeometryError, match="orbits of a continuous group collapse"):
        ws.weyl_law(space)
    assert ws.Isotypic(ws.Sphere(4) / (ws.SO(2) + ws.SO(2)), [1, 1]).walls == ()
