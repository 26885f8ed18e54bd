"""The layers: which module may import which, read off the syntax trees; each check fails on a planted violation."""

import ast
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = "weylspec"

# Lowest first. A module imports from its own layer and from lower ones.
LAYERS = (
    ("errors", "units", "multiplicities", "spectrum", "_heat", "_names", "_npz", "_product", "_version", "render"),
    ("exact", "solvers"),
    ("groups",),
    ("invariants",),
    ("spaces",),
    ("counting",),
    ("bridge",),
    ("learning",),
    ("expressions", "catalogue", "group_files", "report"),
    ("cli", "__init__"),  # the two faces: the command line and the table of public names
)
APART = (("exact", "solvers"),)  # integers only, and floats only: on one level, and strangers
HEAVY = ("matplotlib", "numba", "sklearn", "sympy")  # not loaded by these:
ENTRIES = (PACKAGE, f"{PACKAGE}.cli")


@dataclass(frozen=True)
class Import:
    """One import of a module of the package, anywhere in a file."""

    source: str
    target: str
    line: int
    typing_only: bool

    def __str__(self):
        return f"{self.source}:{self.line} imports {self.target}"


def modules(root):
    """Dotted name -> file of every module of the package below root."""
    found = {}
    for path in sorted((root / PACKAGE).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(root):
    """Every import between modules of the package: at the top, in functions, and by name in strings."""
    known = modules(root)
    packages = {".".join(path.relative_to(root).parts) for path in (root / PACKAGE).rglob("*") if path.is_dir()}
    packages.add(PACKAGE)
    found = []
    for name, path in known.items():
        stub = path.with_suffix(".pyi")  # beside __init__: the table of what it loads by name
        texts = [file.read_text(encoding="utf-8") for file in (path, stub) if file.exists()]
        tree = ast.Module([node for text in texts for node in ast.parse(text).body], type_ignores=[])
        base = name if path.name == "__init__.py" else name.rpartition(".")[0]
        hidden = typing_nodes(tree)
        for node in ast.walk(tree):
            for target in targets(node, base, known, packages):
                found.append(Import(name, target, node.lineno, node in hidden))
        if loads_by_name(tree):
            found += [Import(name, text.value, text.lineno, False) for text in ast.walk(tree)
                      if isinstance(text, ast.Constant) and isinstance(text.value, str)
                      and re.fullmatch(rf"{PACKAGE}(\.\w+)+", text.value)]
    return found


def typing_nodes(tree):
    """All nodes under ``if TYPE_CHECKING:``."""
    blocks = [node for node in ast.walk(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)]
    return {inner for block in blocks for statement in block.body for inner in ast.walk(statement)}


def targets(node, base, known, packages):
    """The modules of the package that one import statement names."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names if alias.name.split(".")[0] == PACKAGE]
    if not isinstance(node, ast.ImportFrom):
        return []
    origin = node.module or ""
    if node.level:
        above = base.split(".")[: len(base.split(".")) - node.level + 1]
        origin = ".".join([*above, *([node.module] if node.module else [])])
    if origin.split(".")[0] != PACKAGE:
        return []
    whole = [f"{origin}.{alias.name}" for alias in node.names]
    return [module if module in known or module in packages else origin for module in whole]


def loads_by_name(tree):
    return any(isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__"))
               for node in ast.walk(tree))


def part(module):
    """The name in LAYERS under which a module falls."""
    return module.split(".")[1] if "." in module else "__init__"


def missing_modules(root):
    """Imports of modules that do not exist, those for type checkers included."""
    known = modules(root)
    return [f"{found}, which does not exist" for found in imports(root) if found.target not in known]


def layer_violations(root):
    """Imports that go up, and modules that stand in no layer."""
    level = {name: index for index, names in enumerate(LAYERS) for name in names}
    wrong = [f"{name} stands in no layer" for name in modules(root) if part(name) not in level]
    for found in imports(root):
        source, target = part(found.source), part(found.target)
        if found.typing_only or source not in level or target not in level:
            continue
        if level[target] > level[source]:
            wrong.append(f"{found}, which lies above it")
        if any(source in pair and target in pair and source != target for pair in APART):
            wrong.append(f"{found}, from which it must stay apart")
    return wrong


def circles(root):
    """Sets of modules that import one another, function-level imports included."""
    graph = {name: set() for name in modules(root)}
    for found in imports(root):
        if not found.typing_only and found.target in graph:
            graph[found.source].add(found.target)
    reach = {name: reachable(graph, name) for name in graph}
    groups = {frozenset(b for b in reach[a] if a in reach[b]) for a in graph if a in reach[a]}
    return ["circle: " + ", ".join(sorted(group)) for group in groups]


def reachable(graph, start):
    seen, todo = set(), list(graph[start])
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo.extend(graph[name])
    return seen


def heavy_imports(root, entries=ENTRIES):
    """Heavy packages that importing an entry point alone loads, seen in a fresh interpreter."""
    found = []
    for entry in entries:
        code = f"import sys, {entry}; print(*[name for name in {HEAVY} if name in sys.modules])"
        quiet = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
        # The working directory comes before what is installed.
        command = [sys.executable, "-c", code]
        run = subprocess.run(command, cwd=root, env=quiet, capture_output=True, text=True, check=False)
        if run.returncode:
            found.append(f"import {entry} fails: {run.stderr.strip().splitlines()[-1]}")
        found += [f"import {entry} loads {name}" for name in run.stdout.split()]
    return found


CHECKS = (missing_modules, layer_violations, circles, heavy_imports)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_package_obeys(check):
    assert check(ROOT) == []


CLEAN = {
    "__init__.py": "import importlib\nHOME = ('weylspec.spaces.base',)\n\ndef get(n):\n"
                   "    return importlib.import_module(HOME[n])\n",
    "errors.py": "import math\n",
    "spectrum.py": "if typing.TYPE_CHECKING:\n    from weylspec.spaces.base import Manifold\n",
    "exact/__init__.py": "",
    "exact/series.py": "from weylspec.errors import thing\n",
    "solvers/__init__.py": "",
    "solvers/mesh.py": "from ..errors import thing\n",
    "spaces/__init__.py": "",
    "spaces/base.py": "def f():\n    from weylspec.exact import series\n    from weylspec import spectrum\n",
    "cli.py": "from weylspec.spaces import base\n",
}


def plant(tmp_path, files):
    for name, text in {**CLEAN, **files}.items():
        path = tmp_path / PACKAGE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_a_clean_tree_passes(check, tmp_path):
    (tmp_path / "numba.py").write_text("")  # the fakes shadow what is installed
    root = plant(tmp_path, {"errors.py": "thing = 1\n"})
    assert check(root) == []


@pytest.mark.parametrize(
    ("check", "files", "message"),
    [
        (missing_modules, {"errors.py": "from weylspec.nowhere import x\n"}, "weylspec.nowhere, which does not exist"),
        (missing_modules, {"errors.py": "def f():\n    import weylspec.nowhere\n"}, "errors:2 imports"),
        (missing_modules, {"spectrum.py": "if TYPE_CHECKING:\n    from .nowhere import x\n"}, "weylspec.nowhere"),
        (missing_modules, {"__init__.pyi": "from weylspec.nowhere import x as x\n"}, "weylspec:1 imports"),
        (missing_modules, {"__init__.py": "HOME = 'weylspec.nowhere'\nimport_module(HOME)\n"}, "weylspec.nowhere"),
        (layer_violations, {"errors.py": "from weylspec.spaces.base import M\n"}, "imports weylspec.spaces.base,"),
        (layer_violations, {"errors.py": "def f():\n    from weylspec.spaces import base\n"}, "errors:2 imports"),
        (layer_violations, {"errors.py": "def f():\n    from .spaces import base\n"}, "errors:2 imports"),
        (layer_violations, {"errors.py": "class A:\n  def f(self):\n    import weylspec as w\n"}, "imports weylspec,"),
        (layer_violations, {"errors.py": "import_module('weylspec.cli')\n"}, "errors:1 imports weylspec.cli"),
        (layer_violations, {"solvers/mesh.py": "from weylspec.exact.series import x\n"}, "must stay apart"),
        (layer_violations, {"exact/series.py": "def f():\n    from weylspec.solvers import mesh\n"}, "must stay apart"),
        (layer_violations, {"helpers.py": ""}, "weylspec.helpers stands in no layer"),
        (circles, {"spaces/a.py": "from .base import M\n", "spaces/base.py": "from .a import S\n"},
         "circle: weylspec.spaces.a, weylspec.spaces.base"),
        (circles, {"spaces/a.py": "from .base import M\n", "spaces/base.py": "def f():\n    from . import a\n"},
         "circle: weylspec.spaces.a, weylspec.spaces.base"),
        (circles, {"spaces/a.py": "from .b import x\n", "spaces/b.py": "from .c import x\n",
                   "spaces/c.py": "def f():\n    from .a import x\n"},
         "circle: weylspec.spaces.a, weylspec.spaces.b, weylspec.spaces.c"),
        (heavy_imports, {"errors.py": "thing = 1\n", "cli.py": "import weylspec.errors\nimport numba\n"},
         "import weylspec.cli loads numba"),
        (heavy_imports, {"__init__.py": "from weylspec import errors\n", "errors.py": "import numba\n"},
         "import weylspec loads numba"),
        (heavy_imports, {"__init__.py": "raise ValueError('broken')\n"}, "import weylspec fails: ValueError: broken"),
    ],
)
def test_a_planted_violation_is_found(check, files, message, tmp_path):
    (tmp_path / "numba.py").write_text("")
    found = check(plant(tmp_path, files))
    assert any(message in line for line in found), found
