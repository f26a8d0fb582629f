"""Nothing on a page may be fetched, run or sent from elsewhere, whatever a cell has put out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cslab.course.selfcontained import cleaned, outside

LEAVING = [
    "<script src='https://example.org/a.js'></script>",
    "<script>fetch('/a')</script>",
    "<script>import('./a.js')</script>",
    "<script>new WebSocket(a)</script>",
    "<link rel=stylesheet href=a.css>",
    "<img src=//example.org/a.png>",
    "<img src=a.png srcset='b.png 2x'>",
    "<a href='https://example.org'>x</a>",
    "<a href='06_next.ipynb'>x</a>",
    "<a href='javascript:x()'>x</a>",
    "<iframe src='a.html'></iframe>",
    "<object data='a.swf'></object>",
    "<form action='/send'><input></form>",
    "<video poster='a.png'></video>",
    "<svg><use xlink:href='a.svg#b'></use></svg>",
    "<p style='background: url(a.png)'>x</p>",
    "<p onclick='x()'>x</p>",
    "<style>@import 'a.css';</style>",
    "<style>p { background: url(https://example.org/a.png) }</style>",
    "<meta http-equiv=refresh content='0; url=https://example.org'>",
    "<a ping='https://example.org' href='#a'>x</a>",
    "<table background='a.png'></table>",
]
STAYING = [
    "<p>plain</p>",
    "<a href='#s1'>x</a>",
    "<img src='data:image/png;base64,AA==' alt='x'>",
    "<style>p { background: url(data:image/png;base64,AA==) }</style>",
    "<p style='color: red'>x</p>",
    "<details><summary>a</summary>b</details>",
]


@pytest.mark.parametrize("html", LEAVING)
def test_what_leaves_the_page_is_found(html):
    assert outside(html)


@pytest.mark.parametrize("html", STAYING)
def test_what_stays_is_let_be(html):
    assert outside(html) == []
    assert cleaned(html).replace('"', "'") == html or "<style" in html


@pytest.mark.parametrize("html", LEAVING)
def test_cleaned_html_stays_on_the_page(html):
    assert outside(cleaned(html)) == []


@pytest.mark.slow
@given(
    st.lists(st.sampled_from([*LEAVING, *STAYING, "text", "&amp;", "<b>", "</b>", "<", "'>"]), max_size=6).map("".join)
)
def test_cleaned_html_stays_on_the_page_however_it_is_mixed(html):
    assert outside(cleaned(html)) == []


def test_a_link_to_elsewhere_keeps_its_words_and_shows_its_address():
    assert cleaned('<a href="https://example.org/b">b</a>') == '<span class="link">b</span> (https://example.org/b)'


def test_words_in_another_script_and_references_stay_as_they_are():
    assert cleaned("<p>契約 &amp; 更新 &#8776; 1</p>") == "<p>契約 &amp; 更新 &#8776; 1</p>"
