"""The examples of the gallery: everyday symmetries, each as a manifold and a group."""

from __future__ import annotations

from dataclasses import dataclass

from weylspec.expressions import read_space
from weylspec.spaces.base import Manifold

_ON_SPHERES = (20, 100, 400, 10**4, 10**6, 10**30)
_ON_TORI = (5, 25, 100, 1000, 10**4)


@dataclass(frozen=True)
class Example:
    """One row of the gallery before anything is computed.

    Attributes
    ----------
    label : str
    story : str
        What it stands for.
    expression : str
        The space, as a user types it.
    lams : tuple of int
        Where it is counted.
    shown : int
        The one of them that the overview shows.
    target_risk : float
        ε at which the gain is stated.
    cutoff : int or None
        Of the check of Weyl's law; None leaves it to geometry.
    samples : tuple of int
        Numbers of samples of a measured learning curve; empty for none.
    closed_form : str
        For a space computed numerically: the expression that its levels are compared with.
    """

    label: str
    story: str
    expression: str
    lams: tuple[int, ...] = _ON_SPHERES
    shown: int = 400
    target_risk: float = 1e-3
    cutoff: int | None = None
    samples: tuple[int, ...] = ()
    closed_form: str = ""

    @property
    def space(self) -> Manifold:
        """M/G.

        Examples
        --------
        >>> EXAMPLES[0].space
        Torus(1) / SignFlips(1)
        """
        return read_space(self.expression)


EXAMPLES = (
    Example(
        "guitar string",
        "A string of length π with free ends is a circle folded by a mirror: of the waves on the circle the even ones "
        "remain, one for every two.",
        "Torus(1) / SignFlips(1)", (100, 10**4, 10**6), 100,
    ),
    Example(
        "drum-like sphere",
        "A hemisphere with a free rim is a sphere folded by a mirror. The rim gives Weyl's law its second term, so the "
        "count is a little more than half.",
        "Sphere(2) / PointGroup('Cs')",
    ),
    Example(
        "mirror image",
        "A picture on a torus that looks the same in a mirror: half of it determines the rest.",
        "Torus(2) / SignFlips(1)", _ON_TORI, 100,
    ),
    Example(
        "ten identical parts",
        "A pattern that repeats ten times along one side. The ten shifts move every point, so there is no boundary, "
        "and the gain comes close to 10 early.",
        "Torus(2) / Translations(steps=[['1/10', 0]])", _ON_TORI, 100,
    ),
    Example(
        "seven coloured blocks (T^7)",
        "Seven identical blocks on a circle; any order is the same state, 7! = 5040 orders. The factor 5040 is a "
        "limit: at the λ listed here the true ratio is far smaller, and it is stated.",
        "Torus(7) / SymmetricGroup(7)", (10, 100, 1000, 4000), 100, 1e-6,
    ),
    Example(
        "seven coloured blocks (S^6)",
        "Seven numbers of fixed square sum, in any order. The count at λ = 10^30 is exact, and there the ratio has "
        "come to 5040.",
        "Sphere(6) / SymmetricGroup(7)", target_risk=1e-6,
    ),
    Example(
        "translated image",
        "An image of three points in a periodic plane, wherever it stands: the subtorus of common translations has "
        "dimension 2, so 6 dimensions become 4 and the exponent of the rate rises.",
        "Torus(6) / Translations([[1, 0, 1, 0, 1, 0], [0, 1, 0, 1, 0, 1]])", (5, 25, 60, 400), 60, 1e-4,
    ),
    Example(
        "rotated image",
        "A drawing of three points in the plane, centred and of unit size, turned by any angle: the quotient is the "
        "complex projective plane, 5 dimensions become 4.",
        "Sphere(5) / SO(2).copies(3)", target_risk=1e-4,
    ),
    Example(
        "rotated sphere",
        "Functions on S^4 that do not change under rotations of three of the five coordinates: functions on a "
        "hemisphere of dimension 2, with a wall where orbits of dimension 2 collapse.",
        "Sphere(4) / SO(3)", target_risk=1e-4,
    ),
    Example(
        "three atoms",
        "Three atoms of one kind around a centre, in any order and any orientation, of fixed size: 8 dimensions "
        "become 5, and six orders count once.",
        "Sphere(8) / (SO(3).copies(3) * SymmetricGroup(3).blocks(3))", target_risk=1e-6,
    ),
    Example(
        "antipodal sphere",
        "Axes instead of arrows: opposite points are the same (the projective plane). The action is free.",
        "Sphere(2) / PointGroup('Ci')",
    ),
    Example(
        "icosahedral sphere, rotations",
        "A virus shell: the 60 rotations of the icosahedron.",
        "Sphere(2) / PointGroup('I')",
    ),
    Example(
        "icosahedral sphere",
        "A football: the 120 symmetries of the icosahedron, mirrors included. One triangle in 120 is all of it.",
        "Sphere(2) / PointGroup('Ih')",
    ),
    Example(
        "icosahedral sphere, from a mesh",
        "The same from 20 480 triangles, by finite elements on the invariant functions alone. Every level must agree "
        "with the closed form within its own stated error, and an inertia count must confirm that none is missing.",
        "TriangleMesh.icosphere(5) / PointGroup('Ih')", (100,), 100, cutoff=250,
        closed_form="Sphere(2) / PointGroup('Ih')",
    ),
    Example(
        "measured: cubic symmetry",
        "Kernel ridge regression on random samples, with and without the 48 symmetries of the cube in its kernel.",
        "Sphere(2) / PointGroup('Oh')", samples=(30, 100, 300, 1000),
    ),
    Example(
        "measured: rotations about an axis",
        "The same with a continuous group: one dimension less, and a steeper curve.",
        "Sphere(2) / SO(2)", samples=(30, 100, 300, 1000),
    ),
)
