import numpy as np
import pytest

from weylspec.errors import WeylspecError
from weylspec.groups.permutation import CyclicGroup, Hyperoctahedral
from weylspec.groups.point import PointGroup
from weylspec.learning.targets import lifted_energies, target_energies
from weylspec.spaces.sphere import Sphere
from weylspec.spaces.torus import Torus

T2 = Torus(2)


def test_default_target_has_the_norm_asked_for():
    Q = T2 / Hyperoctahedral(2)
    energies = target_energies(Q, 40, s=2, norm=3.0)
    listed = Q.spectrum(cutoff=40)
    assert energies.shape == listed.eigenvalues.shape
    assert float(((1 + listed.eigenvalues) ** 2 * energies).sum()) == pytest.approx(9.0, rel=1e-12)


def test_callable_and_array_targets():
    assert target_energies(Sphere(2), 12, s=2, target=lambda lam: np.exp(-lam)).tolist() == np.exp(
        [-0.0, -2.0, -6.0, -12.0]).tolist()
    assert target_energies(Sphere(2), 12, s=2, target=[1, 2]).tolist() == [1.0, 2.0, 0.0, 0.0]


@pytest.mark.parametrize("bad", [[-1.0], [np.nan], [[1.0]], np.ones(5), lambda lam: -lam])
def test_bad_targets_are_refused(bad):
    with pytest.raises(WeylspecError):
        target_energies(Sphere(2), 12, s=2, target=bad)


def test_lifting_keeps_energies_and_fills_zeros():
    """O_h on S²: one invariant in each of the degrees 0, 4, 6 (generators of degree 2, 4, 6)."""
    Q = Sphere(2) / PointGroup("Oh")
    lifted = lifted_energies(Q, [1.0, 2.0, 3.0], 42)
    assert lifted.tolist() == [1.0, 0.0, 0.0, 0.0, 2.0, 0.0, 3.0]


def test_lifting_onto_a_smaller_quotient_composes():
    Q, H = T2 / Hyperoctahedral(2), T2 / CyclicGroup(2)
    energies = target_energies(Q, 20, s=2)
    part = lifted_energies(Q, energies, 20, onto=H)
    np.testing.assert_array_equal(lifted_energies(H, part, 20), lifted_energies(Q, energies, 20))


def test_wrong_length_and_foreign_levels_are_refused():
    with pytest.raises(WeylspecError, match="levels up to"):
        lifted_energies(T2 / Hyperoctahedral(2), [1.0], 20)
    with pytest.raises(WeylspecError, match="not a level"):
        lifted_energies(Sphere(2), [1.0, 1.0, 1.0], 6, onto=T2)
