"""Pages: well formed, self-contained, the same bytes every time."""

import base64
import re
from html.parser import HTMLParser

import pytest

from weylspec.render.page import data_uri, page, paragraph, picture
from weylspec.render.pictures import canvas, staircase
from weylspec.render.tables import html_table

VOID = {"meta", "img"}


class Balance(HTMLParser):
    """Checks that elements nest, and collects what a browser would load."""

    def __init__(self):
        super().__init__()
        self.open = []
        self.loads = []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append(tag)
        self.loads += [value for name, value in attrs if name in ("src", "href", "srcset", "data")]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def figure():
    made, (ax,) = canvas()
    staircase([0, 2, 6], [1, 4, 9], 10, ax=ax)
    return made


@pytest.mark.parametrize(("kind", "magic"), [("png", b"\x89PNG"), ("svg", b"<?xml")])
def test_a_figure_is_embedded_in_its_format(kind, magic):
    head, body = data_uri(figure(), kind).split(",")
    assert head == {"png": "data:image/png;base64", "svg": "data:image/svg+xml;base64"}[kind]
    assert base64.b64decode(body).startswith(magic)


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_the_same_figure_has_the_same_bytes(kind):
    assert data_uri(figure(), kind) == data_uri(figure(), kind)


def test_a_page_nests_and_loads_nothing_from_elsewhere():
    body = html_table(("a",), [("1",)]) + paragraph("x < y") + picture(figure(), 'a "quoted" caption')
    text = page("S²/G & more", [("", paragraph("lead")), ("N < 5", body)])
    seen = Balance()
    seen.feed(text)
    assert seen.open == []
    assert len(seen.loads) == 1
    assert seen.loads[0].startswith("data:image/svg+xml;base64,")
    assert not re.search(r"https?:|@import|url\(", text)
    assert "<script" not in text


def test_titles_and_headings_are_escaped():
    text = page("<i>", [("<b>", "")])
    assert "&lt;i&gt;" in text
    assert "&lt;b&gt;" in text
    assert "<b>" not in text
