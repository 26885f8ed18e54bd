"""How much work one exact answer may take, and how a refusal says so."""

from __future__ import annotations

import math

from weylspec.errors import CostError

MAX_OPERATIONS = 1e11  # elementary steps of about a nanosecond each: one to four minutes


def check_operations(cost: float, work: str, way: str = "") -> None:
    """Refuse work that would take more operations than the limit.

    Parameters
    ----------
    cost : float
    work : str
        What would be done.
    way : str, optional
        How.

    Raises
    ------
    CostError
        With the figure, where it is finite.

    Examples
    --------
    >>> check_operations(3.21e14, "counting", "rows")
    Traceback (most recent call last):
        ...
    weylspec.errors.CostError: counting takes about 3.2e+14 operations by rows, above 1e+11; ask for a smaller cutoff
    """
    if cost > MAX_OPERATIONS:
        raise CostError(f"{work} takes {_in_words(cost, way)}; ask for a smaller cutoff")


def _in_words(cost: float, way: str) -> str:
    """A cost above the limit.

    >>> _in_words(math.inf, "")
    'more than 1e+11 operations, or arrays or integers that do not fit'
    """
    by = f" by {way}" if way else ""
    if math.isinf(cost):
        return f"more than {MAX_OPERATIONS:.0e} operations{by}, or arrays or integers that do not fit"
    return f"about {cost:.1e} operations{by}, above {MAX_OPERATIONS:.0e}"
