"""Ballots: what is typed is what is counted, and what cannot be counted is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from cslab.course.journey import rounds
from cslab.faults import DataError

HEAD = "round,voter,step,owner\n"


def ballots(folder: Path, text: str) -> Path:
    path = folder / "votes.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_full_agreement_on_steps_of_different_owners_is_one(tmp_path):
    text = HEAD + "1,a,x,cs\n1,b,x,cs\n1,a,y,sales\n1,b,y,sales\n"
    found = rounds(ballots(tmp_path, text))[0]
    assert found.kappa.estimate == pytest.approx(1) and found.split == {}
    assert (found.steps, found.voters) == (2, 2)


def test_what_is_split_is_listed_with_the_most_ticks_first(tmp_path):
    text = HEAD + "1,1,x,cs\n1,2,x,sales\n1,3,x,cs\n1,1,y,cs\n1,2,y,cs\n1,3,y,cs\n"
    assert rounds(ballots(tmp_path, text))[0].split == {"x": "cs 2, sales 1"}


def test_the_rounds_are_told_apart_and_in_order(tmp_path):
    text = HEAD + "2,1,x,cs\n2,2,x,cs\n2,1,y,sales\n2,2,y,sales\n1,1,x,cs\n1,2,x,sales\n1,1,y,cs\n1,2,y,sales\n"
    first, second = rounds(ballots(tmp_path, text))
    assert (first.name, second.name) == ("1", "2")
    assert first.kappa.estimate < second.kappa.estimate == pytest.approx(1)


def test_a_department_is_the_same_in_both_languages(tmp_path):
    text = "回,番号,ステップ名,責任を持つ部署\n1,1,x,営業\n1,2,x,Sales\n1,1,y,CS\n1,2,y,カスタマーサクセス\n"
    assert rounds(ballots(tmp_path, text))[0].split == {}


def test_everything_that_cannot_be_counted_is_told_by_its_row(tmp_path):
    with pytest.raises(DataError) as refused:
        rounds(ballots(tmp_path, HEAD + "1,1,x,\n1,2,x,cs\n1,2,x,sales\n"))
    assert [(fault.key, fault.values.get("row") or fault.values["rows"]) for fault in refused.value.faults] == [
        ("votes_empty", 2),
        ("votes_twice", "3, 4"),
    ]


def test_missing_columns_are_named_together(tmp_path):
    with pytest.raises(DataError) as refused:
        rounds(ballots(tmp_path, "voter,step\n1,x\n"))
    assert refused.value.faults[0].values["columns"] == "round, owner"


def test_headings_alone_are_told_as_no_ballots_yet(tmp_path):
    with pytest.raises(DataError, match="no ballots yet"):
        rounds(ballots(tmp_path, HEAD))


def test_a_round_that_chose_one_department_throughout_stops_no_other_round(tmp_path):
    text = HEAD + "1,1,x,cs\n1,2,x,sales\n1,1,y,cs\n1,2,y,cs\n2,1,x,cs\n2,2,x,cs\n2,1,y,cs\n2,2,y,cs\n"
    first, second = rounds(ballots(tmp_path, text))
    assert first.kappa is not None and first.split == {"x": "cs 1, sales 1"}
    assert (second.kappa, second.alike, second.split) == (None, "cs", {})


def test_where_no_step_has_two_ticks_there_is_no_agreement_to_tell(tmp_path):
    found = rounds(ballots(tmp_path, HEAD + "1,1,x,cs\n1,2,y,sales\n"))[0]
    assert (found.kappa, found.alike) == (None, "")


def test_a_round_is_a_number_of_any_width_and_nothing_else(tmp_path):
    assert rounds(ballots(tmp_path, HEAD + "１,1,x,cs\n1,2,x,cs\n"))[0].voters == 2
    with pytest.raises(DataError, match="row 3, round"):
        rounds(ballots(tmp_path, HEAD + "1,1,x,cs\nzwei,2,x,cs\n"))


def test_the_tenth_round_comes_after_the_second(tmp_path):
    found = rounds(ballots(tmp_path, HEAD + "10,1,x,cs\n2,1,x,cs\n"))
    assert [one.name for one in found] == ["2", "10"]
