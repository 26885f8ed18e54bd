import numpy as np
import pytest

from weylspec.bridge.curves import learning_curve
from weylspec.bridge.upper import risk_upper_bound
from weylspec.errors import CostError, WeylspecError
from weylspec.groups.orthogonal import SO
from weylspec.groups.permutation import CyclicGroup, Hyperoctahedral
from weylspec.groups.point import PointGroup
from weylspec.learning.simulation import simulate_learning_curve
from weylspec.learning.targets import lifted_energies
from weylspec.learning.truncation import neglected_trace
from weylspec.spaces.sphere import Sphere
from weylspec.spaces.torus import Torus

S2, T2 = Sphere(2), Torus(2)
P4M, AXIAL = T2 / Hyperoctahedral(2), S2 / SO(2)


def simulate(space, **settings):
    chosen = {"s": 2, "n": [30, 60], "noise": 0.5, "rng": 7, "repetitions": 6, "progress": False} | settings
    return simulate_learning_curve(space, **chosen)


def test_without_noise_on_a_point_the_risk_is_explicit():
    """One function: f̂ = f*/(1 + η), so the risk is F²(η/(1+η))² in every repetition."""
    eta = 0.25
    found = simulate(S2 / SO(3), noise=0, ridge=eta, norm=2.0)
    np.testing.assert_allclose(found.risks, 4.0 * (eta / (1 + eta)) ** 2, rtol=1e-12)


def test_with_noise_on_a_point_the_mean_is_explicit():
    """E risk = (η²F² + σ²/n)/(1+η)²."""
    eta, sigma = 0.1, 2.0
    found = simulate(S2 / SO(3), noise=sigma, ridge=eta, repetitions=400)
    exact = (eta**2 + sigma**2 / found.n) / (1 + eta) ** 2
    assert (np.abs(found.mean - exact) <= 4 * found.standard_error).all()
    assert (found.standard_error < 0.1 * exact).all()


@pytest.mark.parametrize("estimator", [P4M, T2, T2 / CyclicGroup(2)], ids=repr)
def test_a_huge_ridge_leaves_the_whole_target(estimator):
    """f̂ → 0: the risk is ‖f*‖² in whatever space the estimator works."""
    found = simulate(P4M, estimator_space=estimator, ridge=1e9, cutoff=20)
    np.testing.assert_allclose(found.risks, found.energies.sum(), rtol=1e-6)


@pytest.mark.parametrize("estimator", [P4M, T2], ids=repr)
def test_without_noise_and_ridge_a_finite_target_is_recovered(estimator):
    found = simulate(P4M, estimator_space=estimator, noise=0, ridge=1e-13, n=[200], cutoff=10)
    assert (found.risks <= 1e-12 * found.energies.sum()).all()


def test_the_same_seed_gives_the_same_risks_and_repetitions_differ():
    first, second = simulate(AXIAL), simulate(AXIAL)
    np.testing.assert_array_equal(first.risks, second.risks)
    assert len(np.unique(first.risks)) == first.risks.size
    assert not np.array_equal(first.risks, simulate(AXIAL, rng=8).risks)
    assert not np.array_equal(first.risks, simulate(AXIAL, rng=np.random.default_rng(7)).risks)


def test_a_stopped_run_keeps_its_repetitions_and_resumes_to_the_same_result():
    def stop(done, of):
        if done == 4:
            raise KeyboardInterrupt

    whole = simulate(AXIAL)
    part = simulate(AXIAL, progress=stop)
    assert (part.repetitions, part.complete, whole.complete) == (4, False, True)
    resumed = simulate(AXIAL, resume=part, rng=0)
    np.testing.assert_array_equal(resumed.risks, whole.risks)
    longer = simulate(AXIAL, resume=whole, repetitions=8)
    np.testing.assert_array_equal(longer.risks[:6], whole.risks)
    assert longer.repetitions == 8


@pytest.mark.parametrize(
    "other", [{"noise": 0.4}, {"s": 3, "ridge": 0.01}, {"n": [30, 61]}, {"cutoff": 20}, {"norm": 2.0}], ids=str
)
def test_resuming_with_other_settings_is_refused(other):
    fixed = {"cutoff": 30, "ridge": 0.01, "repetitions": 2}
    with pytest.raises(WeylspecError, match="cannot resume"):
        simulate(AXIAL, **(fixed | other), resume=simulate(AXIAL, **fixed))


def test_an_interrupt_before_the_first_repetition_is_not_swallowed(monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Sphere, "sample", interrupt)
    with pytest.raises(KeyboardInterrupt):
        simulate(S2, cutoff=6)


def test_progress_is_written_to_stderr(capsys):
    simulate(AXIAL, repetitions=2, progress=True)
    assert capsys.readouterr().err.endswith("repetition 2 of 2\n")


def test_default_cutoff_leaves_out_at_most_one_percent_of_the_ridge():
    for space in (AXIAL, S2, P4M):
        found = simulate(space, repetitions=1)
        assert neglected_trace(space, 2, found.cutoff) <= 0.0101 * (found.n * found.ridge).min()
        following = min(v for v in space.spectrum(cutoff=4 * found.cutoff).eigenvalues if v > found.cutoff)
        assert ((1 + following) ** -2 <= 0.0101 * found.ridge).all()


def test_prediction_is_that_of_the_bridge_for_the_same_target():
    found = simulate(P4M, estimator_space=T2, repetitions=1, cutoff=26)
    lifted = lifted_energies(P4M, found.energies, 26)
    direct = learning_curve(T2, s=2, n=[30, 60], noise=0.5, target=lifted)
    np.testing.assert_allclose(found.predicted.value, direct.value, rtol=1e-12)
    np.testing.assert_allclose(found.ridge, direct.ridge, rtol=1e-12)


def test_array_target_decides_the_cutoff():
    found = simulate(S2, target=[0.0] * 9 + [1.0], ridge=1.0, repetitions=1)
    assert float(found.cutoff) >= 90
    assert found.energies.sum() == 1.0


@pytest.mark.parametrize(
    ("bad", "message"),
    [({"n": []}, "n is empty"), ({"n": [0]}, "n must"), ({"repetitions": 0}, "repetitions"), ({"noise": -1}, "noise"),
     ({"ridge": 0.0}, "ridge"), ({"s": 0.4}, "d/2")],
)
def test_bad_parameters_are_refused(bad, message):
    with pytest.raises(WeylspecError, match=message):
        simulate(AXIAL, **bad)


def test_picture_and_table():
    found = simulate(AXIAL, repetitions=3)
    assert {"predicted"} <= {line.get_label() for line in found.plot().get_lines()}
    html = found._repr_html_()
    assert "3 of 3 repetitions" in html
    assert f"{found.mean[0]:.4g}" in html
    assert np.isinf(simulate(AXIAL, repetitions=1).standard_error).all()


def check_against_bounds(space, estimator, n, repetitions, cutoff=None, rng=1):
    """Theory's accuracy of the prediction, 10% at nη ≥ 1, plus 3 standard errors; and below the upper bound."""
    found = simulate(space, estimator_space=estimator, n=n, repetitions=repetitions, cutoff=cutoff, rng=rng)
    assert (found.n * found.ridge >= 1).all()
    predicted = found.predicted.value
    assert (np.abs(found.mean - predicted) <= 0.1 * predicted + 3 * found.standard_error).all()
    upper = [risk_upper_bound(estimator, s=2, n=count, noise=0.5).value for count in n]
    assert (found.mean + 3 * found.standard_error <= upper).all()
    return found


@pytest.mark.parametrize("space", [P4M, AXIAL], ids=repr)
def test_measured_curves_follow_the_prediction_below_the_bound(space):
    with_group = check_against_bounds(space, space, [100, 300], 40)
    without = check_against_bounds(space, space.total, [100, 300], 20, cutoff=with_group.cutoff)
    # a known symmetry pays
    error = np.hypot(with_group.standard_error, without.standard_error)
    assert (without.mean - with_group.mean > 3 * error).all()


@pytest.mark.slow
@pytest.mark.parametrize("space", [P4M, AXIAL, S2 / PointGroup("C4")], ids=repr)
def test_measured_curves_follow_the_prediction_closely(space):
    n = [100, 200, 500, 1000]
    without = check_against_bounds(space, space.total, n, 300, rng=2)
    with_group = check_against_bounds(space, space, n, 600, cutoff=without.cutoff, rng=3)
    for found in (with_group, without):
        assert (found.standard_error < 0.05 * found.mean).all()


def test_one_number_of_samples_is_a_list_of_one():
    np.testing.assert_array_equal(simulate(AXIAL, n=20).risks, simulate(AXIAL, n=[20]).risks)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [({"rng": -3}, "rng must be"), ({"rng": "a"}, "rng must be an integer"), ({"rng": None}, "rng must be an integer"),
     ({"n": "10"}, "n must be an integer"), ({"n": 2.5}, "n must be an integer"), ({"n": []}, "n is empty"),
     ({"space": 3}, "expected a space .* got 3"), ({"estimator_space": "M"}, "expected a space .* got 'M'")],
    ids=str,
)
def test_input_is_refused_by_name(wrong, message):
    with pytest.raises(WeylspecError, match=message):
        simulate(**({"space": AXIAL} | wrong))


def test_samples_that_do_not_fit_memory_are_refused_before_they_are_drawn():
    """On S² up to l = 30 there are 31² = 961 functions: 961·10⁷·8 bytes."""
    with pytest.raises(CostError, match=r"10000000 samples of 961 eigenfunctions .* 76[.]9 GB; take fewer samples"):
        simulate(S2, n=10**7, cutoff=930, ridge=1e-3)
