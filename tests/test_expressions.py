"""The expression parser: what it reads, what it refuses, and how it says so."""

from __future__ import annotations

import contextlib
import importlib
import inspect
import re
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import weylspec
from weylspec.errors import ExpressionError, NotOrthogonalError, WeylspecError
from weylspec.expressions import CONSTRUCTORS, METHODS, read_group, read_space
from weylspec.spaces.base import Manifold

# text, (dimension, multiplicities of the first levels): closed forms of theory 2.1, 3.1-3.3
READ = [
    ("Sphere(2)", 2, [1, 3, 5, 7]),
    ("  Sphere(n=2)\n", 2, [1, 3, 5, 7]),
    ("Sphere(2) / PointGroup('Oh')", 2, [1, 1, 1, 1]),
    ('Sphere(2) / PointGroup("Ci")', 2, [1, 5, 9, 13]),
    ("Sphere(8) / (SO(3).copies(3) * SymmetricGroup(3).blocks(3))", 5, [1, 1, 4]),
    ("Sphere(5) / (SO(3) + SO(3))", 1, [1, 1, 1]),
    ("Torus(2)", 2, [1, 4, 4, 4, 8]),
    ("Torus(1) ** 2", 2, [1, 4, 4, 4, 8]),
    ("Torus(1) * Torus(n=1)", 2, [1, 4, 4, 4, 8]),
    ("FlatTorus([[1, 0], [0.5, 3**0.5 / 2]])", 2, [1, 6, 6, 6, 12]),
    ("Torus(2) / Translations(steps=[['1/5', 2/5]])", 2, [1, 4, 4]),
    ("Torus(3) / Translations([[1, 1, 1]])", 2, [1, 6, 6]),
    ("Torus(2) / AffineGroup([([[1, 0], [0, -1]], ['1/2', 0])])", 2, [1, 1, 2, 3, 4]),
    ("Sphere(2) / MatrixGroup([[[-1, 0, 0], [0, -1, 0], [0, 0, -1]]])", 2, [1, 5, 9]),
    ("Sphere(3) / SO(2).copies(2)", 2, [1, 3, 5, 7]),
]


@pytest.mark.parametrize(("text", "dim", "multiplicities"), READ)
def test_expression_is_the_space_it_names(text, dim, multiplicities):
    space = read_space(text)
    assert isinstance(space, Manifold)
    assert space.dim == dim
    assert space.spectrum(num=sum(multiplicities)).multiplicities.tolist() == multiplicities


def test_numbers_are_exact_as_in_python():
    assert read_space("Sphere(2, 1/3)").count(18) == read_space("Sphere(2, radius='1/3')").count(18) == 4
    assert read_space("Sphere(2, 2**-1)").count(8) == 4
    assert read_space("Sphere(2, -(-3))").count("2/9") == 4
    assert read_space("Sphere(2).scaled(1/2 + 1/2 * 1)").count(2) == 4
    assert read_space("Sphere(2).scaled(0.1 + 0.2)").radius == pytest.approx(0.1 + 0.2, rel=0, abs=0)


def test_precedence_is_pythons():
    space = read_space("Sphere(2) * (Torus(1) / Translations(steps=[['1/2']]))")
    assert space.count(2) == 1 + 3  # λ = 0 and λ = 2 of S²; the circle of half length starts at 4
    assert read_space("Sphere(2) / PointGroup('C2') / PointGroup('Ci')").effective_order == 4


def test_every_public_space_and_group_can_be_written():
    """The whitelist is the list of public concrete spaces and groups; operators build the other two."""
    homes = ("weylspec.spaces.", "weylspec.groups.")
    public = {
        name for name in dir(weylspec)
        if getattr(getattr(weylspec, name), "__module__", "").startswith(homes)
        and not inspect.isabstract(getattr(weylspec, name))
    }
    assert public - {"Product", "Quotient"} == set(CONSTRUCTORS)


REFUSED = [
    ("", "empty"),
    ("sphere(2)", "did you mean Sphere?"),
    ("Spere(2)", "did you mean Sphere?"),
    ("Sphere(2) / SymetricGroup(3)", "did you mean SymmetricGroup?"),
    ("SO(3).copy(2)", "did you mean copies?"),
    ("Sphere", "write Sphere(…)"),
    ("Sphere()", "it is called as Sphere(n, radius=1)"),
    ("Sphere(2, size=3)", "unexpected keyword argument 'size'"),
    ("Sphere(", "never closed"),
    ("Sphere(2) / SO(2) * SignFlips(1)", "M / (G1 * G2)"),
    ("Sphere(2) ** SO(3)", "'Sphere(2) ** SO(3)' applies ** to a space and a group"),
    ("Sphere(2) + Sphere(2)", "+ takes a number and a number or a group and a group"),
    ("Sphere(2) - 1", "the operators are / * ** +"),
    ("-Sphere(2)", "minus applies to numbers, not to a space"),
    ("SO(3)", "is a group, not a space"),
    ("[1, 2]", "is a list, not a space"),
    ("Sphere(2).volume", "'Sphere(2).volume' is not allowed"),
    ("Sphere(2).copies(2)", "a space, which has no .copies"),
    ("SO(2).scaled(2)", "a group, which has no .scaled"),
    ("Sphere(True)", "literals are numbers"),
    ("Sphere(None)", "literals are numbers"),
    ("Sphere(2j)", "literals are numbers"),
    ("Sphere(b'2')", "literals are numbers"),
    ("Sphere(*[2])", "write them out"),
    ("Sphere(**[2])", "write them out"),
    ("Sphere(1/0)", "division by zero"),
    ("Sphere((-1)**0.5)", "not a real number"),
    ("Sphere(2, 2.0**10000)", "too large a number"),
    ("Sphere(10**10**10)", "too large"),
    ("Sphere('2' * 3)", "applies * to a string and a number"),
    ("MatrixGroup(3)", "cannot be built from these arguments"),
    ("__import__('os').system('true')", "unknown method 'system'"),
    ("().__class__.__bases__", "not allowed"),
    ("open('/etc/passwd')", "unknown name 'open'"),
    ("(lambda: 0)()", "cannot be called"),
    ("[x for x in (1, 2)]", "not allowed"),
    ("Sphere(2) if 1 else 2", "not allowed"),
    ("f'{1}'", "not allowed"),
    ("(n := 2)", "not allowed"),
    ("Sphere(2); Sphere(3)", "invalid syntax"),
    ("TriangleMesh.from_file('x.off')", "unknown method 'from_file'"),
    ("-" * 200 + "1", "nested more than"),
    ("(" * 5000 + ")" * 5000, "cannot read"),
    ("-" * 90_000 + "1", "cannot read"),
    ("Sphere(" + "1" * 100_000 + ")", "--group FILE"),
    ("Sphere(2)\0", "cannot read"),
]


@pytest.mark.parametrize(("text", "words"), REFUSED, ids=[text[:40].replace("\0", "0") for text, _ in REFUSED])
def test_everything_else_is_refused_in_one_line(text, words):
    with pytest.raises(ExpressionError, match=re.escape(words)) as caught:
        read_space(text)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 500


def test_what_a_constructor_refuses_keeps_its_own_words():
    with pytest.raises(WeylspecError, match="n must be at least 1, got 0"):
        read_space("Sphere(0)")
    with pytest.raises(NotOrthogonalError):
        read_group("MatrixGroup([[[1, 1], [0, 1]]])")


def test_read_group_wants_a_group():
    assert read_group("SO(3).copies(3) * SymmetricGroup(3).blocks(3)").degree == 9
    with pytest.raises(ExpressionError, match="is a space, not a group"):
        read_group("Sphere(2)")


_WORDS = st.sampled_from(
    [*CONSTRUCTORS, *(f".{method}" for method in METHODS), "(", ")", "[", "]", ",", "/", "*", "**", "+", "-", "1", "2",
     "3", "0.5", "'1/2'", "'Oh'", "steps=", "radius=", ".icosphere", "lambda:", "__class__", " ", "n="]
)


@given(st.lists(_WORDS, max_size=14).map("".join))
@settings(max_examples=300, deadline=None)
@example("Sphere(2)/SO(3)/SO(2)")
def test_no_text_gets_past_the_parser_uncaught(text):
    """Random text is a space, or a WeylspecError: never another exception, never executed."""
    with contextlib.suppress(WeylspecError):
        assert isinstance(read_space(text), Manifold)


@given(st.recursive(st.integers(-9, 9), lambda inner: st.tuples(inner, st.sampled_from("+*/"), inner), max_leaves=12))
def test_arithmetic_is_that_of_fractions(tree):
    def text(node):
        return f"({text(node[0])} {node[1]} {text(node[2])})" if isinstance(node, tuple) else str(node)

    def value(node):
        if not isinstance(node, tuple):
            return Fraction(node)
        a, b = value(node[0]), value(node[2])
        return {"+": lambda: a + b, "*": lambda: a * b, "/": lambda: a / b}[node[1]]()

    try:
        expected = value(tree)
    except ZeroDivisionError:
        with pytest.raises(ExpressionError, match="division by zero"):
            read_space(f"Sphere(2, {text(tree)})")
        return
    if expected > 0:
        assert read_space(f"Sphere(2, {text(tree)})").radius == expected
    else:
        with pytest.raises(WeylspecError, match="radius must be positive"):
            read_space(f"Sphere(2, {text(tree)})")


def test_constructors_are_where_the_table_says():
    for name, module in CONSTRUCTORS.items():
        assert getattr(importlib.import_module(module), name).__module__ == module
