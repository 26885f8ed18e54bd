"""Fixed planes and frames against the fixed points of explicit maps, and volumes of flags of spheres."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest

import weylspec as ws
from weylspec.groups.cosets import finite_coset
from weylspec.invariants.orbit_spaces.planes import eigenspaces, fixed_frames, fixed_planes, frame_volume, plane_volume


def test_volumes_are_those_of_projective_spaces_and_are_symmetric():
    for n in range(1, 6):
        assert plane_volume(1, n + 1, 2) == pytest.approx(math.pi**n / math.factorial(n), rel=1e-13)
        assert plane_volume(1, n + 1, 4) == pytest.approx(math.pi ** (2 * n) / math.factorial(2 * n + 1), rel=1e-13)
    for k, n, d in itertools.product(range(1, 4), range(4, 7), (1, 2, 4)):
        assert plane_volume(k, n, d) == pytest.approx(plane_volume(n - k, n, d), rel=1e-12)


def test_frames_fibre_over_planes():
    """V_k → Gr_k has fibre O(k), in the metric −½tr."""
    for k, n in [(1, 3), (2, 4), (2, 5), (3, 6)]:
        assert frame_volume(k, n) == pytest.approx(plane_volume(k, n) * frame_volume(k, k), rel=1e-13)


@pytest.mark.parametrize("group", [ws.SymmetricGroup(4), ws.CyclicGroup(5), ws.Hyperoctahedral(3)], ids=repr)
def test_eigenspaces_are_those_of_the_matrix(group):
    for coset in group.natural().cosets():
        turns = np.angle(np.linalg.eigvals(coset.element())) / (2 * math.pi)
        parts = eigenspaces(coset)
        assert sum(part.unit * part.size for part in parts) == group.degree
        for part in parts:
            for phase in part.spectrum:
                near = np.abs((turns - float(phase) + 0.5) % 1 - 0.5) < 1e-9
                assert near.sum() == part.size


def tangent_fixed(g, k, frame):
    """Dimension of the fixed tangent vectors at an invariant plane, and |det(1 − g)| on the rest, by matrices."""
    n = len(g)
    basis = np.linalg.qr(np.concatenate([frame.T, np.eye(n)], axis=1))[0]
    turned = basis.T @ g @ basis
    on_hom = np.kron(turned[k:, k:], turned[:k, :k])  # X ↦ (g|W⊥) X (g|W)^{-1}
    values = np.linalg.eigvals(on_hom)
    fixed = np.abs(values - 1) < 1e-9
    return int(fixed.sum()), float(np.abs(np.prod(1 - values[~fixed])))


@pytest.mark.parametrize(("lengths", "k"), [((4,), 2), ((2, 2), 2), ((3, 1), 2), ((2, 1, 1), 2), ((5,), 2), ((6,), 3)])
def test_components_of_fixed_planes_at_explicit_planes(lengths, k):
    """Sums of real eigenspaces of a permutation: each gives the dimension and normal determinant of its component."""
    n = sum(lengths)
    images, start = [], 0
    for length in lengths:
        images += [start + (i + 1) % length for i in range(length)]
        start += length
    g = np.eye(n)[images]
    cosets = ws.MatrixGroup([g]).natural().cosets()
    components = {(item.dim, round(item.normal, 6)) for item in fixed_planes(cosets, k, "")}
    values, vectors = np.linalg.eig(g)
    pieces = [np.real(vectors[:, [i]]) for i in range(n) if abs(values[i].imag) < 1e-9]
    pieces += [np.stack([vectors[:, i].real, vectors[:, i].imag], axis=1)
               for i in range(n) if values[i].imag > 1e-9]
    seen = set()
    for chosen in itertools.chain.from_iterable(itertools.combinations(pieces, r) for r in range(1, k + 1)):
        frame = np.concatenate(chosen, axis=1)
        if frame.shape[1] == k and np.linalg.matrix_rank(frame) == k:
            dim, normal = tangent_fixed(g, k, np.linalg.qr(frame)[0].T)
            seen.add((dim, round(normal, 6)))
    assert seen
    assert seen <= components


def test_frames_are_fixed_by_what_fixes_their_vectors():
    found = [(item.dim, round(item.volume / math.pi, 12), item.normal)
             for item in fixed_frames(ws.SymmetricGroup(3).linear(4), 2)]
    # 3-cycles fix R²: frames O(2), two circles; transpositions fix R³: frames SO(3); the identity: V₂(R⁴)
    assert sorted(found) == [(1, 4.0, 9.0), (3, round(8 * math.pi, 12), 4.0), (5, round(8 * math.pi**2, 12), 1.0)]


def test_an_oriented_plane_that_is_turned_over_is_not_fixed():
    """diag(−1, 1, 1, 1) on Gr̃₂(R⁴): only the planes in the mirror, each with two orientations."""
    fixed = list(fixed_planes(ws.SignFlips(1).linear(4).cosets(), 2, "", oriented=True))
    assert [(item.dim, item.share) for item in fixed if item.dim < 4] == [(2, Fraction(1, 2))]
    assert next(item.volume for item in fixed if item.dim < 4) == pytest.approx(4 * math.pi)  # a sphere: Gr̃₂(R³)


def test_complex_and_quaternionic_lines_that_a_diagonal_map_fixes():
    """diag(1, i, i) on CP²: a point and a line CP¹, |1 − i|⁴ = 4 and |1 − i|² = 2; on HP², e^{iφ} has CP¹ in HP¹."""
    quarter = Fraction(1, 4)
    complex_map = finite_coset(Fraction(1, 2), (1, 1, 1), (Fraction(0), quarter, quarter), lambda: np.eye(6))
    found = [(item.dim, round(item.volume / math.pi, 12), round(item.normal, 12))
             for item in fixed_planes([complex_map], 1, "", 2)]
    assert sorted(found) == [(0, round(1 / math.pi, 12), 4.0), (2, 1.0, 2.0)]
    # H³ ∋ (q, e^{iφ}q', e^{iφ}q'') with e^{iφ} = i: C⁶ has 1, 1 and i, i, −i, −i
    phases = (Fraction(0), Fraction(0), quarter, quarter, 3 * quarter, 3 * quarter)
    quaternionic = finite_coset(Fraction(1, 2), (1,) * 6, phases, lambda: np.eye(12))
    found = [(item.dim, round(item.volume / math.pi, 12), round(item.normal, 10))
             for item in fixed_planes([quaternionic], 1, "", 4)]
    # the line of q: |1 − i|⁸ = 16; CP¹: ratios of {i, −i} and {1, 1, i, −i}: |1 ± i| four times and 2 twice, 16
    assert sorted(found) == [(0, round(1 / math.pi, 12), 16.0), (2, 1.0, 16.0)]
