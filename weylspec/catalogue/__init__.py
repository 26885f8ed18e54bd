"""One list of spaces and quotients over every family that the library has, a module for each family.

The list is of expressions, as a user types them; a space is built when it is asked for. Contract
tests run over all of it, and facts about each label are kept with them, typed from the literature.
A new label is one line in a tuple of its family's module.
"""

from __future__ import annotations

from collections.abc import Iterator

from weylspec.catalogue import composite, domains, homogeneous, lie_groups, spheres, tori
from weylspec.expressions import read_space
from weylspec.spaces.base import Manifold

FAMILIES: dict[str, tuple[str, ...]] = {
    "spheres": spheres.LABELS,
    "tori": tori.LABELS,
    "homogeneous spaces": homogeneous.LABELS,
    "Lie groups": lie_groups.LABELS,
    "domains": domains.LABELS,
    "products and powers": composite.LABELS,
}
CATALOGUE: tuple[str, ...] = tuple(label for labels in FAMILIES.values() for label in labels)


def entries() -> Iterator[tuple[str, Manifold]]:
    """Every label with its space, built when it is its turn.

    Yields
    ------
    label : str
        The expression.
    space : Manifold
        What it reads as.

    Examples
    --------
    >>> next(entries())
    ('Sphere(1)', Sphere(1))
    """
    for label in CATALOGUE:
        yield label, read_space(label)
