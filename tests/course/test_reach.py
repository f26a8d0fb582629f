"""What a lesson can say on thin data stands in a box right after the card."""

from __future__ import annotations

from dataclasses import replace

import pytest

import cslab
from cslab.course import cells, lesson, shown
from cslab.course.reach import reach

APART = '1\n# %% [markdown] lang="en"\n# ## Apart\n# %% [markdown] lang="ja"\n# ## 別の節\n# %%\n'
THIN = (
    ("# %%needs contracts.tenure_months\n", f"{APART}# %%needs usage_monthly.wau_ratio\n"),
    ("# %%\ntruth =", "# %%\n# %%needs usage_monthly.wau_ratio calendar\ntruth ="),
)


@pytest.fixture
def thin():
    """A small company without a record of usage."""
    book = cslab.load("synthetic:tiny")
    return replace(book, tables={name: frame for name, frame in book.tables.items() if name != "usage_monthly"})


def test_the_sections_and_verdicts_that_are_left_out_are_found_from_what_their_cells_need(course, thin):
    course(*THIN)
    found = reach(thin, "99", "ja")
    assert (found.ready, found.part, found.left_out) == (("はじめに",), (), ("別の節",))
    assert (found.needs, found.silent) == (("usage_monthly.wau_ratio",), frozenset({"M01"}))


@pytest.mark.parametrize(("need", "missed"), [("truth", ("truth",)), ("stock_sample", ())])
def test_the_truth_is_missed_where_it_is_hidden_and_a_stock_sample_never(course, thin, need, missed):
    course(("# %%needs contracts.tenure_months\n", f"{APART}# %%needs {need}\n"))
    assert reach(thin.hide_truth(), "99", "en").needs == missed


def test_the_box_comes_right_after_the_card_and_its_reasons_are_a_managers_words(course, thin, monkeypatch):
    course(*THIN)
    shows = []
    monkeypatch.setattr(cslab, "load", lambda source, as_of="": thin)
    monkeypatch.setattr(shown, "show", lambda text, html="", kind="", data=None: shows.append((text, kind, data)))
    lesson.begin("99", "folder:thin", lang="en")
    assert [kind for _, kind, _ in shows] == [shown.CARD, shown.REACH]
    text, _, record = shows[1]
    assert text.splitlines()[1:] == [
        "  All there: The first part",
        "  Left out: Apart",
        "  Because your data have: no usage",
    ]
    assert record["left_out"] == ["Apart"]
    assert lesson.reading().silent == {"M01"}


def test_there_is_no_box_where_everything_is_there(course, capsys):
    course(("%%needs contracts.tenure_months", "%%needs contracts.end"))
    lesson.begin("99", "synthetic:tiny", lang="en")
    assert "Left out" not in capsys.readouterr().out
    assert lesson.reading().silent == set()


def test_what_has_no_word_of_its_own_is_called_by_its_name():
    assert cells.in_short(["calendar", "accounts.x_no"], "en") == ["no real dates", "accounts.x_no"]
