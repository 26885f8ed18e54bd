"""The commands and their options."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import NoReturn

from weylspec.cli import commands
from weylspec.cli.words import BAD_INPUT, number_option, whole_option

_ABOUT = """\
Spectra of M/G, Weyl's law under symmetry, and what invariance is worth in data.

A space is written as in Python:  "Sphere(2)"   "Sphere(2) / PointGroup('Ih')"
  "Torus(7) / SymmetricGroup(7)"   "Sphere(8) / (SO(3).copies(3) * SymmetricGroup(3).blocks(3))"
"""


class _Parser(argparse.ArgumentParser):
    """Errors in one line, exit status 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_INPUT, f"{self.prog}: {message}; see {self.prog} --help\n")


def parser() -> argparse.ArgumentParser:
    """The parser of all commands; each sets `run`."""
    from weylspec import __version__

    every = _Parser(prog="weylspec", description=_ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter)
    every.add_argument("--version", action="version", version=f"weylspec {__version__}")
    group = every.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Parser)

    def command(name: str, run: Callable[[argparse.Namespace], int], words: str, text: str,
                files: bool = True) -> argparse.ArgumentParser:
        added = group.add_parser(
            name, help=text, description=text, allow_abbrev=False,
            usage=" ".join(("weylspec", name, *words.split(), "[options]")))
        added.set_defaults(run=run)
        added.add_argument("--json", action="store_true", help="print one JSON object")
        if words and files:
            added.add_argument("--group", metavar="FILE", help="divide the space by the group in FILE: matrices (.npy),"
                               " or linear, permutation, affine or algebra generators (.json)")
            added.add_argument("--mesh", metavar="FILE", help="the space is this mesh (.off, .obj); SPACE may be "
                               "left out, be \"/ Group\", or use the name mesh")
        return added

    command("count", commands.run_count, "SPACE LAMBDA [LAMBDA …]", "N(λ; G): how many eigenvalues are ≤ λ, "
            "exactly in closed form, between bounds for a mesh")
    spectrum = command("spectrum", commands.run_spectrum, "SPACE (--cutoff λ | --num K)",
                       "list the levels and multiplicities")
    which = spectrum.add_mutually_exclusive_group(required=True)
    which.add_argument("--cutoff", type=number_option("--cutoff"), metavar="λ", help="every level up to λ")
    which.add_argument("--num", type=whole_option("--num", 1), metavar="K",
                       help="whole levels with at least K eigenvalues")
    spectrum.add_argument("--save", metavar="FILE", help="also write the spectrum to this .npz file")
    verify = command("verify", commands.run_verify, "SPACE", "check Weyl's law: the count against geometry; status 1 "
                     "if it failed or is undecided, 2 where the space has no law to check (a point, mirrors without "
                     "area)")
    verify.add_argument("--cutoff", type=number_option("--cutoff"), metavar="λ", help="default: from geometry")
    command("law", commands.run_law, "SPACE", "the terms of Weyl's law and where each comes from, from geometry alone")
    compare = command("compare", commands.run_compare, "SPACE SPACE",
                      "whether two spaces have the same eigenvalues; status 1 unless that is proved", files=False)
    compare.add_argument("--cutoff", type=number_option("--cutoff"), metavar="λ",
                         help="compare up to here (default: as far as a proof asks)")
    report = command("report", commands.run_report, "SPACE",
                     "everything about one space: spectrum, count, verdict, bounds, gain")
    report.add_argument("--html", metavar="FILE", help="also write one self-contained page with pictures")
    _learning_options(report, required=False)
    report.add_argument("--target-risk", type=number_option("--target-risk"), default="0.001", metavar="ε",
                        help="risk at which the gain is stated (0.001)")
    needed = "SPACE --n N [N …] --s S --noise σ"
    bound = command("bound", commands.run_bound, needed, "lower and upper bounds of the risk")
    bound.add_argument("--theta", type=number_option("--theta"), default=1, metavar="θ",
                       help="the function lies in H^(sθ), 0 < θ ≤ 1 (1)")
    simulate = command("simulate", commands.run_simulate, needed, "measure a learning curve against the upper bound")
    for added in (bound, simulate):
        _learning_options(added)
        added.add_argument("--n", type=whole_option("--n", 1), nargs="+", required=True, metavar="N",
                           help="numbers of samples")
        added.add_argument("--norm", type=number_option("--norm"), default=1, metavar="F",
                           help="norm of the function in H^s (1)")
    simulate.add_argument("--repetitions", type=whole_option("--repetitions", 1), default=50, metavar="R",
                          help="at least 2 for a verdict (50)")
    simulate.add_argument("--seed", type=whole_option("--seed", 0), default=0, help="a whole number >= 0 (0)")
    simulate.add_argument("--cutoff", type=number_option("--cutoff"), metavar="λ",
                          help="levels kept in target and kernel (default: so many that the rest does not matter)")
    simulate.add_argument("--ridge", type=number_option("--ridge"), metavar="η",
                          help="ridge (default: the best one for the predicted risk at each n)")
    shown = command("gallery", commands.run_gallery, "",
                    "worked examples, each with its verdict; writes a page with pictures")
    shown.add_argument("--out", metavar="DIR", default="weylspec-gallery", help="where the page and pictures go")
    atlas = command("atlas", commands.run_atlas, "", "Weyl's law over everything the library knows: a table, JSON, CSV "
                    "and a page; goes on where it was stopped")
    atlas.add_argument("--out", metavar="DIR", default="weylspec-atlas",
                       help="where atlas.json, atlas.csv, atlas.html and the rows made so far (atlas.jsonl) go")
    atlas.add_argument("--labels", metavar="PATTERN", nargs="+",
                       help="rows whose label contains a PATTERN, families of that name, or any other space")
    atlas.add_argument("--workers", type=whole_option("--workers", 1), metavar="N",
                       help="processes (default: one for each core)")
    return every


def _learning_options(parser: argparse.ArgumentParser, required: bool = True) -> None:
    extra = ("", "") if required else (" (½ dim M + 1)", " (0.1)")
    parser.add_argument("--s", type=number_option("--s"), required=required, help="smoothness, > d/2" + extra[0])
    parser.add_argument("--noise", type=number_option("--noise"), required=required, metavar="σ",
                        default=None if required else "0.1", help="standard deviation of the noise" + extra[1])
