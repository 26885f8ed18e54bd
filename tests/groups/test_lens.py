"""Lens groups: multiplicities by lattice points, isospectral lens spaces, elements and refusals."""

from __future__ import annotations

import itertools
import math
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from routes import dimensions, null_spaces, spanned

from weylspec.errors import WeylspecError
from weylspec.groups.lens import LensGroup
from weylspec.groups.matrix import MatrixGroup
from weylspec.spaces.sphere import Sphere

J = np.kron(np.eye(2), [[0.0, -1.0], [1.0, 0.0]])


def by_weights(p, q1, q2, top):
    """[2.6]: weights (i + j − k, i − j) of V_k ⊗ V_k, 0 ≤ i, j ≤ k, that the generator fixes."""
    return [sum((q1 * (i + j - k) + q2 * (i - j)) % p == 0 for i in range(k + 1) for j in range(k + 1))
            for k in range(top + 1)]


def by_monomials(p, q, top):
    """Monomials z^a z̄^b with Σ q(a − b) ≡ 0 modulo p, degree k less those of degree k − 2."""
    table = [{0: 1}] + [{} for _ in range(top)]
    for step in (*q, *(-x for x in q)):
        for degree in range(1, top + 1):
            for residue, count in table[degree - 1].items():
                key = (residue + step) % p
                table[degree][key] = table[degree].get(key, 0) + count
    invariant = [row.get(0, 0) for row in table]
    return [m - (invariant[k - 2] if k >= 2 else 0) for k, m in enumerate(invariant)]


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 40), st.integers(0, 39), st.integers(0, 39))
def test_lens_spaces_by_weights(p, q1, q2):
    assert dimensions(LensGroup(p, q1, q2).natural(), 30) == by_weights(p, q1, q2, 30)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 30), st.lists(st.integers(-30, 30), min_size=1, max_size=4))
def test_any_dimension_by_monomials(p, q):
    group = LensGroup(p, *q)
    assert dimensions(group.natural(), 16) == by_monomials(p, q, 16)
    prime = all(math.gcd(x, p) == 1 for x in q)
    if len(q) > 1:
        space = Sphere(2 * len(q) - 1) / group
        assert space.is_free == (prime or p // math.gcd(p, *q) == 1 or _free_image(p, q))
        assert space.effective_order == p // math.gcd(p, *q)


def _free_image(p, q):
    """After the kernel is divided out."""
    common = math.gcd(p, *q)
    return all(math.gcd(x // common, p // common) == 1 for x in q)


@pytest.mark.parametrize("arguments", [(5, 1, 2), (8, 1, 3), (6, 2, 3), (7, 1, 2, 3)])
def test_null_spaces_from_the_generator(arguments):
    action = LensGroup(*arguments).natural()
    top = 6 if len(arguments) == 3 else 4
    assert dimensions(action, top) == null_spaces(action, top)


def spectrum_series(p, *q):
    """The series has the denominator Π_{d|p} Φ_d^{2k}, of degree 2kp: more terms than that decide it."""
    return dimensions(LensGroup(p, *q).natural(), 2 * len(q) * p + 4)


def families(p, k):
    """One set of k different rotation numbers up to sign for each isometry class (multiples, order, signs)."""
    found = {}
    for q in itertools.combinations(range(1, p // 2 + 1), k):
        multiples = [tuple(sorted(min(t * x % p, -t * x % p) for x in q)) for t in range(1, p)]
        found.setdefault(min(multiples), q)
    return list(found.values())


@pytest.mark.parametrize(("p", "k", "classes", "spectra"), [(11, 3, 2, 1), (13, 4, 3, 1), (11, 2, 2, 2)])
def test_ikedas_isospectral_lens_spaces(p, k, classes, spectra):
    """L(11; 1, 2, 3) and L(11; 1, 2, 4): all are isospectral for a prime p >= 11 and k = (p − 5)/2 (Ikeda 1980)."""
    found = families(p, k)
    assert len(found) == classes
    assert len({tuple(spectrum_series(p, *q)) for q in found}) == spectra
    assert len({tuple(by_monomials(p, q, 2 * p)) for q in found}) == spectra


def test_lens_spaces_of_dimension_three_are_told_apart_by_their_spectrum():
    """Ikeda and Yamamoto (1979); L(p; q) = L(p; ±q^{±1})."""
    for p in (5, 7, 8, 11, 12, 13):
        series = {q: tuple(spectrum_series(p, 1, q)) for q in range(1, p) if math.gcd(p, q) == 1}
        for q, r in itertools.combinations(series, 2):
            isometric = r in {q, p - q, pow(q, -1, p), p - pow(q, -1, p)}
            assert (series[q] == series[r]) == isometric, (p, q, r)


def test_special_cases():
    assert dimensions(LensGroup(1, 0, 0).natural(), 5) == [(k + 1) ** 2 for k in range(6)]  # the sphere
    assert dimensions(LensGroup(2, 1, 1).natural(), 5) == [1, 0, 9, 0, 25, 0]  # RP³
    turn = MatrixGroup([[[0, -1], [1, 0]]])
    assert dimensions(turn.copies(2).natural(), 20) == dimensions(LensGroup(4, 1, 1).natural(), 20)
    assert dimensions(LensGroup(9, 3, 3).natural(), 20) == dimensions(LensGroup(3, 1, 1).natural(), 20)
    assert np.array_equal(LensGroup(4, 1, 1).generators[0], J)  # the scalar i
    assert LensGroup(5, -1, 7) == LensGroup(5, 4, 2)


@pytest.mark.parametrize("arguments", [(5, 1, 2), (12, 4, 3), (12, 2, 6, 8), (1, 0)])
def test_elements(arguments, rng):
    group = LensGroup(*arguments)
    elements = spanned(list(group.generators))
    assert len(elements) == group.p // math.gcd(*arguments)
    assert all(group.contains(g) for g in (*elements, *group.sample(10, rng)))
    others = np.random.default_rng(5).integers(0, 24, size=(60, len(group.q)))
    for steps in others.tolist():
        g = np.kron(np.diag(np.cos(2 * np.pi * np.array(steps) / 24)), np.eye(2))
        g = g + np.kron(np.diag(np.sin(2 * np.pi * np.array(steps) / 24)), [[0, -1], [1, 0]])
        assert group.contains(g) == any(np.abs(g - h).max() < 1e-9 for h in elements)
    assert not group.contains(np.eye(2 * len(group.q) + 1))
    assert not group.contains(np.diag([1.0, -1.0] * len(group.q)))
    again = pickle.loads(pickle.dumps(group))
    assert repr(again) == repr(group) == f"LensGroup({', '.join(map(str, (group.p, *group.q)))})"


def test_what_is_refused():
    with pytest.raises(WeylspecError, match="needs a rotation number per complex coordinate"):
        LensGroup(5)
    with pytest.raises(WeylspecError, match="p must be at least 1, got 0"):
        LensGroup(0, 1)
    with pytest.raises(WeylspecError, match=r"q must be an integer, got 0\.5"):
        LensGroup(5, 1, 0.5)


@pytest.mark.parametrize(("first", "second", "both"), [
    (LensGroup(5, 1, 2), LensGroup(5, 1, 2), LensGroup(5, 1, 2)),
    (LensGroup(5, 1, 2), LensGroup(7, 1, 3), LensGroup(35, 12, 29)),  # (7 + 5, 2·7 + 3·5)
])
def test_joint_actions_of_lens_groups(first, second, both):
    """Diagonal matrices commute; together they generate a cyclic group that is known."""
    joint, known = (Sphere(3) / group for group in (first * second, both))
    assert joint.spectrum(cutoff=300).multiplicities.tolist() == known.spectrum(cutoff=300).multiplicities.tolist()
