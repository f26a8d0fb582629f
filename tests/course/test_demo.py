"""A demo runs everything it can, and shows what it could not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cslab.course.demo import demo, planned
from cslab.course.selfcontained import outside
from cslab.faults import UsageError


def relative_links(html: str) -> list[str]:
    return re.findall(r'href="([^"#][^"]*)"', html)


@pytest.mark.course
def test_a_demo_shows_every_page_and_can_be_given_again(course):
    course(('verdict("M01"', 'import matplotlib.pyplot as plt\nplt.plot([1, 2])\nverdict("M01"'))
    for _ in range(2):
        told = []
        outcomes = demo(Path("demo"), langs=["ja"], jobs=1, tell=told.append)
        assert outcomes == told and not outcomes[0].failed
    html = Path("demo/index.html").read_text(encoding="utf-8")
    assert set(relative_links(html)) == {"99-ja/99_miniature.html", "index.ja.html"}
    assert all((Path("demo") / link).is_file() for link in relative_links(html))
    other = Path("demo/index.ja.html").read_text(encoding="utf-8")
    assert set(relative_links(other)) == {"99-ja/99_miniature.html", "index.html"}
    assert [found for found in outside(html) if "99-ja/" not in found and "index.ja" not in found] == []
    assert "A miniature" in html and "小さな章" in other
    assert '<img alt="図:' in html


@pytest.mark.course
def test_a_lesson_that_fails_is_shown_as_failed_and_the_others_go_on(course):
    course(("truth = 0.123456 if", "{'en': 1}[lang]\ntruth = 0.123456 if"))
    outcomes = demo(Path("demo"), jobs=1)
    assert [(outcome.lang, outcome.failed) for outcome in outcomes] == [("en", False), ("ja", True)]
    html = Path("demo/index.html").read_text(encoding="utf-8")
    assert set(relative_links(html)) == {"99-en/99_miniature.html", "index.ja.html"}
    assert "KeyError" in html and "[6]" in html
    assert Path("demo/99-ja/99_miniature.failed.ipynb").is_file()


def test_a_lesson_that_is_named_twice_is_run_once(course):
    course()
    assert [plan.folder.name for plan in planned(Path("demo"), ["99", "99_miniature"], ["ja"])] == ["99-ja"]


def test_a_folder_with_other_files_in_it_is_refused(course):
    course()
    Path("photos").mkdir()
    Path("photos/a.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="not a demo's"):
        demo(Path("photos"))
    assert [path.name for path in Path("photos").iterdir()] == ["a.txt"]


@pytest.mark.parametrize("wish", [{"numbers": ["98"]}, {"langs": ["fr"]}])
def test_what_is_not_there_is_refused_before_anything_runs(course, wish):
    course()
    with pytest.raises(UsageError):
        demo(Path("demo"), **wish)
    assert not Path("demo").exists()
