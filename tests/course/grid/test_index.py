"""The index compares: a picture a misconception, every number, every page, and what went wrong."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest

from cslab.course import shown
from cslab.course.grid.numbers import frame, gathered
from cslab.course.selfcontained import outside

pytestmark = pytest.mark.slow  # whole verbs and companies: `make test` runs them

CROSSED = '[product]\nsource = ["synthetic:tiny", "synthetic:handoff_chaos"]\n"source.seed" = [1, 4]'
BAD = '[[run]]\nlabel = "A & B 会社"\nsource.seed = 1\n[[run]]\nlabel = "<bad>"\nsource.seed = 13'


def page() -> str:
    return Path("out/index.html").read_text(encoding="utf-8")


def table() -> list[dict[str, str]]:
    with Path("out/runs.csv").open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_index_is_complete_in_itself_and_every_link_leads_to_a_page(give: Callable):
    give(BAD, drawn=True)
    links = [unquote(link) for link in re.findall(r'href="([^"#][^"]*)"', page())]
    assert sorted(links) == ["A-B-会社/99_miniature.html", "bad/99_miniature.failed.ipynb", "runs.csv"]
    assert all((Path("out") / link).is_file() for link in links)
    assert [found for found in outside(page()) if "99_miniature" not in found and "runs.csv" not in found] == []
    assert page().count("data:image/png;base64,") == 1


def test_what_varies_and_what_does_not_is_said_once(give: Callable):
    give(CROSSED)
    assert page().count("company (tiny, handoff_chaos) × seed (1, 4)") == 1
    assert page().count("horizon 12") == 1


def test_a_failed_run_is_shown_with_its_cell_and_message(give: Callable):
    give(BAD)
    assert "Stopped at cell [5]: ZeroDivisionError: division by zero" in page()
    assert "1 of 2 went well" in page() and "&lt;bad&gt;" in page() and "<bad>" not in page()


def test_only_failed_runs_make_an_index_too(give: Callable):
    give("[[run]]\nsource.seed = 13")
    assert "0 of 1 went well" in page() and "<figure" not in page()


def test_the_index_speaks_the_readers_language(give: Callable):
    give(BAD, lang="ja")
    assert '<html lang="ja">' in page() and "2件の実行" in page() and "よくある計算" in page()
    assert not re.search(r">[A-Za-z ]*\b(Runs|truth|company)\b[^<]*<", page().partition("<main>")[2])


@pytest.mark.parametrize(("seeds", "held", "near"), [("1, 2, 3", 3, 3), ("2, 4, 13", 1, 1)])
def test_sentences_count_where_the_interval_holds_and_where_the_naive_number_was_lucky(
    give: Callable, seeds: str, held: int, near: int
):
    """The lesson's number is 0.2 (0.1 to 0.3), the naive one 0.5, the truth a tenth of the seed; 13 fails."""
    give(f'[product]\n"source.seed" = [{seeds}]', drawn=True)
    judged = 3 - ("13" in seeds)
    assert f"contains the truth in {held} of {judged} runs" in page()
    assert f"nearer to the truth in {near} of {judged} runs" in page()
    assert ("lie nearer in: seed 4" in page()) is ("4" in seeds)


def test_runs_of_an_earlier_grid_are_named_and_not_compared(give: Callable):
    give('[product]\n"source.seed" = [1, 2]')
    give('[product]\n"source.seed" = [2, 3]')
    assert "<li>seed-1</li>" in page() and "seed-1/" not in page()


def test_the_table_holds_parameters_and_numbers_as_excel_opens_them(give: Callable):
    give(BAD)
    assert Path("out/runs.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    good, bad = table()
    assert (good["run"], good["folder"], good["outcome"]) == ("A & B 会社", "A-B-会社", "ok")
    assert (good["source"], good["source.seed"], good["horizon"]) == ("tiny", "1", "12")
    assert [good[f"M01_{name}"] for name in ("naive", "better", "low", "high", "truth", "nearer")] == [
        *("0.5", "0.2", "0.1", "0.3", "0.1"),
        "True",
    ]
    assert (bad["outcome"], bad["error"]) == ("failed", "ZeroDivisionError: division by zero")
    assert bad["M01_naive"] == ""


def test_two_names_that_are_crossed_become_panels_and_places(give: Callable):
    work, outcomes = give(CROSSED)
    found = frame(work.grid, gathered(work.grid, outcomes), "M01")
    assert found["panel"].tolist() == ["tiny", "tiny", "handoff_chaos", "handoff_chaos"]
    assert found["place"].tolist() == ["1", "4", "1", "4"]
    assert found["truth"].tolist() == [0.1, 0.4, 0.1, 0.4]
    assert found["nearer"].tolist() == [True, False, True, False]


def test_a_failed_run_keeps_its_row_without_numbers(give: Callable):
    work, outcomes = give(BAD)
    found = frame(work.grid, gathered(work.grid, outcomes), "M01")
    assert found["run"].tolist() == ["A & B 会社", "<bad>"]
    assert found["naive"].isna().tolist() == [False, True] and "panel" not in found


def test_runs_stand_in_the_order_of_the_file(give: Callable):
    give('[[run]]\nsource.seed = 4\n[product]\n"source.accounts" = [70, 60]')
    order = [row["folder"] for row in table()]
    assert order == ["accounts-70_seed-1", "accounts-60_seed-1", "accounts-60_seed-4"]
    assert [*dict.fromkeys(re.findall(r'href="([^"/#]+)/', page()))] == order


def test_a_page_made_from_real_data_bears_the_warning(give: Callable, monkeypatch: pytest.MonkeyPatch):
    from cslab.course.run import pages

    card = {"confidential": True, "synthetic": False, "source": "folder:exports", "as_of": "2024-03-31", "accounts": 3}
    monkeypatch.setattr(pages, "first", lambda notebook, kind: card if kind == shown.CARD else None)
    give(BAD.replace("13", "2"))
    assert "CONFIDENTIAL" in page()
