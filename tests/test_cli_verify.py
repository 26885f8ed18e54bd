"""`weylspec verify` from the command line: large finite groups, continuous ones, and one that a user types."""

from __future__ import annotations

import itertools
import json

import numpy as np
import pytest

from weylspec.cli import main

SPACES = [
    "Sphere(7)/CoxeterGroup('E8')",
    "Sphere(29)/SymmetricGroup(30)",
    "Torus(10)/SymmetricGroup(10)",
    "Sphere(2)**4 / (SO(3).copies(4) * SymmetricGroup(4))",
    "Sphere(8)/SO(3).copies(3)",
    "Sphere(3)/BinaryPolyhedral('I')",
    "Sphere(4)/SO(3).symmetric_traceless()",
    "SpecialUnitary(3)/Conjugation()",
]


def derivations_of_octonions():
    """Fourteen velocities of G2, with e_i e_{i+1} = e_{i+3} modulo 7.

    Each e_i is the product of the three planes (i+1, i+3), (i+2, i+6), (i+4, i+5); turning them by angles whose
    sum is 0 fixes e_i and keeps the product.
    """
    generators = []
    for i in range(7):
        planes = [((i + 1) % 7, (i + 3) % 7), ((i + 2) % 7, (i + 6) % 7), ((i + 4) % 7, (i + 5) % 7)]
        for (a, b), (c, d) in itertools.pairwise(planes):
            velocity = np.zeros((7, 7), dtype=int)
            velocity[a, b] = velocity[d, c] = 1
            generators.append((velocity - velocity.T).tolist())
    return generators


def verified(capsys, *words):
    status = main(["verify", *words, "--json"])
    return status, json.loads(capsys.readouterr().out)["verdict"]


@pytest.mark.slow
def test_quotients_by_large_and_continuous_groups_pass(capsys):
    assert {space: verified(capsys, space) for space in SPACES} == dict.fromkeys(SPACES, (0, "passed"))


@pytest.mark.slow
def test_g2_from_a_file_passes(capsys, tmp_path):
    """On two octonions its invariants are the entries of a Gram matrix: 1/(1 − t²)², degrees of S¹³ (Schwarz 1988)."""
    path = tmp_path / "g2.json"
    path.write_text(json.dumps({"kind": "algebra", "generators": derivations_of_octonions(), "copies": 2}))
    assert main(["count", "Sphere(13)", "400", "--group", str(path), "--json"]) == 0
    degrees = [k for k in range(0, 40, 2) if k * (k + 12) <= 400]
    assert json.loads(capsys.readouterr().out)["count"] == sum(k // 2 + 1 for k in degrees)
    assert verified(capsys, "Sphere(13)", "--group", str(path)) == (0, "passed")
