"""A table in a lesson: the reader's words, the code's names, no number changed."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from cslab import load
from cslab.course.lesson import begin
from cslab.course.table import FIRST, _written, contents, table


@pytest.fixture(params=["en", "ja"])
def lang(request, capsys):
    begin("05", "synthetic:tiny", lang=request.param)
    capsys.readouterr()
    return request.param


def shown(capsys, frame: pd.DataFrame, **options: int) -> list[list[str]]:
    table(frame, **options)
    return [line.split() for line in capsys.readouterr().out.splitlines()]


def test_a_heading_keeps_the_name_that_code_uses(lang, capsys):
    heading = shown(capsys, pd.DataFrame({"at_risk": [12], "x_mood": [1]}))[0]
    assert "at_risk" in heading and "x_mood" in heading
    assert ("観察中の顧客" in heading) == (lang == "ja")


def test_a_value_is_said_in_the_readers_language(lang, capsys):
    said = shown(capsys, pd.DataFrame({"status": ["churned"]}))[1]
    assert said == (["解約"] if lang == "ja" else ["churned"])


def test_names_of_tables_and_columns_stay_as_files_have_them(lang, capsys):
    named = pd.DataFrame({"n": [1, 2]}, index=pd.MultiIndex.from_tuples([("tickets", "segment"), ("alerts", "end")]))
    rows = shown(capsys, named.rename_axis(["table", "column"]))[-2:]
    assert [row[:2] for row in rows] == [["tickets", "segment"], ["alerts", "end"]]


def test_numbers_keep_their_value_and_days_lose_their_midnight(lang, capsys):
    frame = pd.DataFrame(
        {
            "estimate": [1.0, 0.12345],
            "n": [1234, 5],
            "month": pd.to_datetime(["2024-04-01", None]),
            "left": [True, False],
        }
    )
    first, second = shown(capsys, frame)[1:]
    yes, no = ("はい", "いいえ") if lang == "ja" else ("yes", "no")
    assert first == ["1.000", "1,234", "2024-04-01", yes]
    assert second == ["0.123", "5", no]


def test_whole_numbers_have_no_decimals_and_the_digits_can_be_chosen(lang, capsys):
    assert shown(capsys, pd.DataFrame({"time": [12.0], "estimate": [0.92851]}), digits=4)[1] == ["12", "0.9285"]


def test_an_index_that_says_something_is_shown_and_row_numbers_are_not(lang, capsys):
    by_segment = pd.DataFrame({"n": [3]}, index=pd.Index(["smb"], name="segment"))
    assert len(shown(capsys, by_segment)[-1]) == 2
    assert len(shown(capsys, by_segment.rename_axis(None))[-1]) == 2
    assert len(shown(capsys, pd.DataFrame({"n": [3]}, index=[97]))[-1]) == 1


def test_two_levels_of_an_index_are_both_said(lang, capsys):
    frame = pd.DataFrame({"n": [7]}, index=pd.MultiIndex.from_tuples([("smb", 12)], names=["segment", "term_months"]))
    assert shown(capsys, frame)[-1][-2:] == ["12", "7"]


def test_of_many_tables_the_first_five_lie_open_and_the_others_are_named_in_one_line(lang, capsys):
    book = load("synthetic:tiny")
    contents(book)
    *rows, rest = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in rows[2:]] == list(FIRST)
    assert set(re.split(r"[::]\s*", rest, maxsplit=1)[1].split(", ")) == set(book.tables) - set(FIRST)


def test_of_few_tables_nothing_is_folded_away(lang, capsys):
    book = load("synthetic:tiny")
    contents(replace(book, tables={name: book.tables[name] for name in ("contracts", "accounts")}))
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()[2:]] == ["accounts", "contracts"]


def test_each_row_of_kpis_is_written_in_its_own_unit(lang, capsys):
    kpis = pd.DataFrame({"estimate": [0.7926, 2263.0, 9.73], "unit": ["share", "tickets", "hours"]})
    said = [row[-1] for row in shown(capsys, kpis)[1:]]
    assert said == (["79.3%", "2,263件", "9.7時間"] if lang == "ja" else ["79.3%", "2,263", "h"])


def test_a_change_too_small_to_be_seen_has_no_sign(lang, capsys):
    assert shown(capsys, pd.DataFrame({"estimate": [-0.0001], "unit": ["share"]}))[1] == ["0.0%"]


def test_an_amount_in_a_unit_is_said_in_the_currency_of_the_frame(lang, capsys):
    frame = pd.DataFrame({"estimate": [3e9], "unit": ["money_year"]})
    frame.attrs["currency"] = "USD"
    assert shown(capsys, frame)[1] == (["30.0億ドル"] if lang == "ja" else ["$3.0bn"])


def test_text_begins_at_the_left_head_and_cells_and_numbers_keep_to_the_right(lang):
    html = _written(pd.DataFrame({"n": [3, 4], "status": ["green", "red"]}, index=pd.Index(["a", "b"], name="kpi")))[1]
    left = re.findall(r'<(t[hd])><div style="text-align: left">(.*?)</div></t[hd]>', html)
    assert [kind for kind, _ in left] == ["th", "td", "td"]
    assert "status" in left[0][1] and not any(text.isdigit() for _, text in left)


def test_a_long_text_is_shown_to_its_end(lang):
    assert f"{'word ' * 40}end</div></td>" in _written(pd.DataFrame({"says": ["word " * 40 + "end"]}))[1]


def test_a_word_that_means_two_things_is_said_as_its_column_means_it(capsys):
    begin("05", "synthetic:tiny", lang="ja")
    capsys.readouterr()
    table(pd.DataFrame({"segment": ["mid"], "touch_tier": ["mid"]}))
    said = capsys.readouterr().out
    assert "中堅企業" in said and "ミドルタッチ" in said
