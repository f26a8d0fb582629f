"""What an exercise must keep to before it is built; each rule is broken once."""

from __future__ import annotations

from pathlib import Path

import pytest

from cslab.course.sheets.guards import faults_of
from cslab.course.source import read_exercise
from cslab.words import LANGUAGES

ANSWER = "heads = len(book.accounts)\n"
CHECK = 'check("heads", heads)'
BROKEN = [
    ("lesson_no_parameters", ('# %% tags=["parameters"]', "# %%")),
    ("lesson_missing_parameters", ('trainee: str = ""  # your name\n', "")),
    ("lesson_plumbing", (CHECK, f"for row in []:\n    print(row)\n{CHECK}")),
    ("lesson_long_cell", (CHECK, "".join(f"a{n} = {n}\n" for n in range(8)) + CHECK)),
    ("lesson_without_needs", ("needs: [contracts]", "needs: []")),
    ("unknown_need", ("needs: [contracts]", "needs: [contract]")),
    ("lesson_needs_missing", ("book = begin(", "later = book.tickets\nbook = begin(")),
    ("lesson_unknown_tag", ('tags=["speaker"]', 'tags=["speakers"]')),
    ("exercise_marks", ("### END SOLUTION\ncheck", "check")),
    ("exercise_marks", ("### BEGIN SOLUTION\nheads", "heads")),
    ("exercise_marks", ("### BEGIN SOLUTION\nheads", "## begin solution\nheads")),
    ("exercise_marks", (ANSWER, "heads = (\n### END SOLUTION\n### BEGIN SOLUTION\nlen(book.accounts))\n")),
    ("lesson_syntax", (CHECK, f"{CHECK} here")),
    ("exercise_check_form", (CHECK, 'check("heads", len(book.accounts))')),
    ("exercise_check_form", (CHECK, 'check("heads", more)')),
    ("exercise_check_form", (CHECK, "check(heads)")),
    ("exercise_twice", (CHECK, f"{CHECK}\n{CHECK}")),
    ("exercise_unknown_question", ('check("more", more)', 'check("mores", mores)')),
    ("exercise_unasked", ('check("more", more)', "print(more)")),
    ("exercise_open_hint", ('# hint("heads", 1)', 'hint("heads", 1)')),
    ("exercise_no_hint", ('# hint("heads", 1)', "# no hint")),
    ("exercise_no_hint", ('# hint("heads", 1)', '# hint("head", 1)')),
    ("exercise_no_task", ("# %% [markdown] lang=\"en\"\n# ## How much more than ten is the version?\n"
                          "# %% [markdown] lang=\"ja\"\n# ## 版の番号に10を足すと\n", "")),
    ("exercise_truth", (ANSWER, "heads = len(book.truth.accounts)\n")),
    ("exercise_answered", ("heads = ...\n", "heads = 3\n")),
    ("exercise_answered", (CHECK, f"heads = heads + 0\n{CHECK}")),
    ("exercise_no_stub", ("heads = ...\n", "")),
    ("exercise_long_answer", (ANSWER, "a = b = c = 1\n" * 5 + ANSWER)),
    ("exercise_typed_number", (ANSWER, "heads = 56\n")),
    ("exercise_typed_number", (ANSWER, "heads = -56.0\n")),
    ("exercise_no_solution", (ANSWER, "head = len(book.accounts)\n")),
    ("exercise_leak", (CHECK, f"print(len(book.accounts))\n{CHECK}")),
    ("exercise_leak", ("Your result is a whole number.", "Think of `len( book.accounts )`.")),
    ("exercise_leak", ("# 結果は整数です。", "# `heads = len(book.accounts)` と書きます。")),
    ("exercise_leak", (CHECK, f"# len(book.accounts)\n{CHECK}")),
]  # fmt: skip


def test_the_small_exercise_keeps_every_rule(small):
    assert faults_of(read_exercise(small())) == []


@pytest.mark.parametrize(("key", "change"), BROKEN, ids=[f"{place}-{key}" for place, (key, _) in enumerate(BROKEN)])
def test_a_broken_rule_is_named(small, key, change):
    faults = faults_of(read_exercise(small(change)))
    assert key in [fault.key for fault in faults]
    assert all(fault.text(lang) for fault in faults for lang in LANGUAGES)


def test_all_faults_of_an_exercise_are_told_at_once(small):
    changes = [change for key, change in BROKEN if key in ("exercise_no_stub", "exercise_open_hint", "unknown_need")]
    keys = {fault.key for fault in faults_of(read_exercise(small(*changes)))}
    assert keys == {"exercise_no_stub", "exercise_open_hint", "exercise_no_hint", "unknown_need"}


def test_the_nearest_question_of_the_lesson_is_offered(small):
    faults = faults_of(read_exercise(small(('check("more", more)', 'check("mores", mores)'))))
    assert "Nearest: more" in next(fault for fault in faults if fault.key == "exercise_unknown_question").text("en")


def test_a_place_for_an_answer_may_show_its_form(small):
    changes = ("more = ...", 'more = {"ten": ..., "version": ...}')
    assert faults_of(read_exercise(small(changes))) == []


def test_a_solution_may_use_what_given_code_may_not(small):
    loop = "ten = sum(1 for _ in range(10))"
    assert faults_of(read_exercise(small(("ten = 10", loop)))) == []


def test_a_sentence_that_is_an_answer_may_not_stand_in_the_task(small):
    sentence = 'more = "ten and the version"\n'
    given = ("# ## How much more than ten is the version?", "# ## Is it ten and the version?")
    faults = faults_of(read_exercise(small(("more = ten + variant\n", sentence), given)))
    assert [fault.key for fault in faults] == ["exercise_leak"]


def test_the_miniature_exercise_lies_where_exercises_lie(small):
    assert small().parts[-3:] == Path("exercises/source/99_small.py").parts
