"""The commands: each asks the library and prints the answer; it returns the exit status."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from weylspec.cli.words import INTERRUPTED, NOT_PASSED, PASSED, emit, exact_number, space_of
from weylspec.errors import ExpressionError

if TYPE_CHECKING:
    from weylspec.spectrum import Spectrum

_SHOWN_LEVELS = 40


def run_count(args: argparse.Namespace) -> int:
    """N(λ) at every λ given."""
    from weylspec.report.rows import count_dict, count_words, counted

    space, numbers = space_of(args, at_least=1)
    lams = [exact_number(word, "LAMBDA") for word in numbers]
    counts = [counted(space, lam) for lam in lams]
    if args.json:
        rows = [{"lambda": word, **count_dict(count)} for word, count in zip(numbers, counts, strict=True)]
        return emit({"space": repr(space), **(rows[0] if len(rows) == 1 else {"counts": rows})})
    for word, count in zip(numbers, counts, strict=True):
        print(f"N({word}) {count_words(count)} on {space!r}")
    return PASSED


def run_spectrum(args: argparse.Namespace) -> int:
    """The list of levels, cut short for a terminal."""
    space, _ = space_of(args)
    listed = space.spectrum(args.cutoff, num=args.num)
    if args.save:
        listed.save(args.save)
    if args.json:
        return emit({
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


def run_verify(args: argparse.Namespace) -> int:
    """The verdict on Weyl's law."""
    from weylspec.counting.verify import verify_weyl

    space, _ = space_of(args)
    report = verify_weyl(space, args.cutoff)
    if args.json:
        emit(report.as_dict())
    else:
        print(report.table())
    return PASSED if report.passed else NOT_PASSED


def run_law(args: argparse.Namespace) -> int:
    """Weyl's law from geometry alone."""
    from weylspec.counting.law import weyl_law

    space, _ = space_of(args)
    law = weyl_law(space)
    if args.json:
        return emit(law.as_dict())
    print(f"N(λ) of {law.space} is in the mean, from geometry alone, the sum of\n\n{law.table()}")
    return PASSED


def run_compare(args: argparse.Namespace) -> int:
    """Two spectra side by side."""
    from weylspec.counting.isospectral import compare_spectra
    from weylspec.expressions import read_space

    if len(args.words) != 2:
        raise ExpressionError(f"compare takes two spaces, got {len(args.words)}; quote each of them")
    first, second = map(read_space, args.words)
    found = compare_spectra(first, second, args.cutoff)
    if args.json:
        emit(found.as_dict())
    else:
        print(found.table())
    return PASSED if found.isospectral else NOT_PASSED


def run_report(args: argparse.Namespace) -> int:
    """Everything about one space."""
    from weylspec.report.space import space_report

    space, _ = space_of(args)
    report = space_report(space, s=args.s, noise=args.noise, target_risk=args.target_risk)
    if args.html:
        page = report.html()
        with open(args.html, "w", encoding="utf-8") as stream:
            stream.write(page)
    if args.json:
        emit(report.as_dict())
    else:
        print(report.text())
        if args.html:
            print(f"\nwritten to {args.html}")
    return NOT_PASSED if report.passed is False else PASSED


def run_bound(args: argparse.Namespace) -> int:
    """Bounds of the risk."""
    from weylspec.report.bounds import bound_table

    space, _ = space_of(args)
    table = bound_table(space, s=args.s, n=args.n, noise=args.noise, norm=args.norm, theta=args.theta)
    if args.json:
        return emit(table.as_dict())
    print(table.text())
    return PASSED


def run_simulate(args: argparse.Namespace) -> int:
    """A measured learning curve."""
    from weylspec.learning.simulation import simulate_learning_curve
    from weylspec.report.curves import risk_curves

    space, _ = space_of(args)
    n = sorted(set(args.n))
    options = {"s": args.s, "noise": args.noise, "norm": args.norm,
               "ridge": "optimal" if args.ridge is None else args.ridge}
    bounds = risk_curves(space, n=n, **options)
    curve = simulate_learning_curve(
        space, n=n, **options, cutoff=args.cutoff, repetitions=args.repetitions, rng=args.seed,
        progress=sys.stderr.isatty())
    risks = bounds.with_measured(curve)
    if args.json:
        emit({**risks.as_dict(), **options, "seed": args.seed, "cutoff": curve.cutoff,
               "repetitions": curve.repetitions, "ridge": curve.ridge, "passed": risks.below_upper})
    else:
        print(f"excess risk of kernel ridge regression on {space!r}, s = {args.s}, noise = {args.noise}, "
              f"norm = {args.norm}, {curve.repetitions} repetitions, seed {args.seed}\n\n{risks.text()}\n"
              "Pinsker and predicted are no bounds; the upper bound takes "
              + ("its own best ridge" if args.ridge is None else f"the ridge η = {args.ridge}"))
    if not curve.complete:
        return INTERRUPTED
    return PASSED if risks.below_upper else NOT_PASSED


def run_gallery(args: argparse.Namespace) -> int:
    """The gallery, written to a directory."""
    if args.words:
        raise ExpressionError(f"gallery takes no space, got {args.words[0]!r}; for one space: weylspec report SPACE")
    from weylspec.report.gallery import gallery

    result = gallery(args.out, progress=_told)
    if args.json:
        emit(result.as_dict())
    else:
        print(result.text())
    return PASSED if result.passed else NOT_PASSED


def run_atlas(args: argparse.Namespace) -> int:
    """The atlas, written to a directory, with a checkpoint beside it."""
    from pathlib import Path

    if args.words:
        raise ExpressionError(f"atlas takes no space, got {args.words[0]!r}; for one row: weylspec atlas --labels "
                              f"{args.words[0]!r}")
    from weylspec.report.atlas.labels import chosen
    from weylspec.report.atlas.run import atlas

    out = Path(args.out)
    found = atlas(chosen(args.labels) if args.labels else None, resume=out / "atlas.jsonl", workers=args.workers,
                  progress=_told)
    page = found.write(out)
    _told(f"written to {page}")
    if args.json:
        emit(found.as_dict())
    else:
        print(found.table())
    return PASSED if found.passed else NOT_PASSED


def _told(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
