"""What README.md promises, taken from it to the letter: its commands, and its example with its output.

``readme.py command NAME`` prints the fenced block that follows the line ``<!-- NAME command -->``;
``readme.py example`` runs the fenced Python blocks that contain prompts and compares what they print.
"""

import doctest
import re
import sys
from pathlib import Path

README = Path("README.md")
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def command(text: str, name: str) -> str:
    """The first fenced block after the marker of a command."""
    found = re.search(rf"<!-- {name} command -->\s*^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    if found is None or not found[1].strip():
        sys.exit(f"README.md has no fenced block after the line '<!-- {name} command -->'")
    return found[1].strip()


def run_examples(text: str) -> int:
    """How many examples failed, of all Python blocks run one after the other in one namespace."""
    blocks = [block for block in re.findall(r"^```(?:python|pycon)\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
              if ">>>" in block]
    if not blocks:
        sys.exit("README.md has no fenced Python block with prompts (>>>)")
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "README.md", str(README), 0)
    runner = doctest.DocTestRunner(optionflags=FLAGS)
    runner.run(test)
    sys.stdout.write(f"README.md: {len(test.examples)} examples, {runner.failures} failed\n")
    return runner.failures


def main(arguments: list[str]) -> int:
    """Answer one request of `.ci/run`."""
    text = README.read_text(encoding="utf-8") if README.exists() else ""
    if arguments[:1] == ["command"] and len(arguments) == 2:
        sys.stdout.write(command(text, arguments[1]) + "\n")
        return 0
    if arguments == ["example"]:
        return min(run_examples(text), 1)
    sys.exit("usage: readme.py command NAME | readme.py example")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
