"""What the benchmarks share: medians, and GAP and LiE as they come with PyPI's passagemath-gap and passagemath-lie."""

import importlib.metadata
import json
import os
import platform
import resource
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

# The first run warms up, unless it takes more than three seconds: then it is the only one. The processor's time has
# milliseconds in GAP, so that short functions are repeated.
GAP = """
SetPrintFormattingStatus("*stdout*", false);
timed := function(name, f)
  local clock, result, first, rounds, times;
  clock := function(rounds)
    local start, i;
    start := Runtime();
    for i in [1..rounds] do result := f(); od;
    return Runtime() - start;
  end;
  first := clock(1);
  rounds := 1;
  times := [first];
  if first < 3000 then
    rounds := QuoInt(200, Maximum(first, 1)) + 1;
    times := List([1..3], i -> clock(rounds));
    Sort(times);
  fi;
  Print("{\\"name\\": \\"", name, "\\", \\"time\\": ", QuoInt(times[QuoInt(Length(times) + 1, 2)]*10^6, rounds),
        ", \\"result\\": ", result, "}\\n");
end;
"""


def median_time(call, repetitions=REPETITIONS, clock=time.perf_counter):
    """Median of the seconds that a call takes by a clock, after one that warms up."""
    call()
    times = []
    for _ in range(repetitions):
        start = clock()
        call()
        times.append(clock() - start)
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
    """Run GAP code that calls timed(name, function): name ↦ (median seconds of the processor, result)."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "code.g"
        path.write_text(GAP + code, encoding="utf-8")
        lines = run([program("gap", "passagemath-gap"), "-q", str(path)], "").splitlines()
    rows = [json.loads(line) for line in lines if line.startswith("{")]
    if not rows:
        raise RuntimeError("\n".join(lines))
    return {row["name"]: (row["time"] / 1e9, row["result"]) for row in rows}


def lie(setup, work, repetitions=3):
    """Seconds of the processor for LiE's commands: the process with them less one without; and its output.

    LiE has no clock. The commands before them, `setup`, belong to both processes.
    """
    call = [program("lie", "passagemath-lie")]
    without = median_time(lambda: run(call, f"{setup}\nquit\n"), repetitions, children_time)
    output = run(call, f"{setup}\n{work}\nquit\n")
    return median_time(lambda: run(call, f"{setup}\n{work}\nquit\n"), repetitions, children_time) - without, output


def children_time():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


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
