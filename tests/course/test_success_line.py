"""The one line of success: its four parts are found in either language, and the two usual weak forms are told apart."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from cslab.book import Book
from cslab.course.questions.bank.lesson_00 import QUESTIONS
from cslab.course.questions.judge import judge
from cslab.course.questions.question import Material

LINE = next(question for question in QUESTIONS if question.id == "success_line")
MATERIAL = Material(Book({}, pd.Timestamp("2025-03-31")))
GOOD = [
    "For restaurants, success is throwing the paper ledger away within three months; we see it when it is gone.",
    "For HR teams, success means hiring without agencies by the next quarter, visible in the number of invoices.",
    "By the third month-end, accounting teams close two days earlier, and no old file is opened: see the log.",
    "飲食店にとっての成功とは、導入から3か月以内に紙の予約台帳を捨てること。それは、台帳が店頭にないことで分かる。",
    "人事部門が、次の四半期までに紹介会社なしで採用できるようになる。紹介料の請求が0件になれば分かる。",
    "経理担当の月次の確認が、導入から3か月以内に半日から30分になる。作業の記録を見れば分かる。",
    "店長の発注の手間が、次の四半期までに1日3時間から１０分になり、発注の記録で確かめられる。",
    "営業チームが半年以内に見積もりの承認を1日に短縮する。承認日の記録で確かめる。",
]
SHOWN = [
    "By the third month-end, accounting closes two days earlier and has switched off the old spreadsheet.",
    "経理チームが3回目の月次決算までに締めを2日早め、古い表計算ファイルを使うのをやめている",
]
WEAK = [
    ("satisfied", "お客様がみんな満足していて、とても喜んでくださっていること。それがいちばん。"),
    ("satisfied", "Our customers are satisfied with us, and they tell everybody how happy they are."),
    ("vendor", "お客様が当社の製品に毎日ログインして、しっかり使ってくださっていること。分かりやすい。"),
    ("vendor", "The customers log in every day, use our product a lot and renew when the year is over."),
]
INCOMPLETE = [
    ("when", "経理チームにとっての成功とは、月次の締めを早めること。それは、古い表が開かれないことで分かる。"),
    ("seen", "For accounting teams, success is an earlier close of the books within the first quarter of use."),
    ("what", "経理担当の月次の確認が、導入から3か月以内に十分になる。作業の記録を見れば分かる。"),
    ("who", "成功とは、3か月以内に紙の台帳を捨てること。それは、棚に台帳がないことで分かる。"),
]


def judged(line: str):
    return judge(LINE, line, MATERIAL)


def numbered(cases: list) -> list[str]:
    """Names of the cases: pytest would spell Japanese in codes."""
    return [str(place) for place, _ in enumerate(cases, 1)]


@pytest.mark.parametrize("line", GOOD, ids=numbered(GOOD))
def test_a_line_with_all_its_parts_is_right(line):
    assert judged(line).outcome == "correct", judged(line).remarks


@pytest.mark.parametrize("line", SHOWN, ids=numbered(SHOWN))
def test_the_line_that_the_lesson_calls_good_is_right_on_its_sheet(line):
    lesson = Path(__file__).parents[2] / "notebooks" / "source" / "00_tour.py"
    assert line in lesson.read_text(encoding="utf-8")
    assert judged(line).outcome == "correct", judged(line).remarks


@pytest.mark.parametrize(("name", "line"), WEAK, ids=numbered(WEAK))
def test_a_weak_form_is_recognised_as_what_it_is(name, line):
    found = judged(line)
    assert found.outcome == "not_yet"
    told = [part for remark in found.remarks for part in remark.values.get("parts", [])]
    assert found.mistakes == (name,) or name in told


@pytest.mark.parametrize(("part", "line"), INCOMPLETE, ids=numbered(INCOMPLETE))
def test_a_missing_part_is_named(part, line):
    found = judged(line)
    assert found.outcome == "not_yet"
    assert [remark.values["parts"] for remark in found.remarks if remark.key == "parts_missing"] == [[part]]
