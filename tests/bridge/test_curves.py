import numpy as np
import pytest
from scipy.optimize import brentq

import weylspec as ws
from weylspec.bridge.curves import default_energies, learning_curve
from weylspec.errors import WeylspecError

CUBE = ws.Sphere(2) / ws.PointGroup("Oh")


def direct(levels, mult, energies, s, n, eta, noise, misfit=0.0):
    """The deterministic equivalent from plain lists."""
    w = (1.0 + levels) ** -s
    gap = lambda log: (mult * w / (w + np.exp(log))).sum() + n * eta / np.exp(log) - n  # noqa: E731
    kappa = np.exp(brentq(gap, -60, 20, xtol=1e-14))
    share = w / (w + kappa)
    bracket = ((1 - share[: len(energies)]) ** 2 * energies).sum() + misfit + noise**2
    return bracket / (1 - (mult * share**2).sum() / n) - noise**2


@pytest.mark.parametrize(("n", "eta", "noise", "misfit"), [
    (20, 1e-2, 0.5, 0.0), (300, 1e-4, 0.1, 0.2), (50, 0.0, 0.3, 0.0), (3, 1.0, 2.0, 1.0),
])
def test_finite_target_against_plain_lists(n, eta, noise, misfit):
    s = 3.0
    degree = np.arange(200_000, dtype=np.float64)
    levels, mult = degree * (degree + 1), 2 * degree + 1
    energies = np.array([0.1, 0.5, 0.0, 0.2])
    curve = learning_curve(ws.Sphere(2), s=s, n=n, noise=noise, ridge=eta, target=energies, misfit=misfit)
    expected = direct(levels, mult, energies, s, n, eta, noise, misfit)
    assert curve.value[0] == pytest.approx(expected, rel=1e-7)
    assert curve.ridge[0] == pytest.approx(eta, rel=1e-7, abs=1e-9 * curve.effective_ridge[0])


def test_default_target_is_the_limit_of_finite_ones():
    s, n, eta = 2.0, 100, 1e-3
    whole = learning_curve(ws.Torus(1), s=s, n=[n], noise="0.2", ridge=eta)
    gaps = []
    for cutoff in (100**2, 200**2):
        listed = ws.Torus(1).spectrum(cutoff=cutoff)
        energies = default_energies(listed, s, 1)
        gaps.append(learning_curve(ws.Torus(1), s=s, n=[n], noise="0.2", ridge=eta, target=energies).value[0]
                    - whole.value[0])
    # Σ m(1+λ)^{−1} converges like 1/√cutoff, so the scale of the target does.
    assert gaps[0] / gaps[1] == pytest.approx(2, rel=0.02)
    assert 0 < gaps[1] < 0.01 * whole.value[0]


def test_default_energies_have_the_norm_and_the_shape():
    spectrum = CUBE.spectrum(cutoff=500)
    energies = default_energies(spectrum, 2, 2, norm=3)
    shifted = 1 + spectrum.eigenvalues
    assert (shifted**2 * energies).sum() == pytest.approx(9, rel=1e-12)
    per_function = energies / np.asarray(spectrum.multiplicities, dtype=float)
    assert np.allclose(np.diff(np.log(per_function)) / np.diff(np.log(shifted)), -3.5)


def test_callable_target_agrees_with_its_list():
    mult = 2 * np.arange(40) + 1.0
    lam = np.arange(40) * np.arange(1, 41.0)
    listed = learning_curve(ws.Sphere(2), s=2, n=[30, 60], noise=1, ridge=0.1, target=mult * np.exp(-lam))
    called = learning_curve(
        ws.Sphere(2), s=2, n=[30, 60], noise=1, ridge=0.1, target=lambda x: np.sqrt(1 + 4 * x) * np.exp(-x)
    )
    assert called.value == pytest.approx(listed.value, rel=1e-10)


@pytest.mark.parametrize("space", [ws.Sphere(2), CUBE, ws.Sphere(2) / ws.SO(2), ws.Torus(2)], ids=repr)
def test_optimal_ridge_is_a_minimum(space):
    best = learning_curve(space, s=2, n=[20, 400], noise="0.3")
    for factor in (0.3, 0.8, 1.25, 3.0):
        other = learning_curve(space, s=2, n=[20, 400], noise="0.3", ridge=(factor * best.ridge).tolist())
        assert (other.value > best.value).all()
    assert (np.diff(best.value) < 0).all()


def test_little_noise_puts_the_optimum_at_ridge_zero():
    best = learning_curve(ws.Torus(2), s="1.1", n=[30, 100, 300], noise=0)
    none = learning_curve(ws.Torus(2), s="1.1", n=[30, 100, 300], noise=0, ridge=0)
    assert np.isfinite(best.value).all()
    assert (best.value <= none.value * (1 + 1e-6)).all()


def test_symmetry_lowers_the_curve_and_misfit_raises_it():
    with_group = learning_curve(CUBE, s=2, n=[100], noise="0.3").value
    without = learning_curve(ws.Sphere(2), s=2, n=[100], noise="0.3").value
    assert with_group < without
    assert learning_curve(CUBE, s=2, n=[100], noise="0.3", misfit="0.1").value > with_group + 0.1


def test_ridge_regression_on_the_circle_follows_the_prediction():
    # 80 draws of n = 60 points; nη = 1.2, where the equivalent is good to about 10%.
    rng = np.random.default_rng(7)
    s, n, eta, noise, degree = 2.0, 60, 0.02, 0.5, 60
    levels = np.arange(degree + 1, dtype=np.float64) ** 2
    w = (1 + levels) ** -s
    energies = default_energies(ws.Torus(1).spectrum(cutoff=degree**2), s, 1)
    coefficients = np.sqrt(energies)

    def basis(x):
        k = np.arange(1, degree + 1)
        waves = np.sqrt(2) * np.concatenate([np.cos(np.outer(x, k)), np.sin(np.outer(x, k))], axis=1)
        return np.concatenate([np.ones((len(x), 1)), waves], axis=1)

    weights = np.concatenate([w, w[1:]])
    risks = []
    for _ in range(80):
        signs = rng.standard_normal(2 * degree + 1)
        phase = np.sqrt(signs[1 : degree + 1] ** 2 + signs[degree + 1 :] ** 2)
        unit = np.concatenate([[np.sign(signs[0])], signs[1 : degree + 1] / phase, signs[degree + 1 :] / phase])
        truth = unit * np.concatenate([coefficients, coefficients[1:]])
        design = basis(rng.uniform(0, 2 * np.pi, n))
        y = design @ truth + noise * rng.standard_normal(n)
        gram = design * weights @ design.T
        fitted = weights * (design.T @ np.linalg.solve(gram + n * eta * np.eye(n), y))
        risks.append(((fitted - truth) ** 2).sum())
    predicted = learning_curve(ws.Torus(1), s=s, n=[n], noise=noise, ridge=eta, target=energies).value[0]
    spread = np.std(risks, ddof=1) / np.sqrt(len(risks))
    assert abs(np.mean(risks) - predicted) <= 0.1 * predicted + 3 * spread


POINTS = [ws.Sphere(2) / ws.SO(3), ws.Torus(2) / ws.Translations([[1, 0], [0, 1]])]


@pytest.mark.parametrize("eta", [0.0, 0.3, 5.0])
def test_on_a_point_the_curve_is_the_risk_of_shrinking_a_mean(eta):
    """(a, f⊥, σ) = (2, ±1/2, 1/2): y − a takes values whose mean over n = 7 samples has variance (σ² + 1/4)/n."""
    rng = np.random.default_rng(3)
    y = 2.0 + 0.5 * rng.choice([-1.0, 1.0], (200_000, 7)) + 0.5 * rng.standard_normal((200_000, 7))
    losses = (y.mean(axis=1) / (1 + eta) - 2.0) ** 2 + 0.25
    curve = learning_curve(POINTS[0], s=1, n=[7], noise=0.5, norm=2, misfit=0.25, ridge=eta)
    assert abs(curve.value[0] - losses.mean()) <= 4 * losses.std() / np.sqrt(len(losses))
    assert curve.ridge[0] == curve.effective_ridge[0] == eta


@pytest.mark.parametrize("point", POINTS, ids=repr)
@pytest.mark.parametrize("noise", [0.1, 1.0, 3.0])
def test_on_a_point_the_optimal_ridge_lies_between_the_bounds(point, noise):
    n = [1.0, 10.0, 1e2, 1e4, 1e6, 1e9]
    best = learning_curve(point, s=2, n=n, noise=noise)
    assert best.value == pytest.approx(noise**2 / (np.array(n) + noise**2), rel=1e-12)
    for count, value in zip(n, best.value, strict=True):
        assert value <= ws.risk_upper_bound(point, s=2, n=count, noise=noise).value
        assert value >= ws.minimax_lower_bound(point, s=2, n=count, noise=noise).value
    for factor in (0.5, 2.0):
        assert (learning_curve(point, s=2, n=n, noise=noise, ridge=(factor * best.ridge).tolist()).value
                > best.value).all()


def test_on_a_point_without_noise_or_without_a_target():
    assert learning_curve(POINTS[0], s=1, n=[1, 5], noise=0).value.tolist() == [0.0, 0.0]
    nothing = learning_curve(POINTS[0], s=1, n=[5], noise=1, target=[0.0], misfit=0.5)
    assert (nothing.value[0], nothing.ridge[0]) == (0.5, np.inf)


def test_refusals():
    with pytest.raises(WeylspecError, match="exceed d/2"):
        learning_curve(ws.Sphere(2), s=1, n=[10], noise=1)
    with pytest.raises(WeylspecError, match="as many ridges"):
        learning_curve(ws.Sphere(2), s=2, n=[10, 20], noise=1, ridge=[0.1, 0.2, 0.3])
    with pytest.raises(WeylspecError, match="non-negative"):
        learning_curve(ws.Sphere(2), s=2, n=[10], noise=1, target=[0.5, -0.1])
    with pytest.raises(WeylspecError, match="best"):
        learning_curve(ws.Sphere(2), s=2, n=[10], noise=1, ridge="best")


def test_picture_has_one_curve():
    pytest.importorskip("matplotlib").use("Agg")
    ax = learning_curve(ws.Sphere(2), s=2, n=[10, 100], noise=1).plot()
    (line,) = ax.get_lines()
    assert list(line.get_xdata()) == [10, 100]
