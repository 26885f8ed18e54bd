"""README.md: its examples print what it says, its commands and files exist."""

import doctest
import re
from pathlib import Path

import pytest

from weylspec.report.examples import EXAMPLES

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)


def test_examples_print_what_the_page_shows():
    test = doctest.DocTestParser().get_doctest("\n".join(BLOCKS), {}, "README.md", "README.md", 0)
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    runner.run(test)
    assert runner.failures == 0
    assert runner.tries == len(test.examples) >= 10


def test_the_first_example_fits_a_screen():
    assert len(BLOCKS[0].strip().splitlines()) <= 20


@pytest.mark.parametrize(("name", "ending"), [("gallery", ".venv/bin/weylspec gallery"), ("test", "-m pytest -q -n 2")])
def test_commands_are_one_line_each(name, ending):
    (block,) = re.findall(rf"<!-- {name} command -->\s*^```sh\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)
    assert block.count("\n") == 1
    assert block.startswith("python3 -m venv .venv && .venv/bin/pip install")
    assert block.strip().endswith(ending)


def test_links_lead_to_files():
    links = re.findall(r"\]\(([^)#:]+)\)", TEXT)
    assert len(links) >= 3
    for link in links:
        assert (ROOT / link).is_file(), link


def test_the_number_of_examples_in_words():
    assert len(EXAMPLES) == 16
    assert "sixteen everyday symmetries" in TEXT
