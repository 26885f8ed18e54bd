import math
from fractions import Fraction

import numpy as np
import pytest

from weylspec.errors import CostError, WeylspecError
from weylspec.groups.affine import Translations
from weylspec.groups.orthogonal import SO
from weylspec.groups.permutation import Hyperoctahedral, SymmetricGroup
from weylspec.groups.point import PointGroup
from weylspec.learning.kernel import sobolev_kernel
from weylspec.spaces.sphere import Sphere
from weylspec.spaces.torus import Torus

SPACES = [
    Sphere(2), Sphere(2) / SO(2), Sphere(2) / PointGroup("Oh"), Sphere(3) / SymmetricGroup(4),
    Torus(2) / Hyperoctahedral(2), Torus(3) / Translations([[1, 1, 1]]),
]


@pytest.mark.parametrize("space", SPACES, ids=repr)
def test_group_average_and_sum_over_invariants_agree(space):
    kernel = sobolev_kernel(space, 2.5, 30)
    rng = np.random.default_rng(4)
    x, y = space.sample(20, rng), space.sample(6, rng)
    np.testing.assert_allclose(kernel.features(x) @ kernel.features(y).T, kernel(x, y), atol=1e-10)
    gram = kernel(x)
    np.testing.assert_allclose(gram, gram.T, atol=1e-12)
    assert np.linalg.eigvalsh(gram).min() > -1e-12


def test_circle_in_closed_form():
    """S¹, s = 1: Σ_k cos(kt)/(1+k²) = π cosh(π − t)/sinh π, cut at |k| ≤ K within its stated error."""
    kernel = sobolev_kernel(Torus(1), 1, 10_000)
    t = np.linspace(0.0, math.pi, 9)
    exact = math.pi * np.cosh(math.pi - t) / math.sinh(math.pi)
    found = kernel(np.zeros((1, 1)), t[:, None])[0]
    # 2Σ_{k>100} 1/(1+k²) ≤ 2/100
    assert np.abs(found - exact).max() <= kernel.error <= 0.0201
    assert kernel.error >= exact[0] - found[0] > 0


def test_sphere_s2_diagonal():
    """Theory: R² = Σ(2l+1)/(1+l(l+1))² = 1.53568 on S²; on S²/SO(2) at the pole the same."""
    for space in (Sphere(2), Sphere(2) / SO(2)):
        kernel = sobolev_kernel(space, 2, 2450)
        at_pole = float(kernel([[0.0, 0.0, 1.0]])[0, 0])
        assert at_pole <= 1.53568 + 5e-6 <= at_pole + kernel.error + 1e-5


def test_trace_error_of_a_quotient_counts_invariant_levels_only():
    """S²/SO(2): Σ_l (1+l(l+1))^{−2} over l > 2."""
    kernel = sobolev_kernel(Sphere(2) / SO(2), 2, 6)
    tail = math.fsum((1 + k * (k + 1)) ** -2.0 for k in range(3, 4000))
    assert tail <= kernel.trace_error <= 1.02 * tail
    assert kernel.error > 5 * kernel.trace_error


def test_error_needs_smoothness_on_the_manifold():
    kernel = sobolev_kernel(Sphere(2) / SO(2), 0.8, 6)
    assert kernel.trace_error > 0
    with pytest.raises(WeylspecError, match="must exceed d/2 = 1"):
        _ = kernel.error


def test_chunks_do_not_change_the_gram_matrix(monkeypatch):
    kernel = sobolev_kernel(Torus(2), 2, 10)
    x = Torus(2).sample(13, np.random.default_rng(0))
    whole = kernel(x)
    monkeypatch.setattr("weylspec.learning.kernel._CHUNK", 13 * len(kernel.weights) * 3)
    np.testing.assert_allclose(kernel(x), whole, atol=1e-13)


@pytest.mark.parametrize("radius", ["1/10", 1, 2])
def test_default_cutoff_leaves_out_one_percent_of_the_trace(radius):
    """Σ(2l+1)/(1+l(l+1)/r²)² summed here; one degree less leaves out more than half a per cent (or is none)."""
    kernel = sobolev_kernel(Sphere(2, radius))
    square = float(Fraction(radius)) ** 2
    terms = np.array([(2 * k + 1) / (1 + k * (k + 1) / square) ** 2 for k in range(20_000)])
    kept = len(kernel.weights)
    assert terms[kept:].sum() <= 0.01 * terms.sum()
    assert kept == 1 or terms[kept - 1:].sum() > 0.005 * terms.sum()


def test_default_cutoff_of_a_point_and_its_refusals():
    assert sobolev_kernel(Sphere(2) / SO(3)).trace_error == 0
    with pytest.raises(CostError, match=r"1% of its trace .* give a cutoff"):
        sobolev_kernel(Torus(3))
    with pytest.raises(WeylspecError, match="must exceed d/2"):
        sobolev_kernel(Torus(2), 1)
    with pytest.raises(WeylspecError, match=r"expected a space .* got 3"):
        sobolev_kernel(3)
