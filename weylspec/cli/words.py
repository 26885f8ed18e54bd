"""Words of a command line read as numbers and spaces, and answers written as JSON."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from weylspec.errors import ExpressionError

if TYPE_CHECKING:
    from weylspec.spaces.base import Manifold

PASSED, NOT_PASSED, BAD_INPUT, INTERRUPTED, CLOSED_PIPE = 0, 1, 2, 130, 141

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_RATIO = re.compile(r"[+-]?\d+/0*[1-9]\d*")
_LARGEST_EXPONENT = 300  # beyond it a number does not fit a float


def exact_number(word: str, name: str) -> int | str:
    """Read a number typed in a shell, exactly: an int, or the word itself (a decimal or a ratio).

    Examples
    --------
    >>> exact_number("1e30", "LAMBDA") == 10**30, exact_number("2.50", "LAMBDA")
    (True, '2.50')
    """
    if _RATIO.fullmatch(word):
        return word
    if not _NUMBER.fullmatch(word):
        raise ExpressionError(f"{name} = {word!r} is not a number; write it like 1000, 2.5, 1e30 or 5/2")
    value = Decimal(word)
    if value and abs(value.adjusted()) > _LARGEST_EXPONENT:
        raise ExpressionError(f"{name} = {word} is out of range; numbers go from 1e-300 to 1e300")
    exact = Fraction(value)
    return exact.numerator if exact.denominator == 1 else word


def positionals(command: str, words: Sequence[str]) -> list[str]:
    """The words that are no options: argparse alone mixes up optional positionals with options between them."""
    unknown = [word for word in words if word.startswith("-") and not _NUMBER.fullmatch(word)]
    if unknown:
        raise ExpressionError(f"unknown option {unknown[0]}; see weylspec {command} --help")
    return list(words)


def space_of(args: argparse.Namespace, at_least: int = 0) -> tuple[Manifold, list[str]]:
    """The space that the words and --mesh, --group name, and the words after it."""
    from weylspec.expressions import read_mesh_file, read_space
    from weylspec.group_files import read_group_file

    words = list(args.words)
    known = {"mesh": read_mesh_file(args.mesh)} if args.mesh else {}
    spelled = words and not (known and (_NUMBER.fullmatch(words[0]) or _RATIO.fullmatch(words[0])))
    text = words.pop(0) if spelled else "mesh"
    if not spelled and not known:
        raise ExpressionError("which space? write it like \"Sphere(2) / PointGroup('Ih')\", or give --mesh FILE")
    if known and text.lstrip().startswith(("/", "*")):
        text = f"mesh {text}"
    if at_least and not words:
        raise ExpressionError(f"up to which eigenvalue? weylspec {args.command} SPACE LAMBDA")
    if not at_least and words:
        raise ExpressionError(f"unexpected word {words[0]!r}; quote a space that contains blanks or parentheses")
    space = read_space(text, known)
    return (space / read_group_file(args.group) if args.group else space), words


def number_option(name: str) -> Callable[[str], int | str]:
    """A reader of an option's number, for argparse."""

    def read(word: str) -> int | str:
        try:
            return exact_number(word, name)
        except ExpressionError as error:
            raise argparse.ArgumentTypeError(str(error)) from error

    return read


def whole_option(name: str, least: int) -> Callable[[str], int]:
    """A reader of an option's whole number, for argparse."""

    def read(word: str) -> int:
        value = number_option(name)(word)
        if not isinstance(value, int) or value < least:
            raise argparse.ArgumentTypeError(f"{name} must be a whole number >= {least}, got {word}; "
                                             "write it like 1000 or 1e3")
        return value

    return read


def emit(answer: dict[str, Any]) -> int:
    """Print one JSON object; the exit status."""
    from weylspec.report.plain import plain

    print(json.dumps(plain(answer), ensure_ascii=False, allow_nan=False))
    return PASSED
