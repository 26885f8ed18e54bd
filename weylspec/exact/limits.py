"""How much work one exact answer may take, and how a refusal says so."""

from __future__ import annotations

import math

MAX_OPERATIONS = 1e11  # elementary steps of about a nanosecond each: one to four minutes


def operations(cost: float, way: str = "") -> str:
    """A cost above the limit in words, with the figure where it is finite.

    Parameters
    ----------
    cost : float
    way : str, optional
        What the operations do.

    Returns
    -------
    str

    Examples
    --------
    >>> operations(3.21e14, "rows")
    'about 3.2e+14 operations by rows, above 1e+11'
    >>> operations(math.inf)
    'more than 1e+11 operations, or arrays or integers that do not fit'
    """
    by = f" by {way}" if way else ""
    if math.isinf(cost):
        return f"more than {MAX_OPERATIONS:.0e} operations{by}, or arrays or integers that do not fit"
    return f"about {cost:.1e} operations{by}, above {MAX_OPERATIONS:.0e}"
