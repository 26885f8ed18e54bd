"""Spaces and groups as text: a small parser for what a user types or keeps in a file.

An expression is written as in Python, ``"Sphere(2) / PointGroup('Ih')"``, and walked as a syntax
tree; nothing is ever evaluated as code. It knows the public constructors of spaces and groups,
literals, keywords, the methods ``.copies(m)``, ``.blocks(k)``, ``.symmetric_traceless()``, ``.adjoint()`` and
``.scaled(r)``, the operators ``/ * ** +`` and unary minus. A quotient of two whole numbers is a Fraction, so
``Sphere(2, 1/3)`` has exactly the radius 1/3.
"""

from __future__ import annotations

import ast
import difflib
import inspect
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from weylspec import _names
from weylspec.errors import ExpressionError, WeylspecError
from weylspec.groups.base import Group
from weylspec.spaces.base import Manifold

CONSTRUCTORS: Mapping[str, str] = _names.constructors()
METHODS = ("copies", "blocks", "symmetric_traceless", "adjoint", "scaled")
CLASS_METHODS = {"TriangleMesh": ("icosphere",)}

_MAX_LENGTH = 100_000
_MAX_DEPTH = 60
_MAX_BITS = 4096  # of a number typed as a power: 10**1000 passes, 10**10**10 does not
_SHOWN = 60
_LISTED = 8

_LANGUAGE = (
    "an expression is made of constructors, numbers, strings, lists, the methods .copies(m), .blocks(k), "
    ".symmetric_traceless(), .adjoint(), .scaled(r), the operators / * ** + and unary minus"
)

_OPERATORS: Mapping[type[ast.operator], tuple[str, Callable[[Any, Any], Any], frozenset[tuple[str, str]]]] = {
    ast.Div: ("/", operator.truediv, frozenset({("a space", "a group"), ("a number", "a number")})),
    ast.Mult: ("*", operator.mul,
               frozenset({("a space", "a space"), ("a group", "a group"), ("a number", "a number")})),
    ast.Pow: ("**", operator.pow, frozenset({("a space", "a number"), ("a number", "a number")})),
    ast.Add: ("+", operator.add, frozenset({("a group", "a group"), ("a number", "a number")})),
}


def read_space(text: str, known: Mapping[str, Manifold] | None = None) -> Manifold:
    """Read a space from an expression.

    Parameters
    ----------
    text : str
        Written as in Python; ``/`` and ``*`` have Python's precedence, so a joint action needs
        its parentheses: ``M / (G1 * G2)``.
    known : mapping of str to Manifold, optional
        Further names that the expression may use.

    Returns
    -------
    Manifold

    Raises
    ------
    ExpressionError
        For anything else; the message shows the piece and says what is allowed.
    WeylspecError
        What the constructors themselves refuse.

    Examples
    --------
    >>> read_space("Sphere(8) / (SO(3).copies(3) * SymmetricGroup(3).blocks(3))").dim
    5
    >>> read_space("Sphere(2, 1/3)")
    Sphere(2, '1/3')
    """
    value = _Reader(text, known or {}).read()
    if isinstance(value, Manifold):
        return value
    raise ExpressionError(
        f"{_short(text)} is {_kind(value)}, not a space; write one like Sphere(2) or Sphere(2) / PointGroup('Ih')"
    )


def read_group(text: str) -> Group:
    """Read a group from an expression.

    Parameters
    ----------
    text : str

    Returns
    -------
    Group

    Raises
    ------
    ExpressionError
        As `read_space`.

    Examples
    --------
    >>> read_group("SymmetricGroup(3).blocks(3)").order
    6
    """
    value = _Reader(text, {}).read()
    if isinstance(value, Group):
        return value
    raise ExpressionError(
        f"{_short(text)} is {_kind(value)}, not a group; write one like SymmetricGroup(3) or SO(3).copies(2)"
    )


def read_mesh_file(path: str | Path) -> Manifold:
    """Read a closed triangle mesh from an ``.off`` or ``.obj`` file.

    Raises
    ------
    WeylspecError
        If the file holds no such mesh.
    OSError
        If the file cannot be read.
    """
    mesh: Manifold = _attribute(_constructor("TriangleMesh"), "from_file")(path)
    return mesh


@dataclass(frozen=True)
class _Reader:
    """Walks the syntax tree of one expression."""

    text: str
    known: Mapping[str, Manifold]

    def read(self) -> Any:
        if len(self.text) > _MAX_LENGTH:
            raise ExpressionError(
                f"the expression has {len(self.text)} characters, more than {_MAX_LENGTH}; "
                "put long lists of generators into a file (--group FILE)"
            )
        if not self.text.strip():
            raise ExpressionError("the expression is empty; write a space like Sphere(2) / PointGroup('Ih')")
        try:
            tree = ast.parse(self.text.strip(), mode="eval")
        except SyntaxError as error:
            raise ExpressionError(f"cannot read {_short(self.text)}: {_position(error)}; {_LANGUAGE}") from error
        except (ValueError, RecursionError, MemoryError) as error:
            raise ExpressionError(f"cannot read {_short(self.text)}: {error or 'nested too deeply'}") from error
        return self._value(tree.body, 0)

    def _value(self, node: ast.expr, depth: int) -> Any:
        if depth > _MAX_DEPTH:
            raise ExpressionError(f"the expression is nested more than {_MAX_DEPTH} deep; simplify it")
        below = depth + 1
        match node:
            case ast.Constant():
                return self._literal(node)
            case ast.List(elts=elements):
                return [self._value(e, below) for e in elements]
            case ast.Tuple(elts=elements):
                return tuple(self._value(e, below) for e in elements)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return self._negative(node, self._value(operand, below))
            case ast.BinOp(left=left, right=right):
                return self._binary(node, self._value(left, below), self._value(right, below))
            case ast.Call():
                return self._call(node, below)
            case ast.Name(id=name) if name in self.known:
                return self.known[name]
            case ast.Name(id=name) if name in CONSTRUCTORS:
                raise ExpressionError(f"{name} is a constructor: write {name}(…)")
            case ast.Name(id=name):
                raise ExpressionError(unknown(name, (*CONSTRUCTORS, *self.known)))
        raise ExpressionError(f"{self._piece(node)} is not allowed in an expression: {_LANGUAGE}")

    def _literal(self, node: ast.Constant) -> Any:
        if isinstance(node.value, bool) or not isinstance(node.value, (int, float, str)):
            raise ExpressionError(f"{self._piece(node)} is not allowed: literals are numbers, strings and lists")
        return node.value

    def _negative(self, node: ast.UnaryOp, value: Any) -> Any:
        if _kind(value) != "a number":
            raise ExpressionError(f"{self._piece(node)}: minus applies to numbers, not to {_kind(value)}")
        return -value

    def _binary(self, node: ast.BinOp, left: Any, right: Any) -> Any:
        if type(node.op) not in _OPERATORS:
            raise ExpressionError(f"the operator in {self._piece(node)} is not allowed; the operators are / * ** +")
        sign, function, pairs = _OPERATORS[type(node.op)]
        kinds = (_kind(left), _kind(right))
        if kinds == ("a space", "a group") and sign == "*":
            raise ExpressionError(
                f"{self._piece(node)} multiplies a space by a group; / and * are read from left to right, "
                "so a joint action needs its parentheses: M / (G1 * G2)"
            )
        if kinds not in pairs:
            raise ExpressionError(
                f"{self._piece(node)} applies {sign} to {kinds[0]} and {kinds[1]}; {sign} takes "
                + " or ".join(f"{a} and {b}" for a, b in sorted(pairs, reverse=True))
            )
        if kinds == ("a number", "a number"):
            return self._arithmetic(node, sign, function, left, right)
        return function(left, right)

    def _arithmetic(self, node: ast.BinOp, sign: str, function: Callable[[Any, Any], Any], a: Any, b: Any) -> Any:
        if sign == "**" and not isinstance(a, float) and Fraction(a).numerator.bit_length() * abs(b) > _MAX_BITS:
            raise ExpressionError(f"{self._piece(node)} is too large a number")
        exact = not isinstance(a, float) and not isinstance(b, float)
        if exact and (sign == "/" or (sign == "**" and b < 0)):
            a = Fraction(a)
        try:
            value = function(a, b)
        except ZeroDivisionError as error:
            raise ExpressionError(f"{self._piece(node)} is a division by zero") from error
        except OverflowError as error:
            raise ExpressionError(f"{self._piece(node)} is too large a number") from error
        if isinstance(value, complex):
            raise ExpressionError(f"{self._piece(node)} is not a real number")
        return value

    def _call(self, node: ast.Call, depth: int) -> Any:
        function = self._callable(node.func, depth)
        if any(isinstance(a, ast.Starred) for a in node.args) or any(k.arg is None for k in node.keywords):
            raise ExpressionError(f"{self._piece(node)}: * and ** arguments are not allowed; write them out")
        arguments = [self._value(a, depth) for a in node.args]
        keywords = {str(k.arg): self._value(k.value, depth) for k in node.keywords}
        try:
            inspect.signature(function).bind(*arguments, **keywords)
        except TypeError as error:
            wanted = inspect.signature(function).parameters.values()
            names = ", ".join(str(p.replace(annotation=inspect.Parameter.empty)) for p in wanted)
            message = f"{self._piece(node)}: {error}; it is called as {ast.unparse(node.func)}({names})"
            raise ExpressionError(message) from error
        try:
            return function(*arguments, **keywords)
        except WeylspecError:
            raise
        except (TypeError, ValueError) as error:
            # A list where a number belongs, a ragged matrix: the constructor's own words say which.
            raise ExpressionError(f"{self._piece(node)} cannot be built from these arguments: {error}") from error

    def _callable(self, node: ast.expr, depth: int) -> Callable[..., Any]:
        match node:
            case ast.Name(id=name) if name in CONSTRUCTORS:
                return _constructor(name)
            case ast.Name(id=name):
                raise ExpressionError(unknown(name, tuple(CONSTRUCTORS)))
            case ast.Attribute(value=ast.Name(id=name), attr=method) if method in CLASS_METHODS.get(name, ()):
                return _attribute(_constructor(name), method)
            case ast.Attribute(value=owner, attr=method):
                if method not in METHODS:
                    raise ExpressionError(unknown(method, METHODS, "method"))
                value = self._value(owner, depth)
                allowed = METHODS[-1:] if isinstance(value, Manifold) else METHODS[:-1]
                if _kind(value) not in ("a space", "a group") or method not in allowed:
                    raise ExpressionError(
                        f"{self._piece(owner)} is {_kind(value)}, which has no .{method}; "
                        "groups have .copies(m), .blocks(k), .symmetric_traceless() and .adjoint(), "
                        "spaces have .scaled(r)"
                    )
                return _attribute(value, method)
        raise ExpressionError(f"{self._piece(node)} cannot be called; {_LANGUAGE}")

    def _piece(self, node: ast.AST) -> str:
        return _short(ast.unparse(node))


def _constructor(name: str) -> Callable[..., Any]:
    constructor: Callable[..., Any] = _names.load(name)
    return constructor


def _attribute(owner: Any, name: str) -> Callable[..., Any]:
    found: Callable[..., Any] = getattr(owner, name)
    return found


def _kind(value: object) -> str:
    if isinstance(value, Manifold):
        return "a space"
    if isinstance(value, Group):
        return "a group"
    if isinstance(value, (int, float, Fraction)):
        return "a number"
    return "a string" if isinstance(value, str) else "a list"


def unknown(name: str, names: tuple[str, ...], what: str = "name") -> str:
    """The message about a name that is not known: what was meant, and what there is.

    Parameters
    ----------
    name : str
    names : tuple of str
        The known ones.
    what : str
        What they are names of.

    Returns
    -------
    str

    Examples
    --------
    >>> unknown("sphere", ("Sphere", "Torus"))
    "unknown name 'sphere'; did you mean Sphere? known: Sphere, Torus"
    """
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    lowered = [candidate for candidate in names if candidate.lower() == name.lower()]
    guess = lowered or close
    hint = f"did you mean {guess[0]}? " if guess else ""
    if len(names) > _LISTED:
        near = difflib.get_close_matches(name, names, n=_LISTED, cutoff=0.0)
        return f"unknown {what} {_short(name)}; {hint}near it: {', '.join(near)}; dir(weylspec) lists all {len(names)}"
    return f"unknown {what} {_short(name)}; {hint}known: {', '.join(names)}"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN // 2]} … {text[-_SHOWN // 3:]}")


def _position(error: SyntaxError) -> str:
    return f"{error.msg} at character {error.offset}" if error.offset else str(error.msg)
