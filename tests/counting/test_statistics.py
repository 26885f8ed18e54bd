"""Level statistics against random matrices and Poisson levels, whose answers are known, and on spaces."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from scipy.integrate import quad

import weylspec as ws
from weylspec.counting.statistics import _REFERENCES, level_statistics
from weylspec.errors import IncompleteSpectrumError, WeylspecError
from weylspec.spectrum import Spectrum

STRAIGHT = ws.WeylLaw((ws.Term(2, 4 * math.pi, "levels of density 1"),), "an interval")    # N(x) = x


def as_spectrum(x):
    return Spectrum.from_eigenvalues(x, complete_below=float(x[-1]))


def poisson_levels(n, rng):
    return np.cumsum(rng.exponential(size=n))


def matrix_levels(beta, rng, size=300, matrices=10):
    """Middle parts of GOE or GUE spectra, unfolded by the semicircle, joined end to end."""
    joined = [0.0]
    for _ in range(matrices):
        a = rng.normal(size=(size, size)) + (1j * rng.normal(size=(size, size)) if beta == 2 else 0)
        levels = np.linalg.eigvalsh((a + a.conj().T) / math.sqrt(2))
        z = np.clip(levels / (2 * math.sqrt(beta * size)), -1, 1)       # entries of variance β off the diagonal
        x = size * (0.5 + (z * np.sqrt(1 - z * z) + np.arcsin(z)) / math.pi)
        x = x[(x > 0.2 * size) & (x < 0.8 * size)]
        joined.extend(joined[-1] + 1 + x - x[0])
    return np.array(joined[1:])


@pytest.mark.parametrize("name", _REFERENCES)
def test_the_models_are_distributions_of_mean_one(name):
    model = _REFERENCES[name]
    one = lambda s: model.density(np.array(s))  # noqa: E731
    assert quad(one, 0, 40)[0] == pytest.approx(1, abs=1e-8)
    assert quad(lambda s: s * one(s), 0, 60)[0] == pytest.approx(1, abs=1e-6)
    for s in (0.3, 1.0, 2.5):
        assert float(model.cdf(np.array(s))) == pytest.approx(quad(one, 0, s)[0], abs=1e-9)
    # Both branches of a form factor meet at τ = 1, and it tends to 1.
    assert float(model.form(np.array(1 - 1e-9))) == pytest.approx(float(model.form(np.array(1 + 1e-9))), abs=1e-6)
    assert float(model.form(np.array(50.0))) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize("name", ["Poisson", "GOE", "GUE"])
def test_random_levels_are_recognised(name, rng):
    x = poisson_levels(3000, rng) if name == "Poisson" else matrix_levels(1 if name == "GOE" else 2, rng)
    model = _REFERENCES[name]
    found = level_statistics(as_spectrum(x), STRAIGHT)
    n = found.levels
    assert n > 1500
    assert found.character == name
    assert found.distances[name][0] < 1.63 / math.sqrt(n) + 0.01       # 1% quantile, and the surmise is 0.005 off
    assert all(p < 1e-6 for other, (_, p) in found.distances.items() if other != name)
    assert abs(found.ratio - model.ratio) < 4 * found.ratio_error
    # Σ² of windows of 2 levels: a mean over n/2 of them; its spread over four parts says how good it is. For random
    # matrices the formula is that of large L, 0.02 off at L = 2.
    at = found.lengths.tolist().index(2.0)
    assert abs(found.number_variance[at] - model.variance(2.0)) < 4 * found.variance_errors[at] + 0.03
    # 64 times in a bin of width 0.1 are about n/20 independent ones or 64: an error of 1/8 of the value, below 0.2.
    for tau in (0.5, 1.5):
        at = found.times.tolist().index(tau)
        assert found.form_factor[at] == pytest.approx(float(model.form(np.array(tau))), abs=0.2)


def test_a_polynomial_unfolds_as_well_as_the_law(rng):
    x = poisson_levels(3000, rng)
    bent = as_spectrum(x**2)           # N = √λ
    found = level_statistics(bent)
    assert found.mean_spacing == pytest.approx(1, abs=0.02)
    assert found.character == "Poisson"
    assert "polynomial" in found.unfolding


def test_an_irrational_rectangle_is_poisson():
    # Berry and Tabor 1977; the golden ratio of squared sides leaves no degeneracy.
    box = ws.Box([1, math.sqrt((1 + math.sqrt(5)) / 2)], "dirichlet")
    found = level_statistics(box.spectrum(num=4000), ws.weyl_law(box))
    assert found.character == "Poisson"
    assert found.mean_spacing == pytest.approx(1, abs=0.005)
    assert found.ratio == pytest.approx(2 * math.log(2) - 1, abs=0.03)
    assert found.degenerate == 0


def test_spheres_and_the_square_torus_are_degenerate():
    for space, cutoff in ((ws.Sphere(2), 3000), (ws.Torus(2), 3000), (ws.Sphere(3), 300)):
        found = level_statistics(space.spectrum(cutoff=cutoff), ws.weyl_law(space))
        listed = space.spectrum(cutoff=cutoff)
        assert found.character == "degenerate"
        # All but the steps from one level to the next.
        assert found.degenerate == pytest.approx(1 - (len(listed) - 1) / (listed.total - 1))
    fence = level_statistics(ws.Sphere(2).spectrum(cutoff=6000), distinct=True)
    assert fence.character == "rigid"
    assert fence.ratio > 0.98
    # Intervals of one mean spacing hold one level, of half a spacing none or one.
    assert fence.number_variance[:2] == pytest.approx([0.25, 0.0], abs=0.02)


def test_sums_of_two_squares_follow_no_model():
    found = level_statistics(ws.Torus(2).spectrum(cutoff=20000), distinct=True)
    assert found.character == "none of the models"


@pytest.mark.slow
def test_a_quarter_of_a_stadium_is_goe():
    # Bohigas, Giannoni and Schmit 1984. Linear elements bias levels smoothly, which the polynomial takes out.
    from scipy.spatial import Delaunay

    h = 0.02
    x, y = np.meshgrid(np.arange(0, 2 + h, h), np.arange(0, 1 + h, h * math.sqrt(3) / 2))
    x = x + (h / 2) * (np.arange(len(x)) % 2)[:, None]
    points = np.stack([x.ravel(), y.ravel()], axis=1)
    inside = (points[:, 1] < 1 - h / 2) & ((points[:, 0] < 1) | (np.hypot(points[:, 0] - 1, points[:, 1]) < 1 - h / 2))
    inside &= (points > h / 2).all(axis=1)
    arc = np.linspace(0, math.pi / 2, round(math.pi / 2 / h))
    sides = [np.stack([1 + np.sin(arc), np.cos(arc)], axis=1),
             np.stack([np.linspace(0, 1, round(1 / h), endpoint=False), np.ones(round(1 / h))], axis=1),
             np.stack([np.linspace(0, 2, round(2 / h), endpoint=False), np.zeros(round(2 / h))], axis=1),
             np.stack([np.zeros(round(1 / h) - 1), np.linspace(0, 1, round(1 / h), endpoint=False)[1:]], axis=1)]
    vertices = np.unique(np.concatenate([points[inside], *sides]).round(12), axis=0)
    triangles = Delaunay(vertices).simplices
    a, b, c = (vertices[triangles[:, i]] for i in range(3))
    area = np.abs((b - a)[:, 0] * (c - a)[:, 1] - (b - a)[:, 1] * (c - a)[:, 0])
    mesh = ws.TriangleMesh(np.column_stack([vertices, np.zeros(len(vertices))]), triangles[area > 1e-9])
    found = level_statistics(mesh.spectrum(num=250), lowest=50.0)
    assert found.character == "GOE"
    assert found.ratio == pytest.approx(0.5307, abs=3 * found.ratio_error + 0.01)


def test_refusals_and_results():
    with pytest.raises(IncompleteSpectrumError, match="at least 50"):
        level_statistics(ws.Sphere(2).spectrum(cutoff=20))
    with pytest.raises(WeylspecError, match="more than 1000000"):
        level_statistics(ws.Torus(3).spectrum(cutoff=4000))
    with pytest.raises(WeylspecError, match="lowest"):
        level_statistics(ws.Sphere(2).spectrum(cutoff=300), ws.WeylLaw((ws.Term(2, -1.0, "wrong"),), "nothing"))
    found = level_statistics(ws.Torus(2).spectrum(cutoff=100), ws.weyl_law(ws.Torus(2)), lowest=10)
    assert found.levels == ws.Torus(2).count(100) - ws.Torus(2).count(9)
    assert json.loads(json.dumps(found.as_dict()))["character"] == "degenerate"
    assert "degenerate" in found.table()
    assert "<table" in found._repr_html_()
    assert [line.get_label() for line in found.plot().get_lines()] == ["Poisson", "GOE", "GUE"]
