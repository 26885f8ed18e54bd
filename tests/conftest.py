"""What every test shares: one seed, pictures without a screen, hypothesis without a clock."""

import os
import sys

# Before numpy is first imported: every worker of the tests has one core, and threads of BLAS that wait take it away.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
import pytest
from hypothesis import settings

collect_ignore = ["benchmarks"]  # they need the peers

# Before matplotlib is first imported: no test opens a window.
os.environ["MPLBACKEND"] = "Agg"

# No deadline: the first call of a compiled loop may compile it. CI draws the same examples every time.
settings.register_profile("weylspec", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("weylspec")


@pytest.fixture
def rng():
    """A generator that is new, and the same, in every test."""
    return np.random.default_rng(20231117)


@pytest.fixture(autouse=True)
def _no_open_figures():
    """Close what a test drew through pyplot, if it drew at all."""
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")
