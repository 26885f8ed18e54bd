"""Execute every notebook; fail on an exception, and on one that is committed without its outputs."""

import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

SECONDS_PER_CELL = 300


def unexecuted(notebook: nbformat.NotebookNode) -> list[str]:
    """What the committed file lacks: runs of its cells in order, outputs, freedom from errors."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    outputs = [output for cell in cells for output in cell.outputs]
    faults = []
    if [cell.execution_count for cell in cells] != list(range(1, len(cells) + 1)):
        faults.append("its cells were not executed once, in order; run it from a fresh kernel and commit that")
    if not outputs:
        faults.append("it is committed without outputs")
    if any(output.output_type == "error" for output in outputs):
        faults.append("it is committed with an error among its outputs")
    return faults


def check(path: Path) -> list[str]:
    """Faults of one notebook, as committed and as executed now."""
    notebook = nbformat.read(path, as_version=4)
    faults = unexecuted(notebook)
    client = NotebookClient(
        notebook, timeout=SECONDS_PER_CELL, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    )
    try:
        client.execute()
    except CellExecutionError as error:
        faults.append(str(error))
    return faults


def main(folder: Path) -> int:
    """Check all notebooks of a folder; 0 when every one holds."""
    paths = sorted(folder.glob("*.ipynb"))
    if not paths:
        sys.exit(f"no notebooks in {folder}")
    failed = 0
    for path in paths:
        start = time.monotonic()
        faults = check(path)
        failed += bool(faults)
        sys.stdout.write(f"{path}: {'FAILED' if faults else 'ok'} in {time.monotonic() - start:.0f} s\n")
        sys.stdout.writelines(f"  {fault}\n" for fault in faults)
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("notebooks")))
