"""What weylspec refuses, and how it says so.

Every error names the offending value and the remedy. All of them are `ValueError`s
(a missing extra is also an `ImportError`), so that ``except ValueError`` catches bad input.
"""

from __future__ import annotations


class WeylspecError(ValueError):
    """Base of every error that weylspec raises on purpose."""


class IncompleteSpectrumError(WeylspecError):
    """A question that reaches past the cutoff up to which a list of eigenvalues is complete."""


class GroupActionError(WeylspecError):
    """A group that does not act on the space by isometries, or not in the way that was asked for."""


class CommutationError(GroupActionError):
    """Two groups whose elements do not commute, where a joint action needs that they do."""


class NotOrthogonalError(GroupActionError):
    """A matrix that is not orthogonal; the message carries the residual."""


class InfiniteGroupError(GroupActionError):
    """Generators of a finite group that do not close up."""


class CostError(WeylspecError):
    """Work or memory that would not fit; the message carries the figure."""


class CertificationError(WeylspecError):
    """A numerical result whose certificate (inertia count, check prime, gap) does not hold."""


class UnknownGeometryError(WeylspecError):
    """A volume, a wall or a spectrum that the library cannot obtain for this space."""


class ExpressionError(WeylspecError):
    """A space or group expression that the command line cannot read."""


class MissingExtraError(WeylspecError, ImportError):
    """An optional dependency that is not installed; the message names the extra."""


def require(module: str, extra: str) -> object:
    """Import an optional dependency, or name the extra that brings it.

    Parameters
    ----------
    module : str
        Dotted name of the module.
    extra : str
        The extra of weylspec's installation that contains it.

    Returns
    -------
    module
        The imported module.

    Raises
    ------
    MissingExtraError
        If the module cannot be imported.

    Examples
    --------
    >>> require("math", "pictures").pi
    3.141592653589793
    """
    import importlib

    try:
        return importlib.import_module(module)
    except ImportError as error:
        message = f"{module} is not installed; install it with: pip install 'weylspec[{extra}]'"
        raise MissingExtraError(message) from error
