"""Rows kept as they are made: a file of JSON lines that a run may be killed over."""

from __future__ import annotations

import hashlib
import json
import os
from functools import cache
from pathlib import Path

from weylspec._version import __version__
from weylspec.report.atlas.rows import AtlasRow

LIBRARY = Path(__file__).parents[2]


@cache
def fingerprint() -> str:
    """Version and source of the library, as 16 hexadecimal digits: rows made by other code are made anew.

    Examples
    --------
    >>> len(fingerprint())
    16
    """
    found = hashlib.sha256(__version__.encode())
    for path in sorted(LIBRARY.rglob("*.py")):
        found.update(path.relative_to(LIBRARY).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:16]


class Checkpoint:
    """An append-only file with a line for each finished row, keyed by label and `fingerprint`.

    A line that a kill cut short is dropped when the file is next opened, and its row made anew.

    Parameters
    ----------
    path : Path
        Made if it is not there, with its folder.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        whole = path.read_bytes() if path.exists() else b""
        kept = whole[: whole.rfind(b"\n") + 1]
        if len(kept) < len(whole):
            with path.open("r+b") as stream:
                stream.truncate(len(kept))
        self._lines = kept.decode("utf-8").splitlines()

    def rows(self) -> dict[str, AtlasRow]:
        """The rows that this library made, by label, the last of each."""
        found = {}
        for line in self._lines:
            entry = json.loads(line)
            if entry["fingerprint"] == fingerprint():
                found[entry["row"]["label"]] = AtlasRow.from_dict(entry["row"])
        return found

    def append(self, row: AtlasRow) -> None:
        """Write a row to the disk before anything else is done."""
        line = json.dumps({"fingerprint": fingerprint(), "row": row.as_dict()}, ensure_ascii=False)
        with self.path.open("a", encoding="utf-8") as stream:
            stream.write(line + "\n")
            stream.flush()
            os.fsync(stream.fileno())
