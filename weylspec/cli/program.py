"""`main`: one command run, and what goes wrong told in one line."""

from __future__ import annotations

import argparse
import os
import sys
import warnings
from collections.abc import Sequence

from weylspec.cli.parser import parser
from weylspec.cli.words import BAD_INPUT, CLOSED_PIPE, INTERRUPTED, positionals
from weylspec.errors import WeylspecError


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    argv : sequence of str, optional
        Words of the command line after the program's name; those of the process by default.

    Returns
    -------
    int
        Exit status.

    Examples
    --------
    >>> main(["count", "Sphere(2) / PointGroup('Oh')", "400"])
    N(400) = 12 on Sphere(2) / PointGroup('Oh')
    0
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")  # a terminal without λ shows "?" in its place
    args, words = parser().parse_known_args(argv)
    try:
        args.words = positionals(args.command, words)
        with warnings.catch_warnings(record=True) as told:  # a complaint needs no overflow of numpy's before it
            warnings.simplefilter("default", RuntimeWarning)
            status = int(args.run(args))
        for warning in told:
            print(f"weylspec {args.command}: warning: {warning.message}", file=sys.stderr)
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLOSED_PIPE
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _complain(args.command, f"{where}{error.strerror or error}; check the path and its permissions")
    except MemoryError as error:
        return _complain(args.command, f"out of memory ({error}); ask for a smaller space or cutoff")
    except WeylspecError as error:
        return _complain(args.command, str(error))
    except (ArithmeticError, RecursionError) as error:
        return _complain(args.command, f"{_subject(args)}numbers beyond what a float or the stack holds "
                         f"({_words(error)}); ask for a smaller space, cutoff or s, or for noise and risk nearer to 1")
    except ValueError as error:  # numpy and scipy: a shape, a range or a matrix that they refuse
        return _complain(args.command, f"{_subject(args)}cannot be computed with these numbers ({_words(error)}); ask "
                         "for a smaller space, cutoff or number of samples")


def _subject(args: argparse.Namespace) -> str:
    return f"{args.words[0]}: " if args.words else ""


def _words(error: BaseException) -> str:
    return f"{type(error).__name__}: {error.args[-1] if error.args else error}"


def _complain(command: str, message: str) -> int:
    print(f"weylspec {command}: {' '.join(message.split())}", file=sys.stderr)
    return BAD_INPUT
