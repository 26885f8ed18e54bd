"""A process of `workers`: labels on standard input, rows on standard output, a JSON line each.

It ends with its input, and leaves interrupts of the keyboard to the process that started it.
"""

from __future__ import annotations

import json
import signal
import sys
from typing import TextIO

from weylspec.report.atlas.measure import measured_row


def serve(labels: TextIO, rows: TextIO) -> None:
    """Answer every label with its row, until there are no more.

    Examples
    --------
    >>> import io
    >>> out = io.StringIO()
    >>> serve(io.StringIO(json.dumps("Torus(1)")), out)
    >>> json.loads(out.getvalue())["verdict"]
    'passed'
    """
    for line in labels:
        row = measured_row(json.loads(line))
        rows.write(json.dumps(row.as_dict(), ensure_ascii=False) + "\n")
        rows.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers, sys.stdout = sys.stdout, sys.stderr  # whatever else is printed is no row
    answers.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    try:
        serve(sys.stdin, answers)
    except BrokenPipeError:  # nobody is left to answer
        sys.exit(1)
