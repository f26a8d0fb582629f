"""What a lesson must keep to before it is built; each rule is broken once."""

from __future__ import annotations

from pathlib import Path

import pytest

from cslab.course.guards import faults_of
from cslab.course.source import read_source
from cslab.faults import DataError
from cslab.words import LANGUAGES

TWIN = '# %% [markdown] lang="ja" tags=["core"]\n# # 小さな章\n# ## はじめに\n# ひとこと。\n'
BROKEN = [
    ("lesson_plumbing", ("truth = 0.123456", "for row in []:\n    print(row)\ntruth = 0.123456")),
    ("lesson_plumbing", ("len(book.accounts)", "sum(1 for _ in book.accounts)")),
    ("lesson_plumbing", ("truth = 0.123456", "double = lambda x: 2 * x\ntruth = 0.123456")),
    ("lesson_plumbing", ("truth = 0.123456", "def double(x):\n    return 2 * x\ntruth = 0.123456")),
    ("lesson_plumbing", ("truth = 0.123456", "class Double: ...\ntruth = 0.123456")),
    ("lesson_plumbing", ("truth = 0.123456", "while False: pass\ntruth = 0.123456")),
    ("lesson_long_cell", ("truth = 0.123456", "\n".join(f"a{n} = {n}" for n in range(8)) + "\ntruth = 0.123456")),
    ("lesson_needs_missing", ("len(book.accounts)", "len(book.usage_monthly)")),
    ("lesson_needs_missing", ("book.contracts[\"tenure_months\"].sum()", "late = 1\n# %%\nlate + 1")),
    ("lesson_without_needs", ("needs: [accounts]", "needs: []")),
    ("unknown_need", ("%%needs contracts.tenure_months", "%%needs contracts.tenor")),
    ("unknown_need", ("needs: [accounts]", "needs: [acounts]")),
    ("unknown_misconception", ("[M01]", "[M01, M99]")),
    ("lesson_no_verdict", ("[M01]", "[M01, M13]")),
    ("lesson_verdict_not_in_head", ("misconceptions: [M01]", "misconceptions: []")),
    ("lesson_late_guess", ("verdict(\"M01\", naive=0.5, better=0.2, truth=truth)", "predict(\"M01\", 25)")),
    ("lesson_late_guess", ("truth=truth)", "truth=truth)\n# %%\npredict(\"M01\", 25)")),
    ("lesson_unknown_tag", ("lang=\"en\" tags=[\"core\"]", "lang=\"en\" tags=[\"cor\"]")),
    ("lesson_unknown_tag", ("# %%\ntruth = 0.123456", "# %% tags=[\"speaker\"]\ntruth = 0.123456")),
    ("lesson_no_sentence", ("number_of_accounts", "number_of_acounts")),
    ("lesson_too_long", ("minutes_core: 5", "minutes_core: 50")),
    ("lesson_syntax", ("truth = 0.123456", "truth := 0.123456")),
    ("lesson_no_parameters", ("# %% tags=[\"parameters\"]", "# %%")),
    ("lesson_missing_parameters", ("as_of: str = \"\"  # last day that is known\n", "")),
    ("parameter_line", ("horizon: int = 12  # months to look at", "horizon: int | None = 12  # months to look at")),
    ("parameter_line", ("horizon: int = 12  # months to look at", "horizon: int = 6 * 2  # months to look at")),
    ("parameter_line", ("# months to look at", "# months = time to look at")),
    ("parameter_line", ("  # months to look at", "")),
    ("parameter_default", ("horizon: int = 12", "horizon: int = \"12\"")),
]  # fmt: skip
HEADS = [
    ("lesson_unpaired", (TWIN, "")),
    ("lesson_no_lang", ("# %% [markdown] lang=\"en\" tags=[\"core\"]", "# %% [markdown]")),
    ("lesson_no_head", ("# %% [raw]\n", "# %% [markdown] lang=\"en\"\n")),
    ("lesson_head_unknown", ("minutes_core: 5", "minutes_core: 5\n# minuts: 3")),
    ("lesson_head_value", ("minutes_core: 5", "minutes_core: five")),
    ("lesson_head_value", ("title_ja: 小さな章", "title_ja:")),
    ("lesson_head_number", ("number: \"99\"", "number: \"98\"")),
]  # fmt: skip


def source_of(folder: Path):
    return read_source(folder / "source" / "99_miniature.py")


def test_the_miniature_keeps_every_rule(miniature):
    assert faults_of(source_of(miniature())) == []


@pytest.mark.parametrize(("key", "change"), BROKEN, ids=lambda value: value if isinstance(value, str) else "")
def test_a_broken_rule_is_named(miniature, key, change):
    faults = faults_of(source_of(miniature(change)))
    assert key in [fault.key for fault in faults]
    assert all(fault.text(lang) for fault in faults for lang in LANGUAGES)


@pytest.mark.parametrize(("key", "change"), HEADS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_slip_in_the_head_or_a_missing_twin_is_named(miniature, key, change):
    with pytest.raises(DataError) as caught:
        source_of(miniature(change))
    assert key in [fault.key for fault in caught.value.faults]
    assert all(caught.value.text(lang) for lang in LANGUAGES)


def test_all_faults_of_a_lesson_are_told_at_once(miniature):
    changes = [
        change for key, change in BROKEN if key in ("lesson_too_long", "lesson_no_sentence", "lesson_without_needs")
    ]
    keys = {fault.key for fault in faults_of(source_of(miniature(*changes)))}
    assert keys == {"lesson_too_long", "lesson_no_sentence", "lesson_without_needs"}


def test_the_one_cell_that_opens_the_box_may_hold_plain_pandas(miniature):
    box = '# %% tags=["box"]\nfor row in book.accounts.itertuples():\n    print(row)\n# %%\ntruth = 0.123456'
    assert faults_of(source_of(miniature(("# %%\ntruth = 0.123456", box)))) == []


def test_a_second_box_is_one_too_many(miniature):
    box = '# %% tags=["box"]\nprint(1)\n'
    faults = faults_of(source_of(miniature(("# %%\ntruth = 0.123456", f"{box}{box}# %%\ntruth = 0.123456"))))
    assert [fault.key for fault in faults] == ["lesson_boxes"]


def test_what_is_assigned_under_a_need_may_be_used_under_the_same_need(miniature):
    body = "late = 1\n# %%\n# %%needs contracts.tenure_months\nlate + 1"
    assert faults_of(source_of(miniature(('book.contracts["tenure_months"].sum()', body)))) == []
