"""What the benchmarks share: medians, and GAP and LiE as they come with PyPI's passagemath-gap and passagemath-lie."""

import importlib.metadata
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

REPETITIONS = 9
LIMIT = 600  # seconds for one call of a peer

# The first run warms up; where it takes more than three seconds, one more is enough.
GAP = """
SetPrintFormattingStatus("*stdout*", false);
timed := function(name, f)
  local clock, result, times, i;
  clock := function()
    local start, value;
    start := NanosecondsSinceEpoch();
    value := f();
    return [NanosecondsSinceEpoch() - start, value];
  end;
  result := clock();
  times := [];
  for i in [1..3] do
    if result[1] < 3*10^9 or i = 1 then Add(times, clock()[1]); fi;
  od;
  Sort(times);
  Print("{\\"name\\": \\"", name, "\\", \\"time\\": ", times[QuoInt(Length(times) + 1, 2)],
        ", \\"result\\": ", result[2], "}\\n");
end;
"""


def median_time(call, repetitions=REPETITIONS):
    """Median of the seconds that a call takes, after one that warms up."""
    call()
    times = []
    for _ in range(repetitions):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def program(name, package):
    """The path of a program: on the path, or where the package has it."""
    found = shutil.which(name)
    if found is None:
        files = importlib.metadata.files(package) or ()
        found = next((str(f.locate()) for f in files if f.parts[-3:] == ("sage_wheels", "bin", name)), None)
    if found is None:
        raise SystemExit(f"{name} is not installed: pip install {package}")
    return found


def gap(code):
    """Run GAP code that calls timed(name, function): name ↦ (median seconds, result)."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "code.g"
        path.write_text(GAP + code, encoding="utf-8")
        lines = run([program("gap", "passagemath-gap"), "-q", str(path)], "").splitlines()
    rows = [json.loads(line) for line in lines if line.startswith("{")]
    if not rows:
        raise RuntimeError("\n".join(lines))
    return {row["name"]: (row["time"] / 1e9, row["result"]) for row in rows}


def lie(setup, work, repetitions=3):
    """Seconds that LiE takes for commands, as the time of the process with them less that of one without; its output.

    LiE has no clock. The commands before them, `setup`, belong to both processes.
    """
    call = [program("lie", "passagemath-lie")]
    without = median_time(lambda: run(call, f"{setup}\nquit\n"), repetitions)
    output = run(call, f"{setup}\n{work}\nquit\n")
    return median_time(lambda: run(call, f"{setup}\n{work}\nquit\n"), repetitions) - without, output


def run(call, text):
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(call, input=text, capture_output=True, text=True, timeout=LIMIT, check=True,
                          env=os.environ | {"PATH": path})
    return done.stdout


def save(name, results, *packages):
    """Write the figures of a benchmark, with the versions and the load of the machine, and show them."""
    header = {
        "command": f"python tests/benchmarks/bench_{name}.py",
        "versions": {"python": platform.python_version()} | {p: importlib.metadata.version(p) for p in packages},
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),
    }
    text = json.dumps(header | results, indent=1) + "\n"
    target = ROOT / "data" / "benchmarks" / f"{name}.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
