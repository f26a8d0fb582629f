"""A lesson as a page: complete in itself, in one language, readable without seeing the pictures."""

from __future__ import annotations

import re

import pytest

from cslab.course import shown
from cslab.course.lessons import Lesson
from cslab.course.outputs import output_html, text_html
from cslab.course.pages import page
from cslab.course.selfcontained import outside

LESSON = Lesson("99", "99_x", "Why <now>?", "なぜ今?", "Who leaves?", "誰が離れますか。", 40, 30, (), ())
PICTURE = {
    "output_type": "display_data",
    "metadata": {},
    "data": {"image/png": "AA==", "text/plain": "Figure: Churn (month)"},
}


def card(synthetic: bool) -> dict:
    record = {"synthetic": synthetic, "source": "synthetic:tiny", "as_of": "2025-03-31", "accounts": 60}
    record |= {} if synthetic else {"confidential": True}
    return {"output_type": "display_data", "metadata": {}, "data": {"text/plain": "card", shown.CARD: record}}


def text(source: str, *tags: str) -> dict:
    return {"cell_type": "markdown", "source": source, "metadata": {"tags": list(tags)}}


def code(source: str, *outputs: dict, tags: tuple[str, ...] = ()) -> dict:
    return {"cell_type": "code", "source": source, "metadata": {"tags": list(tags)}, "outputs": list(outputs)}


def made(*cells: dict, lang: str = "en") -> str:
    return page({"metadata": {"cslab": {"lesson": LESSON.as_data(), "lang": lang}}, "cells": list(cells)})


def frame_html(frame) -> str:
    return output_html({"output_type": "execute_result", "data": {"text/html": frame._repr_html_()}})


def test_a_page_is_in_one_language_and_carries_title_question_and_facts():
    html = made(code("begin()", card(True)), lang="ja")
    assert '<html lang="ja">' in html
    assert "<title>99 なぜ今?</title>" in html
    assert "誰が離れますか。" in html
    assert "必修 40分" in html
    assert "2025-03-31" in html


REACH = {"output_type": "display_data", "data": {"text/html": "box", shown.REACH: {"left_out": ["Two"]}}}
LACK = {"output_type": "display_data", "data": {"text/html": '<div class="cslab-aside">no</div>', shown.LACK: {}}}


def test_a_section_that_is_left_out_on_these_data_is_quiet_and_says_so():
    cells = (text("## One", "core"), code("1"), text("## Two"), code("2", LACK, tags=("box",)), text("## Three"))
    html = made(code("begin()", card(False), REACH), *cells)
    assert '<section class="text left-out"><h2 id="s2">Two <span class="badge core">core</span> <span' in html
    assert html.count("left out</span>") == 1
    assert '<li class="h2 core left-out"><a href="#s2">Two</a>' in html
    assert '<section class="cell lack left-out"><details class="code"><summary>' in html
    assert html.count('"text left-out"') == 1


def test_what_an_author_writes_into_a_title_is_text_and_not_html():
    assert "Why &lt;now&gt;?" in made()
    assert "<now>" not in made()


def test_real_data_carry_a_warning_and_synthetic_data_do_not():
    assert "CONFIDENTIAL" in made(code("begin()", card(False)))
    assert "社外秘" in made(code("begin()", card(False)), lang="ja")
    assert "CONFIDENTIAL" not in made(code("begin()", card(True)))


def test_code_is_folded_away_without_a_script_and_the_open_box_is_open():
    html = made(code("1 + 1"), code("2 + 2", tags=("box",)))
    assert len(re.findall(r"<details class=\"code\"><summary>Show code</summary>", html)) == 1
    assert len(re.findall(r"<details class=\"code\" open>", html)) == 1
    assert "<script" not in html


def test_neighbouring_cells_of_code_share_one_fold_above_what_they_show():
    html = made(code("a = 1"), code("plot(a)", PICTURE), code("b = 2"), text("Words."), code("c = 3"))
    assert html.count("Show code</summary>") == 2
    assert html.index("plot") < html.index("<img")
    (before,) = re.findall(r"<pre>(.*?)</pre>", html.partition("<img")[0], flags=re.DOTALL)
    assert re.sub("<.*?>", "", before) == "a = 1\n\nplot(a)\n\nb = 2"


def test_parameters_an_open_box_and_what_is_lacking_keep_folds_of_their_own():
    cells = (code("a = 1", tags=("parameters",)), code("b"), code("c", tags=("box",)), code("d", LACK), code("e"))
    assert made(*cells).count("<details") == 5


def test_a_picture_is_embedded_with_a_text_for_those_who_cannot_see_it():
    assert '<img alt="Figure: Churn (month)" src="data:image/png;base64,AA==">' in made(code("plot()", PICTURE))


def test_headings_have_their_place_in_the_contents_and_the_badge_of_their_track():
    html = made(text("## One", "core"), text("### Detail"), text("## Two", "further"))
    assert '<a href="#s1">One</a>' in html
    assert '<h2 id="s1">One <span class="badge core">core</span></h2>' in html
    assert '<h3 id="s2">Detail</h3>' in html
    assert '<span class="badge further">further</span>' in html


def test_the_title_and_the_question_are_not_said_twice():
    html = made(text("# Why?\n\nThe question: Who leaves?\n\nAnother line."))
    assert html.count("Who leaves?") == 1
    assert html.count("<h1>") == 1
    assert "Another line." in html


def test_a_page_leaves_nothing_to_fetch_whatever_its_cells_hold():
    bad = {
        "output_type": "display_data",
        "metadata": {},
        "data": {"text/html": "<img src='https://example.org/a.png'><script>x()</script>"},
    }
    html = made(text("![x](https://example.org/b.png) [next](06.ipynb)"), code("show()", bad, PICTURE, card(True)))
    assert outside(html) == []


def test_a_table_has_no_rules_no_row_numbers_and_its_numbers_to_the_right():
    import pandas as pd

    html = frame_html(pd.DataFrame({"month": ["May", "June"], "share": [0.5, 0.25]}))
    assert "border=" not in html and "<style" not in html
    assert "<th>0</th>" not in html
    assert '<td class="n">0.50</td>' in html
    assert "<td>May</td>" in html


def test_a_table_keeps_row_names_that_say_something():
    import pandas as pd

    html = frame_html(pd.DataFrame({"share": [0.5]}, index=pd.Index(["smb"], name="segment")))
    assert "<th>smb</th>" in html
    assert "<thead><tr><th>segment</th><th>share</th></tr></thead>" in html


def test_numbers_with_a_named_index_keep_it():
    import pandas as pd

    assert "<th>12</th>" in frame_html(pd.DataFrame({"share": [0.5]}, index=pd.Index([12], name="month")))


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ({"output_type": "stream", "name": "stdout", "text": ["a\n", "<b>"]}, '<pre class="out">a\n&lt;b&gt;</pre>'),
        ({"output_type": "execute_result", "data": {"text/plain": "<Axes: title='x'>"}}, ""),
        ({"output_type": "execute_result", "data": {"text/plain": ["0.5"]}}, '<pre class="out">0.5</pre>'),
        ({"output_type": "error", "traceback": ["\x1b[31mno\x1b[0m"]}, '<pre class="out error">no</pre>'),
    ],
)
def test_text_is_shown_as_it_was_printed_and_bare_objects_are_not(output, expected):
    assert output_html(output) == expected


def test_markdown_has_tables():
    assert "<th>a</th>" in text_html("| a |\n|---|\n| 1 |")


@pytest.mark.parametrize(("lang", "words"), [("en", "Run this lesson yourself"), ("ja", "この章を自分で動かすには")])
def test_a_page_says_how_to_run_it_oneself(lang, words):
    html = made(lang=lang)
    assert words in html
    assert f"cslab open 99 --lang {lang}</code>" in html.partition("<main>")[0]


def test_on_a_phone_a_figure_keeps_its_size_and_scrolls():
    html = made(code("plot()", PICTURE))
    assert '<figure tabindex="0">' in html
    narrow = html.partition("@media (max-width: 34rem)")[2]
    assert "figure img { max-width: none;" in narrow
