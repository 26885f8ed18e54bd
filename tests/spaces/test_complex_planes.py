"""Groups on complex and quaternionic Grassmannians: transitive ones, projective spaces, traces of kernels, heat."""

from __future__ import annotations

import math

import numpy as np
import pytest

import weylspec as ws
from weylspec.errors import GroupActionError, UnknownGeometryError

QUARTER = ws.MatrixGroup([[[0, -1], [1, 0]]])


def rows(spectrum):
    return list(zip(spectrum.eigenvalues.tolist(), spectrum.multiplicities.tolist(), strict=True))


@pytest.mark.parametrize(("space", "group"), [
    (ws.Grassmannian(2, 4, "C"), ws.U(4)), (ws.Grassmannian(2, 4, "C"), ws.SU(4)),
    (ws.Grassmannian(2, 4, "C"), ws.Sp(2)), (ws.Grassmannian(2, 3, "H"), ws.Sp(3)),
], ids=repr)
def test_transitive_groups_leave_the_constants(space, group):
    """Sp(2) is not transitive on Gr₂(C⁴) = Gr̃₂(R⁶): Sp(2) = Spin(5) keeps the height of a plane."""
    found = (space / group).spectrum(cutoff=90)
    if isinstance(group, ws.Sp) and space.field == "C":
        rotations = ws.OrientedGrassmannian(2, 6) / ws.SO(5)
        assert [(lam / 2, m) for lam, m in rows(found)] == rows(rotations.spectrum(cutoff=45))
        assert len(found) > 1
        with pytest.raises(UnknownGeometryError, match=r"orbits of Sp\(2\) on Grass"):
            (space / group).volume  # noqa: B018
    else:
        assert rows(found) == [(0.0, 1)]
        assert ((space / group).dim, (space / group).volume) == (0, 1.0)


@pytest.mark.parametrize("group", [
    QUARTER + ws.SO(2).copies(2), ws.SymmetricGroup(3).blocks(2), ws.CyclicGroup(3).blocks(2), ws.SO(3).blocks(2),
    ws.U(2), ws.SO(2) + ws.SO(2), QUARTER + ws.SignFlips(1).copies(4),
], ids=repr)
def test_complex_lines_are_spheres_modulo_scalars(group):
    """CP² = S⁵/U(1): the joint action with the circle, by Molien's formula."""
    lines = ws.Grassmannian(1, 3, "C") / group
    sphere = ws.Sphere(5) / (group.copies(1) * ws.SO(2).copies(3))
    assert rows(lines.spectrum(cutoff=200)) == rows(sphere.spectrum(cutoff=200))


def test_planes_and_complements_have_the_same_quotients():
    for field, group in (("C", ws.SymmetricGroup(3).blocks(2)), ("C", ws.U(2)), ("H", ws.SymmetricGroup(3).blocks(4)),
                         ("H", ws.Sp(2))):
        lines, planes = ws.Grassmannian(1, 3, field) / group, ws.Grassmannian(2, 3, field) / group
        assert rows(lines.spectrum(cutoff=150)) == rows(planes.spectrum(cutoff=150))


@pytest.mark.parametrize(("space", "group"), [
    (ws.Grassmannian(2, 4, "C"), ws.SymmetricGroup(4).blocks(2)),
    (ws.Grassmannian(2, 4, "C"), QUARTER + ws.SignFlips(1).copies(2)),
    (ws.Grassmannian(1, 3, "H"), ws.SymmetricGroup(3).blocks(4)),
    (ws.Grassmannian(2, 4, "H"), ws.CyclicGroup(4).blocks(4)),
], ids=repr)
def test_invariants_are_traces_of_kernels(space, group, rng):
    """tr(g | E_λ) = tr(K⁺K_g) over more points than dimensions: no character enters."""
    listed = space.spectrum(num=20)
    cutoff, count = listed.complete_below, int(listed.multiplicities.max()) + 30
    size = space.ambient_dim // space.k
    elements = group.linear(size).elements()
    x = space.sample(count, rng)
    frames = x.reshape(count, space.k, size)
    inverses = [np.linalg.pinv(kernel, rcond=1e-9, hermitian=True) for kernel in space.eigenspace_kernel(x, x, cutoff)]
    found = np.zeros(len(listed))
    for g in elements:
        moved = space.eigenspace_kernel((frames @ g.T).reshape(count, -1), x, cutoff)
        found += [np.trace(inverse @ turned) for inverse, turned in zip(inverses, moved, strict=True)]
    found /= len(elements)
    np.testing.assert_allclose(found, np.round(found), atol=1e-6)
    expected = {lam: round(m) for lam, m in zip(listed.eigenvalues, found, strict=True) if m > 0.5}
    assert dict(rows((space / group).spectrum(cutoff=cutoff))) == expected


@pytest.mark.parametrize(("space", "group"), [
    (ws.Grassmannian(2, 4, "C"), ws.SymmetricGroup(4).blocks(2)),
    (ws.Grassmannian(2, 4, "C"), QUARTER + ws.SignFlips(1).copies(2)),
    (ws.Grassmannian(1, 3, "C"), QUARTER), (ws.Grassmannian(1, 3, "H"), ws.SymmetricGroup(3).blocks(4)),
    (ws.Grassmannian(1, 2, "H"), ws.MatrixGroup([np.kron(np.diag([1.0, -1.0]), [[0, -1], [1, 0]])])),
], ids=repr)
def test_fixed_planes_give_the_heat_trace_of_a_quotient(space, group):
    """Z_{M/G}(t) − Z_M(t)/|G| is the sum over the fixed sets, each with a factor 1 + O(t)."""
    quotient = space / group
    errors = []
    for t in (0.02, 0.01):
        whole, part = (s.spectrum(cutoff=40 / t).heat_trace(t, rtol=1e-9) for s in (space, quotient))
        terms = [term.coefficient * (4 * math.pi * t) ** (-term.dim / 2) for term in quotient.terms[1:]
                 if "curvature" not in term.source]
        errors.append((part - whole / quotient.effective_order) / sum(terms) - 1)
    assert abs(errors[1]) < 0.01 * 4 * space.scalar_curvature
    assert abs(2 * errors[1] - errors[0]) < abs(errors[0]) / 2


def test_kernels_of_quotients_are_invariant(rng):
    space = ws.Grassmannian(2, 4, "C")
    quotient = space / ws.CyclicGroup(4).blocks(2)
    x, y = space.sample(3, rng), space.sample(2, rng)
    g = np.kron(np.roll(np.eye(4), 1, axis=0), np.eye(2))
    kernel = quotient.eigenspace_kernel(x, y, 24)
    turned = (x.reshape(3, 2, 8) @ g.T).reshape(3, 16)
    np.testing.assert_allclose(quotient.eigenspace_kernel(turned, y, 24), kernel, atol=1e-12)
    assert kernel.shape == (len(quotient.spectrum(cutoff=24)), 3, 2)


@pytest.mark.parametrize(("space", "group", "message"), [
    (ws.Grassmannian(2, 4, "C"), ws.SymmetricGroup(4), "does not commute with the scalars i "),
    (ws.Grassmannian(2, 4, "C"), ws.ComplexConjugation(4), "does not commute with the scalars i "),
    (ws.Grassmannian(1, 2, "H"), ws.U(4), "does not commute with the scalars i, j "),
    (ws.Grassmannian(1, 2, "C"), ws.U(3), "moves 6 coordinates, the space has 4"),
])
def test_other_groups_are_refused(space, group, message):
    with pytest.raises(GroupActionError, match=message):
        space / group
