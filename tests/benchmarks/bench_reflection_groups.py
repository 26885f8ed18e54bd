"""Reflection groups against GAP, both in one process; not part of the tests.

Needs the extra `bench` (GAP comes with PyPI's passagemath-gap). Medians of several runs after one that warms up; every
run begins with new groups.

- "order_and_classes": conjugacy classes of a matrix group from generators. GAP has the reflections in the basis of
  simple roots, where they are exact; weylspec has them as orthogonal matrices of floats.
- "molien": dimensions of the invariant polynomials of all degrees up to 1000. GAP has the permutations of the roots,
  its classes and MolienSeries of the reflection character; weylspec the degrees that the type tells. How long GAP
  takes for its series once the classes are known is given too.

    python tests/benchmarks/bench_reflection_groups.py          # rewrites data/benchmarks/reflection_groups.json
"""

import importlib.metadata
import json
import platform
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
import passagemath_gap  # noqa: E402, F401 (puts GAP on the path)
from sage.all__sagemath_gap import *  # noqa: E402, F403 (libgap cannot be imported before it)
from sage.libs.gap.libgap import libgap  # noqa: E402

from weylspec.groups.coxeter import CoxeterGroup  # noqa: E402
from weylspec.groups.matrix import MatrixGroup  # noqa: E402

TARGET = ROOT / "data" / "benchmarks" / "reflection_groups.json"
REPETITIONS = 5

GAP = """
weylspec_group := function(edges, n)
  local form, edge, generators, i, j, m;
  form := 2*IdentityMat(n);
  for edge in edges do form[edge[1]][edge[2]] := -edge[3]; form[edge[2]][edge[1]] := -edge[3]; od;
  generators := [];
  for i in [1..n] do
    m := List(IdentityMat(n), ShallowCopy);
    for j in [1..n] do m[j][i] := m[j][i] - form[j][i]; od;
    Add(generators, m);
  od;
  return Group(generators);
end;
weylspec_classes := function(edges, n)
  local group;
  group := weylspec_group(edges, n);
  return [Size(group), Length(ConjugacyClasses(group))];
end;
"""
GOLDEN = "-E(5)^2-E(5)^3"  # 2 cos(π/5)
TOP = 1000
SERIES = """
weylspec_character := function(permutations, roots, n)
  local table, representatives;
  table := CharacterTable(Group(permutations));
  representatives := List(ConjugacyClasses(table), Representative);
  return Character(table, List(representatives, p -> Sum([1..n], i -> roots[i^p][i])));
end;
weylspec_series := function(character, k)
  local series;
  series := MolienSeries(character);
  return List([0..k], i -> ValueMolienSeries(series, i));
end;
"""
DIAGRAMS = {
    "H3": (3, f"[[1,2,{GOLDEN}],[2,3,1]]"),
    "F4": (4, "[[1,2,1],[2,3,Sqrt(2)],[3,4,1]]"),
    "H4": (4, f"[[1,2,{GOLDEN}],[2,3,1],[3,4,1]]"),
    "E6": (6, "[[1,3,1],[3,4,1],[4,5,1],[5,6,1],[2,4,1]]"),
}


def median_time(call, repetitions=REPETITIONS):
    call()
    times = []
    for _ in range(repetitions):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def compare(name):
    rank, edges = DIAGRAMS[name]
    generators = CoxeterGroup(name).generators

    def theirs():
        return libgap.eval(f"weylspec_classes({edges}, {rank})")

    def mine():
        group = MatrixGroup(generators)
        return [group.order, sum(1 for _ in group.natural().cosets())]

    assert [int(x) for x in theirs()] == mine()
    order, classes = mine()
    return {"order": order, "classes": classes, "peer_seconds": (a := median_time(theirs)),
            "seconds": (b := median_time(mine)), "ratio": a / b}


def in_gap(x):
    """A coordinate over the simple roots: an integer, or a + bφ, or a + b√2, as GAP writes it."""
    for unit, name in ((0.0, "0"), ((1 + 5**0.5) / 2, f"({GOLDEN})"), (2**0.5, "Sqrt(2)")):
        for b in range(-4, 5):
            a = int(np.rint(x - b * unit))
            if abs(a + b * unit - x) < 1e-9:
                return f"{a}+({b})*{name}"
    raise ValueError(x)


def molien(name):
    group = CoxeterGroup(name)
    roots = np.concatenate([group.reflections, -group.reflections])
    images = [np.abs((roots @ s.T)[:, None] - roots).max(axis=2).argmin(axis=1) + 1 for s in group.generators]
    permutations = "[" + ",".join(f"PermList({p.tolist()})" for p in images) + "]"
    coordinates = np.linalg.solve(group.simple_roots.T, roots.T).T
    rows = "[" + ",".join("[" + ",".join(map(in_gap, row)) + "]" for row in coordinates) + "]"
    character = f"weylspec_character({permutations}, {rows}, {group.degree})"

    def theirs():
        return libgap.eval(f"weylspec_series({character}, {TOP})")

    def series_alone():
        return libgap.eval(f"weylspec_series(weylspec_known, {TOP})")

    def mine():
        return CoxeterGroup(name).molien().coefficients(TOP)

    assert [int(x) for x in theirs()] == mine()
    libgap.eval(f"weylspec_known := {character};")
    return {"peer_seconds": (a := median_time(theirs, 3)),
            "peer_seconds_for_the_series": (c := median_time(series_alone, 3)), "seconds": (b := median_time(mine)),
            "ratio": a / b, "ratio_for_the_series": c / b}


def main():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "groups.g"
        path.write_text(GAP + SERIES, encoding="utf-8")
        libgap.eval(f'Read("{path}")')
    results = {
        "command": "python tests/benchmarks/bench_reflection_groups.py",
        "versions": {name: importlib.metadata.version(name) for name in ("passagemath-gap", "numpy", "numba")}
        | {"gap": str(libgap.eval("GAPInfo.Version")), "python": platform.python_version()},
        "repetitions": REPETITIONS,
        "order_and_classes": {name: compare(name) for name in DIAGRAMS},
        "molien": {name: molien(name) for name in ("F4", "H4", "E8")},
    }
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
