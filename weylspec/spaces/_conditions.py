"""Boundary conditions as words: read, typed back, and as the signs that they give reflections."""

from __future__ import annotations

from weylspec.errors import WeylspecError

_SIGNS = {"neumann": 1, "dirichlet": -1}


def conditions(bc: object, parts: tuple[str, ...]) -> tuple[str, ...]:
    """Boundary conditions of the named parts, from one word for all or one for each part.

    Parameters
    ----------
    bc : object
        "neumann", "dirichlet", or a list or tuple of them.
    parts : tuple of str
        Their names, for the message.

    Returns
    -------
    tuple of str
        One per part.

    Raises
    ------
    WeylspecError
        For anything else; the message lists what is allowed.

    Examples
    --------
    >>> conditions("neumann", ("inner", "outer"))
    ('neumann', 'neumann')
    """
    given = (bc,) * len(parts) if isinstance(bc, str) else bc
    if (isinstance(given, (tuple, list)) and len(given) == len(parts)
            and all(isinstance(word, str) and word in _SIGNS for word in given)):
        return tuple(map(str, given))
    several = f", or one for each of ({', '.join(parts)})" if len(parts) > 1 else ""
    raise WeylspecError(f"bc must be 'neumann' or 'dirichlet'{several}; got {bc!r}")


def sign(condition: str) -> int:
    """1 for Neumann and −1 for Dirichlet: how reflections act on functions; a quarter of it is a wall's weight.

    Examples
    --------
    >>> sign("dirichlet")
    -1
    """
    return _SIGNS[condition]


def joined(bc: tuple[str, ...]) -> str | tuple[str, ...]:
    """Boundary conditions as they are typed: one word where they agree.

    Examples
    --------
    >>> joined(("neumann", "neumann")), joined(("neumann", "dirichlet"))
    ('neumann', ('neumann', 'dirichlet'))
    """
    return bc[0] if len(set(bc)) == 1 else bc
