"""The form of a declared file: unknown keys, missing ones, values of another kind."""

import pytest

from cslab.sources.declared import parse
from cslab.sources.form import Form

STEP = Form("section", keys={"goal": Form("text"), "days": Form("whole", wanted=False, low=1)})
FORM = Form(
    "section",
    keys={
        "name": Form("text"),
        "owner": Form("text", choices=("sales", "cs"), wanted=False),
        "phases": Form("sections", each=Form("section", keys={"steps": Form("list", each=STEP)})),
    },
)


def told(text: str) -> list[str]:
    """What is said of a text, in English."""
    return [fault.text("en") for fault in parse(text, "map.yaml").faults(FORM)]


def test_what_has_the_form_has_no_faults():
    assert told("name: x\nowner: cs\nphases:\n  trial:\n    steps:\n    - {goal: try it, days: 3}\n") == []


def test_an_unknown_key_is_told_with_the_nearest_one_and_its_line():
    (said,) = told("name: x\nphases: {}\nowners: cs\n")
    assert said.startswith("line 3: owners is not a known key here; nearest: owner.")


def test_a_missing_key_is_told_at_the_section_that_lacks_it():
    text = "name: x\nphases:\n  trial:\n    steps:\n    - days: 3\n"
    assert told(text) == ["line 5: phases.trial.steps.1: the key goal is missing."]
    assert told("name: x\n") == ["line 1: map.yaml: the key phases is missing."]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("three", "days = three: should be a whole number."),
        ("2.5", "days = 2.5: should be a whole number."),
        ("true", "days = True: should be a whole number."),
        ("0", "days = 0: should be 1 or more."),
        ("[1]", "days = […]: should be a whole number."),
    ],
)
def test_a_value_of_another_kind_is_told_with_what_it_should_be(value: str, said: str):
    (fault,) = told(f"name: x\nphases:\n  trial:\n    steps:\n    - {{goal: a, days: {value}}}\n")
    assert fault == f"line 5: phases.trial.steps.1.{said}"


def test_a_text_that_is_not_among_the_choices_is_told_with_the_nearest():
    (said,) = told("name: x\nowner: sale\nphases: {}\n")
    assert "nearest: sales" in said and said.startswith("line 2:")


def test_what_may_be_left_out_may_also_be_left_empty():
    assert told("name: x\nowner:\nphases: {}\n") == []


def test_what_is_wanted_may_not_be_left_empty():
    assert told("name:\nphases: {}\n") == [
        "line 1: name = : should be a text. Put numbers and days that are meant as texts into quotation marks."
    ]


def test_a_text_of_spaces_and_a_list_of_nothing_are_empty_too():
    form = Form("section", keys={"name": Form("text"), "owner": Form("texts", each=Form("text")),
                                 "phases": Form("list"), "notes": Form("list", wanted=False)})  # fmt: skip
    faults = parse("name: ' '\nowner: ['']\nphases: []\nnotes: []\n", "map.yaml").faults(form)
    assert [(fault.values["line"], fault.key.removeprefix("declared.")) for fault in faults] == [
        (1, "wanted.text"),
        (2, "wanted.text"),
        (3, "wanted.list"),
    ]


def test_every_kind_of_fault_has_its_words_in_both_languages():
    kinds = ("text", "number", "whole", "flag", "day", "plain", "list", "texts", "section", "sections")
    wrong = {kind: "{}" if kind not in ("section", "sections") else "1" for kind in kinds}
    text = "".join(f"{kind}: {value}\n" for kind, value in wrong.items())
    form = Form("section", keys={kind: Form(kind) for kind in kinds})
    faults = parse(text, "map.yaml").faults(form)
    assert [fault.key for fault in faults] == [
        f"declared.wanted.{'one_text' if kind == 'text' else kind}" for kind in kinds
    ]
    assert [fault.text("ja").partition("行目")[0] for fault in faults] == [str(line) for line in range(1, 11)]
