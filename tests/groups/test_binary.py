"""Binary polyhedral groups and their extensions by scalars: classes, characters, presentations, Klein's invariants."""

from __future__ import annotations

import itertools
import math
import pickle
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from power_series import Series
from routes import class_of, conjugacy, dimensions, null_spaces, spanned

from weylspec.errors import CostError, WeylspecError
from weylspec.groups.binary import BinaryPolyhedral, SpaceFormGroup
from weylspec.groups.lens import LensGroup
from weylspec.groups.point import PointGroup
from weylspec.groups.unitary import SU, Sp, U
from weylspec.spaces.projective import ComplexProjectiveSpace
from weylspec.spaces.sphere import Sphere

J = np.kron(np.eye(2), [[0.0, -1.0], [1.0, 0.0]])
PHI = (1 + math.sqrt(5)) / 2
# name: order, number of classes, (h; a, b) of (1 + t^h)/((1 − t^a)(1 − t^b)) [2.6], order of the abelianisation
TABLE = {
    "D2": (8, 5, (6, 4, 4), 4), "D3": (12, 6, (8, 4, 6), 4), "D4": (16, 7, (10, 4, 8), 4),
    "D5": (20, 8, (12, 4, 10), 4), "D9": (36, 12, (20, 4, 18), 4),
    "T": (24, 7, (12, 6, 8), 3), "O": (48, 8, (18, 8, 12), 2), "I": (120, 9, (30, 12, 20), 1),
}
# name, m: order, order of the abelianisation (Milnor 1957; Orlik 1972)
FORMS = {
    ("D2", 3): (24, 12), ("D3", 5): (60, 20), ("D'24", 1): (24, 8), ("D'24", 5): (120, 40), ("D'40", 1): (40, 8),
    ("D'48", 1): (48, 16), ("D'72", 1): (72, 8), ("T", 5): (120, 15), ("T'72", 1): (72, 9), ("T'72", 5): (360, 45),
    ("T'216", 1): (216, 27), ("O", 5): (240, 10), ("I", 7): (840, 7),
}
TOP = 60
binary = pytest.mark.parametrize("name", TABLE)
forms = pytest.mark.parametrize("key", FORMS, ids=str)


def group_of(key):
    return SpaceFormGroup(*key)


# -- by quaternions, from scratch ------------------------------------------------------------------


def times(p, q):
    a, b, c, d = p
    w, x, y, z = q
    return (a * w - b * x - c * y - d * z, a * x + b * w + c * z - d * y,
            a * y - b * z + c * w + d * x, a * z + b * y - c * x + d * w)


def quaternions(name):
    """All products of the generators that the docstring names."""
    root = math.sqrt(0.5)
    generators = {
        "T": [(0, 1, 0, 0), (0.5, 0.5, 0.5, 0.5)], "O": [(root, root, 0, 0), (0.5, 0.5, 0.5, 0.5)],
        "I": [(PHI / 2, 0.5, 0.5 / PHI, 0), (0.5, 0.5, 0.5, 0.5)],
    }
    n = int(name[1:] or 1)
    chosen = generators.get(name, [(math.cos(math.pi / n), math.sin(math.pi / n), 0, 0), (0, 0, 1, 0)])
    found, frontier = {(1000000, 0, 0, 0): (1.0, 0.0, 0.0, 0.0)}, [(1.0, 0.0, 0.0, 0.0)]
    while frontier:
        fresh = []
        for p, q in itertools.product(frontier, chosen):
            product = times(p, q)
            key = tuple(round(x * 1e6) for x in product)
            if key not in found:
                found[key] = product
                fresh.append(product)
        frontier = fresh
    return list(found.values())


def left(u):
    """Left multiplication by u on q = z₁ + j·z₂ in the coordinates (Re z₁, Im z₁, Re z₂, Im z₂)."""
    basis = [(1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, -1)]  # 1, i, j, ji = −k
    return np.array([[x, y, z, -w] for x, y, z, w in (times(u, e) for e in basis)]).T


@binary
def test_elements_are_left_multiplications(name):
    found = quaternions(name)
    group = BinaryPolyhedral(name)
    assert len(found) == group.order == TABLE[name][0]
    assert all(group.contains(left(u)) for u in found)
    assert len(group.natural().elements()) == group.order
    assert np.abs(left((0, 0, 1, 0)) @ left((0, 1, 0, 0)) + left((0, 0, 0, 1))).max() == 0  # ji = −k


@binary
def test_multiplicities_by_characters(name):
    """dim V_k^Γ = mean of sin((k+1)θ)/sin θ, and functions of degree k are k + 1 copies of V_k."""
    angles = np.arccos(np.clip([u[0] for u in quaternions(name)], -1, 1))
    expected = []
    for k in range(TOP + 1):
        with np.errstate(divide="ignore", invalid="ignore"):
            character = np.sin((k + 1) * angles) / np.sin(angles)
        character[angles < 1e-6] = k + 1
        character[angles > math.pi - 1e-6] = (-1) ** k * (k + 1)
        mean = float(character.mean())
        assert abs(mean - round(mean)) < 1e-9
        expected.append((k + 1) * round(mean))
    assert dimensions(BinaryPolyhedral(name).natural(), TOP) == expected


@binary
def test_kleins_generating_functions(name):
    h, a, b = TABLE[name][2]
    t = Series.variable(TOP)
    series = ((1 + t**h) / ((1 - t**a) * (1 - t**b))).a
    assert dimensions(BinaryPolyhedral(name).natural(), TOP) == [(k + 1) * int(c) for k, c in enumerate(series)]


@binary
def test_classes_against_brute_force(name):
    group = BinaryPolyhedral(name)
    elements = spanned(list(group.generators))
    assert len(elements) == group.order
    classes = conjugacy(elements)
    cosets = list(group.natural().cosets())
    assert len(cosets) == len(classes) == TABLE[name][1]
    assert sorted(class_of(c.element(), classes) for c in cosets) == list(range(len(classes)))
    for c in cosets:
        assert c.share == Fraction(len(classes[class_of(c.element(), classes)]), group.order)
        _check_phases(c)


def _check_phases(coset):
    eigenvalues = np.exp(2j * np.pi * np.array([float(x) for x in coset.phases]))
    assert np.abs(np.poly(eigenvalues) - np.poly(coset.element())).max() < 1e-12


# -- space forms -----------------------------------------------------------------------------------


@forms
def test_orders_and_freeness(key):
    group = group_of(key)
    order, abelian = FORMS[key]
    elements = spanned(list(group.generators))
    assert group.order == group.natural().order == len(elements) == order
    assert all(group.contains(g) for g in elements)
    for g in elements:
        assert np.abs(g @ J - J @ g).max() < 1e-12
        assert abs(np.linalg.det(g - np.eye(4))) > 1e-6 or np.abs(g - np.eye(4)).max() < 1e-9
    space = Sphere(3) / group
    assert (space.is_free, space.effective_order, space.walls) == (True, order, ())
    pairs = itertools.product(elements[::3] + elements[:20], group.generators)
    commutators = spanned([a @ b @ a.T @ b.T for a, b in pairs])
    assert order // len(commutators) == abelian


@forms
def test_cosets_are_the_elements(key):
    """Real eigenvalues with their shares, against all elements one by one."""
    group = group_of(key)
    counted = Counter()
    for c in group.natural().cosets():
        _check_phases(c)
        assert group.contains(c.element())
        counted[tuple(np.round(np.poly(c.element()), 6) + 0.0)] += c.share * group.order
    assert counted == Counter(tuple(np.round(np.poly(g), 6) + 0.0) for g in spanned(list(group.generators)))


@forms
def test_multiplicities_by_null_spaces_and_by_all_elements(key):
    action = group_of(key).natural()
    found = dimensions(action, 24)
    assert found[:7] == null_spaces(action, 6)
    turns = np.array([np.sort(np.angle(np.linalg.eigvals(g))) for g in spanned(list(action.generators))])
    for k in (0, 7, 12, 16, 24):
        # the character of harmonics of degree k is that of V_k ⊗ V_k: eigenvalues e^{i(x+y)}, e^{i(x−y)} in U(2)
        traces = [_harmonic_trace(x, k) for x in turns]
        assert sum(traces) / len(traces) == pytest.approx(found[k], abs=1e-7)


def _harmonic_trace(angles, k):
    """h_k − h_{k−2} of the eigenvalues, by the recurrence of complete symmetric functions."""
    coefficients = np.poly(np.exp(1j * angles)).real
    series = []
    for d in range(k + 1):
        series.append((d == 0) - sum(coefficients[j] * series[d - j] for j in range(1, min(d, 4) + 1)))
    return series[k] - (series[k - 2] if k >= 2 else 0)


def tetrahedral(j, k):
    """Semi-invariants Φ^a Ψ^b t^ε of 2T of degree k with character a − b ≡ j (mod 3)."""
    return sum(1 for e in (0, 1) for a in range(k // 4 + 1) for b in range(k // 4 + 1)
               if 4 * (a + b) + 6 * e == k and (a - b - j) % 3 == 0)


def dihedral(n):
    """Semi-invariants of 2D_n: (xy)^m, and (xy)^m(x^{2nl} ± y^{2nl}), l ≥ 1."""
    def count(j, k):
        return 0 if k % 2 else int(k // 2 % 2 == j) + k // (2 * n)
    return count


@pytest.mark.parametrize(("key", "layers", "scalars", "count"), [
    (("T'72", 1), 3, 9, tetrahedral), (("T'216", 1), 3, 27, tetrahedral), (("T'72", 5), 3, 45, tetrahedral),
    (("D'24", 1), 2, 8, dihedral(3)), (("D'48", 1), 2, 16, dihedral(3)), (("D'40", 7), 2, 56, dihedral(5)),
])
def test_twisted_groups_by_semi_invariants(key, layers, scalars, count):
    """V_k ⊗ V_k has the weights w of the scalars: w must vanish on those that are no quaternions."""
    step = scalars // layers
    expected = [sum(count(w // step % layers, k) for w in range(-k, k + 1, 2) if w % step == 0) for k in range(TOP + 1)]
    assert dimensions(group_of(key).natural(), TOP) == expected


@pytest.mark.parametrize(("name", "m"), [("D2", 3), ("D3", 5), ("T", 5), ("O", 5), ("I", 7)])
def test_products_are_joint_actions(name, m):
    joint = BinaryPolyhedral(name) * LensGroup(m, 1, 1)
    assert dimensions(joint.natural(), 40) == dimensions(SpaceFormGroup(name, m).natural(), 40)
    assert dimensions(SpaceFormGroup(name).natural(), 40) == dimensions(BinaryPolyhedral(name).natural(), 40)


@pytest.mark.parametrize(("order", "n", "twos"), [(24, 3, 8), (40, 5, 8), (48, 3, 16)])
def test_presentation_of_twisted_dihedral_groups(order, n, twos):
    """x^{2^k} = y^n = 1, x y x⁻¹ = y⁻¹ (Milnor 1957)."""
    first, x, _ = SpaceFormGroup(f"D'{order}").generators
    y = first @ first  # the cyclic part e(1/2n), squared
    power = np.linalg.matrix_power
    assert np.abs(power(x, twos) - np.eye(4)).max() < 1e-12
    assert np.abs(power(x, twos // 2) - np.eye(4)).max() > 1
    assert np.abs(power(y, n) - np.eye(4)).max() < 1e-12
    assert np.abs(x @ y @ x.T - y.T).max() < 1e-12
    assert len(spanned([x, y])) == order


@pytest.mark.parametrize(("order", "threes"), [(72, 9), (216, 27)])
def test_presentation_of_twisted_tetrahedral_groups(order, threes):
    """x² = (xy)² = y², z x z⁻¹ = y, z y z⁻¹ = xy, z^{3^k} = 1 (Milnor 1957)."""
    x, z, _ = SpaceFormGroup(f"T'{order}").generators
    z = z if np.abs(np.linalg.matrix_power(z, threes) - np.eye(4)).max() < 1e-9 else -z
    y = z @ x @ z.T
    assert np.abs(x @ x + np.eye(4)).max() < 1e-12
    assert np.abs(y @ y + np.eye(4)).max() < 1e-12
    assert min(np.abs(z @ y @ z.T - s * x @ y).max() for s in (1, -1)) < 1e-12
    assert np.abs(np.linalg.matrix_power(z, threes) - np.eye(4)).max() < 1e-12
    assert len(spanned([x, z])) == order


def test_poincares_homology_sphere_counted_far_out():
    """N at degree K is a cubic in K on each class modulo 60: interpolated, it gives N(10³⁰) exactly."""
    space = Sphere(3) / BinaryPolyhedral("I")
    last = 10**15 - 1  # the largest K with K(K + 2) ≤ 10³⁰
    klein = Series.variable(330)
    dims = ((1 + klein**30) / ((1 - klein**12) * (1 - klein**20))).a
    sums = list(itertools.accumulate((k + 1) * c for k, c in enumerate(dims)))
    nodes = [last % 60 + 60 * i for i in range(1, 5)]
    expected = Fraction(0)
    for i, x in enumerate(nodes):
        weight = math.prod(Fraction(last - y, x - y) for j, y in enumerate(nodes) if j != i)
        expected += sums[x] * weight
    assert space.count(10**30) == expected
    assert abs(Fraction(space.count(10**30), 10**45) * 360 - 1) < Fraction(1, 10**12)


# -- what a group answers --------------------------------------------------------------------------


@pytest.mark.parametrize("group", [BinaryPolyhedral("D7"), BinaryPolyhedral("O"), BinaryPolyhedral("I"),
                                   SpaceFormGroup("D'24", 5), SpaceFormGroup("T'72"), SpaceFormGroup("T", 7)], ids=repr)
def test_samples_and_membership(group, rng):
    for g in group.sample(30, rng):
        assert np.abs(g @ g.T - np.eye(4)).max() < 1e-14
        assert group.contains(g)
    quarter = np.kron(np.eye(2), [[math.cos(1), -math.sin(1)], [math.sin(1), math.cos(1)]])
    for other in (quarter, np.diag([1, -1, 1, -1]), np.diag([1, 1, 1, -1]), np.eye(3), 2 * np.eye(4)):
        assert not group.contains(other)
    assert repr(pickle.loads(pickle.dumps(group))) == repr(group)
    shares = [c.share for c in group.natural().cosets()]
    assert sum(shares) == 1
    assert 2 * len(spanned(list(group.sample(60, rng)))) > group.order  # not all in a proper subgroup


def test_scalars_outside_the_group():
    assert SpaceFormGroup("D'24").contains(_scalar(4))
    assert not SpaceFormGroup("D'24").contains(_scalar(8))  # odd powers of it come with j only
    assert SpaceFormGroup("T'72").contains(_scalar(3))
    assert not SpaceFormGroup("T'72").contains(_scalar(9))
    assert LensGroup(4, 1, 1).contains(J)
    assert not BinaryPolyhedral("T").contains(J)
    assert SpaceFormGroup("I", 7).contains(np.linalg.matrix_power(_scalar(7), 3))
    assert not SpaceFormGroup("I", 7).contains(_scalar(11))


def _scalar(m):
    c, s = math.cos(2 * math.pi / m), math.sin(2 * math.pi / m)
    return np.kron(np.eye(2), [[c, -s], [s, c]])


@pytest.mark.parametrize("name", ["i", "D1", "D0", "C5", "D'24", "", 5, None, ["T"]])
def test_unknown_binary_groups(name):
    with pytest.raises(WeylspecError, match=r"is not a binary polyhedral group; known: D2 \(order 8\)"):
        BinaryPolyhedral(name)


def test_groups_too_large():
    with pytest.raises(CostError, match=r"BinaryPolyhedral\('D1000000'\) has 4000000 elements, more than 1000000"):
        BinaryPolyhedral("D1000000")
    with pytest.raises(CostError, match=r"SpaceFormGroup\('I', 10007\) has 1200840 elements"):
        SpaceFormGroup("I", 10007)


def test_unknown_space_forms():
    for name in ("D'12", "D'8", "D'16", "T'24", "T'40", "T'648000"):
        with pytest.raises(WeylspecError, match=r"no space form: D'N has N = 2\^k·n with k >= 3 and n >= 3 odd"):
            SpaceFormGroup(name)
    with pytest.raises(WeylspecError, match="not a binary polyhedral group"):
        SpaceFormGroup("X")
    with pytest.raises(WeylspecError, match=r"m must be prime to the order 24 .* such as BinaryPolyhedral"):
        SpaceFormGroup("T", 3)
    with pytest.raises(WeylspecError, match="m must be at least 1, got 0"):
        SpaceFormGroup("T", 0)


@pytest.mark.parametrize("name", ["D3", "T", "O", "I"])
def test_conventions_are_those_of_the_classical_groups(name, rng):
    """SU(2) on C² and Sp(1) from the left on H are the same matrices, and contain the binary groups."""
    for g in BinaryPolyhedral(name).sample(8, rng):
        assert SU(2).contains(g)
        assert Sp(1).contains(g)
    scalars = SpaceFormGroup("T'72", 5).sample(8, rng)
    assert all(U(2).contains(g) for g in scalars)
    assert not all(SU(2).contains(g) for g in scalars)
    # CP¹ = S²(½): rotations of the sphere through the double cover
    line = ComplexProjectiveSpace(1) / BinaryPolyhedral(name)
    sphere = Sphere(2, "1/2") / PointGroup(name)
    assert line.spectrum(num=12).multiplicities.tolist() == sphere.spectrum(num=12).multiplicities.tolist()
