"""Finding a matrix in a list of many."""

from __future__ import annotations

import numpy as np

from weylspec.groups._listing import ElementIndex
from weylspec.groups.permutation import SymmetricGroup


def test_lookup_survives_equal_projections():
    """Distinct matrices whose projections agree to the window are told apart in full."""
    elements = SymmetricGroup(4).natural().elements()
    crowded = np.concatenate([elements + 1e-9 * k for k in range(5)])
    index = ElementIndex.of(crowded)
    assert index.find(elements + 3e-9, 1e-12).tolist() == list(range(72, 96))
    assert (index.find(elements + 0.5e-9, 1e-12) == -1).all()
