"""Answers as what JSON can hold."""

from __future__ import annotations

import math
from typing import Any


def plain(value: Any) -> Any:
    """Make an answer fit JSON: arrays to lists, Fractions to strings, infinities to strings.

    Examples
    --------
    >>> from fractions import Fraction
    >>> plain({"order": float("inf"), "n": (1, Fraction(1, 2))})
    {'order': 'infinity', 'n': [1, '1/2']}
    """
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if isinstance(value, float) and not math.isfinite(value):
        return {math.inf: "infinity", -math.inf: "-infinity"}.get(value, "nan")
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    return str(value)
