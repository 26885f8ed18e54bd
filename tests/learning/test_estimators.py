import importlib
import pickle
import sys
import warnings
from dataclasses import dataclass

import numpy as np
import pytest

pytest.importorskip("sklearn")
from sklearn.kernel_ridge import KernelRidge
from sklearn.model_selection import GridSearchCV
from sklearn.utils.estimator_checks import check_estimator, parametrize_with_checks

from weylspec.errors import CostError, MissingExtraError, WeylspecError
from weylspec.groups.affine import AffineGroup, Translations
from weylspec.groups.orthogonal import SO
from weylspec.groups.permutation import Hyperoctahedral
from weylspec.groups.point import PointGroup
from weylspec.learning.estimators import InvariantKernelRidge
from weylspec.learning.kernel import SobolevKernel
from weylspec.learning.truncation import default_cutoff
from weylspec.spaces.base import Manifold
from weylspec.spaces.sphere import Sphere
from weylspec.spaces.torus import Torus

S2, T2 = Sphere(2), Torus(2)
GLIDE = AffineGroup([([[1, 0], [0, -1]], ["1/2", 0])])


def data(space, n, outputs=None):
    rng = np.random.default_rng(n)
    return space.sample(n, rng), rng.standard_normal(n if outputs is None else (n, outputs))


@pytest.mark.parametrize("space", [S2, S2 / SO(2), S2 / PointGroup("O"), T2 / Hyperoctahedral(2)], ids=repr)
@pytest.mark.parametrize("outputs", [None, 2])
def test_both_forms_agree_with_sklearn_on_the_precomputed_kernel(space, outputs):
    X, y = data(space, 40, outputs)
    new = space.sample(15, np.random.default_rng(9))
    kernel = SobolevKernel(space, 2.0, 30)
    reference = KernelRidge(kernel="precomputed", alpha=0.3).fit(kernel(X), y).predict(kernel(new, X))
    for form in ("primal", "dual"):
        found = InvariantKernelRidge(space, s=2.0, alpha=0.3, cutoff=30, form=form).fit(X, y).predict(new)
        np.testing.assert_allclose(found, reference, atol=1e-9)


def test_auto_takes_the_smaller_system():
    X, y = data(S2, 20)
    assert InvariantKernelRidge(S2, cutoff=20).fit(X, y).form_ == "dual"
    assert InvariantKernelRidge(S2, cutoff=6).fit(X, y).form_ == "primal"


@pytest.mark.parametrize("form", ["primal", "dual"])
@pytest.mark.parametrize("group", [PointGroup("Oh"), SO(2), SO(2) * PointGroup("Ci")], ids=repr)
def test_predictions_on_the_sphere_are_exactly_invariant(group, form):
    X, y = data(S2, 60)
    model = InvariantKernelRidge(S2 / group, alpha=0.1, cutoff=42, form=form).fit(X, y)
    rng = np.random.default_rng(0)
    new = S2.sample(10, rng)
    for g in S2.action(group).sample(5, rng):
        np.testing.assert_allclose(model.predict(new @ g.T), model.predict(new), atol=1e-10)
    assert np.ptp(model.predict(new)) > 0.1


@pytest.mark.parametrize("form", ["primal", "dual"])
@pytest.mark.parametrize("group", [Hyperoctahedral(2), GLIDE, Translations([[1, 2]])], ids=["p4m", "glide", "(1,2)"])
def test_predictions_on_the_torus_are_exactly_invariant(group, form):
    X, y = data(T2, 60)
    model = InvariantKernelRidge(T2 / group, alpha=0.1, cutoff=25, form=form).fit(X, y)
    rng = np.random.default_rng(0)
    new = T2.sample(10, rng)
    action = T2.action(group)
    for matrix, shift in action.components():
        slide = action.directions @ rng.standard_normal(action.directions.shape[1])
        moved = new @ matrix.T + 2 * np.pi * (np.array([float(b) for b in shift]) + slide)
        np.testing.assert_allclose(model.predict(moved), model.predict(new), atol=1e-10)
    assert np.ptp(model.predict(new)) > 0.1


def test_recovers_an_invariant_polynomial():
    """x⁴ + y⁴ + z⁴ is O_h-invariant of degree 4: without noise and ridge → 0 it is recovered."""
    space = S2 / PointGroup("Oh")
    X, _ = data(space, 30)
    new = space.sample(8, np.random.default_rng(1))
    model = InvariantKernelRidge(space, alpha=1e-10, cutoff=20).fit(X, (X**4).sum(axis=1))
    np.testing.assert_allclose(model.predict(new), (new**4).sum(axis=1), atol=1e-8)


def test_default_cutoff_follows_alpha():
    X, y = data(S2, 20)
    for alpha in (1.0, 10.0):
        assert InvariantKernelRidge(S2, alpha=alpha).fit(X, y).cutoff_ == default_cutoff(S2, 2.0, alpha, len(X))


def test_rows_off_the_manifold_and_bad_parameters_are_refused():
    X, y = data(S2, 10)
    with pytest.raises(ValueError, match="not on Sphere"):
        InvariantKernelRidge(S2).fit(1.1 * X, y)
    with pytest.raises(ValueError, match="not on Sphere"):
        InvariantKernelRidge(S2, cutoff=2).fit(X, y).predict(2 * X)
    with pytest.raises(WeylspecError, match="alpha must be > 0"):
        InvariantKernelRidge(S2, alpha=0, cutoff=2).fit(X, y)
    with pytest.raises(WeylspecError, match="form must be"):
        InvariantKernelRidge(S2, cutoff=2, form="both").fit(X, y)
    with pytest.raises(CostError):
        InvariantKernelRidge(S2, alpha=1e-6).fit(X, y)


def test_pickle_and_grid_search():
    X, y = data(T2, 40)
    model = InvariantKernelRidge(T2, cutoff=10).fit(X, y)
    np.testing.assert_array_equal(pickle.loads(pickle.dumps(model)).predict(X), model.predict(X))
    # y is noise: the largest ridge predicts best
    estimator = InvariantKernelRidge(T2 / Hyperoctahedral(2), cutoff=10)
    search = GridSearchCV(estimator, {"alpha": [1e-2, 1.0, 1e3]}, cv=3).fit(X, y)
    assert search.best_params_ == {"alpha": 1e3}


def test_missing_sklearn_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn.base", None)
    monkeypatch.delitem(sys.modules, "weylspec.learning.estimators")
    with pytest.raises(MissingExtraError, match=r"weylspec\[estimators\]"):
        importlib.import_module("weylspec.learning.estimators")


@dataclass(frozen=True, eq=False)
class AnyRows(Manifold):
    """The circle behind rows of any length, Σ 3^k x_k as angle: every row is a point of it, few coincide."""

    dim = 1
    ambient_dim = 1
    volume = 2 * np.pi
    is_homogeneous = True

    def levels(self, cutoff):
        return Torus(1).levels(cutoff)

    def check_points(self, x):
        return np.asarray(x, dtype=np.float64)

    def sample(self, n, rng):
        return Torus(1).sample(n, rng)

    def eigenspace_kernel(self, x, y, cutoff):
        angles = [(v @ 3.0 ** np.arange(v.shape[1]))[:, None] for v in (x, y)]
        return Torus(1).eigenspace_kernel(*angles, cutoff)


@parametrize_with_checks([InvariantKernelRidge(AnyRows(), s=1.0, alpha=1e-3, cutoff=40_000)])
def test_sklearn_protocol(estimator, check):
    """Every check of scikit-learn, on a space that accepts the rows those checks make up.

    One check wants R² > 0.5 on 200 training rows at alpha = 0.01: hence more than 200 functions.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        check(estimator)


MADE_UP = "the check makes up rows that are not points of the manifold; they are refused with a ValueError"
EXPECTED = dict.fromkeys(
    [
        "check_fit_score_takes_y", "check_estimators_overwrite_params", "check_dont_overwrite_parameters",
        "check_estimators_fit_returns_self", "check_readonly_memmap_input", "check_n_features_in_after_fitting",
        "check_positive_only_tag_during_fit", "check_estimators_dtypes", "check_dtype_object",
        "check_pipeline_consistency", "check_estimators_nan_inf", "check_estimators_pickle",
        "check_f_contiguous_array_estimator", "check_regressors_train", "check_regressor_data_not_an_array",
        "check_regressor_multioutput", "check_regressors_no_decision_function", "check_supervised_y_2d",
        "check_regressors_int", "check_methods_sample_order_invariance", "check_methods_subset_invariance",
        "check_fit2d_1sample", "check_fit2d_1feature", "check_dict_unchanged", "check_fit_idempotent",
        "check_fit_check_is_fitted", "check_n_features_in", "check_fit2d_predict1d",
    ],
    MADE_UP,
)


def test_sklearn_checks_on_the_sphere_skip_only_those_with_made_up_rows():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        results = check_estimator(
            InvariantKernelRidge(S2 / SO(2), cutoff=6), expected_failed_checks=EXPECTED, on_fail=None
        )
    statuses = {}
    for result in results:
        statuses.setdefault(result["check_name"], set()).add(result["status"])
    assert {name for name, found in statuses.items() if found & {"xfail", "failed"}} == set(EXPECTED)
    assert not any("failed" in found for found in statuses.values())
    assert sum(found == {"passed"} for found in statuses.values()) >= 15


def test_what_is_not_a_space_is_refused_by_name():
    with pytest.raises(WeylspecError, match=r"expected a space .* got 3"):
        InvariantKernelRidge(3).fit(*data(S2, 5))
