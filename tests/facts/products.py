"""Products [2.8] and triangle meshes."""

from __future__ import annotations

from facts.base import PI, Facts, pairs

PRODUCTS = {
    "Sphere(1) * Sphere(2)": Facts("[2.8]", 3, 8 * PI**2, pairs("0(1) 1(2) 2(3) 3(6) 4(2) 6(11) 7(10) 9(2)"),
                                   curvature=2.0),
    "Sphere(2) ** 2": Facts("[2.8]", 4, 16 * PI**2, pairs("0(1) 2(6) 4(9) 6(10) 8(30) 12(39)"), curvature=4.0),
    "(Sphere(2) / PointGroup('Ci')) * Torus(1)": Facts(
        "[2.8]", 3, 4 * PI**2, pairs("0(1) 1(2) 4(2) 6(5) 7(10) 9(2) 10(10)")),
}



MESHES = {
    "TriangleMesh.icosphere(4)": Facts(
        "[2.1] S²", 2, 4 * PI, pairs("0(1) 2(3) 6(5) 12(7)"), computed=True),
    "TriangleMesh.icosphere(4) / PointGroup('Ih')": Facts(
        "[3.1] degrees 6, 10", 2, 4 * PI / 120, pairs("0(1) 42(1) 110(1)"), computed=True),
}
