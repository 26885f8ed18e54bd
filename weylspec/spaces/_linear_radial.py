"""What balls and annuli share: angular functions are the harmonics of a sphere, on which orthogonal groups act."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from weylspec.groups.base import Group
from weylspec.groups.linear_action import LinearAction
from weylspec.multiplicities import IntArray, exact_integers
from weylspec.spaces.harmonics import spherical_harmonics, zonal_functions
from weylspec.spaces.radial import RadialDomain
from weylspec.spaces.sphere import harmonic_dimension

FloatArray = npt.NDArray[np.float64]


class RotationDomain(RadialDomain):
    """A radial domain in Rⁿ that is invariant under O(n)."""

    def angular_dimension(self, order: int) -> int:
        """Dimension of the harmonics of that degree on S^{n−1}."""
        return harmonic_dimension(self.dim - 1, order)

    def angular_kernels(self, x: FloatArray, y: FloatArray, top: int) -> Iterator[FloatArray]:
        """Zonal functions of the angle between points, by degree."""
        cosines = np.clip(_directions(x) @ _directions(y).T, -1.0, 1.0)
        for order, zonal in enumerate(zonal_functions(self.dim - 1, cosines, top)):
            yield float(self.angular_dimension(order)) * zonal

    def angular_functions(self, x: FloatArray, top: int) -> list[FloatArray]:
        """Real spherical harmonics of the directions of points, by degree."""
        return spherical_harmonics(_directions(x), top) if top >= 0 else []

    def action(self, group: Group) -> LinearAction:
        """The group's orthogonal action on Rⁿ."""
        return group.linear(self.dim)

    def invariant_dimensions(self, action: LinearAction, top: int) -> IntArray:
        """Invariant harmonics of degrees 0 … top (Molien–Weyl)."""
        from weylspec.invariants.averages.algebra import invariant_dimensions

        return invariant_dimensions(action, self._dimensions(top)) if top >= 0 else exact_integers([])

    def invariant_angular_kernels(
        self, action: LinearAction, x: FloatArray, y: FloatArray, top: int
    ) -> Iterator[FloatArray]:
        """Zonal functions averaged over Haar nodes that are exact up to the top degree."""
        from weylspec.groups.haar import haar_nodes

        nodes, shares = haar_nodes(action, max(top, 0))
        first, second = _directions(x), _directions(y)
        cosines = np.clip(first @ nodes.transpose(0, 2, 1) @ second.T, -1.0, 1.0)
        for order, zonal in enumerate(zonal_functions(self.dim - 1, cosines, top)):
            yield float(self.angular_dimension(order)) * np.tensordot(shares, zonal, axes=1)


def _directions(points: FloatArray) -> FloatArray:
    """Unit vectors; any one at the origin, where only radial functions differ from 0."""
    lengths = np.linalg.norm(points, axis=1, keepdims=True)
    return np.where(lengths > 0, points, np.eye(points.shape[1])[:1]) / np.where(lengths > 0, lengths, 1.0)
