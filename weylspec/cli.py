"""The command line: ``weylspec count "Sphere(2) / PointGroup('Ih')" 1e6`` and its sisters.

Exit status: 0 fine, 1 a verdict is "failed" or "undecided", 2 bad input or a question that is not
offered (one line on standard error says what is wrong and how to mend it), 130 interrupted. Every
command imports what it needs when it runs, so that ``count`` starts at once.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import warnings
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NoReturn

from weylspec.errors import ExpressionError, WeylspecError

if TYPE_CHECKING:
    from weylspec.spaces.base import Manifold
    from weylspec.spectrum import Spectrum

PASSED, NOT_PASSED, BAD_INPUT, INTERRUPTED, CLOSED_PIPE = 0, 1, 2, 130, 141

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_RATIO = re.compile(r"[+-]?\d+/0*[1-9]\d*")
_LARGEST_EXPONENT = 300  # beyond it a number does not fit a float
_SHOWN_LEVELS = 40

_ABOUT = """\
Spectra of M/G, Weyl's law under symmetry, and what invariance is worth in data.

A space is written as in Python:  "Sphere(2)"   "Sphere(2) / PointGroup('Ih')"
  "Torus(7) / SymmetricGroup(7)"   "Sphere(8) / (SO(3).copies(3) * SymmetricGroup(3).blocks(3))"
"""


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
    parser = _parser()
    args, words = parser.parse_known_args(argv)
    try:
        args.words = _positionals(args.command, words)
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


# -- commands -----------------------------------------------------------------------------------


def _count(args: argparse.Namespace) -> int:
    from weylspec.report.rows import count_dict, count_words, counted

    space, numbers = _space(args, at_least=1)
    lams = [exact_number(word, "LAMBDA") for word in numbers]
    counts = [counted(space, lam) for lam in lams]
    if args.json:
        rows = [{"lambda": word, **count_dict(count)} for word, count in zip(numbers, counts, strict=True)]
        return _emit({"space": repr(space), **(rows[0] if len(rows) == 1 else {"counts": rows})})
    for word, count in zip(numbers, counts, strict=True):
        print(f"N({word}) {count_words(count)} on {space!r}")
    return PASSED


def _spectrum(args: argparse.Namespace) -> int:
    space, _ = _space(args)
    listed = space.spectrum(args.cutoff, num=args.num)
    if args.save:
        listed.save(args.save)
    if args.json:
        return _emit({
            "space": repr(space), "complete_below": listed.complete_below, "provenance": listed.provenance,
            "eigenvalues": listed.eigenvalues, "multiplicities": listed.multiplicities, "errors": listed.errors,
            "saved": args.save,
        })
    print(f"{space!r}: {len(listed)} levels, {listed.total} eigenvalues, complete below {listed.complete_below:g}\n"
          f"{listed.provenance}\n\n{_levels_table(listed)}")
    if len(listed) > _SHOWN_LEVELS:
        print(f"… {len(listed) - _SHOWN_LEVELS} more levels; --save FILE.npz or --json has them all")
    if args.save:
        print(f"saved to {args.save}")
    return PASSED


def _levels_table(listed: Spectrum) -> str:
    from weylspec.render.tables import text_table

    shown = slice(_SHOWN_LEVELS)
    columns = [
        [f"{lam:.12g}" for lam in listed.eigenvalues[shown]], [str(m) for m in listed.multiplicities[shown]],
        [str(n) for n in listed.cumulative[shown]],
    ]
    header = ["λ", "multiplicity", "N(λ)"]
    if listed.errors.any():
        header = ["λ", "multiplicity", "listed", "error"]  # how many are ≤ λ is not known: see weylspec count
        columns.append([f"{error:.2g}" for error in listed.errors[shown]])
    return text_table(header, list(zip(*columns, strict=True)))


def _verify(args: argparse.Namespace) -> int:
    from weylspec.counting.verify import verify_weyl

    space, _ = _space(args)
    report = verify_weyl(space, args.cutoff)
    if args.json:
        _emit(report.as_dict())
    else:
        print(report.table())
    return PASSED if report.passed else NOT_PASSED


def _report(args: argparse.Namespace) -> int:
    from weylspec.report.space import space_report

    space, _ = _space(args)
    report = space_report(space, s=args.s, noise=args.noise, target_risk=args.target_risk)
    if args.html:
        page = report.html()
        with open(args.html, "w", encoding="utf-8") as stream:
            stream.write(page)
    if args.json:
        _emit(report.as_dict())
    else:
        print(report.text())
        if args.html:
            print(f"\nwritten to {args.html}")
    return NOT_PASSED if report.passed is False else PASSED


def _bound(args: argparse.Namespace) -> int:
    from weylspec.report.bounds import bound_table

    space, _ = _space(args)
    table = bound_table(space, s=args.s, n=args.n, noise=args.noise, norm=args.norm, theta=args.theta)
    if args.json:
        return _emit(table.as_dict())
    print(table.text())
    return PASSED


def _simulate(args: argparse.Namespace) -> int:
    from weylspec.learning.simulation import simulate_learning_curve
    from weylspec.report.curves import risk_curves

    space, _ = _space(args)
    n = sorted(set(args.n))
    options = {"s": args.s, "noise": args.noise, "norm": args.norm,
               "ridge": "optimal" if args.ridge is None else args.ridge}
    bounds = risk_curves(space, n=n, **options)
    curve = simulate_learning_curve(
        space, n=n, **options, cutoff=args.cutoff, repetitions=args.repetitions, rng=args.seed,
        progress=sys.stderr.isatty())
    risks = bounds.with_measured(curve)
    if args.json:
        _emit({**risks.as_dict(), **options, "seed": args.seed, "cutoff": curve.cutoff,
               "repetitions": curve.repetitions, "ridge": curve.ridge, "passed": risks.below_upper})
    else:
        print(f"excess risk of kernel ridge regression on {space!r}, s = {args.s}, noise = {args.noise}, "
              f"norm = {args.norm}, {curve.repetitions} repetitions, seed {args.seed}\n\n{risks.text()}\n"
              "Pinsker and predicted are no bounds; the upper bound takes "
              + ("its own best ridge" if args.ridge is None else f"the ridge η = {args.ridge}"))
    if not curve.complete:
        return INTERRUPTED
    return PASSED if risks.below_upper else NOT_PASSED


def _gallery(args: argparse.Namespace) -> int:
    if args.words:
        raise ExpressionError(f"gallery takes no space, got {args.words[0]!r}; for one space: weylspec report SPACE")
    from weylspec.report.gallery import gallery

    result = gallery(args.out, progress=lambda line: print(line, file=sys.stderr, flush=True))
    if args.json:
        _emit(result.as_dict())
    else:
        print(result.text())
    return PASSED if result.passed else NOT_PASSED


# -- reading words --------------------------------------------------------------------------------


def exact_number(word: str, name: str) -> int | str:
    """Read a number typed in a shell, exactly: an int, or the word itself (a decimal or a ratio).

    Examples
    --------
    >>> exact_number("1e30", "LAMBDA") == 10**30, exact_number("2.50", "LAMBDA")
    (True, '2.50')
    """
    if _RATIO.fullmatch(word):
        return word
    if not _NUMBER.fullmatch(word):
        raise ExpressionError(f"{name} = {word!r} is not a number; write it like 1000, 2.5, 1e30 or 5/2")
    value = Decimal(word)
    if value and abs(value.adjusted()) > _LARGEST_EXPONENT:
        raise ExpressionError(f"{name} = {word} is out of range; numbers go from 1e-300 to 1e300")
    exact = Fraction(value)
    return exact.numerator if exact.denominator == 1 else word


def _positionals(command: str, words: Sequence[str]) -> list[str]:
    """The words that are no options: argparse alone mixes up optional positionals with options between them."""
    unknown = [word for word in words if word.startswith("-") and not _NUMBER.fullmatch(word)]
    if unknown:
        raise ExpressionError(f"unknown option {unknown[0]}; see weylspec {command} --help")
    return list(words)


def _space(args: argparse.Namespace, at_least: int = 0) -> tuple[Manifold, list[str]]:
    """The space that the words and --mesh, --group name, and the words after it."""
    from weylspec.expressions import read_mesh_file, read_space
    from weylspec.group_files import read_group_file

    words = list(args.words)
    known = {"mesh": read_mesh_file(args.mesh)} if args.mesh else {}
    spelled = words and not (known and (_NUMBER.fullmatch(words[0]) or _RATIO.fullmatch(words[0])))
    text = words.pop(0) if spelled else "mesh"
    if not spelled and not known:
        raise ExpressionError("which space? write it like \"Sphere(2) / PointGroup('Ih')\", or give --mesh FILE")
    if known and text.lstrip().startswith(("/", "*")):
        text = f"mesh {text}"
    if at_least and not words:
        raise ExpressionError(f"up to which eigenvalue? weylspec {args.command} SPACE LAMBDA")
    if not at_least and words:
        raise ExpressionError(f"unexpected word {words[0]!r}; quote a space that contains blanks or parentheses")
    space = read_space(text, known)
    return (space / read_group_file(args.group) if args.group else space), words


def _number_option(name: str) -> Callable[[str], int | str]:
    def read(word: str) -> int | str:
        try:
            return exact_number(word, name)
        except ExpressionError as error:
            raise argparse.ArgumentTypeError(str(error)) from error

    return read


def _whole_option(name: str, least: int) -> Callable[[str], int]:
    def read(word: str) -> int:
        value = _number_option(name)(word)
        if not isinstance(value, int) or value < least:
            raise argparse.ArgumentTypeError(f"{name} must be a whole number >= {least}, got {word}; "
                                             "write it like 1000 or 1e3")
        return value

    return read


class _Parser(argparse.ArgumentParser):
    """Errors in one line, exit status 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_INPUT, f"{self.prog}: {message}; see {self.prog} --help\n")


def _parser() -> argparse.ArgumentParser:
    from weylspec import __version__

    parser = _Parser(prog="weylspec", description=_ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--version", action="version", version=f"weylspec {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Parser)

    def command(name: str, run: Callable[[argparse.Namespace], int], words: str, text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(
            name, help=text, description=text, allow_abbrev=False, usage=f"weylspec {name} {words} [options]")
        added.set_defaults(run=run)
        added.add_argument("--json", action="store_true", help="print one JSON object")
        if words:
            added.add_argument("--group", metavar="FILE", help="divide the space by the group in FILE: matrices (.npy),"
                               " or linear, permutation, affine or algebra generators (.json)")
            added.add_argument("--mesh", metavar="FILE", help="the space is this mesh (.off, .obj); SPACE may be "
                               "left out, be \"/ Group\", or use the name mesh")
        return added

    command("count", _count, "SPACE LAMBDA [LAMBDA …]", "N(λ; G): how many eigenvalues are ≤ λ, "
            "exactly in closed form, between bounds for a mesh")
    spectrum = command("spectrum", _spectrum, "SPACE (--cutoff λ | --num K)", "list the levels and multiplicities")
    which = spectrum.add_mutually_exclusive_group(required=True)
    which.add_argument("--cutoff", type=_number_option("--cutoff"), metavar="λ", help="every level up to λ")
    which.add_argument("--num", type=_whole_option("--num", 1), metavar="K",
                       help="whole levels with at least K eigenvalues")
    spectrum.add_argument("--save", metavar="FILE", help="also write the spectrum to this .npz file")
    verify = command("verify", _verify, "SPACE", "check Weyl's law: the count against geometry; status 1 if it "
                     "failed or is undecided, 2 where the space has no law to check (a point, mirrors without area)")
    verify.add_argument("--cutoff", type=_number_option("--cutoff"), metavar="λ", help="default: from geometry")
    report = command("report", _report, "SPACE", "everything about one space: spectrum, count, verdict, bounds, gain")
    report.add_argument("--html", metavar="FILE", help="also write one self-contained page with pictures")
    _learning_options(report, required=False)
    report.add_argument("--target-risk", type=_number_option("--target-risk"), default="0.001", metavar="ε",
                        help="risk at which the gain is stated (0.001)")
    needed = "SPACE --n N [N …] --s S --noise σ"
    bound = command("bound", _bound, needed, "lower and upper bounds of the risk")
    bound.add_argument("--theta", type=_number_option("--theta"), default=1, metavar="θ",
                       help="the function lies in H^(sθ), 0 < θ ≤ 1 (1)")
    simulate = command("simulate", _simulate, needed, "measure a learning curve against the upper bound")
    for added in (bound, simulate):
        _learning_options(added)
        added.add_argument("--n", type=_whole_option("--n", 1), nargs="+", required=True, metavar="N",
                           help="numbers of samples")
        added.add_argument("--norm", type=_number_option("--norm"), default=1, metavar="F",
                           help="norm of the function in H^s (1)")
    simulate.add_argument("--repetitions", type=_whole_option("--repetitions", 1), default=50, metavar="R",
                          help="at least 2 for a verdict (50)")
    simulate.add_argument("--seed", type=_whole_option("--seed", 0), default=0, help="a whole number >= 0 (0)")
    simulate.add_argument("--cutoff", type=_number_option("--cutoff"), metavar="λ",
                          help="levels kept in target and kernel (default: so many that the rest does not matter)")
    simulate.add_argument("--ridge", type=_number_option("--ridge"), metavar="η",
                          help="ridge (default: the best one for the predicted risk at each n)")
    shown = command("gallery", _gallery, "", "worked examples, each with its verdict; writes a page with pictures")
    shown.add_argument("--out", metavar="DIR", default="weylspec-gallery", help="where the page and pictures go")
    return parser


def _learning_options(parser: argparse.ArgumentParser, required: bool = True) -> None:
    extra = ("", "") if required else (" (½ dim M + 1)", " (0.1)")
    parser.add_argument("--s", type=_number_option("--s"), required=required, help="smoothness, > d/2" + extra[0])
    parser.add_argument("--noise", type=_number_option("--noise"), required=required, metavar="σ",
                        default=None if required else "0.1", help="standard deviation of the noise" + extra[1])


# -- writing --------------------------------------------------------------------------------------


def _emit(answer: dict[str, Any]) -> int:
    from weylspec.report.plain import plain

    print(json.dumps(plain(answer), ensure_ascii=False, allow_nan=False))
    return PASSED


if __name__ == "__main__":
    sys.exit(main())
