"""The table of public names, read from ``weylspec/__init__.pyi``: one line there exports a thing everywhere."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path
from typing import Any

_STUB = Path(__file__).with_name("__init__.pyi")

HOME: dict[str, str] = {
    name.name: node.module
    for node in ast.parse(_STUB.read_text(encoding="utf-8")).body if isinstance(node, ast.ImportFrom) and node.module
    for name in node.names
}


def load(name: str) -> Any:
    """The object that a public name stands for, from its module."""
    return getattr(importlib.import_module(HOME[name]), name)


def constructors() -> dict[str, str]:
    """Name -> module of everything public that makes a space or a group (what operators build stands in `base`)."""
    return {name: module for name, module in HOME.items()
            if module.split(".")[1] in ("spaces", "groups") and not module.endswith(".base")}
