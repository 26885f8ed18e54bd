"""Groups that act on fixed spaces: dimensions and components known from linear algebra."""

import numpy as np
import pytest

import weylspec as ws
from weylspec.groups.lie_algebra import CompactAlgebra
from weylspec.invariants.continuous.isotropy import principal_isotropy
from weylspec.invariants.continuous.normalisers import keeping_algebra, normaliser
from weylspec.invariants.continuous.strata import fixed_rows

# m vectors of K^n: H is the group of K^{n−m}, N/H that of K^m, with both determinants where K = R
CASES = [(ws.SO(5).copies(3), 3, 2), (ws.SO(7).copies(2), 1, 2), (ws.SU(4).copies(2), 4, 1), (ws.Sp(2).copies(1), 3, 1)]


@pytest.mark.parametrize(("group", "dim", "components"), CASES, ids=repr)
def test_normalisers_of_principal_isotropy_groups(group, dim, components):
    connected = CompactAlgebra.generated(group.natural().algebra)
    rows = fixed_rows(principal_isotropy(connected).algebra, np.eye(connected.basis.shape[-1]))
    found = normaliser(connected, rows)
    assert found.algebra.dim == len(keeping_algebra(connected.basis, rows)) == dim
    assert len(found.elements) == components
    for element in found.elements:
        assert np.allclose(element @ element.T, np.eye(len(rows)))
