import math

import numpy as np
import pytest

from weylspec.errors import CertificationError, CostError, GroupActionError, WeylspecError
from weylspec.groups.matrix import MatrixGroup
from weylspec.groups.orthogonal import SO
from weylspec.groups.permutation import CyclicGroup
from weylspec.groups.point import PointGroup
from weylspec.solvers.eigen import certify, restore, solve
from weylspec.spaces.mesh import TriangleMesh

GOLDEN = (1 + math.sqrt(5)) / 2


def sphere_levels(top):
    """l(l + 1), 2l + 1 times, up to degree top."""
    return np.repeat([degree * (degree + 1.0) for degree in range(top + 1)], [2 * d + 1 for d in range(top + 1)])


def square(n, crossed=False):
    """The flat unit square around the origin, n × n cells cut in two, or in four with their middles."""
    line = np.arange(n + 1) / n - 0.5
    x, y = (c.reshape(-1) for c in np.meshgrid(line, line, indexing="ij"))
    a = (np.arange(n)[:, None] * (n + 1) + np.arange(n)[None]).reshape(-1)
    corners = [a, a + n + 1, a + n + 2, a + 1]
    points = np.stack([x, y, 0 * x], axis=1)
    if not crossed:
        halves = [np.stack([corners[i] for i in half], axis=1) for half in ((0, 1, 2), (0, 2, 3))]
        return TriangleMesh(points, np.concatenate(halves))
    middle = len(points) + np.arange(n * n)
    faces = [np.stack([corners[i], corners[(i + 1) % 4], middle], axis=1) for i in range(4)]
    return TriangleMesh(np.concatenate([points, points[corners].mean(axis=0)]), np.concatenate(faces))


def tetrahedron(shift=0.0):
    corners = np.array([[1.0, 1, 1], [1, -1, -1], [-1, 1, -1], [-1, -1, 1]]) + shift
    return corners, np.array([[0, 1, 2], [0, 1, 3], [0, 2, 3], [1, 2, 3]])


def test_the_icosahedron_stands_as_stated():
    M = TriangleMesh.icosphere(0)
    expected = {tuple(np.roll([0, s, t * GOLDEN], k).round(9)) for s in (1, -1) for t in (1, -1) for k in range(3)}
    found = {tuple((v * math.hypot(1, GOLDEN)).round(9) + 0.0) for v in M.vertices}
    assert found == expected
    for axis in range(3):
        turn = -np.eye(3)
        turn[axis, axis] = 1.0
        assert (M / MatrixGroup([turn])).effective_order == 2
    M = TriangleMesh.icosphere(3)
    assert M.vertices.shape == (642, 3)
    assert M.faces.shape == (1280, 3)
    assert M.topology.characteristic == 2
    np.testing.assert_allclose(np.linalg.norm(M.vertices, axis=1), 1, rtol=1e-15)


def test_order_two_convergence_to_the_sphere():
    # mean over each multiplet of λ_h − l(l + 1), halving h four times
    errors = []
    for s in range(2, 6):
        M = TriangleMesh.icosphere(s)
        lam = solve(*M._problem.conforming, num=16).eigenvalues
        errors.append([lam[d * d: (d + 1) ** 2].mean() - d * (d + 1) for d in (1, 2, 3)])
    orders = np.log2(np.array(errors)[:-1] / np.array(errors)[1:])
    assert (np.abs(orders - 2) <= 0.1).all(), orders


@pytest.mark.parametrize(("s", "radius", "top"), [(1, 1, 3), (2, 3, 4), (3, 1, 8), (3, 0.5, 6)])
def test_errors_cover_the_sphere(s, radius, top):
    M = TriangleMesh.icosphere(s, radius=radius)
    exact = sphere_levels(top) / radius**2
    S = M.spectrum(num=len(exact))
    difference = np.abs(S.eigenvalues[: len(exact)] - exact)
    assert (difference <= S.errors[: len(exact)]).all()
    assert (S.errors[1: len(exact)] <= 4 * difference[1:]).all()    # and they are not idle
    assert abs(M.volume / (4 * math.pi * radius**2) - 1) <= M.volume_error
    assert S.eigenvalues[0] == 0
    assert S.count(0) == 1
    assert "inertia count" in S.provenance
    assert "sphere" in S.provenance


def test_a_multiplet_with_a_missing_copy_is_refused_and_restored():
    M = TriangleMesh.icosphere(3)
    K, mass = M._problem.conforming
    found = solve(K, mass, num=16)
    shift = 9.0                                          # between the degrees 2 and 3
    assert certify(K, mass, found.eigenvalues, errors=found.error, shift=shift).below == 9
    kept = np.delete(np.arange(9), 6)                    # one of the five copies of degree 2
    with pytest.raises(CertificationError, match=r"finds 9 eigenvalues below 9, the list has 8: 1 missing"):
        certify(K, mass, found.eigenvalues[kept], shift=shift)
    restored = restore(K, mass, found.eigenvectors[:, kept], shift)
    assert restored.inertia.below == 9
    np.testing.assert_allclose(restored.eigenvalues[:9], found.eigenvalues[:9], atol=1e-9)


@pytest.mark.parametrize(("name", "order", "degrees"), [
    # Molien series of invariant harmonics: 1/((1 − t⁶)(1 − t¹⁰)), (1 + t¹⁵)/(same), 1/((1 − t²)(1 − t²)) for D2h
    ("Ih", 120, [0, 6, 10, 12]),
    ("I", 60, [0, 6, 10, 12, 15]),
    ("D2h", 8, [0, 2, 2, 4, 4, 4, 6, 6, 6, 6]),
    ("Ci", 2, [0] + [2] * 5 + [4] * 9),
])
def test_invariant_levels_alone(name, order, degrees):
    M = TriangleMesh.icosphere(4 if degrees[-1] > 6 else 3)
    Q = M / PointGroup(name)
    assert Q.effective_order == order
    S = Q.spectrum(num=len(degrees))
    exact = np.array([d * (d + 1.0) for d in degrees])
    difference = np.abs(S.eigenvalues[: len(exact)] - exact)
    assert (difference <= S.errors[: len(exact)]).all()
    every = M.spectrum(cutoff=50).eigenvalues
    for lam in S.eigenvalues[S.eigenvalues <= 50]:
        assert np.abs(every - lam).min() < 1e-8


@pytest.mark.parametrize("s", [0, 1, 2])
@pytest.mark.parametrize(("name", "order", "points", "mirrors"), [
    # Σ (m² − 1)/(12m) over the cone points of S²/I, half of it for Ih; the 15 great circles of Ih, 2·15·2π/120
    ("I", 60, 0.747222, 0.0), ("Ih", 120, 0.373611, math.pi / 2), ("Ci", 2, 0.0, 0.0),
])
def test_geometry_of_the_quotient(s, name, order, points, mirrors):
    M = TriangleMesh.icosphere(s)
    Q = M / PointGroup(name)
    assert Q.volume == pytest.approx(M.volume / order, rel=1e-14)
    constant = sum(term.coefficient for term in Q.geometry.lower)
    assert constant - 2 / (6 * order) == pytest.approx(points, abs=1e-6)  # χ/6 beside the points
    assert Q.boundary_volume == pytest.approx(mirrors, rel=[0.12, 0.04, 0.01][s])
    assert all(wall.weight == 0.25 for wall in Q.walls)
    assert Q.is_free is (name == "Ci")


def test_groups_that_do_not_act_are_refused():
    M = TriangleMesh.icosphere(2)
    with pytest.raises(GroupActionError, match=r"PointGroup\('O'\) does not permute .*largest mismatch"):
        M / PointGroup("O")
    with pytest.raises(GroupActionError, match="does not permute"):
        M / PointGroup("C5")                             # the z axis is two-fold
    with pytest.raises(GroupActionError, match="infinite"):
        M / SO(3)
    with pytest.raises(GroupActionError, match="faces"):
        square(3) / PointGroup("C4")                     # turns the diagonals of the cells
    with pytest.raises(GroupActionError, match="moves 4 coordinates"):
        M / CyclicGroup(4)
    assert (M / CyclicGroup(3)).effective_order == 3     # (x, y, z) → (y, z, x)
    trivial = M / PointGroup("C1")
    assert trivial.effective_order == 1
    assert np.array_equal(trivial.spectrum(cutoff=13).eigenvalues, M.spectrum(cutoff=13).eigenvalues)
    corners, faces = tetrahedron()
    two = TriangleMesh(np.concatenate([corners, corners + 9]), np.concatenate([faces, faces + 4]))
    with pytest.raises(GroupActionError, match="2 components"):
        two / PointGroup("Ci")


def test_flat_square_and_its_symmetries():
    M = square(10, crossed=True)
    exact = np.sort([math.pi**2 * (p * p + q * q) for p in range(6) for q in range(6)])
    S = M.spectrum(cutoff=100)
    assert (np.abs(S.eigenvalues - exact[: len(S)]) <= S.errors).all()
    assert (S.eigenvalues >= exact[: len(S)] - 1e-9).all()           # finite elements from above
    assert M.volume == pytest.approx(1, rel=1e-14)
    assert M.boundary_volume == pytest.approx(4, rel=1e-14)
    assert M.scalar_curvature == pytest.approx(0, abs=1e-10)
    assert [(w.weight, round(w.volume, 12)) for w in M.walls] == [(0.25, 4.0)]
    # x ↦ −x: the rectangle of sides 1/2 and 1; the half turn about the x axis folds the flat mesh like a mirror
    half = np.sort([math.pi**2 * (4 * p * p + q * q) for p in range(6) for q in range(6)])
    for g in (np.diag([-1.0, 1, 1]), np.diag([1.0, -1, -1])):
        Q = M / MatrixGroup([g, np.diag([1.0, 1, -1])])             # z ↦ −z does nothing
        assert Q.group.order == 4
        assert Q.effective_order == 2
        assert Q.volume == pytest.approx(0.5, rel=1e-14)
        assert Q.boundary_volume == pytest.approx(3, rel=1e-12)
        T = Q.spectrum(cutoff=100)
        assert (np.abs(T.eigenvalues - half[: len(T)]) <= T.errors).all()
    # the whole symmetry group: the triangle with legs 1/2
    Q = M / PointGroup("C4v")
    assert Q.volume == pytest.approx(1 / 8, rel=1e-14)
    assert Q.boundary_volume == pytest.approx(1 + math.sqrt(0.5), rel=1e-12)
    triangle = np.sort([4 * math.pi**2 * (p * p + q * q) for p in range(6) for q in range(p + 1)])
    T = Q.spectrum(cutoff=300)
    assert (np.abs(T.eigenvalues - triangle[: len(T)]) <= T.errors).all()


def test_curvature_is_the_mean_by_gauss_bonnet():
    assert TriangleMesh(*tetrahedron()).scalar_curvature == pytest.approx(8 * math.pi / (8 * math.sqrt(3)), rel=1e-13)
    assert TriangleMesh.icosphere(4, radius=2).scalar_curvature == pytest.approx(2 / 4, rel=2e-3)
    n = 12
    u, v = (c.reshape(-1) for c in np.meshgrid(*[2 * np.pi * np.arange(n) / n] * 2, indexing="ij"))
    points = np.stack([(3 + np.cos(v)) * np.cos(u), (3 + np.cos(v)) * np.sin(u), np.sin(v)], axis=1)
    i, j = (c.reshape(-1) for c in np.meshgrid(np.arange(n), np.arange(n), indexing="ij"))
    at = [(i + a) % n * n + (j + b) % n for a, b in ((0, 0), (1, 0), (1, 1), (0, 1))]
    torus = TriangleMesh(points, np.concatenate([np.stack(at[:3], 1), np.stack([at[k] for k in (0, 2, 3)], 1)]))
    assert torus.topology.characteristic == 0
    assert torus.scalar_curvature == pytest.approx(0, abs=1e-12)
    assert torus.boundary_volume == 0


def test_components_scaling_and_samples():
    corners, faces = tetrahedron()
    two = TriangleMesh(np.concatenate([corners, corners + 9]), np.concatenate([faces, faces + 4]))
    assert two.components == 2
    assert two.spectrum(cutoff=1).count(0) == 2
    M = TriangleMesh.icosphere(2)
    S, T = M.spectrum(cutoff=12.9), M.scaled(3).spectrum(cutoff=12.9 / 9)
    np.testing.assert_allclose(T.eigenvalues, S.eigenvalues / 9, rtol=1e-10)
    np.testing.assert_allclose(T.errors, S.errors / 9, rtol=1e-6)
    assert M.scaled(3).volume == pytest.approx(9 * M.volume)
    assert M.scaled(3).volume_error == pytest.approx(M.volume_error)
    x = square(3).check_points(square(3).sample(20_000, np.random.default_rng(5)))
    assert np.abs(x[:, :2]).max() <= 0.5
    assert (x[:, 2] == 0).all()
    # uniform on [−½, ½]²: mean 0 and variance 1/12, within 5 standard deviations
    np.testing.assert_allclose(x[:, :2].mean(axis=0), 0, atol=5 / math.sqrt(12 * 20_000))
    np.testing.assert_allclose(x[:, :2].var(axis=0), 1 / 12, atol=5 * math.sqrt((1 / 80 - 1 / 144) / 20_000))


def test_too_much_is_refused():
    M = TriangleMesh.icosphere(1)
    with pytest.raises(CostError, match="refine the mesh or lower the cutoff"):
        M.spectrum(cutoff=500)
    with pytest.raises(WeylspecError, match="eigenspace kernels"):
        M.eigenspace_kernel(M.vertices, M.vertices, 2)


def bad(**change):
    corners, faces = tetrahedron()
    return {"vertices": corners, "faces": faces} | change


@pytest.mark.parametrize(("arrays", "message"), [
    (bad(vertices=np.zeros((4, 2))), r"shape \(n, 3\)"),
    (bad(faces=np.array([[0, 1, 2, 3]])), "split other polygons"),
    (bad(faces=tetrahedron()[1] * 1.0), "integer"),
    (bad(faces=np.array([[0, 1, 2], [1, 2, 4]])), r"face 1 = \[1, 2, 4\] has an index outside 0 … 3"),
    (bad(faces=np.array([[0, 1, 1]])), "names a vertex twice"),
    (bad(faces=np.array([[0, 1, 2]])), "vertex 3 is in no face"),
    (bad(vertices=np.array([[0.0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 0]])), "vertices 0 and 3 .* merge"),
    (bad(vertices=np.array([[0.0, 0, 0], [1, 1, 0], [2, 2, 0], [0, 1, 5]])), r"face 0 = \[0, 1, 2\] has no area"),
    ({"vertices": np.array([[0.0, 0, 0], [0, 0, 1], [1, 0, 0], [0, 1, 0], [-1, -1, 0]]),
      "faces": np.array([[0, 1, 2], [0, 1, 3], [0, 1, 4]])}, r"edge \[0, 1\] is in 3 faces"),
])
def test_broken_meshes_are_refused(arrays, message):
    with pytest.raises(WeylspecError, match=message):
        TriangleMesh(**arrays)


def write_off(path, M, digits):
    lines = ["OFF  # a comment", f"{len(M.vertices)} {len(M.faces)} 0"]
    lines += [" ".join(f"{c:.{digits}f}" for c in v) for v in M.vertices]
    lines += ["3 " + " ".join(map(str, f)) for f in M.faces]
    path.write_text("\n".join(lines) + "\n")
    return path


def test_meshes_from_files(tmp_path):
    M = TriangleMesh.icosphere(1)
    read = TriangleMesh.from_file(write_off(tmp_path / "a.off", M, 17))
    assert np.array_equal(read.vertices, M.vertices)
    assert np.array_equal(read.faces, M.faces)
    obj = "# a\nv 0 0 0\nv 1 0 0\nv 0 1 0\nvn 0 0 1\nf 1/1/1 2/2/1 3/3/1\nv 1 1 0\nf -1 -2 -3\n"
    (tmp_path / "b.obj").write_text(obj)
    assert TriangleMesh.from_file(tmp_path / "b.obj").faces.tolist() == [[0, 1, 2], [3, 2, 1]]
    for name, text, message in [
        ("c.stl", "solid", "only .off and .obj"), ("d.off", "COFF\n1 1 1", "not OFF"),
        ("e.off", "OFF\n3 1 0\n0 0 0\n", "ends too early"), ("f.off", "OFF\n1 0 0\n0 0 x\n", "well-formed"),
        ("g.obj", "v 0 0 0\nv 1 0 0\nv 0 1 0\nv 1 1 0\nf 1 2 3 4\n", "4 corners"),
        ("h.obj", "v 0 0 0\nf 0 1 2\n", "counts from 1"),
    ]:
        (tmp_path / name).write_text(text)
        with pytest.raises(WeylspecError, match=message):
            TriangleMesh.from_file(tmp_path / name)


def test_a_symmetry_typed_to_six_digits_is_found_and_charged_for(tmp_path):
    M = TriangleMesh.icosphere(2)
    exact = (M / PointGroup("Ih")).spectrum(cutoff=60)
    typed = TriangleMesh.from_file(write_off(tmp_path / "a.off", M, 6)) / PointGroup("Ih")
    found = typed.spectrum(cutoff=60)
    np.testing.assert_allclose(found.eigenvalues, exact.eigenvalues, rtol=1e-5)
    action = typed.action_on_manifold
    assert 1e-6 < action.problem.distortion < 1e-3
    with pytest.raises(GroupActionError, match="largest mismatch"):
        TriangleMesh.from_file(write_off(tmp_path / "b.off", M, 2)) / PointGroup("Ih")
