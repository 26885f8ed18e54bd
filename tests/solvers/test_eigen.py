import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import eigh
from scipy.sparse import csr_array, diags_array, eye_array, kron

from weylspec.errors import CertificationError, CostError, WeylspecError
from weylspec.solvers.eigen import certify, restore, solve
from weylspec.solvers.inertia import inertia
from weylspec.solvers.result import Status


def circle(n):
    """The discrete circle: 2 − 2cos(2πk/n), k = 0 … n − 1."""
    return diags_array([-1.0, -1, 2, -1, -1], offsets=[1 - n, -1, 0, 1, n - 1], shape=(n, n))


def torus(n):
    """The discrete torus, with multiplicities up to 8, and its eigenvalues."""
    one = circle(n)
    K = csr_array(kron(one, eye_array(n)) + kron(eye_array(n), one))
    line = 2 - 2 * np.cos(2 * np.pi * np.arange(n) / n)
    return K, eye_array(n * n), np.sort((line[:, None] + line[None]).reshape(-1))


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 12), st.integers(0, 10**6), st.floats(-3, 3))
def test_inertia_is_the_number_of_eigenvalues_below(n, seed, shift):
    rng = np.random.default_rng(seed)
    K, B = rng.standard_normal((n, n)), rng.standard_normal((n, n))
    K, M = K + K.T, B @ B.T + 0.1 * np.eye(n)
    lam = eigh(K, M, eigvals_only=True)
    found = inertia(csr_array(K), csr_array(M), shift)
    # the count is right for some number within the uncertainty of the shift used
    assert (lam < found.shift - found.uncertainty).sum() <= found.below
    assert found.below <= (lam < found.shift + found.uncertainty).sum()
    assert abs(found.shift - shift) < 1e-4


def test_the_shift_moves_off_a_singular_block():
    # [[0, 1], [1, 0]] has no LDLᵀ without pivoting at σ = 0
    found = inertia(csr_array(np.array([[0.0, 1], [1, 0]])), eye_array(2), 0.0)
    assert found.below == 1
    assert 0 < abs(found.shift) < 1e-4


@pytest.mark.parametrize("n", [12, 30])
def test_all_multiplets_of_a_torus(n):
    K, M, exact = torus(n)
    cutoff = 1.0
    found = solve(K, M, cutoff=cutoff)
    assert found.status is Status.CERTIFIED
    np.testing.assert_allclose(found.eigenvalues, exact[exact <= cutoff], atol=1e-10)
    X = found.eigenvectors
    np.testing.assert_allclose(X.T @ X, np.eye(X.shape[1]), atol=1e-10)
    residuals = np.linalg.norm(K @ X - X * found.eigenvalues, axis=0)
    assert (residuals <= found.residuals * (1 + 1e-6) + 1e-12).all()
    assert found.inertia.complete_below > cutoff


def test_num_and_cutoff_agree_and_runs_repeat():
    K, M, exact = torus(30)
    by_num = solve(K, M, num=37)
    np.testing.assert_allclose(by_num.eigenvalues, exact[:37], atol=1e-10)
    again = solve(K, M, num=37)
    assert np.array_equal(again.eigenvalues, by_num.eigenvalues)
    assert solve(K, M, num=144 * 6 + 36, on_failure="return").status is Status.CERTIFIED


@pytest.mark.parametrize("n", [12, 30])
def test_a_missing_copy_is_refused_and_restored(n):
    K, M, exact = torus(n)
    found = solve(K, M, num=21)
    shift = (exact[20] + exact[21]) / 2
    assert exact[21] - exact[20] > 1e-3
    assert certify(K, M, found.eigenvalues, errors=found.error, shift=shift).below == 21
    kept = np.delete(np.arange(21), 10)     # one copy of a multiplet of 8
    assert (np.abs(exact[:21] - exact[10]) < 1e-9).sum() > 1
    with pytest.raises(CertificationError, match=r"finds 21 eigenvalues below .* the list has 20: 1 missing"):
        certify(K, M, found.eigenvalues[kept], shift=shift)
    restored = restore(K, M, found.eigenvectors[:, kept], shift)
    assert restored.inertia.below == 21
    np.testing.assert_allclose(restored.eigenvalues[:21], exact[:21], atol=1e-9)


def test_lanczos_that_missed_copies_is_mended_by_the_solver_itself(monkeypatch):
    from weylspec.solvers import eigen

    K, M, exact = torus(30)
    honest = eigen.lowest

    def forgetful(*args):
        result = honest(*args)
        keep = np.delete(np.arange(len(result.eigenvalues)), [2, 7])
        pairs = {"eigenvalues": result.eigenvalues[keep], "eigenvectors": result.eigenvectors[:, keep],
                 "residuals": result.residuals[keep]}
        return eigen.replace(result, **pairs)

    monkeypatch.setattr(eigen, "lowest", forgetful)
    found = solve(K, M, cutoff=0.5)
    np.testing.assert_allclose(found.eigenvalues, exact[exact <= 0.5], atol=1e-9)


def test_refusals_name_the_remedy():
    K, M, exact = torus(12)
    with pytest.raises(WeylspecError, match="either cutoff"):
        solve(K, M)
    with pytest.raises(WeylspecError, match="between 1 and the 144"):
        solve(K, M, num=145)
    with pytest.raises(WeylspecError, match="not symmetric"):
        solve(csr_array(np.triu(K.toarray())), M, num=2)
    with pytest.raises(WeylspecError, match="not positive"):
        solve(K, diags_array(np.r_[0.0, np.ones(143)]), num=2)
    indefinite = csr_array(np.array([[1.0, 2], [2, 1]]))
    with pytest.raises(CertificationError, match="positive definite"):
        solve(eye_array(2), indefinite, num=1)
    with pytest.raises(CertificationError, match="too many"):
        certify(K, M, np.r_[exact[:4], exact[4], exact[4:9]], shift=(exact[8] + exact[9]) / 2)
    with pytest.raises(CertificationError, match="within the errors"):
        certify(K, M, exact[:9], errors=1.0, shift=(exact[8] + exact[9]) / 2)
    with pytest.raises(CertificationError, match="better eigenvectors"):
        restore(K, M, np.random.default_rng(3).standard_normal((144, 5)), (exact[8] + exact[9]) / 2)
    big, mass, _ = torus(65)
    with pytest.raises(CostError, match="dense"):
        solve(big, mass, num=3000)


def test_lanczos_that_does_not_converge_says_so():
    K, M, _ = torus(30)
    result = solve(K, M, num=40, max_restarts=1, on_failure="return")
    assert result.status is Status.UNCONVERGED
    assert "max_restarts" in result.status.value
    with pytest.raises(CertificationError, match="max_restarts"):
        solve(K, M, num=40, max_restarts=1)
