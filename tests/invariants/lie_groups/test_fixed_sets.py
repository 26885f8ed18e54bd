"""Fixed sets of two-sided translations: centralisers and Ad by numerical linear algebra, heat traces of quotients."""

import math
from fractions import Fraction

import numpy as np
import pytest

from weylspec.groups.matrix import MatrixGroup
from weylspec.groups.point import PointGroup
from weylspec.groups.standard import eigenphases
from weylspec.groups.two_sided import LeftTranslations, TwoSided
from weylspec.invariants.lie_groups.fixed_sets import ClassicalGroup, centraliser, class_invariant, normal_determinant
from weylspec.spaces.lie_group import CompactSymplectic, SpecialOrthogonal, SpecialUnitary, Unitary

LEFT_Q8 = MatrixGroup([[[0, -1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, -1, 0]],
                       [[0, 0, -1, 0], [0, 0, 0, -1], [1, 0, 0, 0], [0, 1, 0, 0]]])
QUARTER_TURN = MatrixGroup([[[0, -1], [1, 0]]])


def lie_algebra(space):
    """An orthonormal basis, as complex matrices: skew ones, projected onto the quaternionic and traceless ones."""
    model = space.model
    size = model.real_size // (2 if model.field != "R" else 1)
    basis = []
    for i in range(size):
        for j in range(size):
            unit = np.zeros((size, size), dtype=complex)
            unit[i, j] = 1
            candidates = [unit] if model.field == "R" else [unit, 1j * unit]
            basis += [x - x.conj().T for x in candidates]
    flat = np.array([b.ravel() for b in basis])
    if model.field == "H":
        omega = np.kron(np.eye(model.n), [[0, -1], [1, 0]])
        flat = np.array([(b + omega @ b.conj() @ omega.T).ravel() / 2 for b in basis])
    if model.special:
        flat = np.array([(b - np.trace(b) / size * np.eye(size)).ravel() for b in flat.reshape(-1, size, size)])
    stacked = np.hstack([flat.real, flat.imag])
    _, values, vectors = np.linalg.svd(stacked, full_matrices=False)
    kept = vectors[values > 1e-9]
    half = kept.shape[1] // 2
    return (kept[:, :half] + 1j * kept[:, half:]).reshape(len(kept), size, size)


@pytest.mark.parametrize(("space", "group"), [
    (SpecialUnitary(2), LEFT_Q8), (SpecialOrthogonal(3), PointGroup("O")), (CompactSymplectic(1), LEFT_Q8),
    (SpecialOrthogonal(4), PointGroup("O")), (SpecialOrthogonal(5), PointGroup("T") + QUARTER_TURN),
    (SpecialUnitary(3), PointGroup("O").blocks(2)), (Unitary(3), PointGroup("O").blocks(2)),
    (CompactSymplectic(3), PointGroup("O").blocks(4)), (SpecialOrthogonal(6), PointGroup("O") + PointGroup("D3"))],
    ids=str)
def test_centralisers_are_the_fixed_spaces_of_ad(space, group):
    basis = lie_algebra(space)
    assert len(basis) == space.dim
    flat = np.array([np.concatenate([b.real.ravel(), b.imag.ravel()]) for b in basis])
    classical = space._classical
    for coset in group.linear(space.model.real_size).cosets():
        g = space.model.complex_matrices(coset.element())
        moved = np.array([np.concatenate([(x := g @ b @ g.conj().T).real.ravel(), x.imag.ravel()]) for b in basis])
        ad = moved @ flat.T
        values = np.linalg.eigvals(ad)
        away = np.abs(values - 1) > 1e-7
        phases = class_invariant(classical, eigenphases(coset, classical.field))[0]
        dim, volume = centraliser(classical, phases)
        assert dim == (~away).sum()
        assert volume > 0
        expected = float(np.prod(np.abs(1 - values[away])))
        assert normal_determinant(classical, phases) == pytest.approx(expected, rel=1e-9)
        if coset.is_identity:
            assert volume == pytest.approx(space.volume, rel=1e-12)


def test_volumes_of_centralisers_are_those_of_orbits():
    """vol(G)/vol(Z) = vol(G/Z): for SU(2) the Hopf sphere of radius ½, for SO(3) a unit sphere or projective plane."""
    su2 = ClassicalGroup("C", 2, True, Fraction(1, 2))
    quarter = (Fraction(1, 4), Fraction(3, 4))
    assert SpecialUnitary(2).volume / centraliser(su2, quarter)[1] == pytest.approx(4 * math.pi * 0.25, rel=1e-12)
    so3 = ClassicalGroup("R", 3, True, Fraction(1))
    half = (Fraction(1, 2), Fraction(1, 2), Fraction(0))
    assert SpecialOrthogonal(3).volume / centraliser(so3, half)[1] == pytest.approx(2 * math.pi, rel=1e-12)
    third = (Fraction(1, 3), Fraction(2, 3), Fraction(0))
    assert SpecialOrthogonal(3).volume / centraliser(so3, third)[1] == pytest.approx(4 * math.pi, rel=1e-12)
    # Gr₂(R⁵), CP² and S⁴(1/√2) = HP¹ as classes of involutions [2.1, 2.4].
    zero, turn = Fraction(0), Fraction(1, 2)
    so5, su3 = ClassicalGroup("R", 5, True, Fraction(1)), ClassicalGroup("C", 3, True, Fraction(1, 2))
    sp2 = ClassicalGroup("H", 2, False, Fraction(1))
    assert SpecialOrthogonal(5).volume / centraliser(so5, (zero, zero, zero, turn, turn))[1] == pytest.approx(
        41.341702, rel=5e-8)
    assert SpecialUnitary(3).volume / centraliser(su3, (zero, turn, turn))[1] == pytest.approx(
        math.pi**2 / 2, rel=1e-12)
    assert CompactSymplectic(2).volume / centraliser(sp2, (zero, zero, turn, turn))[1] == pytest.approx(
        8 * math.pi**2 / 3 / 4, rel=1e-12)


def test_mirror_images_are_told_apart():
    so4, third, quarter = ClassicalGroup("R", 4, True, Fraction(1)), Fraction(1, 3), Fraction(1, 4)
    one = class_invariant(so4, (third, 1 - third, quarter, 1 - quarter))
    assert one != class_invariant(so4, (1 - third, third, quarter, 1 - quarter))
    assert one == class_invariant(so4, (1 - quarter, quarter, 1 - third, third))
    assert class_invariant(so4, (third, 1 - third, Fraction(0), Fraction(0)))[1] == 1


@pytest.mark.parametrize(("space", "group"), [
    (SpecialUnitary(2), TwoSided(LEFT_Q8, LEFT_Q8)),
    (SpecialOrthogonal(3), TwoSided(PointGroup("O"), PointGroup("D3"))),
    (SpecialOrthogonal(3), TwoSided(PointGroup("T"), PointGroup("T"))),
    (CompactSymplectic(1), TwoSided(LEFT_Q8, LEFT_Q8)),
    (SpecialOrthogonal(3), LeftTranslations(PointGroup("I")))], ids=str)
def test_heat_traces_of_rank_one_quotients_are_their_terms(space, group):
    """Z(t) = e^{t|ρ|²} Σ terms but for e^{−d²/4t}, d ≥ π/6 the least difference of angles: e^{−45} here."""
    quotient, t = space / group, 0.0015
    listed = quotient.spectrum(cutoff=40 / t)
    measured = float(np.asarray(listed.multiplicities, float) @ np.exp(-t * listed.eigenvalues))
    smooth = sum(term.coefficient * (4 * math.pi * t) ** (-term.dim / 2) for term in quotient.terms
                 if "curvature" not in term.source)
    assert measured == pytest.approx(smooth * math.exp(t * space.scalar_curvature / 6), rel=1e-9)


@pytest.mark.parametrize(("space", "group", "order"), [
    (SpecialUnitary(2), TwoSided(LEFT_Q8, LEFT_Q8), 32), (SpecialOrthogonal(4), TwoSided(LEFT_Q8, LEFT_Q8), 32),
    (SpecialOrthogonal(3), TwoSided(PointGroup("O"), PointGroup("O")), 576)], ids=str)
def test_common_central_elements_act_trivially(space, group, order):
    quotient = space / group
    assert quotient.effective_order == order
    assert quotient.volume == pytest.approx(space.volume / order, rel=1e-13)
    assert quotient.is_free is False
