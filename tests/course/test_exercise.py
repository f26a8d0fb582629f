"""What an exercise calls: begin, check, hint."""

from __future__ import annotations

import pytest
from IPython.core.interactiveshell import InteractiveShell

from cslab import words
from cslab.course import exercise, lesson, shown
from cslab.course.questions import bank, feedback
from cslab.course.questions.kinds import Num
from cslab.course.questions.question import Mistake, Question
from cslab.faults import UsageError

TINY = "synthetic:tiny?seed=11"
CUSTOMERS = Question(
    "customers_with_truth",
    "E99",
    "99",
    Num(0.5, "number"),
    lambda material: len(material.book.accounts) + (0 if material.book.truth is None else 1000),
    (Mistake("without", lambda material: len(material.book.accounts)),),
)
SAID = {
    "title": "customers",
    "correct": "A thousand more, because the truth is there.",
    "hint.1": "Look at the truth.",
    "hint.2": "Count.",
    "hint.3": "Add `1000`.",
    "mistake.without": "{answer} is the number without the truth.",
}


@pytest.fixture(autouse=True)
def a_question_that_only_the_truth_answers(monkeypatch):
    """One question in the bank, its words, and nothing begun."""
    for name, text in SAID.items():
        key = f"question.{CUSTOMERS.id}.{name}"
        monkeypatch.setitem(words._dictionary(), key, {"key": key, "en": text, "ja": f"和文 {text}"})
    monkeypatch.setattr(bank, "questions", lambda: (CUSTOMERS,))
    monkeypatch.setattr(exercise, "_materials", [])


@pytest.fixture
def kept(monkeypatch):
    """Everything that is shown, as (text, html, kind, record)."""
    found = []
    monkeypatch.setattr(shown, "show", lambda text, html="", kind="", data=None: found.append((text, html, kind, data)))
    return found


def test_the_learner_gets_the_company_without_its_truth_and_the_check_judges_with_it(kept):
    book = exercise.begin("99", TINY)
    assert book.truth is None
    exercise.check(CUSTOMERS.id, len(book.accounts) + 1000)
    exercise.check(CUSTOMERS.id, len(book.accounts))
    assert [(data["outcome"], data["mistake"]) for _, _, kind, data in kept if kind == shown.CHECK] == [
        ("correct", ""),
        ("not_yet", "without"),
    ]


def test_a_check_shows_mark_sign_and_word_as_text_and_as_a_box(kept):
    exercise.begin("99", TINY, lang="ja")
    exercise.check(CUSTOMERS.id)
    text, html, _, record = kept[-1]
    assert text.startswith("⬜ 未着手  E99 customers_with_truth")
    assert "□" in html and "未着手" in html and "background:#" in html
    assert record == {
        "question": CUSTOMERS.id, "exercise": "E99", "outcome": "not_attempted", "mistake": "",
    }  # fmt: skip


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_message_of_a_misconception_names_the_answer_and_the_way_on(kept, lang):
    book = exercise.begin("99", TINY, lang=lang)
    exercise.check(CUSTOMERS.id, len(book.accounts))
    assert f"{len(book.accounts)} is the number without the truth." in kept[-1][0]
    assert 'hint("customers_with_truth", 1)' in kept[-1][0]


def test_no_sentence_of_a_wrong_answer_holds_the_right_one(kept):
    book = exercise.begin("99", TINY)
    right = len(book.accounts) + 1000
    for answer in (3, "text", [1, 2], len, right * 12, 1e9):
        exercise.check(CUSTOMERS.id, answer)
        assert str(right) not in kept[-1][0] and f"{right:,}" not in kept[-1][0]


def test_hints_come_in_three_levels_and_each_says_how_to_get_the_next(kept):
    exercise.begin("99", TINY)
    for level in (1, 2, 3):
        exercise.hint(CUSTOMERS.id, level)
    first, _, last = kept[-3:]
    assert first[0].splitlines() == [
        "Hint 1 of 3",
        "  Look at the truth.",
        '  More: `hint("customers_with_truth", 2)`.',
    ]
    assert "<code>1000</code>" in last[1] and "More" not in last[0]


def test_what_stands_in_an_answer_cannot_become_html(kept):
    exercise.begin("99", TINY)
    exercise.check(CUSTOMERS.id, "<script>alert(1)</script>")
    assert "<script" not in kept[-1][1]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: exercise.check("customers_with_trut", 1), "Nearest: customers_with_truth"),
        (lambda: exercise.check("zzz", 1), "Nearest: customers_with_truth"),
        (lambda: exercise.check(0.5), 'check("customers_with_truth", customers_with_truth)'),
        (lambda: exercise.check(["customers_with_truth"], 1), 'check("customers_with_truth", customers_with_truth)'),
        (lambda: exercise.hint(...), "in quotation marks"),
        (lambda: exercise.hint(CUSTOMERS.id, 4), "from 1 to 3"),
        (lambda: exercise.hint(CUSTOMERS.id, 1.0), "from 1 to 3"),
        (lambda: exercise.hint(CUSTOMERS.id, True), "from 1 to 3"),
        (lambda: exercise.hint(CUSTOMERS.id, "1"), "from 1 to 3"),
        (lambda: exercise.begin("99", TINY, lang="fr"), "fr"),
    ],
)
def test_a_slip_in_a_call_is_told_with_the_way_on(kept, call, said):
    exercise.begin("99", TINY)
    with pytest.raises(UsageError) as error:
        call()
    assert said in error.value.text("en")


def test_checking_before_beginning_is_told_without_a_traceback(monkeypatch, capsys):
    shell = InteractiveShell()
    monkeypatch.setattr(shown, "shell", lambda: shell)
    shell.user_ns["check"] = exercise.check
    assert not shell.run_cell("check('nrr', 1)").success
    InteractiveShell.clear_instance()
    printed = capsys.readouterr().out
    assert "begin" in printed and "Traceback" not in printed


def test_checking_before_beginning_says_what_to_run_first(kept):
    with pytest.raises(UsageError) as error:
        exercise.check(CUSTOMERS.id, 1)
    assert "begin" in error.value.text("en")


def test_where_answers_are_judged_elsewhere_nothing_is_judged_and_no_bank_is_opened(kept, monkeypatch):
    monkeypatch.setenv(exercise.GRADED, "1")
    monkeypatch.setattr(bank, "find", lambda name: pytest.fail("the bank was opened"))
    exercise.begin("99", TINY)
    exercise.check(CUSTOMERS.id, 1)
    exercise.hint(CUSTOMERS.id, 3)
    assert [text for text, *_ in kept[1:]] == ["Noted. Answers are judged after the notebook has run."] * 2
    assert not any(kind == shown.CHECK for _, _, kind, _ in kept)


def test_an_exercise_is_a_reading_so_that_sentences_and_verdicts_work_in_it(kept):
    exercise.begin("99", TINY, lang="ja")
    lesson.say("number_of_accounts", 3)
    assert kept[-1][0] == "顧客は3社です。"


@pytest.mark.parametrize("name", ["Hanako Sato", "hanako sato", "ＨＡＮＡＫＯ　ＳＡＴＯ", " HanakoSato "])
def test_a_name_gives_the_same_company_however_it_is_typed(name):
    assert exercise.own_source(TINY, name) == exercise.own_source(TINY, "Hanako Sato") != TINY


@pytest.mark.slow
def test_a_name_that_gives_no_company_of_ones_own_is_said_to_change_nothing(capsys):
    exercise.begin("99", "folder:datasets/sample", trainee="佐藤")
    assert "“佐藤” changes nothing here" in capsys.readouterr().out
    exercise.begin("99", TINY, trainee="佐藤")
    exercise.begin("99", "folder:datasets/sample")
    assert "changes nothing" not in capsys.readouterr().out


def test_two_trainees_get_two_companies_and_no_name_leaves_the_source_alone(kept):
    assert exercise.own_source(TINY, "佐藤 花子") != exercise.own_source(TINY, "佐藤 太郎")
    assert exercise.own_source(TINY, "") == exercise.own_source(TINY, "　") == TINY
    one = exercise.begin("99", TINY, trainee="佐藤 花子")
    other = exercise.begin("99", TINY, trainee="佐藤 太郎")
    assert not one.accounts["mrr0_amount"].equals(other.accounts["mrr0_amount"])


def test_the_data_of_a_folder_are_everybodys():
    assert exercise.own_source("folder:some where/データ", "花子") == "folder:some where/データ"


def test_a_source_that_names_no_seed_gets_one():
    assert "seed=" in exercise.own_source("synthetic:tiny", "花子")


def test_every_outcome_has_a_sign_a_colour_and_a_word():
    for outcome, (sign, colour) in feedback.LOOKS.items():
        assert sign and colour.startswith("#")
        assert len({feedback.heading(outcome, lang) for lang in words.LANGUAGES}) == 2
    assert len({sign for sign, _ in feedback.LOOKS.values()}) == len(feedback.LOOKS)
