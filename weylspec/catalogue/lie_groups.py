"""Lie groups with bi-invariant and left-invariant metrics, nilmanifolds, and their quotients."""

from __future__ import annotations

from weylspec.catalogue._matrices import LEFT_Q8, QUARTER_TURN

_LIE_GROUPS = (
    "SpecialUnitary(2)", "SpecialUnitary(3)", "SpecialUnitary(4)", "Unitary(2)", "Unitary(3)", "SpecialOrthogonal(3)",
    "SpecialOrthogonal(4)", "SpecialOrthogonal(5)", "SpecialOrthogonal(6)", "CompactSymplectic(2)",
    "CompactSymplectic(3)", "SpinGroup(7)", "ExceptionalLieGroup('G2')", "ExceptionalLieGroup('F4')",
)

_LIE_QUOTIENTS = (
    "SpecialUnitary(2) / Conjugation()",
    "SpecialUnitary(3) / Conjugation()",
    "CompactSymplectic(2) / Conjugation()",
    "SpecialOrthogonal(5) / Conjugation()",
    "SpecialOrthogonal(4) / Conjugation()",
    "SpecialOrthogonal(3) / Conjugation(PointGroup('T'))",
    "SpecialOrthogonal(5) / TwoSided(SO(4), SO(4))",
    f"SpecialUnitary(2) / LeftTranslations({LEFT_Q8})",
    f"SpecialUnitary(2) / TwoSided({LEFT_Q8}, {LEFT_Q8})",
    "SpecialOrthogonal(3) / LeftTranslations(PointGroup('I'))",
    "SpecialOrthogonal(4) / LeftTranslations(SO(3))",
    "SpecialOrthogonal(4) / LeftTranslations(SO(2))",
    "SpecialOrthogonal(5) / RightTranslations(SO(3))",
    "Unitary(2) / LeftTranslations(SO(2).copies(2))",
)

_LEFT_INVARIANT = (
    "BergerSphere(1)",
    "BergerSphere('1/2')",
    "BergerSphere(2)",
    "LeftInvariantSU2(1, 2, 3)",
    f"BergerSphere(2) / {LEFT_Q8}",
    f"BergerSphere('1/2') / MatrixGroup([{QUARTER_TURN}]).copies(2)",
    "BergerSphere('1/2') / MatrixGroup([[[0, -1, 0, 0], [1, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]])",
    "BergerSphere('1/2') / SO(2).copies(2)",
    "BergerSphere('1/2') / SO(2)",
    "BergerSphere(2) / (SO(2) + SO(2))",
    "HeisenbergNilmanifold(1)",
    "HeisenbergNilmanifold(2)",
    "HeisenbergNilmanifold(1, 2)",
    "HeisenbergNilmanifold(1, 1, 2, '1/2')",
)

LABELS: tuple[str, ...] = (*_LIE_GROUPS, *_LIE_QUOTIENTS, *_LEFT_INVARIANT)
