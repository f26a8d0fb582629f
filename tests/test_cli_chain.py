"""The verbs of impact chains: what they print, what they write, how they fail."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cslab import cli
from cslab.course.selfcontained import outside

FAQ = "synthetic:tiny?programs=faq&policy=program_rct"
DRAFT = """name: webinars
programme: webinars
nodes:
  webinars: {level: activity, en: we hold webinars}
  held: {level: outcome, en: 40 webinars held, indicator: count(tickets)}
  money: {level: impact, en: revenue, indicator: mrr}
links:
- {from: webinars, to: held, sign: "+", effect: 1, lag_months: [0, 1, 2], owner: cs, assumption: {en: they come}}
- {from: held, to: money, sign: "+", effect: 1, lag_months: [0, 1, 2], owner: cs, assumption: {en: they buy}}
"""


@pytest.fixture
def verb(monkeypatch, capsys, tmp_path):
    """Gives a verb as it is typed, in an empty folder, and returns exit code, output and complaints."""
    monkeypatch.setenv("CSLAB_LANG", "en")
    monkeypatch.chdir(tmp_path)

    def give(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["cslab", "chain", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        captured = capsys.readouterr()
        return int(ended.value.code or 0), captured.out, captured.err

    return give


def test_all_chains_of_the_kit_are_checked_where_none_is_named(verb):
    code, said, _ = verb("check")
    assert code == 0
    assert said.count("nothing to mend") == 10


def test_a_draft_is_told_line_by_line_with_how_often_words_alone_are_wrong(verb):
    Path("draft.yaml").write_text(DRAFT, encoding="utf-8")
    code, said, _ = verb("check", "draft.yaml")
    assert code == 1
    assert "✘" in said and "line 5, held" in said and "of 17 statements" in said
    assert "5行目 held" in verb("check", "draft.yaml", "--lang", "ja")[1]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("level: outcome", "level: outcom", "line 5: nodes.held.level = outcom"),
        ("to: money", "to: mony", "line 9"),
        ("from: held", "from: hld", "line 9"),
    ],
)
def test_a_level_or_a_node_that_there_is_not_is_told_with_its_line_beside_what_else_is_to_mend(verb, old, new, told):
    Path("draft.yaml").write_text(DRAFT.replace(old, new).replace("owner: cs, ", "", 1), encoding="utf-8")
    code, said, _ = verb("check", "draft.yaml")
    assert code == 1
    assert "draft.yaml" in said and told in said and "owner" in said


def test_what_is_wrong_in_one_file_does_not_keep_the_next_from_being_told(verb):
    Path("tabs.yaml").write_text("name: a\n\tb: 1\n", encoding="utf-8")
    Path("missing.yaml").write_text(DRAFT.replace("to: money", "to: mony"), encoding="utf-8")
    code, said, _ = verb("check", "tabs.yaml", "fqa", "missing.yaml", "faq")
    assert code == 1
    assert "line 2: holds a tab" in said and "Nearest: faq" in said
    assert "mony" in said and "faq.yaml: nothing to mend" in said


def test_with_a_company_what_its_records_lack_is_told_too(verb):
    Path("mine.yaml").write_text(DRAFT.replace("40 webinars held", "they ask less"), encoding="utf-8")
    code, said, _ = verb("check", "mine.yaml", "--source", FAQ)
    assert code == 1
    assert "webinars" in said and "line 2" in said


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "wanted"), [("en", "Did it happen?"), ("ja", "実施できたか")])
def test_the_page_of_a_test_needs_nothing_but_itself(verb, lang, wanted):
    code, said, _ = verb("test", "faq", "--source", FAQ, "-o", "faq.html", "--lang", lang)
    page = Path("faq.html").read_text(encoding="utf-8")
    assert code == 0
    assert "faq.html" in said
    assert outside(page) == []
    assert wanted in page and page.count("<tbody class=") == 5


def test_without_a_page_the_verdicts_are_printed(verb):
    code, said, _ = verb("test", "faq", "--source", FAQ)
    assert code == 0
    assert "Of 5 links" in said and "articles published → enquiries" in said
    assert not list(Path().iterdir())


@pytest.mark.slow
def test_a_page_that_is_there_is_not_written_over_unasked(verb):
    Path("faq.html").write_text("mine", encoding="utf-8")
    code, _, told = verb("test", "faq", "--source", FAQ, "-o", "faq.html")
    assert code == 2
    assert "faq.html" in told and Path("faq.html").read_text(encoding="utf-8") == "mine"


def test_a_company_without_the_programme_is_a_fault_and_not_a_traceback(verb):
    code, _, told = verb("test", "faq", "--source", "synthetic:tiny")
    assert code == 2
    assert "line 8" in told and "Traceback" not in told
