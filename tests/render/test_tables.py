"""Tables: escaping, alignment, and refusal of ragged rows."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weylspec.errors import WeylspecError
from weylspec.render.tables import html_table, text_table

CELL = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=8)


class Cells(HTMLParser):
    """What a browser would show in the cells of a table."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag in ("td", "th"):
            self.text.append("")

    def handle_data(self, data):
        if self.text:
            self.text[-1] += data.strip("\n")


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=4))
def test_html_gives_back_every_cell_whatever_it_contains(rows):
    seen = Cells()
    seen.feed(html_table(("<b>&", "b"), rows))
    assert seen.text == ["<b>&", "b", *(cell for row in rows for cell in row)]
    assert set(seen.tags) == {"table", "thead", "tbody", "tr", "th", "td"}


def test_text_columns_line_up_and_numbers_stand_right():
    lines = text_table(("name", "N"), [("a", "5"), ("long name", "-1.5e3"), ("c", "12%")]).splitlines()
    assert lines == [
        "name            N",
        "---------  ------",
        "a               5",
        "long name  -1.5e3",
        "c             12%",
    ]


def test_a_column_with_one_word_in_it_stands_left():
    assert text_table(("N",), [("5",), ("many",)]).splitlines()[2] == "5"


@pytest.mark.parametrize("make", [html_table, text_table])
def test_ragged_rows_are_refused_by_index(make):
    with pytest.raises(WeylspecError, match="row 1 has 3 cells but the header has 2"):
        make(("a", "b"), [("1", "2"), ("1", "2", "3")])


def test_long_text_is_wrapped_so_that_the_table_fits_a_terminal():
    words = " ".join(["eigenvalue"] * 30)
    lines = text_table(("name", "N", "why"), [("a", "5", words), ("b" * 100, "6", "short")]).splitlines()
    assert max(map(len, lines)) <= 120
    assert "".join(lines).count("eigenvalue") == 30
    assert "".join(lines).count("b") == 100
    assert [line.split()[1] for line in lines if len(line.split()) > 2 and line.split()[1].isdigit()] == ["5", "6"]
