"""Invariants of translations of a Lie group: the fixed vectors of a subgroup in every irreducible representation.

The functions on G are ⊕ V_Λ ⊗ V_Λ*, so that the maps x ↦ hxk⁻¹ leave dim V_Λ^H·dim V_Λ^K of them
invariant for each Λ (Peter and Weyl 1927), and dim V_Λ^H is the average of the character over H.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from weylspec.errors import CostError
from weylspec.exact.lie.characters import CharacterForm, Shapes
from weylspec.groups.linear_action import LinearAction
from weylspec.groups.standard import standard_torus
from weylspec.invariants.multiplicity import invariant_multiplicities
from weylspec.multiplicities import IntArray

Residues = npt.NDArray[np.int64]

_MAX_WORK = 2e11


def fixed_dimensions(
    action: LinearAction, field: str, form: CharacterForm, wanted: Shapes, dimensions: IntArray
) -> IntArray:
    """Dim V_Λ^H of each irreducible representation, exact.

    Parameters
    ----------
    action : LinearAction
        H on the standard representation, as real matrices.
    field : str
        R, C or H.
    form : CharacterForm
    wanted : Shapes
        The representations.
    dimensions : ndarray of shape (W,), exact integers
        Their dimensions.

    Returns
    -------
    ndarray of shape (W,), exact integers

    Raises
    ------
    CostError
        If the grid over the torus would take more than 2·10¹¹ operations.

    Examples
    --------
    SO(2) fixes one vector in every representation of SO(3):

    >>> from weylspec.exact.lie.characters import ODD_ORTHOGONAL
    >>> from weylspec.groups.orthogonal import SO
    >>> degrees = Shapes(np.arange(4)[:, None], np.zeros(4, dtype=int), np.zeros(4, dtype=int))
    >>> fixed_dimensions(SO(2).linear(3), "R", ODD_ORTHOGONAL, degrees, np.array([1, 3, 5, 7])).tolist()
    [1, 1, 1, 1]
    """
    cosets = [(coset.share, standard_torus(coset, field)) for coset in action.cosets()]
    grid = max(torus.grid_points(wanted.reach) for _, torus in cosets)
    work = sum(float(grid) ** torus.weights.shape[1] for _, torus in cosets) * _work(wanted)
    if work > _MAX_WORK:
        raise CostError(
            f"averaging {len(wanted.rows)} characters over {action.label} takes about {work:.1e} operations, above "
            f"{_MAX_WORK:.0e}; ask for a smaller cutoff or take a group of smaller rank"
        )
    order = math.lcm(grid, *(torus.modulus for _, torus in cosets))

    def average(p: int) -> Residues:
        total = np.zeros(len(wanted.rows), dtype=np.int64)
        known: dict[tuple[object, ...], Residues] = {}
        for share, torus in cosets:
            key = (torus.phases, torus.weights.tobytes(), torus.roots.tobytes(), torus.root_phases)
            if key not in known:
                known[key] = torus.averages(form, wanted, grid, order, p)
            total = (total + share.numerator * pow(share.denominator, -1, p) % p * known[key]) % p
        return total

    return invariant_multiplicities(dimensions, average, order)


def _work(wanted: Shapes) -> float:
    """Operations at one element: a determinant for each representation, most of them of full size."""
    rows = wanted.rows.shape[1]
    return float(len(wanted.rows) * (5 + rows**3 + 50 * max(rows - 1, 0)) + 4 * rows * wanted.reach)
