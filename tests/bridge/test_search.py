import numpy as np
import pytest

from weylspec.bridge.search import minimise
from weylspec.errors import WeylspecError


@pytest.mark.parametrize("centre", [1e-9, 0.3, 1.0, 2e7])
def test_finds_the_minimum_of_a_convex_function_of_log_x(centre):
    found = minimise(lambda x: 1 + np.log(x / centre) ** 2, 1e-12, 1e12)
    assert np.log(found / centre) ** 2 <= 1e-12


def test_minimum_at_an_end_and_beside_a_forbidden_part():
    assert minimise(lambda x: x, 0.5, 2) == pytest.approx(0.5)
    walled = minimise(lambda x: np.where(x < 3, np.inf, x), 1, 100)
    assert 3 <= walled <= 3 * (1 + 1e-9)


def test_nothing_finite_is_refused():
    with pytest.raises(WeylspecError, match="no finite value"):
        minimise(lambda x: np.full_like(x, np.inf), 1, 2)
