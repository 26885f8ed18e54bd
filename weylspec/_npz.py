"""Spectra in npz files, without pickles."""

from __future__ import annotations

import json
import zipfile
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from weylspec.errors import WeylspecError
from weylspec.multiplicities import exact_integers
from weylspec.units import Unit

if TYPE_CHECKING:
    from weylspec.spectrum import Spectrum


def write(spectrum: Spectrum, path: str | Path) -> None:
    """Write a spectrum's fields; integers as decimal strings, float units in hexadecimal."""
    fields: dict[str, Any] = {
        "eigenvalues": spectrum.eigenvalues, "errors": spectrum.errors,
        "multiplicities": np.array([str(m) for m in spectrum.multiplicities], dtype=np.str_),
        "complete_below": np.float64(spectrum.complete_below), "provenance": np.str_(spectrum.provenance),
        "units": np.array([_write_unit(u) for u in spectrum.units], dtype=np.str_),
    }
    if spectrum.keys is not None:
        fields["keys"] = spectrum.keys
    else:
        try:
            fields["labels"] = np.str_(json.dumps(spectrum.labels))
        except TypeError as error:
            raise WeylspecError(f"labels cannot be written: {error}") from error
    with Path(path).open("wb") as stream:
        np.savez_compressed(stream, **fields)


def read(path: str | Path) -> dict[str, Any]:
    """Read the fields back."""
    if not zipfile.is_zipfile(path):
        raise WeylspecError(f"{path} is not a file that Spectrum.save wrote")
    with np.load(path, allow_pickle=False) as data:
        return {
            "eigenvalues": data["eigenvalues"], "errors": data["errors"],
            "multiplicities": exact_integers([int(m) for m in data["multiplicities"]]),
            "complete_below": float(data["complete_below"]), "provenance": str(data["provenance"]),
            "keys": data.get("keys"),
            "units": tuple(_read_unit(str(u)) for u in data["units"]),
            "labels": _tuples(json.loads(str(data["labels"]))) if "labels" in data else None,
        }


def _write_unit(unit: Unit) -> str:
    return str(unit) if isinstance(unit, Fraction) else float(unit).hex()


def _read_unit(text: str) -> Unit:
    return float.fromhex(text) if "x" in text else Fraction(text)


def _tuples(value: Any) -> Any:
    return tuple(_tuples(v) for v in value) if isinstance(value, list) else value
