"""White space is dropped where no reader sees it, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiebang.site.whitespace import Collapser, collapsed


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("\n\n<!doctype html>\n<html>\n  <head>\n", "<!doctype html><html><head>"),
        ("<div>\n  <p> 甲 <b>乙</b> 丙 </p>\n</div>", "<div><p>甲 <b>乙</b> 丙</p></div>"),
        ("<a>甲</a>\n   <a>乙</a>  <a>丙</a>", "<a>甲</a>\n<a>乙</a> <a>丙</a>"),
        ("<label>甲</label>\n  <input>\n</form>", "<label>甲</label>\n<input></form>"),
        ("<p>一　二</p>", "<p>一　二</p>"),
        ("<pre>  a\n   b </pre>\n<p>", "<pre>  a\n   b </pre><p>"),
        ("<textarea>\n  a </textarea>  b", "<textarea>\n  a </textarea> b"),
        ("<script>if (a <b) {  c  }</script>\n<p>", "<script>if (a <b) {  c  }</script><p>"),
        ('<p title="甲  >  乙">\n  丙', '<p title="甲  >  乙">丙'),
        ("<p title='  \"  '>\n  丙", "<p title='  \"  '>丙"),
        ("<p>甲  <!--slot:main-->  乙</p>", "<p>甲 <!--slot:main--> 乙</p>"),
        ("1  < 2  >  1", "1 < 2 > 1"),
        ("<svg>\n  <path/>\n</svg>", "<svg><path/></svg>"),
    ],
)
def test_collapsed(html: str, wanted: str) -> None:
    assert collapsed(html) == wanted


def test_a_tag_may_go_on_in_the_next_piece() -> None:
    collapser = Collapser()
    pieces = ['<p class="a  ', '  b">\n  甲', "  乙\n</p>\n<pre>  ", "  丙  </pre>  丁"]
    assert [collapser.piece(piece) for piece in pieces] == [
        '<p class="a  ',
        '  b">甲',
        " 乙</p><pre>  ",
        "  丙  </pre>丁",
    ]


_HTML = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<pre>",
            "</pre>",
            "<!--",
            "-->",
            "<a href='",
            "'",
            '"',
            ">",
            "<",
            "甲",
            " ",
            "\n",
            "x",
        ]
    )
).map("".join)


@given(st.lists(_HTML))
def test_nothing_but_white_space_is_lost(pieces: list[str]) -> None:
    collapser = Collapser()
    made = [collapser.piece(piece) for piece in pieces]
    for before, after in zip(pieces, made, strict=True):
        assert "".join(before.split()) == "".join(after.split())
        assert len(after) <= len(before)


@given(_HTML)
def test_once_is_enough(html: str) -> None:
    assert collapsed(collapsed(html)) == collapsed(html)
