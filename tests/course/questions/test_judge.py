"""One answer is held against the right one, the known wrong ones, and other units and orders."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cslab.book import Book
from cslab.course.questions import answers, feedback
from cslab.course.questions.answers import Column, Frame, Strange
from cslab.course.questions.judge import Judgement, judge, short, wrong_answers
from cslab.course.questions.kinds import Classes, Num, Part, Policy, Rank, Set, Table, Text
from cslab.course.questions.question import Material, Mistake, Question
from cslab.faults import Fault, UsageError
from cslab.measure.estimate import Estimate
from cslab.words import LANGUAGES


def material() -> Material:
    return Material(Book({"accounts": pd.DataFrame({"account_id": ["A1"]})}, pd.Timestamp("2024-03-31")))


def question(kind, right, needs=(), **wrong) -> Question:
    mistakes = tuple(Mistake(name, lambda _, value=value: value) for name, value in wrong.items())
    return Question("demo", "E99", "99", kind, lambda _: right, mistakes, needs)


def judged(kind, right, answer, **wrong) -> Judgement:
    return judge(question(kind, right, **wrong), answer, material())


def keys(found: Judgement) -> list[str]:
    return [remark.key for remark in found.remarks]


YEARLY = {"kind": Num(0.0005), "right": 0.2153, "twelvefold": 0.24, "monthly": 0.02}


@pytest.mark.parametrize("unset", [..., None, [...], {"a": ..., "b": [...]}, {...}, "", "　 "])
def test_dots_and_nothing_are_not_attempted(unset):
    assert judged(answer=unset, **YEARLY).outcome == "not_attempted"


@pytest.mark.parametrize(
    ("kind", "right", "answer"),
    [
        (Classes(), {"a": 1, "b": 2}, {"a": 1, "b": ...}),
        (Rank(), ["a", "b"], ["a", ...]),
        (Num(), 0.5, [0.5, ...]),
        (Policy(lambda _, answer: sum(answer.values())), {"a": 1, "b": 2}, {"a": 1, "b": ...}),
    ],
)
def test_an_answer_with_dots_in_some_of_its_places_is_told_so(kind, right, answer):
    assert keys(judged(kind, right, answer)) == ["dots_left"]


def test_a_right_answer_is_correct_and_a_known_wrong_one_is_named():
    assert judged(answer=0.2153, **YEARLY).outcome == "correct"
    found = judged(answer=0.24, **YEARLY)
    assert (found.outcome, found.mistakes) == ("not_yet", ("twelvefold",))


def test_an_answer_that_two_wrong_ways_give_names_both():
    assert judged(Num(), 0.5, 0.8, one=0.8, other=0.8003).mistakes == ("one", "other")


def test_the_right_answer_wins_over_a_mistake_that_cannot_be_told_apart_here():
    found = judged(Num(0.01), 0.50, 0.504, close=0.505)
    assert (found.outcome, found.mistakes, keys(found)) == ("correct", (), ["same_here"])
    assert "cannot be told apart here" in feedback._remark(found.remarks[0], "demo", "en")


def test_a_right_answer_that_lies_nearer_to_a_mistake_is_right_and_told_so():
    assert keys(judged(Num(0.01), 0.50, 0.508, rounded_away=0.515)) == ["nearer_here"]
    assert keys(judged(Num(0.01), 0.50, 0.504, rounded_away=0.513)) == []


def test_a_mistake_that_lies_apart_is_not_mentioned_with_a_right_answer():
    assert keys(judged(Num(0.01), 0.50, 0.504, far=0.7)) == []


@pytest.mark.parametrize(
    "same",
    [
        *(0.8, np.float64(0.8), np.float32(0.8), np.longdouble(0.8), np.array(0.8)),
        *(Estimate(0.8, 0.7, 0.9, 10, "mean"), Decimal("0.8"), Fraction(4, 5)),
    ],
)
def test_every_kind_of_number_is_a_number(same):  # as NumPy makes them on one system or another
    assert judged(Num(), 0.8, same).outcome == "correct"


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ("0.8", "number_as_text"),
        ("０．８", "number_as_text"),
        ("80 %", "percent_as_text"),
        ("80％", "percent_as_text"),
        ("八割", "text_for_number"),
        ("1,234", "text_for_number"),
        ([0.8], "one_in_list"),
        (np.array([[0.8]]), "one_in_list"),
        (["a"], "not_a_number"),
        (pd.Series([0.8]), "one_in_column"),
        (pd.DataFrame({"a": [0.8]}), "one_in_table"),
        ([0.8, 0.7], "several_numbers"),
        (np.ones((2, 2)), "several_numbers"),
        ([], "nothing_in_it"),
        (pd.DataFrame({"a": []}), "nothing_in_it"),
        (map(float, "1"), "unrolled"),
        (10**400, "too_large"),
        (math.nan, "not_finite"),
        (math.inf, "not_finite"),
        (pd.NA, "not_finite"),
        (True, "not_a_number"),
        ({"a": 0.8}, "not_a_number"),
        (len, "function"),
        (lambda: 0.8, "function"),
        (object(), "not_a_number"),
        (80.0, "unit"),
        (800.0, "unit"),
        (62.0, "looks_like_percent"),
        (116.5, "looks_like_percent"),
        (206, "looks_like_count"),
        (560_000, "looks_like_amount"),
        (-0.8, "other_sign"),
        (0.5, "no_known_way"),
        (0.81, "no_known_way"),
    ],
)
def test_a_slip_of_type_shape_or_unit_is_said(slip, said):
    found = judged(Num(), 0.8, slip)
    assert (found.outcome, keys(found)) == ("not_yet", [said])


@pytest.mark.parametrize(
    ("unit", "per", "right", "answer", "said"),
    [
        ("share", "", 0.8, 80, "percent"),
        ("share", "", 0.008, 8, "permille"),
        ("ten_thousands", "", 120.0, 1_200_000, "money"),
        ("ten_thousands", "", 120.0, 1_200, "thousands"),
        ("money", "", 1_200_000.0, 120, "ten_thousands"),
        ("money", "", 250_000_000.0, 2.5, "hundred_millions"),
        ("hours", "", 4.0, 240, "minutes"),
        ("days", "", 3.0, 72, "hours"),
        ("years", "", 2.0, 24, "months"),
        ("money", "month", 50_000.0, 600_000, "a_year"),
        ("money", "year", 600_000.0, 50_000, "a_month"),
    ],
)
def test_a_number_in_another_unit_is_told_which(unit, per, right, answer, said):
    (remark,) = judged(Num(0.0005, unit, per), right, answer).remarks
    assert (remark.key, remark.values["given_unit"]) == ("unit", said)


@pytest.mark.parametrize(
    ("right", "answer", "said"),
    [(1_460, 0.83, "looks_like_share"), (1_460, 1_200, "no_known_way"), (9, 0.5, "no_known_way"),
     (12.5, 0.5, "no_known_way")],
)  # fmt: skip
def test_a_share_in_the_place_of_a_count_is_told_so(right, answer, said):
    assert keys(judged(Num(0, "number"), right, answer)) == [said]


MOVES = pd.DataFrame({"step": ["opening", "new", "churn", "closing"], "amount": [650_000.0, 50_000, 0, 700_000]})


@pytest.mark.parametrize(("factor", "unit"), [(1_000, "thousands"), (10_000, "ten_thousands"), (1_000_000, "millions")])
def test_a_table_whose_numbers_are_all_off_by_one_factor_is_told_the_unit(factor, unit):
    given = MOVES.assign(amount=MOVES["amount"] / factor)
    (remark,) = judged(Table(("step",), ("amount",), 0.5, "money"), MOVES, given).remarks
    assert (remark.key, remark.values["given_unit"]) == ("unit", unit)


def test_a_table_in_another_unit_with_one_wrong_row_is_told_both():
    given = MOVES.assign(amount=[650.0, 60, 0, 700])
    unit, off = judged(Table(("step",), ("amount",), 0.5, "money"), MOVES, given).remarks
    assert (unit.key, unit.values["given_unit"]) == ("unit_as_well", "thousands")
    assert (off.key, off.values["count"], off.values["rows"]) == ("cells_off", 1, "new")


@pytest.mark.parametrize("answer", [0.04, 0.3])
def test_a_small_number_is_not_taken_for_a_still_smaller_one_in_percent_or_permille(answer):
    assert keys(judged(Num(0.0005), 0.8, answer, nobody=0.0, hardly_anybody=0.0002)) == ["no_known_way"]
    assert keys(judged(Num(0.0005), 0.0002, answer)) == ["no_known_way"]


def test_a_table_of_small_shares_is_not_taken_for_percent():
    shares = pd.DataFrame({"segment": ["smb", "mid"], "churn": [0.0002, 0.0003]})
    found = judged(Table(("segment",), ("churn",), 0.001, "share"), shares, shares.assign(churn=[0.05, 0.06]))
    assert keys(found) == ["cells_off"]


def test_a_wrong_way_in_another_unit_is_recognised_too():
    found = judged(answer=24.0, **YEARLY)
    assert (found.mistakes, keys(found)) == (("twelvefold",), ["unit_as_well"])


@pytest.mark.parametrize(("answer", "said"), [(0.86, "rounded_to"), (0.862, "rounded_to"), (0.9, "no_known_way")])
def test_a_number_that_was_rounded_too_early_is_told_so(answer, said):
    assert keys(judged(Num(0.0001), 0.8615, answer)) == [said]


@pytest.mark.parametrize(("tolerance", "decimals"), [(0.05, 1), (0.005, 2), (0.002, 3), (0.0005, 3), (0.0001, 4)])
def test_the_decimals_that_are_asked_for_are_enough(tolerance, decimals):
    assert Num(tolerance)._rounded().values == {"decimals": decimals}
    assert Num(tolerance).agrees(round(2 / 3, decimals), 2 / 3, None)


def test_where_whole_numbers_are_right_no_decimals_are_asked_for():
    assert keys(judged(Num(0, "number"), 1_463.0, 1_460)) == ["rounded"]


def test_numbers_in_quotation_marks_are_not_the_items_of_a_set_of_numbers():
    assert keys(judged(Set(), {12, 24}, {"12", "24"})) == ["numbers_as_text"]
    assert keys(judged(Set(), {12, 24}, {"12か月"})) == ["numbers_wanted"]


@pytest.mark.parametrize("kind", [Set(), Rank()])
def test_names_that_stand_beside_their_counts_are_to_be_taken_out(kind):
    counts = pd.Series(["price", "price", "merged"]).value_counts()
    assert keys(judged(kind, ["price", "merged"], counts)) == ["names_in_index"]
    assert judged(kind, ["price", "merged"], counts.index).outcome == "correct"


@pytest.mark.parametrize(
    "answer",
    [
        pd.Series(["not_used", "price"], dtype="category").unique(),
        pd.Series(["not_used", "price"], dtype="string").unique(),
        np.array(["not_used", "price"]),
        {np.str_("not_used"), np.str_("price")},
        {"not_used": 1, "price": 2}.keys(),
        ("Not used", " ＰＲＩＣＥ"),
    ],
)
def test_names_are_the_same_however_they_are_held_and_written(answer):
    assert judged(Set(("not_used", "price", "merged")), {"not_used", "price"}, answer).outcome == "correct"


def test_a_set_takes_a_list_and_says_so():
    found = judged(Set(), {12, 24}, [24, 12, 12])
    assert (found.outcome, keys(found)) == ("correct", ["list_for_set"])


@pytest.mark.parametrize(
    ("answer", "said", "part"),
    [
        ({"tickets", "csatt"}, "unknown_items", "csat"),
        ("tickets", "one_for_set", ""),
        (12, "one_for_set", ""),
        ({"tickets", "nps"}, "in_part", ""),
        ({"tickets": "a"}, "not_a_set", ""),
    ],
)
def test_what_is_wrong_with_a_set_is_said(answer, said, part):
    found = judged(Set(("tickets", "csat", "nps")), {"tickets", "csat"}, answer)
    assert (found.outcome, keys(found)) == ("not_yet", [said])
    assert part in str(found.remarks[0].values)


def test_things_put_into_classes_are_counted_and_missing_ones_named():
    kind, right = Classes(("A", "B", "C")), {"claim 1": "A", "claim 2": "C"}
    assert judged(kind, right, {"Claim 2": "c", "claim 1": "a"}).outcome == "correct"
    assert judged(kind, right, {"claim 1": "A", "claim 2": "B"}).remarks[0].values == {"right": 1, "count": 2}
    assert keys(judged(kind, right, {"claim 1": "A"})) == ["items_missing"]
    assert judged(kind, right, pd.Series(right)).outcome == "correct"
    for other in ({"A"}, ["A", "C"], "A", pd.DataFrame({"a": [1]})):
        assert keys(judged(kind, right, other)) == ["not_a_dict"]


def test_a_ranking_knows_its_reverse_and_refuses_what_has_no_order():
    kind, right = Rank(), ["a", "b", "c"]
    assert judged(kind, right, ("a", "b", "c")).outcome == "correct"
    assert keys(judged(kind, right, ["c", "b", "a"])) == ["reversed"]
    assert keys(judged(kind, right, {"a", "b", "c"})) == ["set_for_list"]
    assert keys(judged(kind, right, ["a", "b", "b"])) == ["items_twice"]
    assert keys(judged(kind, right, {"a": 1})) == ["not_a_list"]
    assert judged(kind, right, ["a", "c", "b"]).remarks[0].values == {"right": 1, "count": 3}


def test_what_belongs_in_a_ranking_is_counted_and_never_named():
    kind, right = Rank(choices=("price", "merged", "not_used", "other")), ["price", "merged"]
    for answer in (["not_used"], [], ["merged", "other"], ["price", "merged", "other"]):
        found = judged(kind, right, answer)
        assert keys(found) == ["in_part"]
        assert not {"price", "merged"} & set(map(str, found.remarks[0].values.values()))
    assert judged(kind, right, ["prise"]).remarks[0].values == {"items": "prise", "near": "price"}
    assert "other" in judged(kind, right, ["zzz"]).remarks[0].values["near"]


def test_what_is_missing_from_a_ranking_of_everything_is_named():
    kind = Rank(choices=("No guide", "Defect"))
    assert judged(kind, ["Defect", "No guide"], ["defect"]).remarks[0].values["items"] == "No guide"


def test_a_ranking_that_is_near_enough_counts_where_it_may():
    assert judged(Rank(0.5), ["a", "b", "c"], ["a", "c", "b"]).outcome == "correct"
    assert judged(Rank(0.6), ["a", "b", "c"], ["a", "c", "b"]).outcome == "not_yet"


BRIDGE = pd.DataFrame({"month": ["Jan", "Feb"], "mrr": [100.0, 110.0]})
BY_MONTH = Table(("month",), ("mrr",), 0.5)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (BRIDGE.iloc[::-1], []),
        (BRIDGE.set_index("month"), []),
        (BRIDGE.set_index("month")["mrr"], []),
        (BRIDGE.assign(note="x", mrr=[100.2, 110.0]), []),
        (BRIDGE.rename(columns={"mrr": "mmr"}), ["columns_missing"]),
        (BRIDGE.head(1), ["rows_missing"]),
        (pd.concat([BRIDGE, BRIDGE.head(1)]), ["rows_twice"]),
        (BRIDGE.assign(month=["Jan", "March"]), ["rows_unknown"]),
        (BRIDGE.assign(mrr=[100.0, 120.0]), ["cells_off"]),
        (BRIDGE.assign(mrr=["100", "110"]), ["cell_not_a_number"]),
        (BRIDGE.assign(mrr=[100.0, math.nan]), ["cell_missing"]),
        (BRIDGE.set_index("month", drop=False), []),
        (BRIDGE.groupby("month").agg({"mrr": ["sum"]}), ["columns_missing"]),
        (BRIDGE.head(0), ["nothing_in_it"]),
        (pd.DataFrame(), ["nothing_in_it"]),
        ({"Jan": 100.0}, ["not_a_table"]),
        (100.0, ["not_a_table"]),
    ],
)
def test_a_table_is_read_by_its_keys(answer, said):
    found = judged(BY_MONTH, BRIDGE, answer)
    assert found.outcome == ("not_yet" if said else "correct")
    assert keys(found) == said


def test_a_table_of_months_takes_any_way_of_writing_a_month():
    months = pd.date_range("2024-01-01", periods=2, freq="MS")
    right = pd.DataFrame({"month": months, "mrr": [1.0, 2.0]})
    by_period = right.assign(month=months.to_period("M"))
    assert judged(Table(("month",), ("mrr",)), right, by_period).outcome == "correct"


def test_a_table_in_percent_is_recognised():
    shares = pd.DataFrame({"segment": ["smb", "mid"], "churn": [0.1, 0.2]})
    found = judged(Table(("segment",), ("churn",), 0.001, "share"), shares, shares.assign(churn=[10.0, 20.0]))
    assert keys(found) == ["unit"]


WHY = Text(
    (
        Part("median", ("median", "中央値")),
        Part("tail", ("skew*", "外れ値", "long tail")),
        Part("mean_is_fine", ("use the mean", "平均でよい"), wanted=False),
    ),
    least=20,
)
SAID = "Report the median: the times are skewed."


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (SAID, []),
        ("報告は中央値で行います。外れ値があるためです。", []),
        ("The MEDIAN, because of the long tail of slow cases.", []),
        ("Report the median, because it is the usual choice.", ["parts_missing"]),
        ("Use the mean or the median, it is skewed anyway.", ["parts_unwanted"]),
        ("median skew", ["text_short_words"]),
        ("中央値。", ["text_short"]),
        ("median skewed median skewed median", ["only_keywords"]),
        ("中央値、外れ値、中央値、外れ値", ["only_keywords"]),
        ("!" * 30, ["parts_missing"]),
        (3.5, ["not_a_text"]),
    ],
)
def test_a_text_is_read_for_its_parts(answer, said):
    found = judged(WHY, SAID, answer)
    assert (found.outcome, keys(found)) == ("not_yet" if said else "correct", said)


def test_a_short_text_is_counted_in_full_width_letters_or_in_words():
    long = "We are going to report the median, and we are going to say why."
    kind = Text((Part("median", ("median", "中央値")),), least=60)
    (japanese,) = judged(kind, long, "中央値で報告します。").remarks
    assert japanese.values == {"count": 10, "least": 30}
    (english,) = judged(kind, long, "We report the median.").remarks
    assert english.values == {"count": 4, "least": 10}
    (many,) = judged(kind, long, "It is to be the median as we all do it so.").remarks
    assert many.values["least"] > many.values["count"]


@pytest.mark.parametrize(("letters", "outcome"), [(28, "not_yet"), (29, "correct")])
def test_half_a_letter_too_few_is_enough(letters, outcome):
    kind = Text((Part("median", ("中央値",)),), least=60)
    answer = "1" + "中央値" + "あ" * (letters - 3)
    assert judged(kind, "中央値" + "あ" * 30, answer).outcome == outcome


def test_what_was_given_several_times_is_named_once():
    found = judged(Classes(("adoption", "renewal")), {"A": "adoption"}, dict.fromkeys("ABCD", "定着"))
    assert found.remarks[0].values["items"] == "定着"


def test_a_wrong_text_is_recognised_by_what_it_says():
    assert judged(WHY, SAID, "We should simply use the mean here.", mean="Just use the mean of all.").mistakes == (
        "mean",
    )


def worth(_, hours: float) -> float:
    if hours > 100:
        raise UsageError(Fault("unknown_hint", {"level": hours, "last": 100}))
    return 100 - abs(hours - 60)


def test_a_decision_is_judged_by_what_it_gives_away():
    kind = Policy(worth, regret=0.1)
    assert judged(kind, 60, 69).outcome == "correct"
    found = judged(kind, 60, 20)
    assert (found.outcome, keys(found), found.remarks[0].values["share"]) == ("not_yet", ["worth_reached"], 0.6)


def test_a_decision_that_costs_more_than_it_brings_is_told_so():
    assert keys(judged(Policy(lambda _, hours: 60.0 - hours), 0, 80)) == ["worth_lost"]


def test_a_decision_that_cannot_be_carried_out_is_told_why():
    (remark,) = judged(Policy(worth), 60, 400).remarks
    assert remark.key == "cannot_be_done"
    assert "400" in feedback._remark(remark, "demo", "en")


def test_a_decision_of_another_form_is_the_answers_fault_and_not_the_kits():
    assert keys(judged(Policy(worth), 60, {"hours": 60})) == ["odd_decision"]


def test_a_bad_decision_is_a_misconception_only_when_it_is_that_very_one():
    kind = Policy(worth, regret=0.01)
    assert judged(kind, 60, 100, all_in=100).mistakes == ("all_in",)
    assert judged(kind, 60, 99, all_in=100).mistakes == ()


def test_a_decision_among_several_names_the_nearest_choice():
    kind = Policy(lambda _, answer: 1.0 if answer == "FAQ" else 0.0, choices=["FAQ", "Training"])
    assert judged(kind, "FAQ", "ｆａｑ").outcome == "correct"
    assert judged(kind, "FAQ", "Trainig").remarks[0].values["near"] == "Training"
    for several in (["FAQ"], {"FAQ"}, pd.Series(["FAQ"]), pd.DataFrame({"a": ["FAQ"]})):
        assert keys(judged(kind, "FAQ", several)) == ["not_a_choice"]


@pytest.mark.parametrize("answer", [0.5, ..., "?"])
def test_what_a_source_lacks_cannot_be_checked_and_is_said_answered_or_not(answer):
    found = judge(question(Num(), 0.5, needs=("contracts.end",)), answer, material())
    assert (found.outcome, keys(found)) == ("cannot_check", ["not_ready"])
    assert "contracts" in feedback._remark(found.remarks[0], "demo", "ja")


def test_a_reference_without_a_number_and_a_broken_one_cannot_be_checked():
    assert keys(judged(Num(), math.nan, 0.5)) == ["no_number"]
    broken = Question("demo", "E99", "99", Num(), lambda _: 1 / 0)
    found = judge(broken, 0.5, material())
    assert (found.outcome, keys(found)) == ("cannot_check", ["broken"])


def test_a_wrong_formula_that_breaks_on_this_book_is_left_out():
    broken = Question("demo", "E99", "99", Num(), lambda _: 0.5, (Mistake("broken", lambda _: 1 / 0),))
    assert wrong_answers(broken, material()) == {}
    assert judge(broken, 0.5, material()).outcome == "correct"


def test_right_and_wrong_answers_are_computed_once_for_a_material():
    calls = []
    counted = Mistake("counted", lambda _: calls.append("wrong") or 0.1)
    asked = Question("demo", "E99", "99", Num(), lambda _: calls.append("right") or 0.5, (counted,))
    held = material()
    for answer in (0.5, 0.1, 0.3):
        judge(asked, answer, held)
    assert sorted(calls) == ["right", "wrong"]


def test_an_answer_in_short_has_as_many_digits_as_are_read():
    assert [short(value) for value in (0.86154, 12345.678, -1234.5, 7, 1e-5)] == [
        "0.8615", "12,346", "-1,234", "7", "1e-05"
    ]  # fmt: skip


PLAIN_KINDS = {
    "num": (Num(), 0.8),
    "set": (Set(), {12, 24}),
    "classes": (Classes(), {"a": 1}),
    "rank": (Rank(), ["a", "b"]),
    "table": (BY_MONTH, BRIDGE),
    "text": (WHY, SAID),
    "policy": (Policy(worth), 60),
}


@pytest.mark.parametrize("name", PLAIN_KINDS)
@pytest.mark.parametrize(
    "answer", [0.8, "text", {12}, ["a"], {"a": 1}, BRIDGE, object(), len, math.nan, [[[]]], {(1, None)}]
)
def test_an_answer_is_judged_alike_in_a_notebook_and_after_the_way_through_a_file(name, answer):
    kind, right = PLAIN_KINDS[name]
    there = judged(kind, right, answer)
    through_a_file = judged(kind, right, answers.read(answers.write(answer)))
    assert there == through_a_file
    assert there.outcome in ("correct", "not_yet")


@pytest.mark.parametrize("name", PLAIN_KINDS)
def test_every_remark_that_can_be_made_is_said_in_both_languages(name):
    kind, right = PLAIN_KINDS[name]
    numbers_and_texts = (0.8, 80, 400, 10**400, math.nan, "text", "８", "8%", "median skewed " * 3)
    things = ({12}, {12, 13}, {"x"}, ["b", "a"], [..., 1], {"a": 1}, [0.8], map(str, "a"), object(), len)
    tables = (BRIDGE, BRIDGE.head(1), BRIDGE.head(0), BRIDGE["mrr"])
    for answer in (*numbers_and_texts, *things, *tables):
        found = judged(kind, right, answer)
        for remark in found.remarks:
            if remark.key.startswith("parts_"):
                continue
            said = [feedback._remark(remark, "demo", lang) for lang in LANGUAGES]
            assert said[0] != said[1]
            assert "{" not in "".join(said).replace('{"a"', "")
            assert "`Frame`" not in said[0] and "`Column`" not in said[0]


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.dates() | st.just(...)
names = st.text(max_size=3) | st.integers(-3, 3)
nested = st.recursive(
    scalars | st.frozensets(names, max_size=3) | st.builds(Strange, st.text(max_size=5)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=6,
)
columns = st.lists(st.tuples(nested, nested), max_size=3).map(
    lambda pairs: Column("x", ("",), tuple(one for one, _ in pairs), tuple(two for _, two in pairs))
)
frames = st.lists(st.tuples(nested, nested), max_size=3).map(lambda rows: Frame(("month", "mrr"), tuple(rows)))


@pytest.mark.slow
@pytest.mark.parametrize("name", PLAIN_KINDS)
@given(answer=nested | columns | frames)
def test_whatever_is_answered_the_kit_itself_does_not_fail(name, answer):
    kind, right = PLAIN_KINDS[name]
    found = judged(kind, right, answer)
    assert found.outcome != "cannot_check", found.remarks
    assert all(feedback.said(found, question(kind, right), lang) for lang in LANGUAGES if found.outcome == "not_yet")


numbers = st.floats(-1e6, 1e6, allow_nan=False)


@given(right=numbers, tolerance=st.floats(0, 10), wrong=numbers)
def test_the_right_number_is_correct_whatever_the_mistakes(right, tolerance, wrong):
    assert judged(Num(tolerance, "number"), right, right, wrong=wrong).outcome == "correct"


@given(right=numbers, tolerance=st.floats(1e-3, 10), beyond=st.floats(1e-3, 1e6), sign=st.sampled_from([-1, 1]))
def test_a_number_farther_than_the_tolerance_is_never_correct(right, tolerance, beyond, sign):
    answer = right + sign * (tolerance + beyond)
    assert judged(Num(tolerance, "number"), right, answer).outcome == "not_yet"


@given(st.sets(st.integers(0, 60)), st.sets(st.integers(0, 60)))
def test_only_the_very_set_is_correct(right, answer):
    assert (judged(Set(), right, answer).outcome == "correct") is (right == answer)


@given(st.permutations(["a", "b", "c", "d"]))
def test_only_the_very_order_is_correct(answer):
    right = ["a", "b", "c", "d"]
    assert (judged(Rank(), right, answer).outcome == "correct") is (answer == right)


@given(st.lists(numbers, min_size=1, max_size=6), st.data())
def test_a_table_is_correct_in_any_order_of_rows_and_wrong_with_one_cell_off(values, data):
    right = pd.DataFrame({"key": range(len(values)), "value": values})
    kind = Table(("key",), ("value",), 0.01)
    order = data.draw(st.permutations(range(len(values))))
    assert judged(kind, right, right.iloc[order]).outcome == "correct"
    off = right.copy()
    off.loc[data.draw(st.integers(0, len(values) - 1)), "value"] += 1.0
    assert judged(kind, right, off).outcome == "not_yet"


def test_a_share_of_the_best_worth_is_never_rounded_up_to_what_would_do():
    found = Policy(lambda material, answer: float(answer)).differences(89.9, 100, None)
    assert found[0].values["share"] == 0.89
