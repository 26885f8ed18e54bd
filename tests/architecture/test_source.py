"""The text of the tree: length, docstrings, where loops live, what is never called; each shown to fail when planted."""

import ast
import inspect
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = "weylspec"
LONGEST = 400

# Written so that the patterns do not match themselves.
MACHINE = re.compile(r"(?<![\w./])/(?:home|root|Users|work|tmp|private|mnt)/\w|[A-Z]:\\+Users")
REGISTRY = re.compile(r"-index-ur[l]|pythonhosted[.]org|pypi[.]org", re.IGNORECASE)
TEXT = {".py", ".md", ".toml", ".txt", ".cfg", ".json", ".ipynb", ".html", ".svg", ".yml", ".csv", ".off", ".obj", ""}
EXECUTES = {"eval", "exec", "compile", "__import__"}
PICKLES = {"pickle", "cloudpickle", "dill", "marshal", "shelve"}


def sources(root, *folders):
    """Path and syntax tree of every Python file in some folders below root."""
    for folder in folders:
        for path in sorted((root / folder).rglob("*.py")):
            yield path.relative_to(root), ast.parse(path.read_text(encoding="utf-8"))


def long_files(root):
    """Python files of more than 400 lines."""
    lengths = [(path, len(path.read_text(encoding="utf-8").splitlines()))
               for folder in (PACKAGE, "tests", ".ci") for path in sorted((root / folder).rglob("*.py"))]
    return [f"{path.relative_to(root)} has {length} lines" for path, length in lengths if length > LONGEST]


def bare_packages(root):
    """Folders with Python files in the package, but no __init__.py to say what they are for."""
    folders = {path.parent for path in (root / PACKAGE).rglob("*.py")}
    return [f"{folder.relative_to(root)} has no __init__.py" for folder in sorted(folders)
            if not (folder / "__init__.py").exists()]


def public_objects(root):
    """(where, node) of every public module, class, function and method of the package."""
    for path, tree in sources(root, PACKAGE):
        names = path.with_suffix("").parts
        if any(name.startswith("_") and name != "__init__" for name in names):
            continue
        yield str(path), tree
        yield from public_members(str(path), tree)


def public_members(where, node):
    for child in node.body:
        if isinstance(child, (ast.ClassDef, ast.FunctionDef)) and not child.name.startswith("_"):
            name = f"{where}:{child.lineno} {child.name}"
            yield name, child
            if isinstance(child, ast.ClassDef):
                yield from public_members(f"{where}:{child.name}", child)


def bare_objects(root):
    """Public objects without a docstring, or whose summary is not one line that ends in a full stop."""
    found = []
    for where, node in public_objects(root):
        text = ast.get_docstring(node)
        if text is None:
            found.append(f"{where} has no docstring")
            continue
        summary, *rest = text.splitlines()
        if not summary.endswith(".") or (rest and rest[0].strip()):
            found.append(f"{where}: the summary is not one line that ends in a full stop")
    return found


def sections(docstring):
    """Heading -> lines of a numpydoc docstring."""
    lines = inspect.cleandoc(docstring).splitlines()
    found, name = {}, ""
    for index, line in enumerate(lines):
        underlined = index + 1 < len(lines) and line and re.fullmatch("-{3,}", lines[index + 1])
        name = line if underlined else name
        found.setdefault(name, []).append(line)
    return found


def described(lines):
    """Names that a Parameters section describes: ``a, b : type``, without stars."""
    heads = [line.split(" :")[0] for line in lines[2:] if line and not line.startswith(" ")]
    return [name.strip().lstrip("*") for head in heads for name in head.split(",")]


def arguments(function):
    listed = function.args
    extra = [one for one in (listed.vararg, listed.kwarg) if one is not None]
    every = [one.arg for one in (*listed.posonlyargs, *listed.args, *listed.kwonlyargs, *extra)]
    return [name for name in every if name not in ("self", "cls") and not name.startswith("_")]


def undescribed_parameters(root):
    """Public functions whose Parameters section tells another story than the signature.

    It names exactly the parameters, and a function with one that returns a value says what.
    """
    found = []
    for where, node in public_objects(root):
        parts = sections(ast.get_docstring(node) or "")
        if not isinstance(node, ast.FunctionDef) or "Parameters" not in parts:
            continue
        names, told = arguments(node), described(parts["Parameters"])
        if sorted(told) != sorted(names):
            found.append(f"{where} takes {names} but describes {told}")
        returns = node.returns is not None and ast.unparse(node.returns) not in ("None", "NoReturn", "Never")
        if returns and not {"Returns", "Yields"} & set(parts):
            found.append(f"{where} describes its parameters but not what it returns")
    return found


def exported(root):
    """(where, node) of every function and class that the package's __init__.pyi lists as public."""
    stub = root / PACKAGE / "__init__.pyi"
    for line in ast.parse(stub.read_text(encoding="utf-8") if stub.exists() else "").body:
        if not isinstance(line, ast.ImportFrom):
            continue
        path = root.joinpath(*line.module.split(".")).with_suffix(".py")
        body = ast.parse(path.read_text(encoding="utf-8")).body if path.exists() else []
        defined = {node.name: node for node in body if isinstance(node, (ast.ClassDef, ast.FunctionDef))}
        for alias in line.names:
            yield f"{line.module}.{alias.name}", defined.get(alias.name)


def unexplained_exports(root):
    """Public names of the package that lack what a stranger needs.

    A function has an example and, if it takes anything, a Parameters section; a class with fields or a
    constructor of its own has an example, or sections that say what it takes or holds.
    """
    public = list(exported(root))
    found = [] if public else [f"{PACKAGE}/__init__.pyi lists no public name"]
    for where, node in public:
        if node is None:
            found.append(f"{where} is exported but not defined there")
            continue
        text = ast.get_docstring(node) or ""
        explained = {"Parameters", "Attributes"} & set(sections(text))
        if isinstance(node, ast.ClassDef):
            if has_fields(node) and not explained and ">>>" not in text:
                found.append(f"{where} has neither an example nor a list of what it takes or holds")
            continue
        if arguments(node) and not explained:
            found.append(f"{where} has no Parameters section")
        if ">>>" not in text:
            found.append(f"{where} has no example")
    return found


def has_fields(node):
    return any(isinstance(child, ast.AnnAssign) or (isinstance(child, ast.FunctionDef) and child.name == "__init__")
               for child in node.body)


def misplaced_loops(root):
    """Uses of numba outside _loops.py, and what a _loops.py may not contain."""
    found = []
    for path, tree in sources(root, PACKAGE):
        for node in ast.walk(tree):
            inside = path.name == "_loops.py"
            if not inside and imported(node) & {"numba"}:
                found.append(f"{path}:{node.lineno} uses numba outside _loops.py")
            if inside and isinstance(node, ast.ClassDef):
                found.append(f"{path}:{node.lineno} defines a class among compiled loops")
            if isinstance(node, ast.keyword) and node.arg == "fastmath":
                found.append(f"{path}:{node.value.lineno} asks for fastmath")
    return found


def imported(node):
    """First names of the modules that one statement or call imports."""
    if isinstance(node, ast.Import):
        return {alias.name.split(".")[0] for alias in node.names}
    if isinstance(node, ast.ImportFrom):
        return {(node.module or "").split(".")[0]}
    if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "require")):
        return {arg.value.split(".")[0] for arg in node.args[:1]
                if isinstance(arg, ast.Constant) and isinstance(arg.value, str)}
    return set()


def unsafe_calls(root):
    """Text that is executed, and pickles that are read or written."""
    found = []
    for path, tree in sources(root, PACKAGE):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in EXECUTES:
                found.append(f"{path}:{node.lineno} calls {node.func.id}")
            if imported(node) & PICKLES:
                found.append(f"{path}:{node.lineno} uses {imported(node).pop()}")
            if isinstance(node, ast.keyword) and node.arg == "allow_pickle" and ast.unparse(node.value) != "False":
                found.append(f"{path}:{node.value.lineno} allows pickles")
    return found


def machine_traces(root):
    """Lines of committed text that name a folder of somebody's machine, or a package registry."""
    folders = (PACKAGE, "tests", "notebooks", "data", ".ci")
    files = [path for path in root.iterdir() if path.is_file()]
    files += [path for folder in folders for path in (root / folder).rglob("*") if path.is_file()]
    found = []
    for path in sorted(files):
        if path.suffix not in TEXT or "__pycache__" in path.parts or ".ipynb_checkpoints" in path.parts:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for what, pattern in (("a machine's folder", MACHINE), ("a registry", REGISTRY)):
                if pattern.search(line):
                    found.append(f"{path.relative_to(root)}:{number} names {what}: {line.strip()[:80]}")
    return found


CHECKS = (
    long_files, bare_packages, bare_objects, undescribed_parameters, unexplained_exports, misplaced_loops, unsafe_calls,
    machine_traces,
)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_tree_obeys(check):
    assert check(ROOT) == []


GOOD = '''"""A module."""


def f(a, b, *, c) -> int:
    """Add.

    Parameters
    ----------
    a, b : int
    c : int
        Indented text: not a name.

    Returns
    -------
    int
    """
    return a + b + c


class _Private:
    def undocumented(self, a, b, c): ...
'''
PUBLIC = """
class Refused(ValueError):
    'An error needs no example.'

class Disk:
    '''A disk.

    Attributes
    ----------
    radius : float
    '''

    radius: float

def area(disk):
    '''Area of a disk.

    Parameters
    ----------
    disk : Disk

    Examples
    --------
    >>> area(Disk(1))
    '''
"""
CLEAN = {
    "weylspec/__init__.py": '"""The package."""\n',
    "weylspec/__init__.pyi": "from weylspec._public import Disk as Disk, Refused as Refused, area as area\n",
    "weylspec/_public.py": PUBLIC,
    "weylspec/good.py": GOOD,
    "weylspec/_private.py": "def f(): ...\n",
    "weylspec/_loops.py": "import numba\n\n@numba.njit(cache=True)\ndef f(a, out): ...\n",
    "tests/test_good.py": "def test_f(): ...\n" * LONGEST,
    "README.md": "See notebooks/01.ipynb and work/tmp/x; python -m pip install .\n",
}


def plant(tmp_path, files):
    for name, text in {**CLEAN, **files}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_a_clean_tree_passes(check, tmp_path):
    assert check(plant(tmp_path, {})) == []


@pytest.mark.parametrize(
    ("check", "name", "text", "message"),
    [
        (long_files, "weylspec/long.py", "x = 1\n" * 401, "weylspec/long.py has 401 lines"),
        (long_files, "tests/a/test_long.py", "x = 1\n" * 401, "tests/a/test_long.py has 401 lines"),
        (bare_packages, "weylspec/groups/base.py", "", "weylspec/groups has no __init__.py"),
        (bare_objects, "weylspec/a.py", "x = 1\n", "weylspec/a.py has no docstring"),
        (bare_objects, "weylspec/a/b.py", "x = 1\n", "weylspec/a/b.py has no docstring"),
        (bare_objects, "weylspec/a.py", '"""A."""\ndef f(): ...\n', "weylspec/a.py:2 f has no docstring"),
        (bare_objects, "weylspec/a.py", '"""A."""\nclass C:\n  """C."""\n  def f(self): ...\n', ":4 f has no doc"),
        (bare_objects, "weylspec/a.py", '"""No full stop"""\n', "the summary is not one line"),
        (bare_objects, "weylspec/a.py", '"""A summary\non two lines."""\n', "the summary is not one line"),
        (undescribed_parameters, "weylspec/a.py", GOOD.replace("*, c", "*, c, d"), "describes ['a', 'b', 'c']"),
        (undescribed_parameters, "weylspec/a.py", GOOD.replace("a, b :", "a, e :"), "describes ['a', 'e', 'c']"),
        (undescribed_parameters, "weylspec/a.py", GOOD.replace("Returns\n    -------", "Notes\n    -----"),
         "not what it returns"),
        (unexplained_exports, "weylspec/_public.py", PUBLIC.replace(">>>", ""), "weylspec._public.area has no example"),
        (unexplained_exports, "weylspec/_public.py", PUBLIC.replace("Parameters", "Notes"), "area has no Parameters"),
        (unexplained_exports, "weylspec/_public.py", PUBLIC.replace("Attributes", "Notes"), "Disk has neither"),
        (unexplained_exports, "weylspec/_public.py", "class Disk: ...\n", "Refused is exported but not defined there"),
        (unexplained_exports, "weylspec/__init__.pyi", "", "lists no public name"),
        (misplaced_loops, "weylspec/a.py", "def f():\n    from numba import njit\n", "a.py:2 uses numba outside"),
        (misplaced_loops, "weylspec/a.py", "require('numba', 'core')\n", "a.py:1 uses numba outside"),
        (misplaced_loops, "weylspec/_loops.py", "class A: ...\n", "defines a class"),
        (misplaced_loops, "weylspec/_loops.py", "njit(fastmath=True)\n", "asks for fastmath"),
        (unsafe_calls, "weylspec/a.py", "x = eval('1')\n", "a.py:1 calls eval"),
        (unsafe_calls, "weylspec/a.py", "def f(t):\n    exec(t)\n", "a.py:2 calls exec"),
        (unsafe_calls, "weylspec/a.py", "def f():\n    import pickle\n", "a.py:2 uses pickle"),
        (unsafe_calls, "weylspec/a.py", "np.load(path, allow_pickle=True)\n", "a.py:1 allows pickles"),
        (machine_traces, "README.md", "see " + "/".join(["", "home", "ada", "x"]), "README.md:1 names a machine's"),
        (machine_traces, "notebooks/a.ipynb", '"' + "/".join(["", "tmp", "x"]) + '"', "a.ipynb:1 names a machine's"),
        (machine_traces, "weylspec/a.py", "# C:" + "\\Users\\ada", "a.py:1 names a machine's folder"),
        (machine_traces, ".ci/run", "pip install --extra-index" + "-url x", ".ci/run:1 names a registry"),
    ],
)
def test_a_planted_violation_is_found(check, name, text, message, tmp_path):
    found = check(plant(tmp_path, {name: text}))
    assert any(message in line for line in found), found
