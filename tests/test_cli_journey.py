"""The verbs of the journey map: what they print, what they write, how they fail."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cslab import cli
from cslab.words import word

ROOT = Path(__file__).resolve().parents[1]
NOTES = ROOT / "datasets" / "journey" / "sticky.csv"


@pytest.fixture
def verb(monkeypatch, capsys, tmp_path):
    """Gives a verb as it is typed, in an empty folder, and returns exit code, output and complaints."""
    monkeypatch.setenv("CSLAB_LANG", "en")
    monkeypatch.chdir(tmp_path)

    def give(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["cslab", "journey", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        captured = capsys.readouterr()
        return int(ended.value.code or 0), captured.out, captured.err

    return give


def test_the_verbs_of_the_map_explain_themselves_whole(verb):
    code, said, _ = verb("--help")
    listed = said[said.index("\n  lint") :]
    assert code == 0
    assert all(f"\n  {name} " in listed for name in ("lint", "import", "page", "workshop", "vote"))
    assert "..." not in listed


def test_the_language_may_stand_before_the_verb_and_behind_it(verb):
    assert "直すところはありません" in verb("--lang", "ja", "lint")[1]
    assert "Nothing to mend" in verb("lint", "--lang", "en")[1]


def test_the_shipped_map_has_nothing_to_mend(verb):
    assert verb("lint")[0] == 0


def test_a_draft_is_told_line_by_line_and_fails_while_something_serious_is_left(verb):
    draft = "journey: m\nphases:\n- phase: adoption\n  steps:\n  - step: a\n    goal: {en: We use it, ja: 使えた}\n"
    Path("draft.yaml").write_text(draft, encoding="utf-8")
    code, said, _ = verb("lint", "draft.yaml")
    assert code == 1
    assert "line 5" in said and "✘" in said


def test_a_file_that_is_no_map_is_a_fault_and_not_a_traceback(verb):
    Path("draft.yaml").write_text("journey: m\nfases: []\n", encoding="utf-8")
    code, _, told = verb("lint", "draft.yaml")
    assert code == 2
    assert "phases" in told and "Traceback" not in told


def test_notes_become_a_map_that_the_next_verb_takes(verb):
    code, said, _ = verb("import", str(NOTES), "-o", "maps/mine.yaml")
    assert code == 0 and "9 steps" in said
    assert verb("lint", "maps/mine.yaml")[0] == 0


def test_a_map_is_written_over_only_when_that_is_wanted(verb):
    Path("journey.yaml").write_text("mine", encoding="utf-8")
    code, _, told = verb("import", str(NOTES))
    assert code == 2 and "--force" in told
    assert Path("journey.yaml").read_text(encoding="utf-8") == "mine"
    assert verb("import", str(NOTES), "--force")[0] == 0


def test_notes_that_cannot_be_read_leave_nothing_behind(verb):
    Path("wall.csv").write_text("phase,goal_en,emotion\nonboarding,We see it,great\n", encoding="utf-8")
    code, _, told = verb("import", "wall.csv")
    assert code == 2 and "row 2" in told
    assert not Path("journey.yaml").exists()


def test_the_page_for_customers_comes_in_both_languages(verb):
    assert verb("page", "-o", "pages")[0] == 0
    assert sorted(path.name for path in Path("pages").iterdir()) == ["journey.en.html", "journey.ja.html"]


def test_an_account_without_a_source_is_refused(verb):
    code, _, told = verb("page", "-o", "pages", "--account", "A000001")
    assert code == 2 and "--source" in told
    assert not Path("pages").exists()


def test_an_unknown_language_is_refused_before_anything_is_written(verb):
    assert verb("workshop", "-o", "kit", "--langs", "fr")[0] == 2
    assert not Path("kit").exists()


def test_the_kit_says_where_to_begin(verb):
    code, said, _ = verb("workshop", "-o", "kit")
    assert code == 0 and str(Path("kit/en/guide.html")) in said
    assert len(list(Path("kit").rglob("*.html"))) == 8


def test_the_ballots_are_counted_round_by_round_and_what_is_split_is_named(verb):
    ticks = "round,voter,step,owner\n1,1,x,cs\n1,2,x,sales\n1,1,y,cs\n1,2,y,cs\n"
    Path("votes.csv").write_text(ticks, encoding="utf-8")
    code, said, _ = verb("vote", "votes.csv")
    assert code == 0
    assert "round 1" in said and "x: cs 1, sales 1" in said


@pytest.mark.slow
def test_a_page_for_one_customer_shows_where_that_customer_stands(verb):
    code, _, _ = verb("page", "-o", "pages", "--account", "A000001", "--source", f"folder:{ROOT / 'datasets/sample'}")
    assert code == 0
    assert 'class="where"' in Path("pages/journey.ja.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_who_has_left_is_given_no_page_that_says_what_comes_next(verb):
    import cslab
    from cslab.measure import journey

    book = cslab.load("synthetic:tiny")
    left = sorted({*book.accounts["account_id"]} - {*journey.standing(book)["account_id"]})[0]
    code, _, said = verb("page", "-o", "pages", "--account", left, "--source", "synthetic:tiny")
    assert code == 2 and f"{left}: no longer a customer" in said
    assert not Path("pages").exists()


def test_the_empty_ballots_of_the_kit_are_refused_in_words(verb):
    verb("workshop", "-o", "kit")
    code, _, told = verb("vote", str(next(Path("kit").rglob("votes*.csv"))))
    assert code == 2 and "no ballots yet" in told and "Traceback" not in told


def test_a_round_without_a_kappa_is_told_beside_the_others(verb):
    ticks = (
        "round,voter,step,owner\n1,1,x,cs\n1,2,x,sales\n1,1,y,cs\n1,2,y,cs\n2,1,x,cs\n2,2,x,cs\n2,1,y,cs\n2,2,y,cs\n"
    )
    Path("votes.csv").write_text(ticks, encoding="utf-8")
    code, said, _ = verb("vote", "votes.csv")
    assert code == 0
    assert "round 1: κ = -0.33, 2 steps" in said and "round 2: all 2 voters chose cs" in said


@pytest.mark.slow
def test_a_page_on_data_that_do_not_show_a_step_names_the_step_and_writes_nothing(verb):
    Path("data").mkdir()
    Path("data/accounts.csv").write_text("account_id\nA1\n", encoding="utf-8")
    Path("data/contracts.csv").write_text("account_id,start,end\nA1,2024-01-01,2025-01-01\n", encoding="utf-8")
    step = "  - {{step: {}, goal: {{en: We use it, ja: 使えた}}, owner: cs, evidence: {{table: {}, column: {}}}}}\n"
    steps = step.format("signed", "contracts", "start") + step.format("used", "usage_monthly", "month")
    Path("own.yaml").write_text(f"journey: own\nphases:\n- phase: adoption\n  steps:\n{steps}", encoding="utf-8")
    code, _, told = verb(
        *("page", "own.yaml", "-o", "pages", "--account", "A1"),
        *("--source", "folder:data", "--as-of", "2024-01-01"),
    )
    assert code == 2 and "line 6, step used" in told and told.count("usage_monthly") == 1
    assert "own.yaml" in told and word("fault.nothing_written", "en") in told
    assert not Path("pages").exists()
