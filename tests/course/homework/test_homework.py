"""A written homework is checked for all that can be counted, at once and by line, in either language."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cslab import cli
from cslab.course.homework import HOMEWORK, check_homework, find, new_homework, template
from cslab.course.homework.document import read_document, titled
from cslab.faults import UsageError
from cslab.words import LANGUAGES

GOOD = """\
---
trainee: 山田
homework: charter
lang: en
notebook: charter.ipynb
---
# Metric charter
## 1. What it decides
If it falls, we hire for onboarding before we hire for sales.
## 2. Definition
- Name: GRR
- Numerator: the smaller of each account's MRR at both ends
- Denominator: MRR at the start
- Window: 12 months
Customers who come back are not counted.
## 3. Today's value, and how sure
Over the whole book it was 86 % (82–90 %) last year [E1].
## 4. Another definition of it
With returns it is 91 % [E2]; they are another team's work.
## 5. What it does not show
Whether those who stayed use what they pay for.
## 6. Owner and upkeep
CS Ops, every first of the month, agreed with finance.

[E1]: charter.ipynb#retention
[E2]: charter.ipynb#returns
"""


def cell(code: str, ran: bool = True, outputs: tuple[dict, ...] = ({"output_type": "stream"},)) -> dict:
    return {"cell_type": "code", "source": code, "execution_count": 1 if ran else None, "outputs": list(outputs)}


CELLS = (cell("# evidence: retention\ngrr"), cell("# evidence: returns\nnrr"))


@pytest.fixture
def hand_in(tmp_path: Path) -> Callable[..., list[str]]:
    """Hands a homework in, with pieces of it replaced, and gives the keys of what is wrong."""

    def check(*changes: tuple[str, str], cells: tuple[dict, ...] = CELLS) -> list[str]:
        text = GOOD
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        notebook = {"metadata": {}, "cells": list(cells), "nbformat": 4, "nbformat_minor": 5}
        (tmp_path / "charter.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
        (tmp_path / "charter.md").write_text(text, encoding="utf-8")
        return faults_of(tmp_path / "charter.md")

    return check


def faults_of(path: Path) -> list[str]:
    """The keys of what is wrong, each of which can be said in both languages and by line where it has one."""
    faults = check_homework(path).faults
    for fault in faults:
        line = fault.values.get("line")
        assert line is None or all(str(line) in fault.text(lang) for lang in LANGUAGES)
    return [fault.key.removeprefix("homework_") for fault in faults]


def test_a_complete_homework_passes_and_says_who_handed_it_in(hand_in, tmp_path):
    assert hand_in() == []
    checked = check_homework(tmp_path / "charter.md")
    assert (checked.passed, checked.trainee, checked.homework, checked.links) == (True, "山田", "charter", 2)


@pytest.mark.parametrize(
    ("key", "change"),
    [
        ("front_missing", ("trainee: 山田", "trainee:")),
        ("front_missing", ("trainee: 山田\n", "")),
        ("key_unknown", ("lang: en", "lang: en\nnotebok: x")),
        ("lang", ("lang: en", "lang: fr")),
        ("unknown", ("homework: charter", "homework: chartre")),
        ("section_missing", ("## 5. What it does not show\nWhether", "Whether")),
        ("section_near", ("What it does not show", "What it does not show us")),
        ("section_twice", ("## 5. What it does not show", "## Owner and upkeep\nMe\n## 5. What it does not show")),
        ("section_empty", ("Whether those who stayed use what they pay for.", "…")),
        ("section_empty", ("Whether those who stayed use what they pay for.", "<!-- Whether those who stayed do -->")),
        ("section_short", ("Whether those who stayed use what they pay for.", "Much.")),
        ("metric_open", ("- Window: 12 months\n", "")),
        ("metric_open", ("- Window: 12 months", "- Window: …")),
        ("metric_open", ("- Name: GRR\n", "")),
        ("metric_open", ("- Window: 12 months", "- Window: 12 months\n- Name: NRR\n- Numerator: MRR at the end")),
        ("no_uncertainty", ("86 % (82–90 %)", "86 %")),
        ("evidence_undefined", ("[E2]: charter.ipynb#returns", "[E3]: charter.ipynb#returns\nsee [E3]")),
        ("evidence_unused", ("91 % [E2]", "91 %")),
        ("evidence_few", ("[E2]: charter.ipynb#returns\n", "")),
        ("no_figure", ("86 % (82–90 %)", "too low")),
        ("evidence_elsewhere", ("[E2]: charter.ipynb", "[E2]: other.ipynb")),
        ("evidence_no_cell", ("#returns", "#return_of_customers")),
        ("no_notebook", ("notebook: charter.ipynb", "notebook: metrics.ipynb")),
        ("notebook_place", ("notebook: charter.ipynb", "notebook: ../charter.ipynb")),
        ("notebook_place", ("notebook: charter.ipynb", "notebook: charter.md")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_missing_is_named(hand_in, key, change):
    assert key in hand_in(change)


@pytest.mark.parametrize(
    ("key", "second"),
    [
        ("evidence_not_run", cell("# evidence: returns\nnrr", ran=False)),
        ("evidence_failed", cell("# evidence: returns\nnrr", outputs=({"output_type": "error"},))),
        ("evidence_silent", cell("# evidence: returns\nnrr", outputs=())),
        ("evidence_no_cell", cell("nrr\n# evidence: returns")),
        ("evidence_no_cell", {**cell("# evidence: returns"), "cell_type": "markdown"}),
    ],
)
def test_evidence_is_a_cell_with_that_name_that_ran_did_not_fail_and_shows_something(hand_in, key, second):
    assert hand_in(cells=(CELLS[0], second)) == [key]


def test_two_cells_of_one_name_are_no_evidence(hand_in):
    assert hand_in(cells=(*CELLS, CELLS[0])) == ["cell_twice"]


def test_a_cell_and_a_link_may_be_named_in_japanese_and_full_width(hand_in):
    cells = (cell("# 根拠\N{FULLWIDTH COLON}継続率\ngrr"), CELLS[1])
    assert hand_in(("[E1]: charter.ipynb#retention", "[E1]: charter.ipynb#継続率"), cells=cells) == []


def test_a_link_within_the_text_needs_no_definition(hand_in):
    inline = ("last year [E1].", "last year ([GRR](charter.ipynb#retention)).")
    assert hand_in(inline, ("[E1]: charter.ipynb#retention\n", "")) == []


def test_a_link_that_leads_nowhere_near_a_notebook_is_only_a_link(hand_in):
    assert hand_in(("Customers who", "See [KeyBanc](a.html). Customers who")) == []


@pytest.mark.parametrize(
    ("key", "change"),
    [
        ("colon", ("lang: en", "lang：en")),
        ("colon", ("lang: en", "lang:en")),
        ("tab", ("lang: en", "lang:\ten")),
        ("key_twice", ("lang: en", "lang: en\nlang: ja")),
        ("not_plain", ("lang: en", "lang: [en, ja]")),
    ],
)
def test_a_slip_in_the_front_matter_hides_nothing_below_it_and_is_told_once(hand_in, key, change):
    assert hand_in(change) == [key]
    more = (("homework: charter", "homework: charter\nnotebok: x"), ("stayed use what they pay for.", ""))
    assert hand_in(change, *more) == ["key_unknown", key, "section_short"]


def test_everything_is_told_at_once_in_the_order_of_the_lines(hand_in, tmp_path):
    changes = (("trainee: 山田", "trainee:"), ("86 % (82–90 %)", "86 %"), ("- Window: 12 months\n", ""))
    assert hand_in(*changes) == ["front_missing", "metric_open", "no_uncertainty"]
    lines = [fault.values["line"] for fault in check_homework(tmp_path / "charter.md").faults]
    assert lines == [2, 11, 15]


@pytest.mark.parametrize(
    "said",
    ["86 % ± 4", "82~90%", "[82, 90]", "82%から90%", "n = 120", "対象は120社", "between 82 % and 90 %", "82%〜90%"],
)  # fmt: skip
def test_uncertainty_may_be_said_in_many_ways(hand_in, said):
    assert hand_in(("86 % (82–90 %)", f"86 %, {said},")) == []


@pytest.mark.parametrize(
    "said", ["86 % on 2024-03-31", "86 % in 2023-2024", "86.15 %", "86 % (2024年3月)", "86 % in FY 2024"]
)
def test_a_date_is_no_interval(hand_in, said):
    assert hand_in(("86 % (82–90 %)", said)) == ["no_uncertainty"]


def test_a_definition_may_go_on_in_lines_set_in(hand_in):
    assert hand_in(("- Window: 12 months", "- Window:\n  12 months\n  to the end of March")) == []


@pytest.mark.parametrize(
    ("key", "content"),
    [
        ("no_front", GOOD.replace("---\n", "", 1).encode()),
        ("no_front", b""),
        ("open_front", GOOD.replace("\n---\n", "\n", 1).encode()),
        ("yaml", GOOD.replace("lang: en", "lang: 'en").encode()),
        ("yaml", GOOD.replace("trainee: 山田\n", "just words\n").encode()),
        ("too_large", GOOD.encode() + b" " * 1_000_001),
        ("cp932", GOOD.replace("–", "-").encode("cp932")),
        ("utf16", GOOD.encode("utf-16")),
        ("not_text", b"%PDF-1.7\n\xff\xff\x00\x00"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_file_that_is_no_homework_is_told_why(tmp_path, key, content):
    (tmp_path / "charter.md").write_bytes(content)
    assert set(faults_of(tmp_path / "charter.md")) == {key}


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["[", "[a](<", "<!--", "1", "- Name: ", "`", "# ", "\n", "[E1]: <"])
def test_a_file_of_nothing_but_signs_is_read_in_one_go(tmp_path, piece):
    head = GOOD[: GOOD.index("# Metric charter")]
    heading = "## 3. Today's value, and how sure\n"
    (tmp_path / "charter.md").write_text(head + heading + piece * (400_000 // len(piece)), encoding="utf-8")
    assert "section_missing" in faults_of(tmp_path / "charter.md")


@pytest.mark.slow
def test_brackets_without_end_in_the_front_matter_are_told(tmp_path):
    (tmp_path / "charter.md").write_text(GOOD.replace("lang: en", "lang: " + "[" * 9_000), encoding="utf-8")
    assert faults_of(tmp_path / "charter.md") == ["yaml"]


def test_a_byte_order_mark_and_the_line_ends_of_windows_are_no_fault(hand_in, tmp_path):
    assert hand_in() == []
    (tmp_path / "charter.md").write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert faults_of(tmp_path / "charter.md") == []


def test_a_homework_that_is_not_there_is_a_slip_of_who_typed(tmp_path):
    with pytest.raises(UsageError):
        check_homework(tmp_path / "charter.md")


@pytest.mark.parametrize(
    "broken", ["", "{}", '{"cells": [], "metadata": 3}', '{"cells": [3], "metadata": {}}', "[" * 9_000]
)
def test_a_notebook_that_is_none_is_told(hand_in, tmp_path, broken):
    hand_in()
    (tmp_path / "charter.ipynb").write_text(broken, encoding="utf-8")
    assert "notebook_broken" in faults_of(tmp_path / "charter.md")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("homework", HOMEWORK, ids=lambda homework: homework.name)
def test_a_template_holds_the_sections_of_its_declaration_in_order_and_nothing_that_counts_as_an_answer(
    tmp_path, homework, lang
):
    own = new_homework(homework.name, lang, tmp_path / "mine.md")
    found = [titled(answer.heading) for answer in read_document(own).answers]
    wanted = [titled(homework.heading(section, lang)) for section in homework.sections]
    assert found[1 : len(wanted) + 1] == wanted
    keys = faults_of(own)
    assert keys.count("section_empty") == len(homework.sections)
    assert keys.count("evidence_unused") == homework.evidence


def test_a_homework_is_never_written_over(tmp_path):
    own = new_homework("charter", "ja", tmp_path / "mine.md")
    own.write_text("months of work", encoding="utf-8")
    with pytest.raises(UsageError):
        new_homework("charter", "ja", own)
    assert own.read_text(encoding="utf-8") == "months of work"


def test_a_new_homework_says_that_there_is_one_already(tmp_path):
    new_homework("charter", "en", tmp_path / "mine.md")
    for taken in (tmp_path / "mine.md", tmp_path):
        with pytest.raises(UsageError) as error:
            new_homework("charter", "ja", taken)
        assert "is there already" in error.value.text("en")


def test_the_templates_say_the_same_in_both_languages():
    for homework in HOMEWORK:
        english, japanese = (template(homework.name, lang).read_text(encoding="utf-8") for lang in LANGUAGES)
        assert [line for line in english.splitlines() if re.match(r"\[E\d\]:", line)] == [
            line for line in japanese.splitlines() if re.match(r"\[E\d\]:", line)
        ]
        assert english.count("\n## ") == japanese.count("\n## ")


def test_an_unknown_homework_names_the_nearest():
    with pytest.raises(UsageError, match="charter"):
        find("chatter")


def give(monkeypatch, capsys, *arguments: str) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["cslab", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    captured = capsys.readouterr()
    return int(ended.value.code or 0), captured.out, captured.err


def test_the_verb_checks_a_file_and_ends_with_one_where_something_is_missing(hand_in, tmp_path, monkeypatch, capsys):
    hand_in()
    code, said, _ = give(monkeypatch, capsys, "homework", str(tmp_path / "charter.md"), "--lang", "en")
    assert (code, "✔" in said) == (0, True)
    hand_in(("86 % (82–90 %)", "86 %"))
    code, said, complained = give(monkeypatch, capsys, "homework", str(tmp_path / "charter.md"), "--lang", "ja")
    assert (code, said, "16行目" in complained) == (1, "", True)


@pytest.mark.parametrize("arguments", [(), ("--new", "charter", "x.md"), ("--new", "chart"), ("no such.md",)])
def test_a_slip_at_the_keyboard_is_told_without_a_traceback(monkeypatch, capsys, tmp_path, arguments):
    monkeypatch.chdir(tmp_path)
    code, _, complained = give(monkeypatch, capsys, "homework", *arguments)
    assert code == 2 and complained and "Traceback" not in complained
    assert list(tmp_path.iterdir()) == []


def test_the_verb_makes_a_copy_of_the_template(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert give(monkeypatch, capsys, "homework", "--new", "charter", "--lang", "ja")[0] == 0
    assert (tmp_path / "charter.md").read_bytes() == template("charter", "ja").read_bytes()
