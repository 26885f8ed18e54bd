import numpy as np
import pytest

from weylspec.bridge.density import heat, matern, sobolev
from weylspec.errors import WeylspecError

LAM = np.array([0.0, 0.5, 2.0, 30.0, 1e4])


def test_every_density_is_one_at_zero_and_decreases():
    for density in (sobolev(1.5), matern(0.5, 2, 3), heat(0.01)):
        weights = density(LAM)
        assert weights[0] == 1.0
        assert (np.diff(weights) < 0).all()


def test_sobolev_decay_is_read_off_the_weights():
    density = sobolev("2.5")
    slope = np.log(density(1e12) / density(1e10)) / np.log(1e-2)
    assert slope == pytest.approx(density.decay, rel=1e-9)


def test_matern_tends_to_heat():
    # (1 + x/m)^{-m} − e^{-x} = O(x² e^{-x}/2m)
    errors = [np.abs(matern(nu, 1, 2)(LAM[:3]) - heat(0.5)(LAM[:3])).max() for nu in (1e3, 1e4)]
    assert errors[0] / errors[1] == pytest.approx(10, rel=0.02)


def test_refusals_name_the_value():
    with pytest.raises(WeylspecError, match=r"s .*-1"):
        sobolev(-1)
    with pytest.raises(WeylspecError, match="length"):
        matern(1, 0, 2)
