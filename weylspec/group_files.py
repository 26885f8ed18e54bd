"""Groups from files: generators that are matrices, permutations, affine maps or velocities."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from weylspec.errors import ExpressionError, WeylspecError
from weylspec.expressions import unknown
from weylspec.groups.affine import AffineGroup
from weylspec.groups.base import Group
from weylspec.groups.lie_group import LieGroup
from weylspec.groups.matrix import MatrixGroup
from weylspec.groups.permutation_group import PermutationGroup


def read_group_file(path: str | Path) -> Group:
    """Read generators of a group from a file.

    Parameters
    ----------
    path : str or Path
        ``.npy``: one orthogonal matrix (n, n) or a stack (k, n, n), no pickles. ``.json``: an object
        with "kind" and "generators": for "linear" a list of matrices, giving a `MatrixGroup`; for
        "permutation" a list of image lists (0-based, i ↦ images[i]) or of lists of cycles, giving a
        `PermutationGroup`; for "affine" a list of
        [A, b] or {"A": …, "b": …} in lattice coordinates, with "translations" (integer vectors) if
        there are any, giving an `AffineGroup`; for "algebra" a list of skew matrices, with "components"
        (orthogonal matrices) if there are any, giving a `LieGroup`. "copies": m makes matrices act on m
        blocks of coordinates. Entries are numbers or strings like "1/2".

    Returns
    -------
    Group

    Raises
    ------
    WeylspecError
        Naming the file, the field and the remedy.
    OSError
        If the file cannot be read.
    """
    name, suffix = str(path), Path(path).suffix.lower()
    if suffix not in (".json", ".npy"):
        raise ExpressionError(f"{name}: a group is read from a .json or .npy file, not from {suffix or 'this'!r}")
    try:
        content = json.loads(Path(path).read_bytes()) if suffix == ".json" else np.load(path, allow_pickle=False)
    except (ValueError, EOFError, RecursionError) as error:
        raise ExpressionError(f"{name} is not a readable {suffix} file: {error}") from error
    if suffix == ".npy":
        if not isinstance(content, np.ndarray) or content.ndim not in (2, 3):
            raise ExpressionError(f"{name} must hold one (n, n) matrix or a stack of shape (k, n, n)")
        content = {"kind": "linear", "generators": list(content.reshape(-1, *content.shape[-2:]))}
    try:
        return _group_of(content)
    except WeylspecError as error:
        raise type(error)(f"{name}: {error}") from error
    except (TypeError, ValueError, KeyError) as error:
        raise ExpressionError(f"{name}: the field 'generators' cannot be read: {error!r}") from error


def _group_of(content: Any) -> Group:
    if not isinstance(content, dict):
        raise ExpressionError('the file must hold an object {"kind": …, "generators": […]}')
    kind, generators = content.get("kind"), content.get("generators")
    if not isinstance(kind, str) or kind not in _KINDS:
        raise ExpressionError(f"the field 'kind' is {kind!r}; it must be one of {', '.join(_KINDS)}")
    read, fields = _KINDS[kind]
    for key in content:
        if key not in ("kind", "generators", *fields):
            owners = [name for name, (_, others) in _KINDS.items() if key in others]
            if owners:
                raise ExpressionError(
                    f"the field {key!r} belongs to the kind {' or '.join(map(repr, owners))}, not to {kind!r}")
            raise ExpressionError(unknown(key, ("kind", "generators", *_FIELDS), "field"))
    if not isinstance(generators, list) or not generators:
        raise ExpressionError(f"the field 'generators' must be a list of at least one generator, got {generators!r}")
    group = read(generators, content)
    return group.copies(content["copies"]) if "copies" in content else group


def _linear(generators: list[Any], _: Mapping[str, Any]) -> Group:
    return MatrixGroup(generators)


def _permutations(generators: list[Any], _: Mapping[str, Any]) -> Group:
    return PermutationGroup(generators)


def _affine(generators: list[Any], content: Mapping[str, Any]) -> Group:
    pairs = [(g["A"], g["b"]) if isinstance(g, dict) else tuple(g) for g in generators]
    for i, pair in enumerate(pairs):
        if len(pair) != 2:
            raise ExpressionError(f"generator {i} has {len(pair)} parts; an affine one is [A, b]")
    return AffineGroup(pairs, content.get("translations", ()))


def _algebra(generators: list[Any], content: Mapping[str, Any]) -> Group:
    return LieGroup(generators, content.get("components", ()))


_KINDS: Mapping[str, tuple[Callable[[list[Any], Mapping[str, Any]], Group], tuple[str, ...]]] = {
    "linear": (_linear, ("copies",)),
    "affine": (_affine, ("translations",)),
    "permutation": (_permutations, ("copies",)),
    "algebra": (_algebra, ("components", "copies")),
}
_FIELDS = ("translations", "components", "copies")
