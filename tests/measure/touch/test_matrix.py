"""The matrix of lifecycle and touch: what it takes, and what is refused."""

from __future__ import annotations

import pandas as pd
import pytest

from cslab.faults import DataError, UsageError
from cslab.measure import touch
from cslab.measure.alerts import playbooks
from cslab.measure.touch import Bilingual, Cell, Matrix

CELL = "problem: p, activity: a, goal: g, metric: m, owner: cs"


def draft(*cells: str, more: str = "") -> Matrix:
    rows = "".join(f"  - {{{cell}}}\n" for cell in cells)
    return touch.read_matrix_draft(f"matrix: own\ncells:\n{rows}{more}")


def rules(matrix: Matrix) -> list[str]:
    found = touch.lint(matrix)
    return found.loc[found["serious"], "rule"].tolist()


def test_a_sound_cell_has_nothing_to_mend() -> None:
    assert rules(draft(f"phase: adoption, tier: high, hours: 5, {CELL}")) == []


@pytest.mark.parametrize("name", ["activity", "goal", "metric", "owner"])
def test_a_cell_without_one_of_its_parts_is_told(name: str) -> None:
    left = ", ".join(part for part in CELL.split(", ") if not part.startswith(name))
    assert rules(draft(f"phase: adoption, tier: high, hours: 5, {left}")) == [f"{name}_missing"]


def test_a_cell_without_hours_is_told_and_none_at_all_is_an_answer() -> None:
    assert rules(draft(f"phase: adoption, tier: high, {CELL}")) == ["hours_missing"]
    assert rules(draft(f"phase: adoption, tier: high, hours: 0, {CELL}")) == []


def test_a_tool_before_a_problem_is_refused_and_after_it_is_not() -> None:
    without = CELL.removeprefix("problem: p, ")
    assert rules(draft(f"phase: adoption, tier: tech, hours: 1, tool: chat, {without}")) == ["tool_first"]
    assert rules(draft(f"phase: adoption, tier: tech, hours: 1, tool: chat, {CELL}")) == ["tool_first"]
    assert rules(draft(f"phase: adoption, tier: tech, hours: 1, {CELL}, tool: chat")) == []


def test_an_empty_problem_above_a_tool_is_no_problem() -> None:
    cell = CELL.replace("problem: p", 'problem: " "')
    assert "tool_first" in rules(draft(f"phase: adoption, tier: tech, hours: 1, {cell}, tool: chat"))


def test_cells_that_are_missing_or_there_twice_are_told() -> None:
    high, mid = (f"phase: {phase}, tier: high, hours: 5, {CELL}" for phase in ("adoption", "renewal"))
    low = f"phase: renewal, tier: ロータッチ, hours: 1, {CELL}"
    assert rules(draft(high, mid, low)) == ["cell_missing"]
    assert rules(draft(high, high)) == ["cell_twice"]


def test_community_may_stand_in_some_phases_only() -> None:
    cells = [f"phase: {phase}, tier: high, hours: 5, {CELL}" for phase in ("adoption", "renewal")]
    assert rules(draft(*cells, f"phase: adoption, tier: community, hours: 1, {CELL}")) == []


def test_phases_without_a_cell_are_asked_about_but_not_refused() -> None:
    found = touch.lint(draft(f"phase: adoption, tier: high, hours: 5, {CELL}"))
    missing = set(found.loc[found["rule"] == "phase_missing", "phase"])
    assert missing == {"evaluation", "purchase", "onboarding", "renewal"} and not found["serious"].any()


def test_an_occasion_must_be_noticed_by_a_playbook_and_have_means() -> None:
    cell = f"phase: adoption, tier: high, hours: 5, {CELL}"
    occasion = "occasions:\n  - {occasion: late, playbook: onboarding_lat, means: {high: visit}}\n"
    assert rules(draft(cell, more=occasion)) == ["playbook_unknown"]
    bare = "occasions:\n  - {occasion: late, playbook: onboarding_late}\n"
    assert "means_missing" in touch.lint(draft(cell, more=bare))["rule"].tolist()


def test_a_matrix_in_use_is_refused_with_every_finding_and_its_line() -> None:
    text = "matrix: own\ncells:\n- phase: adoption\n  tier: tech\n  tool: chat\n  hours: 1\n"
    with pytest.raises(DataError) as caught:
        touch.read_matrix(text, "mine.yaml")
    found = str(caught.value)
    assert found.count("line 3:") == 5 and "chat is named before any problem" in found


def test_a_form_that_is_wrong_is_told_before_anything_else() -> None:
    with pytest.raises(DataError, match=r"adopton: no such phase\. Nearest: adoption"):
        draft("phase: adopton, tier: high")
    with pytest.raises(DataError, match="should be a text"):
        draft("phase: adoption, tier: high, goal: [a, b]")
    with pytest.raises(DataError, match="goall"):
        draft("phase: adoption, tier: high, goall: x")


def test_the_shipped_matrix_is_sound_in_both_languages() -> None:
    matrix = touch.matrix_of()
    assert touch.lint(matrix).empty
    assert (matrix.table("ja") != matrix.table("en")).any().all() or len(matrix.cells) == 18
    for cell in matrix.cells:
        assert all(getattr(cell, name).en != getattr(cell, name).ja for name in ("problem", "activity", "goal"))


def test_every_occasion_of_the_shipped_matrix_has_its_playbook_owner_and_means() -> None:
    table = touch.occasions(touch.matrix_of(), lang="ja")
    assert len(table) == 5 and (table[["occasion", "owner", "high", "mid", "tech"]] != "").all().all()
    assert set(table["occasion"]) <= {one.label("ja") for one in playbooks().playbooks.values()}


def test_load_is_customers_times_hours_and_grows_with_the_book() -> None:
    own = Matrix("own", (Cell("onboarding", "high", hours=10.0), Cell("adoption", "high", touches={"call": 4})))
    some = pd.DataFrame({"phase": ["onboarding", "adoption"], "tier": "high", "customers": [2, 10]})
    found = touch.matrix_load(own, some, growth=3)
    assert found["load_hours"].tolist() == [60.0, 90.0]


def test_customers_of_whom_the_matrix_says_nothing_are_not_passed_over() -> None:
    some = pd.DataFrame({"phase": ["renewal"], "tier": ["tech"], "customers": [7]})
    with pytest.raises(UsageError, match="7 customers are in renewal with tech"):
        touch.matrix_load(Matrix("own", (Cell("adoption", "high", hours=1.0),)), some)
    with pytest.raises(UsageError, match="growth = 0"):
        touch.matrix_load(Matrix("own", ()), some, growth=0)


@pytest.mark.slow
def test_the_shipped_matrix_takes_about_what_the_tiers_take() -> None:
    import cslab

    book = cslab.load("synthetic:tiny?accounts=400")
    load = touch.matrix_load(touch.matrix_of(), touch.counts(book))["load_hours"].sum()
    assert load == pytest.approx(touch.load(book, growth=[1])["hours"].iloc[0], rel=0.15)


def test_everybody_with_a_tier_is_counted_once() -> None:
    import cslab

    book = cslab.load("synthetic:tiny?accounts=400")
    found = touch.counts(book)
    there = set(touch.assign(book, touch.TierRule("own", 0, 0))["account_id"])
    assert found["customers"].sum() == pytest.approx(len(there), abs=0.02 * len(there))


def test_who_answers_and_who_helps() -> None:
    cells = (
        Cell("adoption", "high", owner="cs", supports=("sales",)),
        Cell("adoption", "tech", owner="sales"),
        Cell("renewal", "high", owner="cs"),
    )
    found = touch.raci(Matrix("own", cells)).set_index("phase")
    assert found["Sales"].tolist() == ["A: tech touch\nC: high touch", ""]
    assert found["Customer success"].tolist() == ["A: high touch", "A: high touch"]


def test_a_text_in_one_language_stands_for_both() -> None:
    assert Bilingual.of("visit").text("ja") == "visit" and Bilingual.of({"ja": "訪問"}).text("en") == "訪問"
