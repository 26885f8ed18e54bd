"""G2 and Spin(7): stabilisers of forms, their invariants on copies (Schwarz 1988), volumes, moments."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from power_series import Series
from routes import dimensions, null_spaces
from scipy.linalg import expm

from weylspec.groups.octonions import G2, Spin7, associative_form, derivations, left_multiplications, spinors
from weylspec.groups.orthogonal import SO

PI = math.pi


def free(degrees, top):
    """Coefficients of (1 − t²)/Π(1 − t^d)."""
    t = Series.variable(top)
    product = 1 - t * t
    for d in degrees:
        product = product / (1 - t**d)
    return [int(c) for c in product.a]


def multiply(x, y):
    """Product of octonions by the left multiplications."""
    return x[0] * y + np.tensordot(x[1:], left_multiplications(), axes=1) @ y


def sphere(n):
    return 2 * PI ** ((n + 1) / 2) / math.gamma((n + 1) / 2)


def test_octonions_have_multiplicative_norms_and_are_alternative():
    rng = np.random.default_rng(2)
    for _ in range(5):
        x, y = rng.standard_normal((2, 8))
        assert np.linalg.norm(multiply(x, y)) == pytest.approx(np.linalg.norm(x) * np.linalg.norm(y))
        assert np.allclose(multiply(x, multiply(x, y)), multiply(multiply(x, x), y))


def test_derivations_obey_the_product_rule_and_are_all():
    rng = np.random.default_rng(3)
    for d in derivations():
        whole = np.zeros((8, 8))
        whole[1:, 1:] = d
        x, y = rng.standard_normal((2, 8))
        assert np.allclose(whole @ multiply(x, y), multiply(whole @ x, y) + multiply(x, whole @ y))
    # The stabiliser of the 3-form in so(7): a linear system of rank 7 on 21 unknowns
    phi = associative_form()
    rows = [sum(np.moveaxis(np.tensordot(x, phi, axes=(1, k)), 0, k) for k in range(3)).reshape(-1)
            for x in SO(7).algebra]
    assert np.linalg.matrix_rank(rows) == 7
    assert np.linalg.matrix_rank(derivations().reshape(21, -1)) == 14
    assert np.linalg.matrix_rank(spinors().reshape(21, -1)) == 21


def test_volumes_by_the_spheres_on_which_they_are_transitive():
    # Spin(7)/G2 = S⁷ and G2/SU(3) = S⁶, SU(3)/SU(2) = S⁵, SU(2) = S³, each with the metric that −½tr induces:
    # the squared length of a generator that moves a unit vector by unit speed, direction by direction
    algebras = {name: group.natural().identity_component for name, group in (("G2", G2()), ("Spin7", Spin7()))}
    for name, stabiliser, n in (("Spin7", "G2", 7), ("G2", None, 6)):
        algebra = algebras[name]
        point = np.eye(algebra.basis.shape[1])[0]
        speeds = np.linalg.svd(algebra.basis @ point, compute_uv=False)[:n]
        assert np.allclose(speeds, speeds[0])
        ratio = sphere(n) / speeds[0] ** n
        if stabiliser:
            assert algebra.volume == pytest.approx(algebras[stabiliser].volume * ratio, rel=1e-10)
        else:
            # −½tr on R⁷ = R ⊕ C³ is that of SU(3) on R⁶
            special = math.sqrt(3) * (2 * PI) ** 5 / 2
            assert algebra.volume == pytest.approx(special * ratio, rel=1e-10)


@pytest.mark.parametrize(("group", "degrees", "top"), [
    (G2(), [2], 10), (G2().copies(2), [2] * 3, 8), (G2().copies(3), [2] * 6 + [3], 9),
    (Spin7(), [2], 8), (Spin7().copies(2), [2] * 3, 6), (Spin7().copies(3), [2] * 6, 6),
    (Spin7().copies(4), [2] * 10 + [4], 6), (G2().adjoint(), [2, 6], 14),
], ids=repr)
def test_free_rings_of_invariants(group, degrees, top):
    assert dimensions(group.natural(), top) == free(degrees, top)


def test_null_spaces_agree():
    assert null_spaces(G2().natural(), 4) == dimensions(G2().natural(), 4)
    assert null_spaces(G2().copies(2).natural(), 2) == dimensions(G2().copies(2).natural(), 2)
    assert null_spaces(Spin7().natural(), 3) == dimensions(Spin7().natural(), 3)


def test_membership():
    rng = np.random.default_rng(6)
    for group, algebra in ((G2(), derivations()), (Spin7(), spinors())):
        x = expm(np.tensordot(rng.standard_normal(21), algebra, axes=1))
        assert group.contains(x)
        assert group.natural().identity_component.contains(x)
        assert all(group.contains(g) for g in group.sample(3, rng))
        assert not group.contains(SO(group.degree).sample(1, rng)[0])
        assert not group.contains(np.eye(5))
    units = rng.standard_normal((2, 7))
    units /= np.linalg.norm(units, axis=1, keepdims=True)
    assert all(Spin7().contains(np.tensordot(u, left_multiplications(), axes=1)) for u in units)
    assert Spin7().contains(-np.eye(8))
    assert not G2().contains(-np.eye(7))


@pytest.mark.parametrize(("group", "moments"), [(G2(), (0, 1, 1, 4)), (Spin7(), (0, 1, 0, 4))], ids=repr)
def test_moments_of_the_trace(group, moments):
    """Invariants in tensor powers: of R⁷ under G2 1, 0, 1, 1, 4 and of R⁸ under Spin(7) 1, 0, 1, 0, 4."""
    traces = np.trace(group.sample(1500, np.random.default_rng(9)), axis1=1, axis2=2)
    for power, expected in enumerate(moments, start=1):
        values = traces**power
        assert abs(values.mean() - expected) < 5 * values.std() / math.sqrt(len(values))


def test_weights_are_integers_that_sum_to_zero():
    for group, count in ((G2(), 6), (Spin7(), 9)):
        algebra = group.natural().identity_component
        assert len(algebra.positive_roots) == count
        assert not algebra.weights.sum(axis=0).any()
        pairs = itertools.product(algebra.positive_roots, algebra.coroots)
        assert all(Fraction(int(a @ h)).denominator == 1 for a, h in pairs)
        assert (np.einsum("ai,ai->a", algebra.positive_roots, algebra.coroots) == 2).all()
