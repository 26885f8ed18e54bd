import math

import numpy as np
import pytest
from scipy.integrate import quad

from weylspec.bridge.constants import (
    effective_dimension_constant,
    pinsker_constant,
    ridge_constant,
    source_constant,
)
from weylspec.errors import WeylspecError

KAPPA = (0.5, 1, 2, 4, 10, 40)


def test_pinsker_and_ridge_constants_of_the_literature_table():
    pinsker = [round(pinsker_constant(2 / (k + 1)), 4) for k in KAPPA]
    ridge = [round(ridge_constant(1 / (k + 1)), 4) for k in KAPPA]
    assert pinsker == [0.8677, 0.9086, 0.9641, 1.0184, 1.0554, 1.0434]
    assert ridge == [0.9892, 1.0135, 1.0556, 1.0932, 1.1012, 1.0580]


def test_ridge_never_beats_pinsker_and_the_ratio_is_at_most_root_of_three_halves():
    # κ → 0 is b → 2, a → 1: P = √6/3·…, K = 1; the supremum 1.2247 = √(3/2).
    ratios = [ridge_constant(a) / pinsker_constant(2 * a) for a in np.linspace(0.01, 1, 60)]
    assert min(ratios) > 1
    assert max(ratios) == pytest.approx(math.sqrt(1.5), rel=1e-12)


def test_recalled_upper_constant_falls_below_pinsker_at_33_735():
    # 32·κ^{−(κ+1)/(κ+2)} against the minimax constant: the recalled factor cannot hold uniformly.
    def excess(k: float) -> float:
        return 32 * k ** (-(k + 1) / (k + 2)) - pinsker_constant(2 / (k + 1))

    assert excess(33.7345) > 0 > excess(33.7355)


@pytest.mark.parametrize(("a", "power"), [(0.3, 1.0), (0.8, 1.0), (0.5, 2.0), (1.4, 2.0)])
def test_effective_dimension_constant_is_its_integral(a, power):
    # ∫ (1 + t^{1/a})^{−p} dt
    near, _ = quad(lambda t: (1 + t ** (1 / a)) ** -power, 0, 1, epsabs=0, epsrel=1e-12)
    far, _ = quad(lambda x: x ** (power / a - 2) * (1 + x ** (1 / a)) ** -power, 0, 1, epsabs=0, epsrel=1e-9)
    assert effective_dimension_constant(a, power) == pytest.approx(near + far, rel=1e-7)


def test_rate_constants_of_kernel_ridge_regression():
    # C_a^q q^{−q}(1−q)^{−(1−q)} at θ = 1, q = 1/(1+a), a = 1/(κ+1)
    values = []
    for kappa in (0.1, 0.5, 1, 2, 4, 10, 40):
        a = 1 / (kappa + 1)
        q = 1 / (1 + a)
        values.append(f"{effective_dimension_constant(a) ** q * q**-q * (1 - q) ** (q - 1):.2f}")
    assert values == ["6.72", "3.33", "2.55", "2.02", "1.66", "1.35", "1.12"]


@pytest.mark.parametrize("theta", [0.1, 0.5, 0.9, 1.0])
def test_source_constant_is_the_maximum(theta):
    t = np.logspace(-12, 12, 480001)
    assert source_constant(theta) == pytest.approx((t ** (1 - theta) / (1 + t)).max(), rel=1e-8)


def test_divergent_sums_and_bad_exponents_are_refused():
    with pytest.raises(WeylspecError, match="diverges"):
        effective_dimension_constant(1.0)
    with pytest.raises(WeylspecError, match="theta"):
        source_constant(1.5)
    with pytest.raises(WeylspecError, match="negative"):
        pinsker_constant(-1)
    with pytest.raises(WeylspecError, match="a = "):
        ridge_constant(2.0)
