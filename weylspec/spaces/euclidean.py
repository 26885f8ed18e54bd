"""`EuclideanDomain`: what pieces of Rⁿ share, where a point belongs if its margin is not negative."""

from __future__ import annotations

from abc import abstractmethod

import numpy as np
import numpy.typing as npt

from weylspec.errors import WeylspecError
from weylspec.spaces.base import Manifold

FloatArray = npt.NDArray[np.float64]

_TOLERANCE = 1e-6


class EuclideanDomain(Manifold):
    """A piece of Rⁿ with the Euclidean metric; points are Cartesian."""

    @abstractmethod
    def margin(self, x: FloatArray) -> FloatArray:
        """How far points of Rⁿ, shape (n_points, n), stand from the boundary: negative outside, 0 on it."""

    @property
    @abstractmethod
    def extent(self) -> tuple[float, ...]:
        """The smallest box around it, (low, high) of each coordinate in turn: left, right, bottom, top in the plane."""

    @property
    def ambient_dim(self) -> int:
        """That of Rⁿ."""
        return self.dim

    @property
    def scalar_curvature(self) -> float:
        """Zero."""
        return 0.0

    def check_points(self, x: npt.ArrayLike) -> FloatArray:
        """Points of shape (n_points, n), refused outside by more than a millionth of the domain's least width."""
        points = super().check_points(x)
        beyond = -self.margin(points)
        if len(points) and beyond.max() > _TOLERANCE * float(np.diff(np.reshape(self.extent, (-1, 2))).min()):
            row = int(beyond.argmax())
            raise WeylspecError(f"row {row}, {points[row].tolist()}, lies outside {self!r} by {beyond[row]:.3g}; "
                                "give points of the domain")
        return points
