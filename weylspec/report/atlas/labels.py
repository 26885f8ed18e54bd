"""Which spaces the atlas runs over: the catalogue by families, less what has no affordable verdict."""

from __future__ import annotations

from collections.abc import Iterable

from weylspec.catalogue import CATALOGUE, FAMILIES
from weylspec.errors import ExpressionError
from weylspec.expressions import read_space

LEFT_OUT: dict[str, str] = {
    "TriangleMesh.icosphere(4)": "its levels come from finite elements, and the list that a verdict needs takes half "
    "a minute; the gallery compares a finer one with the closed form",
    "TriangleMesh.icosphere(4) / PointGroup('Ih')": "the mesh is too coarse for a verdict",
}
ATLAS: tuple[str, ...] = tuple(label for label in CATALOGUE if label not in LEFT_OUT)


def family_of(label: str) -> str:
    """The family of a label in the catalogue; "typed" for another expression.

    Examples
    --------
    >>> family_of("Torus(2)"), family_of("Torus(5)")
    ('tori', 'typed')
    """
    return next((family for family, labels in FAMILIES.items() if label in labels), "typed")


def chosen(patterns: Iterable[str]) -> tuple[str, ...]:
    """The labels that contain one of some words, or belong to a family of that name; else the word is an expression.

    Parameters
    ----------
    patterns : iterable of str

    Returns
    -------
    tuple of str
        In the order of the atlas, typed expressions last.

    Raises
    ------
    ExpressionError
        For a word that is none of these.

    Examples
    --------
    >>> chosen(["Klein", "Torus(5)"])
    ("FlatManifold('Klein bottle', sides=[1, 2])", 'Torus(5)')
    """
    found: set[str] = set()
    typed = []
    for word in patterns:
        matching = [label for label in ATLAS if word in label or word == family_of(label)]
        found.update(matching)
        if not matching:
            _check(word)
            typed.append(word)
    return (*(label for label in ATLAS if label in found), *dict.fromkeys(typed))


def _check(word: str) -> None:
    try:
        read_space(word)
    except ExpressionError as error:
        raise ExpressionError(f"{word!r} is part of no label of the atlas, nor one of its families "
                              f"({', '.join(FAMILIES)}), nor a space: {error}") from error
