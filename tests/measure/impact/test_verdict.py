"""The rules of the verdict, one by one and in their order."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslab.measure.estimate import normal
from cslab.measure.impact.exposure import of_frame
from cslab.measure.impact.followed import Followed, followed
from cslab.measure.impact.verdict import VERDICTS, LinkTest, Reason, judged

SEEN = LinkTest(
    "articles",
    "tickets",
    declared=-0.11,
    due=3.0,
    followed=Followed(900, 700, 3.0),
    effect=normal(-0.12, 0.02, 1_800, "contrast"),
    mde=0.056,
    lead_p=0.4,
    control_p=0.6,
    identified="lot",
)
HIDDEN, WAY = Reason("reason.no_indicator", {"nodes": ("effort",)}), Reason("reason.flat")
WAITING = Followed(900, 300, 3.0, pd.Timestamp("2024-06-30"))


def effect(estimate: float, error: float = 0.02) -> dict[str, object]:
    """An effect with what would be seen at its error."""
    return {"effect": normal(estimate, error, 1_800, "contrast"), "mde": 2.8 * error}


@pytest.mark.parametrize(
    ("changed", "verdict", "reason"),
    [
        ({}, "supported", "reason.supported"),
        ({"unseen": HIDDEN, "followed": WAITING}, "unidentifiable", "reason.no_indicator"),
        ({"followed": WAITING, "obstacle": WAY}, "not_yet_due", "reason.not_yet"),
        ({"followed": Followed(50, 29, 3.0, pd.Timestamp("2024-06-30"))}, "not_yet_due", "reason.not_yet"),
        ({"followed": Followed(25, 20, 3.0)}, "not_yet_due", "reason.not_yet_few"),
        ({"followed": Followed(25, 25, 3.0)}, "unidentifiable", "reason.few"),
        ({"obstacle": WAY, "lead_p": 0.001}, "unidentifiable", "reason.flat"),
        ({"effect": None}, "unidentifiable", "reason.flat"),
        (effect(0.0, 0.0), "unidentifiable", "reason.flat"),
        ({"lead_p": 0.009}, "unidentifiable", "reason.lead"),
        ({"control_p": 0.009, "mde": 9.0}, "unidentifiable", "reason.control"),
        ({"declared": math.nan}, "unidentifiable", "reason.undeclared"),
        ({"declared": -0.05}, "unidentifiable", "reason.mde"),
        ({"mde": math.inf}, "unidentifiable", "reason.moved_too_few"),
        (effect(0.12), "contradicted", "reason.other_way"),
        (effect(-0.02), "contradicted", "reason.nothing"),
        (effect(-0.03, 0.039), "contradicted", "reason.nothing"),
        (effect(-0.039, 0.039), "unidentifiable", "reason.both"),
        ({"declared": 0.11, **effect(0.12)}, "supported", "reason.supported"),
    ],
)
def test_the_first_rule_that_applies_decides(changed, verdict, reason):
    found = judged(replace(SEEN, **changed))
    assert (found.verdict, found.reason.key) == (verdict, reason)


def test_a_change_too_small_to_be_seen_stays_unidentifiable_however_small_its_p():
    sure = replace(SEEN, declared=-0.05, effect=normal(-0.5, 0.02, 1_800, "contrast"))
    assert judged(sure).verdict == "unidentifiable"


def test_what_is_clearly_smaller_than_declared_is_supported_with_a_note():
    found = judged(replace(SEEN, declared=-0.3))
    assert found.verdict == "supported" and [note.key for note in found.notes] == ["note.smaller"]


RECORDS = replace(SEEN, identified="before_after", lead_mde=0.05)


@pytest.mark.parametrize("by", ["before_after", "lagged"])
@pytest.mark.parametrize("unseen", [{"lead_mde": 0.2}, {"lead_mde": math.nan}, {"lead_p": math.nan, "lead_mde": 0.0}])
def test_without_a_lot_nothing_is_told_where_the_months_before_could_not_have_shown_a_difference(by, unseen):
    found = judged(replace(RECORDS, identified=by, **unseen))
    assert (found.verdict, found.reason.key) == ("unidentifiable", "reason.blind")
    assert judged(replace(SEEN, **unseen)).verdict == "supported"


def test_without_a_lot_less_than_declared_is_put_down_to_who_takes_part():
    found = judged(replace(RECORDS, declared=-0.3))
    assert (found.verdict, found.reason.key) == ("unidentifiable", "reason.left_over")


@pytest.mark.parametrize(("change", "verdict"), [({}, "supported"), (effect(0.12), "contradicted")])
def test_a_verdict_from_records_alone_says_so(change, verdict):
    found = judged(replace(RECORDS, **change))
    assert found.verdict == verdict and "note.by_records" in [note.key for note in found.notes]
    assert "note.by_records" not in [note.key for note in judged(replace(SEEN, **change)).notes]


@given(st.floats(-1, 1), st.floats(0.001, 0.5), st.floats(-1, 1))
def test_turning_everything_round_turns_no_verdict(estimate, error, declared):
    test = replace(SEEN, declared=declared, **effect(estimate, error))
    turned = replace(SEEN, declared=-declared, **effect(-estimate, error))
    assert judged(test).verdict == judged(turned).verdict
    assert judged(test).verdict in VERDICTS


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_reason_says_how_many_and_from_which_day_on(lang):
    said = judged(replace(SEEN, followed=WAITING)).reason.text(lang)
    assert "300" in said and "900" in said and "2024-06-30" in said


def test_names_are_said_in_the_readers_language():
    from cslab.measure.impact.parts import Node

    nodes = (Node("ease", "outcome", "little effort", "手間の少なさ"), Node("use", "outcome", "use", "利用"))
    reason = Reason("reason.no_indicator", {"nodes": nodes})
    assert "little effort, use" in reason.text("en") and "手間の少なさ、利用" in reason.text("ja")


def test_half_of_the_participants_and_thirty_at_least_have_to_be_followed():
    months = pd.date_range("2024-01-01", periods=3, freq="MS")
    turns = pd.DataFrame({"account_id": range(100), "turn": months.repeat([40, 30, 30]), "arm": True})
    found = followed(of_frame(turns), 2.5, pd.Timestamp("2024-04-01"))
    assert (found.participants, found.through) == (100, 40)  # 2.5 months are three
    assert not found.enough and found.on == pd.Timestamp("2024-05-31")
    assert followed(of_frame(turns), 2.5, pd.Timestamp("2024-05-01")).enough


@pytest.mark.slow
@settings(deadline=None, max_examples=15)
@given(
    st.lists(st.tuples(st.integers(0, 11), st.integers(1, 60)), min_size=1, max_size=6),
    st.sampled_from([0.0, 1.5, 4.0]),
)
def test_what_is_due_stays_due_however_many_come_in_later(waves, months):
    first = pd.date_range("2024-01-01", periods=16, freq="MS")
    turns = [first[month] for month, many in waves for _ in range(many)]
    rows = pd.DataFrame({"account_id": range(len(turns)), "turn": turns, "arm": True})
    found = [followed(of_frame(rows[rows["turn"] <= last]), months, last) for last in first]
    enough = [one.enough for one in found]
    assert enough == sorted(enough)
    assert enough[-1] == (len(turns) >= 30)
    days = [one.on for one in found if one.enough]
    assert days == [last + pd.offsets.MonthEnd(1) for last in first[enough.count(False) :][:1]] * len(days)  # it stays


def test_many_who_come_in_later_do_not_take_a_verdict_back():
    months = pd.to_datetime(["2024-01-01", "2024-06-01"]).repeat([40, 1_000])
    turns = pd.DataFrame({"account_id": range(1_040), "turn": months, "arm": True})
    found = followed(of_frame(turns), 3, pd.Timestamp("2024-06-01"))
    assert found.enough and found.on == pd.Timestamp("2024-04-30") and found.share < 0.05


def test_a_day_beyond_every_calendar_is_none():
    turns = of_frame(pd.DataFrame({"account_id": range(40), "turn": pd.Timestamp("2024-01-01"), "arm": True}))
    found = followed(turns, 150_000, pd.Timestamp("2024-06-01"))
    assert found.on is None and not found.enough


def test_without_thirty_participants_nobody_can_say_from_when_on():
    turns = pd.DataFrame({"account_id": range(20), "turn": pd.Timestamp("2024-01-01"), "arm": True})
    found = followed(of_frame(turns), 1, pd.Timestamp("2024-05-01"))
    assert found.on is None and not found.enough and found.share == 1.0
