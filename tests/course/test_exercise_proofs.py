"""Proven of every exercise there is: open as handed out, right when solved, each mistake told by name, no orphan."""

from __future__ import annotations

import json
import keyword
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import pytest

import cslab
from cslab.book import Book
from cslab.course import shown
from cslab.course.kernels import execute
from cslab.course.notebook import bare, fresh
from cslab.course.pages import records
from cslab.course.questions import bank, feedback
from cslab.course.questions.judge import judge
from cslab.course.questions.kinds import Part, Rank, Set, Text
from cslab.course.questions.question import Material, Question
from cslab.course.sheets import guards as sheet_guards
from cslab.course.sheets.build import look_at
from cslab.course.sheets.exercises import ExerciseSheet
from cslab.course.sheets.solutions import BEGIN, blocks, unsolved
from cslab.course.sheets.trial import tried
from cslab.course.source import Source, read_exercise
from cslab.sources import load
from cslab.words import LANGUAGES, _dictionary, word
from tests.course import small_exercise
from tests.course.proofs import (
    COMPANIES,
    gives_away,
    judged_mistakes,
    numbers_told,
    singles_out,
    tells_solution,
    writings,
)

pytestmark = pytest.mark.slow  # whole verbs and companies: `make test` runs them

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "exercises"
SOURCES = sorted((HOME / "source").glob("[0-9][0-9]_*.py"))
BUILT = [HOME / lang / f"{source.stem}.ipynb" for source in SOURCES for lang in LANGUAGES]
QUESTIONS = bank.questions()
each_exercise = pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
each_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
each_company = pytest.mark.parametrize("company", COMPANIES)
each_notebook = pytest.mark.parametrize("path", BUILT, ids=lambda path: f"{path.parent.name}/{path.stem}")
sources = cache(read_exercise)
books = cache(load)


@dataclass
class Materials:
    """The company of each name, made once for all tests, with what was computed from it."""

    made: dict[str, Material] = field(default_factory=dict)

    def of(self, company: str) -> Material:
        """The material of a company."""
        source, variant = COMPANIES[company]
        return self.made.setdefault(company, Material(books(source), variant))


@pytest.fixture(scope="session")
def materials() -> Materials:
    return Materials()


@pytest.fixture
def cached_books(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets every trial of this session share its companies."""
    monkeypatch.setattr(cslab, "load", lambda source, as_of="": books(source, as_of))


def told_mistakes(question: Question, materials: Materials) -> dict[str, list[str]]:
    """For each mistake of a question, the companies on which it is told by its own name."""
    told: dict[str, list[str]] = {mistake.name: [] for mistake in question.mistakes}
    for company in COMPANIES:
        for name, judgement in judged_mistakes(question, materials.of(company)).items():
            if judgement.mistakes == (name,):
                told[name].append(company)
    return told


def pieces_of(source: Source[ExerciseSheet]) -> list[str]:
    """What the solutions of an exercise compute, piece by piece."""
    solved = [lines for cell in source.code_cells for lines in blocks(cell.code)]
    return [piece for lines in solved for piece in sheet_guards._telling(lines)]


def words_wanted(questions: tuple[Question, ...]) -> set[str]:
    """The words that some questions use."""
    return {f"question.{question.id}.{name}" for question in questions for name in names_of(question)}


def names_of(question: Question) -> Iterator[str]:
    """The names of the words of one question."""
    yield from ("title", "correct", "hint.1", "hint.2", "hint.3")
    yield from (f"mistake.{mistake.name}" for mistake in question.mistakes)
    if isinstance(question.kind, Text):
        yield from (f"part.{part.name}" for part in question.kind.parts)


@each_exercise
def test_a_source_keeps_the_rules_and_its_solutions_stand_within_their_marks(path: Path):
    assert [fault.text("en") for fault in sheet_guards.faults_of(sources(path))] == []


@each_exercise
def test_its_notebooks_are_what_the_source_says_today(path: Path):
    looked, _ = look_at(sources(path), HOME, solutions=False, force=False)
    behind = [f"{one.shelf}/{one.lang}/{one.name}" for one in looked if one.state != "unchanged"]
    assert behind == [], f"run: cslab build {path.name[:2]}"


@each_notebook
def test_a_notebook_is_handed_out_without_outputs_solutions_or_this_machine(path: Path):
    text = path.read_text(encoding="utf-8")
    cells = json.loads(text)["cells"]
    assert not [cell for cell in cells if cell.get("outputs") or cell.get("execution_count")]
    assert not [trace for trace in (BEGIN, str(ROOT), "/home/", "/tmp/", "C:\\\\") if trace in text]


@each_exercise
def test_both_languages_hold_the_same_code_but_for_the_default_of_lang(path: Path):
    english, japanese = ([bare(cell.source) for cell in fresh(unsolved(sources(path)), lang).cells
                          if cell.cell_type == "code"] for lang in LANGUAGES)  # fmt: skip
    assert english == japanese


def test_there_is_no_notebook_without_a_source_and_no_source_without_a_lesson():
    assert sorted(HOME.glob("??/*.ipynb")) == sorted(BUILT)
    lessons = {path.stem for path in (ROOT / "notebooks" / "source").glob("*.py")}
    assert {source.stem for source in SOURCES} <= lessons


def test_there_is_no_source_without_questions_and_no_question_without_a_source():
    asked = [(path.stem[:2], question) for path in SOURCES for question in sources(path).head.questions]
    assert sorted(asked) == sorted((question.lesson, question.id) for question in QUESTIONS)


def test_the_id_of_a_question_is_its_own_and_a_name_that_code_can_use():
    names = [question.id for question in QUESTIONS]
    assert len(set(names)) == len(names)
    assert [name for name in names if not name.isidentifier() or keyword.iskeyword(name)] == []


def test_every_word_of_a_question_is_there_and_every_one_that_is_there_is_used():
    there = {key for key in _dictionary() if key.startswith("question.")}
    assert there == words_wanted(QUESTIONS)


@each_question
def test_no_two_mistakes_of_a_question_are_told_in_the_same_words(question: Question):
    for lang in LANGUAGES:
        texts = [word(f"question.{question.id}.mistake.{mistake.name}", lang) for mistake in question.mistakes]
        assert len(set(texts)) == len(texts)


@pytest.mark.slow
@each_exercise
def test_as_handed_out_nothing_is_attempted(path: Path, cached_books: None):
    source = unsolved(sources(path))
    for lang in LANGUAGES:
        trial = tried(source, source=COMPANIES["default_jp-3"][0], lang=lang)
        assert trial.error == ""
        assert {name: trial.outcome(name) for name in source.head.questions} == dict.fromkeys(
            source.head.questions, "not_attempted"
        )


@pytest.mark.slow
@each_company
@each_exercise
def test_every_solution_is_right_on_every_company(path: Path, company: str, cached_books: None):
    source, (address, variant) = sources(path), COMPANIES[company]
    trial = tried(source, source=address, variant=variant)
    assert trial.error == ""
    wrong = {name: trial.checks.get(name) for name in source.head.questions if trial.outcome(name) != "correct"}
    assert wrong == {}


@pytest.mark.slow
@each_question
def test_every_mistake_is_told_by_its_own_name_on_two_companies(question: Question, materials: Materials):
    rare = {name: found for name, found in told_mistakes(question, materials).items() if len(found) < 2}
    assert rare == {}


@pytest.mark.slow
@each_question
def test_what_is_told_of_a_mistake_is_its_message_in_both_languages(question: Question, materials: Materials):
    for company in COMPANIES:
        for name, judgement in judged_mistakes(question, materials.of(company)).items():
            for lang in LANGUAGES:
                told = feedback.text(judgement, question, lang)
                assert feedback.mistake(question.id, name, lang, judgement.answer) in told


@pytest.mark.slow
@each_question
def test_no_message_and_no_first_hint_gives_the_answer(question: Question, materials: Materials):
    names = ["hint.1", *(f"mistake.{mistake.name}" for mistake in question.mistakes)]
    texts = {(name, lang): word(f"question.{question.id}.{name}", lang) for name in names for lang in LANGUAGES}
    for company in COMPANIES:
        given = {place: gives_away(text, question, materials.of(company)) for place, text in texts.items()}
        assert {place: what for place, what in given.items() if what} == {}


@pytest.mark.slow
@each_question
def test_whatever_is_answered_no_sentence_gives_the_answer(question: Question, materials: Materials):
    material = materials.of("default_jp-3")
    for answer in (0, -7, "zzz", [], ["zzz"], {"zzz"}, {"zzz": "zzz"}, print, {"customers": "zzz", "money": "zzz"}):
        judgement = judge(question, answer, material)
        told = [
            singles_out(" ".join(feedback.said(judgement, question, lang)), question, material) for lang in LANGUAGES
        ]
        assert judgement.outcome == "not_yet" and told == ["", ""], answer


@each_exercise
def test_no_first_hint_holds_a_piece_of_a_solution(path: Path):
    pieces = pieces_of(sources(path))
    hints = {(name, lang): word(f"question.{name}.hint.1", lang) for name in sources(path).head.questions
             for lang in LANGUAGES}  # fmt: skip
    assert {place: piece for place, text in hints.items() if (piece := tells_solution(text, pieces))} == {}


@pytest.mark.course
@each_exercise
def test_a_real_kernel_says_the_same(path: Path, tmp_path: Path):
    for version, lang, wanted in ((unsolved(sources(path)), "en", "not_attempted"), (sources(path), "ja", "correct")):
        notebook = fresh(version, lang)
        given = next(cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", ()))
        given.source += f'\nsource = "{COMPANIES["default_jp-3"][0]}"'
        done = records(execute(notebook, tmp_path), shown.CHECK)
        assert [(record["question"], record["outcome"]) for record in done] == [
            (name, wanted) for name in version.head.questions
        ]


def test_a_number_is_found_however_it_is_written():
    assert {"86.15", "0.8615", "86", "86.2"} <= writings(0.8615384)
    assert {"1234.6", "1234567.9"} <= writings(12_345_678.9) | writings(1_234_567.9)
    assert numbers_told("売上は 1,234.6万円(.86 倍)") >= {"1234.6", "86"}
    assert numbers_told("0.86") == {".86"}


def test_a_number_of_everyday_use_is_no_leak_unless_it_is_the_answer_itself():
    assert "12" in writings(12.0) and "12" in writings(0.12)
    assert "12" not in writings(0.1221) and "12.2" in writings(0.1221)


def test_a_hint_that_gives_the_answer_is_seen():
    heads, more = small_exercise.QUESTIONS
    material = Material(load("synthetic:tiny"), 4)
    assert gives_away("It is 14, of course.", more, material) == "14"
    assert gives_away("Ten and the version.", more, material) == ""
    assert gives_away(f"{len(material.book.accounts)}社です。", heads, material) != ""
    months = replace(more, kind=Set(), reference=lambda material: {12, 24})
    assert [gives_away(text, months, material) for text in ("12, 24", "such as 12")] == ["frozenset({24, 12})", ""]
    letters = replace(more, kind=Set(), reference=lambda material: {"A", "F"})
    assert [bool(gives_away(text, letters, material)) for text in ("AとFです。", "a fee", "Look at A.")] == [
        True, False, False
    ]  # fmt: skip
    line = replace(more, kind=Text((Part("median", ("median",)),), least=3), reference=lambda material: "the median")
    assert [bool(gives_away(text, line, material)) for text in ("The median!", "the middle")] == [True, False]


def test_a_message_that_names_only_what_is_right_is_seen():
    _, more = small_exercise.QUESTIONS
    picked = replace(
        more, kind=Rank(choices=("price", "merged", "other")), reference=lambda material: ["price", "other"]
    )
    told = ("Missing: other, price.", "Possible: merged, other, price.", "Too many: 1.")
    material = Material(load("synthetic:tiny"))
    assert [bool(singles_out(text, picked, material)) for text in told] == [True, False, False]


def test_a_piece_of_a_solution_in_a_hint_is_seen(small: Callable[..., Path]):
    pieces = pieces_of(read_exercise(small()))
    assert pieces == ["len(book.accounts)", "ten + variant"]
    assert tells_solution("Write len( book.accounts ).", pieces) == "len(book.accounts)"
    assert tells_solution("Count the rows.", pieces) == ""


def test_a_mistake_is_told_only_where_it_differs(materials: Materials):
    _, more = small_exercise.QUESTIONS
    book: Book = load("synthetic:tiny")
    assert [len(judged_mistakes(more, Material(book, variant))) for variant in (0, 3)] == [0, 1]


def test_a_word_that_no_question_uses_is_seen():
    assert words_wanted(small_exercise.QUESTIONS) == set(small_exercise.WORDS)
