"""Left-invariant metrics on SU(2) and on nilmanifolds, worked out by hand from the formulas of the sources."""

from __future__ import annotations

import math

from facts.base import PI, Facts, pairs

_Q8 = ("MatrixGroup([[[0, -1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, -1, 0]], "
       "[[0, 0, -1, 0], [0, 0, 0, -1], [1, 0, 0, 0], [0, 1, 0, 0]]])")
_GORDON = "Gordon and Wilson (1986)"
_TANNO = "Tanno (1979): k(k+2) + (1/t² − 1)m², each k + 1 times"

LEFT_INVARIANT = {
    "BergerSphere(1)": Facts(
        "the unit S³ [2.1]", 3, 2 * PI**2, pairs("0(1) 3(4) 8(9) 15(16) 24(25) 35(36) 48(49) 63(64)"),
        counts={10**30: 333333333333333833333333333333500000000000000},
        series=lambda t: (1 + t) / (1 - t) ** 3, degrees=3, curvature=6.0),
    "BergerSphere('1/2')": Facts(
        _TANNO, 3, PI**2, pairs("0(1) 6(4) 8(3) 18(8) 20(6) 24(5) 36(10) 38(12) 42(8) 48(7)"), counts={48: 64},
        boundary=0.0, curvature=7.5),
    "BergerSphere(2)": Facts(
        _TANNO, 3, 4 * PI**2,
        pairs("0(1) 9/4(4) 5(6) 8(3) 33/4(8) 12(10) 57/4(8) 65/4(12) 21(24) 24(5) 105/4(16) 113/4(12) 32(18)"),
        curvature=0.0),
    # k = 3: 5(A + B + C) ± 4√(A² + B² + C² − AB − BC − CA), A, B, C = 1, 1/4, 1/9; k = 4: twice the root, from
    # 8(A + B + C); on V_k λ ≥ k(k+2)/9. μ = 2, 1, −2/3, so that
    # Scal = 2(2 − 2/3 − 4/3) = 0.
    "LeftInvariantSU2(1, 2, 3)": Facts(
        "asymmetric top: King, Hainer, Cross (1943), J = 1/2, 1, 3/2, 2", 3, 12 * PI**2,
        ((0, 1), (49 / 36, 4), (13 / 9, 3), ((245 - 4 * math.sqrt(889)) / 36, 8), ((392 - 8 * math.sqrt(889)) / 36, 5)),
        curvature=0.0, computed=True),
    f"BergerSphere(2) / {_Q8}": Facts(
        "[2.6] dim V_k^Γ = 1, 2, 1, 3, 2, 4 at k = 0, 4, 6, 8, 10, 12", 3, PI**2 / 2,
        pairs("0(1) 12(4) 21(6) 24(2) 32(6) 36(2) 45(6) 48(1)"), boundary=0.0),
    "BergerSphere('1/2') / MatrixGroup([[[0, -1], [1, 0]]]).copies(2)": Facts(
        "weights m divisible by 4", 3, PI**2 / 4, pairs("0(1) 8(3) 24(5) 48(7) 72(10) 80(9) 96(14) 120(11)"),
        boundary=0.0),
    "BergerSphere('1/2') / MatrixGroup([[[0, -1, 0, 0], [1, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]])": Facts(
        "weights n, m of both factors with n + m divisible by 8", 3, PI**2 / 4,
        pairs("0(1) 6(2) 8(1) 18(2) 20(2) 24(1) 36(2) 38(2) 42(2) 48(1)"), boundary=0.0),
    "BergerSphere('1/2') / SO(2).copies(2)": Facts(
        "[3.2] Hopf: the base does not change", 2, PI, pairs("0(1) 8(3) 24(5) 48(7) 80(9)"), boundary=0.0),
    # Orbits of length 2π√Q, Q = (s + 1)²/16 + (1 − s²)/4: area (π/4)·∫ ds/√Q = (π/4)·(8/√3)·arctan √3.
    "BergerSphere('1/2') / SO(2)": Facts(
        "weights n + m = 0", 2, 2 * PI**2 / (3 * math.sqrt(3)),
        pairs("0(1) 6(2) 8(1) 18(2) 20(2) 24(1) 36(2) 38(2) 42(2) 48(1)"), boundary=PI, wall_sum=0.0),
    "BergerSphere(2) / (SO(2) + SO(2))": Facts(
        "[3.2] S³/T², and n = m = 0 for any t", 1, PI / 2, series=lambda t: 1 / (1 - t**2), degrees=3, wall_sum=0.0),
    # The torus 4π²|q|² of Z², and 4π²k²n² + 2πk|n|(2h + 1), twice k|n| times.
    "HeisenbergNilmanifold(1)": Facts(
        _GORDON, 3, 1.0,
        ((0, 1), (4 * PI**2, 4), (4 * PI**2 + 2 * PI, 2), (4 * PI**2 + 6 * PI, 2), (4 * PI**2 + 10 * PI, 2),
         (8 * PI**2, 4), (4 * PI**2 + 14 * PI, 2), (4 * PI**2 + 18 * PI, 2)),
        counts={100: 19}, boundary=0.0, curvature=-0.5),
    "HeisenbergNilmanifold(2)": Facts(
        _GORDON, 3, 0.5,
        ((0, 1), (4 * PI**2, 4), (8 * PI**2, 4), (16 * PI**2, 4), (16 * PI**2 + 4 * PI, 4), (16 * PI**2 + 12 * PI, 4),
         (20 * PI**2, 8)),
        curvature=-0.5),
    # Z⁴: 1, 8, 24, 32 vectors; 4π²n² + 2π|n|(2h + 2), twice n²(h + 1) times.
    "HeisenbergNilmanifold(1, 2)": Facts(
        _GORDON, 5, 1.0,
        ((0, 1), (4 * PI**2, 8), (4 * PI**2 + 4 * PI, 2), (4 * PI**2 + 8 * PI, 4), (4 * PI**2 + 12 * PI, 6),
         (8 * PI**2, 24), (4 * PI**2 + 16 * PI, 8)),
        curvature=-1.0),
    # ℓ = 2, s = 1/2: π²|q|² and 16π²n² + (π/2)|n|(2h + 1).
    "HeisenbergNilmanifold(1, 1, 2, '1/2')": Facts(
        _GORDON, 3, 2.0,
        ((0, 1), (PI**2, 4), (2 * PI**2, 4), (4 * PI**2, 4), (5 * PI**2, 8), (8 * PI**2, 4), (9 * PI**2, 4),
         (10 * PI**2, 8), (13 * PI**2, 8), (16 * PI**2, 4), (16 * PI**2 + PI / 2, 2), (16 * PI**2 + 3 * PI / 2, 2)),
        curvature=-1 / 128),
}
