"""A mission agrees with phases, journey map, charter, calendar and hours, or is told where it does not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cslab.course.homework import check_homework
from cslab.words import LANGUAGES

EVIDENCE = "52 % (46–58 %) are stuck [E1]; an hour gains ¥8k (5–11k) [E2]; 61 % reach the step, n = 214 [E3]."
MISSION = """\
---
trainee: 山田
homework: h1_mission
lang: en
notebook: h1_mission.ipynb
as_of: 2025-03-31
hours: 500
---
# Mission and focus
## 1. Mission
- Mission: In onboarding, small customers come to their first result within 90 days, from 52 % to 65 % by March.
- Phase: onboarding
- Journey step: first_value
- Customers: smb, signed within the last year
- Outcome: We have got our first result
- Metric: Share with a first value in 90 days
- By: 2026-03-31
## 2. Roles, and what we will not do
The onboarding lead answers for the first result, a CSM for each hand-over.
- We will not: visit customers who renew without us; agreed with sales
## 3. Evidence
EVIDENCE
## 4. Counter-evidence and the second-best phase
The limits of both overlap: the second-best gains ¥1k an hour less at most.
- Second-best phase: renewal
## 5. Hours: prevention and firefighting
Today it is the other way round.
- Prevention: 380
- Firefighting: 120 hours
## 6. What would change our mind
If less than 55 % reach the step by September, CS Ops says so on 1 October and we stop.

[E1]: h1_mission.ipynb#stuck
[E2]: h1_mission.ipynb#gain
[E3]: h1_mission.ipynb#journey
""".replace("EVIDENCE", EVIDENCE)
OWN_MAP = """\
journey: own
phases:
  - phase: onboarding
    steps:
      - step: ledger_gone
        goal: {en: We have thrown the ledger away, ja: 台帳を捨てた}
        evidence: {table: onboarding, column: done, where: {milestone: first_value}}
        owner: onboarding
        target_days: 30
"""
CHARTER = """\
---
trainee: 山田
---
# Metric charter
## 2. Definition
- Name: Share with a first value in 90 days
- Numerator: accounts with first_value within 90 days of signing
- Denominator: accounts signed 90 days ago or longer
- Window: signed from 2024-01-01 on
"""


def write(folder: Path, text: str = MISSION, charter: str = CHARTER) -> Path:
    """Puts a mission with its charter and notebook into a folder."""
    shown = [{"output_type": "stream"}]
    cells = [
        {"cell_type": "code", "source": f"# evidence: {name}\nx", "execution_count": 1, "outputs": shown}
        for name in ("stuck", "gain", "journey")
    ]
    notebook = {"metadata": {}, "cells": cells, "nbformat": 4, "nbformat_minor": 5}
    (folder / "h1_mission.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    (folder / "h1_mission.md").write_text(text, encoding="utf-8")
    if charter:
        (folder / "charter.md").write_text(charter, encoding="utf-8")
    return folder / "h1_mission.md"


@pytest.fixture
def told(tmp_path: Path) -> Callable[..., list[str]]:
    """Checks a mission with pieces of it replaced, and gives the keys of what is wrong; both languages can say it."""

    def check(*changes: tuple[str, str], charter: str = CHARTER, **handed_out: str) -> list[str]:
        text = MISSION
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        faults = check_homework(write(tmp_path, text, charter), handed_out).faults
        assert all("{" not in fault.text(lang) for fault in faults for lang in LANGUAGES)
        return [fault.key.removeprefix("homework_") for fault in faults]

    return check


def test_a_mission_in_which_everything_agrees_passes(told):
    assert told() == []


@pytest.mark.parametrize(
    ("key", "change"),
    [
        ("fields_open", ("- Journey step: first_value\n", "")),
        ("fields_open", ("- Journey step: first_value", "- Journey step: …")),
        ("fields_open", ("- We will not: visit", "We will not visit")),
        ("fields_open", ("- Prevention: 380\n", "")),
        ("phase_unknown", ("- Phase: onboarding", "- Phase: onbording")),
        ("phase_unknown", ("- Phase: onboarding", "- Phase: churn")),
        ("phase_unknown", ("phase: renewal", "phase: everything")),
        ("second_same", ("phase: renewal", "phase: オンボーディング")),
        ("step_unknown", ("step: first_value", "step: first_valu")),
        ("step_elsewhere", ("step: first_value", "step: contract_signed")),
        ("metric_undefined", ("Metric: Share with a first value", "Metric: Share with first value")),
        ("date", ("By: 2026-03-31", "By: in spring")),
        ("date", ("By: 2026-03-31", "By: 2026-02-31")),
        ("date", ("as_of: 2025-03-31", "as_of: March")),
        ("date_past", ("By: 2026-03-31", "By: 2025-03-31")),
        ("hours", ("Prevention: 380", "Prevention: most of them")),
        ("hours", ("Prevention: 380", "Prevention: 20 a week, 40 at times")),
        ("hours", ("hours: 500", "hours: many")),
        ("hours_over", ("Prevention: 380", "Prevention: 381")),
        ("no_uncertainty", (EVIDENCE, "52 % are stuck [E1]; an hour gains ¥8k [E2]; 61 % reach the step [E3].")),
        ("evidence_few", ("h1_mission.ipynb#gain", "h1_mission.ipynb#stuck")),
        ("front_missing", ("hours: 500\n", "")),
        ("too_long", ("Today it is the other way round.", "It is the other way round. " * 300)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_does_not_agree_is_named_once(told, key, change):
    assert told(change) == [key]


def test_all_of_it_is_told_at_once_in_the_order_of_the_lines(told):
    changes = (("- Phase: onboarding", "- Phase: onbording"), ("By: 2026-03-31", "By: 2024-03-31"), ("380", "3,800"))
    assert told(*changes) == ["phase_unknown", "date_past", "hours_over"]


@pytest.mark.parametrize(
    "change",
    [
        ("- Phase: onboarding", "- フェーズ：オンボーディング"),
        ("- Journey step: first_value", "- Journey step: We have got our first result"),
        ("By: 2026-03-31", "By: 2026年3月31日"),
        ("Prevention: 380", "Prevention: 年 ３８０ 時間"),
        ("Metric: Share with a first value in 90 days", "Metric: share with a First Value in 90 days"),
    ],
)
def test_names_days_and_numbers_may_be_written_as_people_write_them(told, change):
    assert told(change) == []


def test_a_step_of_another_phase_will_do_where_the_map_has_none_of_the_chosen_one(tmp_path):
    text = MISSION.replace("step: first_value", "step: ledger_gone").replace("- Phase: onboarding", "- Phase: adoption")
    path = write(tmp_path, text)
    (tmp_path / "journey.yaml").write_text(OWN_MAP, encoding="utf-8")
    assert check_homework(path).faults == ()


@pytest.mark.parametrize(
    ("key", "charter"),
    [
        ("no_charter", ""),
        ("charter_open", CHARTER.replace("- Window: signed from 2024-01-01 on\n", "")),
        ("charter_open", CHARTER.replace("- Denominator: accounts signed 90 days ago or longer", "- Denominator: …")),
        ("metric_undefined", CHARTER.replace("## 2. Definition", "## 2. Some other heading")),
        ("beside", CHARTER.replace("---\n", "", 1)),
    ],
)
def test_the_metric_stands_in_the_charter_with_all_its_parts(told, key, charter):
    assert told(charter=charter) == [key]


def test_rules_or_a_map_of_the_trainees_own_hold_where_they_lie_beside_the_text(tmp_path):
    path = write(tmp_path, MISSION.replace("step: first_value", "step: ledger_gone"))
    (tmp_path / "journey.yaml").write_text(OWN_MAP, encoding="utf-8")
    assert check_homework(path).faults == ()


def test_what_is_wrong_in_a_file_beside_the_text_is_told_with_its_line_and_once(tmp_path):
    path = write(tmp_path)
    (tmp_path / "journey.yaml").write_text("journey: own\nphases: []\nphasen: 3\n", encoding="utf-8")
    faults = check_homework(path).faults
    assert faults and {fault.key for fault in faults} == {"homework_beside"}
    assert any("journey.yaml" in fault.text("en") and "line 3" in fault.text("en") for fault in faults)
    texts = [fault.text("en") for fault in faults]
    assert len(texts) == len(set(texts))


def test_what_was_handed_out_cannot_be_changed(told):
    assert told(("hours: 500", "hours: 5000"), hours="500") == ["front_changed"]
    assert told(hours="500", as_of="2025-03-31") == []


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["- Phase: a\n", ":\n", "  a\n", "- Prevention: 1,", "1", "- By: 2026-"])
def test_a_mission_of_nothing_but_signs_is_read_in_one_go(tmp_path, piece):
    text = MISSION.replace("- Phase: onboarding\n", piece * (400_000 // len(piece)))
    keys = {fault.key for fault in check_homework(write(tmp_path, text)).faults}
    assert keys & {"homework_too_long", "homework_phase_unknown"}


def test_too_few_links_are_told_with_the_notebook_of_this_homework(tmp_path):
    path = tmp_path / "mine.md"
    path.write_text(MISSION.replace("[E2]: h1_mission.ipynb#gain\n", "").replace(" [E2]", ""), encoding="utf-8")
    (said,) = (fault.text("en") for fault in check_homework(path).faults if fault.key == "homework_evidence_few")
    assert "[E1]: h1_mission.ipynb#" in said
