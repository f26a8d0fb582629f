"""A class is packed whole: the trainees' folder works by itself and gives nothing away, the instructor's has it all."""

from __future__ import annotations

import json
import re
import sys
import zipfile
from pathlib import Path

import pytest

import cslab
from cslab import cli
from cslab.__main__ import _split_off_wheels
from cslab.course import lessons
from cslab.course import pack as packing
from cslab.course.kernels import execute, nbformat
from cslab.course.lessons import notebook_data
from cslab.course.pack import Order, Packed, ordered, pack, read_record, wheels
from cslab.course.pack.instructor import notes_markdown
from cslab.course.pages import records
from cslab.course.params import parameters
from cslab.course.questions import bank
from cslab.course.questions.question import Material
from cslab.course.selfcontained import outside
from cslab.course.sheets.exercises import ExerciseSheet
from cslab.course.sheets.solutions import blocks
from cslab.course.shown import CARD, CHECK
from cslab.course.source import read_exercise, read_source
from cslab.course.speaker import Note, notes_of
from cslab.faults import Fault, UsageError
from cslab.measure import oracle
from cslab.words import LANGUAGES

pytestmark = pytest.mark.slow  # whole verbs and companies: `make test` runs them

ROOT = lessons.project()
assert ROOT
SEED = "281474976710999"
NAMES = ("00_tour", "05_when_do_customers_leave")
TEXTS = ("running", "timetables", "sparring", "reading")


@pytest.fixture(scope="module")
def order() -> Order:
    return ordered(["05", "00", "5"], seed=SEED, accounts="120")


@pytest.fixture(scope="module")
def packed(order: Order, tmp_path_factory: pytest.TempPathFactory) -> Packed:
    return pack(order, tmp_path_factory.mktemp("講師 desk") / "class")


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def names(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in files(folder)]


@pytest.fixture(scope="module")
def secrets(order: Order) -> dict[str, str]:
    """What must not be handed out: the seed, the preset, every line of a solution, every note, the truth."""
    found = {"seed": SEED, "preset": "default_jp", "mark of a solution": "BEGIN SOLUTION", "tag of a note": '"speaker"'}
    for name in NAMES:
        asked = read_exercise(ROOT / "exercises" / "source" / f"{name}.py")
        told = read_source(ROOT / "notebooks" / "source" / f"{name}.py")
        for cell in asked.code_cells:
            lines = (line.strip() for block in blocks(cell.texts["en"]) for line in block)
            found |= {f"solution {line}": line for line in lines if len(line) > 12}
        for source in (asked, told):
            notes = [note for lang in LANGUAGES for note in notes_of(source, lang)]
            assert notes
            found |= {f"note {note.text[:20]}": longest_plain_piece(note.text) for note in notes}
    book = cslab.load(order.sources["05"])
    share = oracle.survival_at(book.truth, 36)
    assert share is not None
    return found | {"truth": f"{float(share):.8g}"}


def longest_plain_piece(markdown: str) -> str:
    """A stretch of a text that reads the same in Markdown, JSON and HTML."""
    return max(re.split(r"[*`\[\]\n“”\"'<>&|#]", markdown), key=len).strip()


def leaks(folder: Path, secrets: dict[str, str]) -> list[str]:
    """Where a file of a folder holds a secret; of a wheel, any file in it."""
    texts = {path.name: path.read_bytes() for path in files(folder) if path.suffix != ".whl"}
    for path in folder.rglob("*.whl"):
        with zipfile.ZipFile(path) as archive:
            texts |= {f"{path.name}/{name}": archive.read(name) for name in archive.namelist()}
    carried = ("preset", "mark of a solution", "tag of a note") if any(folder.rglob("*.whl")) else ()
    hidden = {
        what: it.encode() for what, it in secrets.items() if what not in carried
    }  # the kit knows presets and marks
    return [f"{name}: {what}" for name, text in texts.items() for what, it in hidden.items() if it in text]


def test_the_trainees_folder_holds_notebooks_templates_tables_and_a_page_and_nothing_else(packed):
    found = names(packed.trainee)
    tables = [name for name in found if name.startswith("data/company/")]
    assert {"data/company/accounts.csv", "data/company/contracts.csv", "data/company/cslab.toml"} <= {*tables}
    rest = [f"README.{lang}.html" for lang in LANGUAGES]
    rest += [f"{lang}/{name}" for lang in LANGUAGES for name in (*(f"{name}.ipynb" for name in NAMES), "charter.md")]
    assert sorted({*found} - {*tables}) == sorted(rest)


def test_no_file_of_the_trainees_folder_holds_a_seed_a_solution_a_note_or_the_truth(packed, secrets):
    assert len(secrets) > 30
    assert leaks(packed.trainee, secrets) == []


def test_the_search_for_leaks_finds_them_in_the_instructors_folder(packed, secrets):
    found = " ".join(leaks(packed.instructor, secrets))
    assert "class.toml: seed" in found and "notes_00.html: note" in found


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_points_at_the_tables_beside_it_and_differs_in_nothing_else(packed, lang, name, monkeypatch):
    ours, theirs = (notebook_data(folder / lang / f"{name}.ipynb") for folder in (ROOT / "exercises", packed.trainee))
    changed = [(a, b) for a, b in zip(ours["cells"], theirs["cells"], strict=True) if a != b]
    ((_, cell),) = changed
    source = next(one.default for one in parameters("".join(cell["source"]))[0] if one.name == "source")
    monkeypatch.chdir(packed.trainee / lang)
    book = cslab.load(source)
    assert (book.source, book.truth, book.synthetic) == ("folder:../data/company", None, True)


def test_the_company_is_the_one_that_the_record_tells_and_grading_could_hold_answers_against(packed, order):
    record = read_record(packed.folder)
    assert record.seed == int(SEED)
    assert record.handed_out == order.sources
    handed_out = cslab.load(f"folder:{packed.trainee / 'data' / 'company'}")
    assert handed_out.accounts.equals(cslab.load(record.handed_out["00"]).accounts)


def test_exercises_about_one_company_share_its_tables_and_a_folders_name_tells_nothing():
    sources = {"00": "synthetic:a?seed=7", "01": "synthetic:no_effect?seed=7", "05": "synthetic:a?seed=7"}
    companies = Order((), ("en",), 7, sources, Path()).companies
    assert companies == {"synthetic:a?seed=7": "company", "synthetic:no_effect?seed=7": "company_2"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_instructor_has_a_page_for_each_thing_and_an_index_that_leads_to_all(packed, lang):
    folder = packed.instructor / lang
    wanted = {*TEXTS, "index", *(f"{kind}_{number}" for kind in ("notes", "answers") for number in ("00", "05"))}
    assert {path.stem for path in files(folder)} == wanted
    index = (folder / "index.html").read_text(encoding="utf-8")
    linked = re.findall(r'href="([^"#]+)"', index)
    assert {*linked} == {f"{name}.html" for name in wanted - {"index"}}
    assert SEED in index


def test_every_page_is_complete_in_itself(packed):
    for path in files(packed.folder):
        if path.suffix == ".html":
            beside = {f"a href={other.name}" for other in path.parent.iterdir()}
            assert {*outside(path.read_text(encoding="utf-8"))} <= beside


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_answers_are_those_of_the_company_that_was_handed_out(packed, order, lang):
    text = (packed.instructor / lang / "answers_00.html").read_text(encoding="utf-8")
    material = Material(cslab.load(order.sources["00"]))
    assert f"<strong>{bank.find('customers_now').reference(material):,}</strong>" in text
    on_record = len(material.book.accounts)
    assert f"<td>{on_record:,}</td>" in text


def test_the_answers_show_texts_in_the_readers_language(packed):
    line = bank.find("success_line")
    samples = [line.reference, *(mistake.answer for mistake in line.mistakes)]
    for lang, other in (("en", "ja"), ("ja", "en")):
        text = (packed.instructor / lang / "answers_00.html").read_text(encoding="utf-8")
        assert all(getattr(sample, lang) in text and getattr(sample, other) not in text for sample in samples)


def test_the_page_for_trainees_says_how_to_start_and_what_there_is(packed):
    text = (packed.trainee / "README.ja.html").read_text(encoding="utf-8")
    assert "ja/05_when_do_customers_leave.ipynb" in text and "jupyter lab" in text and "--find-links" not in text
    assert "$" not in re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)


def test_notes_stand_below_the_heading_of_the_lesson_unless_they_have_their_own():
    notes = [Note("1. Who?", "Ask."), Note("2. When?", "### Time\n- 5 minutes")]
    assert notes_markdown(notes, "Notes") == "# Notes\n\n## 1. Who?\n\nAsk.\n\n## Time\n- 5 minutes"


def test_one_language_is_enough(tmp_path):
    made = pack(ordered(["05"], seed="7", accounts="60", langs=["ja"]), tmp_path / "class")
    assert [name for name in names(made.trainee) if not name.startswith("data/")] == [
        "README.ja.html",
        "ja/05_when_do_customers_leave.ipynb",
        "ja/charter.md",
    ]
    assert sorted(path.name for path in made.instructor.iterdir()) == ["class.toml", "ja"]


def test_everything_that_was_asked_wrongly_is_told_at_once():
    with pytest.raises(UsageError) as caught:
        ordered(["00", "98", "no such"], seed="-1", langs=["fr"])
    assert sorted(fault.key for fault in caught.value.faults) == [
        "pack_seed",
        "unknown_exercise",
        "unknown_exercise",
        "unknown_language",
    ]
    assert all(caught.value.text(lang) for lang in LANGUAGES)


def test_a_company_that_cannot_be_simulated_is_refused_before_anything_is_made():
    with pytest.raises(UsageError):
        ordered(["00"], accounts="0")


def test_a_seed_that_nobody_named_cannot_be_guessed():
    assert ordered(["00"]).seed >= 2**48


def test_an_installed_package_has_no_notes_to_pack(monkeypatch):
    monkeypatch.setattr(lessons, "project", lambda: None)
    with pytest.raises(UsageError) as caught:
        ordered(["00"])
    assert [fault.key for fault in caught.value.faults] == ["no_clone"]


@pytest.mark.parametrize("there", ["a folder with something in it", "a file"])
def test_what_is_there_already_is_never_written_over(tmp_path, order, there):
    target = tmp_path / "class"
    if there == "a file":
        target.write_text("mine", encoding="utf-8")
    else:
        target.mkdir()
        (target / "mine.txt").write_text("mine", encoding="utf-8")
    before = names(tmp_path)
    with pytest.raises(UsageError):
        pack(order, target)
    assert names(tmp_path) == before


@pytest.mark.parametrize("step", ["hand_out", "gather", "instructor"])
def test_what_breaks_off_leaves_nothing_behind(tmp_path, monkeypatch, step):
    def broken(*_: object) -> None:
        raise UsageError(Fault("pack_no_wheels", {"reason": "no network"}))

    monkeypatch.setattr(packing, "gather", lambda *_: None)
    monkeypatch.setattr(packing, step, broken)
    with pytest.raises(UsageError):
        pack(ordered(["05"], seed="7", accounts="60", langs=["en"], wheels=True), tmp_path / "new" / "class")
    assert [*tmp_path.rglob("*")] in ([], [tmp_path / "new"])


@pytest.mark.parametrize("content", ["", "seed = 7", "seed = 'x'\n[handed_out]\n", "not toml"])
def test_a_record_that_is_none_is_told(tmp_path, content):
    (tmp_path / "instructor").mkdir()
    (tmp_path / "instructor" / "class.toml").write_text(content, encoding="utf-8")
    with pytest.raises(UsageError):
        read_record(tmp_path)


class Pip:
    """Stands in for ``subprocess``: notes every command, and makes the kit's wheel."""

    def __init__(self, code: int = 0) -> None:
        self.given: list[list[str]] = []
        self.code = code

    def run(self, command: list[str], **_: object) -> object:
        self.given.append(command)
        folder = Path(command[command.index("--wheel-dir") + 1])
        (folder / "cslab-0.1.0-py3-none-any.whl").touch()
        return type("Done", (), {"returncode": self.code, "stdout": "", "stderr": "no route to host\n"})


def test_the_wheels_are_the_kits_own_and_then_all_it_needs_at_the_tested_versions(tmp_path, monkeypatch):
    pip = Pip()
    monkeypatch.setattr(wheels, "subprocess", pip)
    wheels.gather(tmp_path, tmp_path / "wheels")
    first, second = pip.given
    assert "--no-deps" in first and first[-1] == str(tmp_path)
    assert second[second.index("--constraint") + 1] == str(tmp_path / "constraints.txt")
    assert second[-1].endswith("cslab-0.1.0-py3-none-any.whl")


def test_without_a_network_pips_last_words_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr(wheels, "subprocess", Pip(1))
    with pytest.raises(UsageError, match="no route to host"):
        wheels.gather(tmp_path, tmp_path / "wheels")


def test_with_wheels_the_page_says_how_to_install_them(order):
    from dataclasses import replace

    from cslab.course.pack.hand_out import start_page

    for lang in LANGUAGES:
        page = start_page(replace(order, wheels=True), lang)
        assert "--no-index --find-links wheels cslab" in page
        assert f"py -{sys.version_info[0]}.{sys.version_info[1]} -m venv .venv" in page


@pytest.mark.slow
def test_the_wheel_that_is_handed_out_holds_no_solution_no_note_and_no_seed(tmp_path, secrets, monkeypatch):
    only_the_kit = wheels._pip

    def first_only(*arguments: str) -> None:
        if "--no-deps" in arguments:
            only_the_kit(*arguments)

    monkeypatch.setattr(wheels, "_pip", first_only)
    wheels.gather(ROOT, tmp_path / "wheels")
    (wheel,) = files(tmp_path)
    assert wheel.name.startswith("cslab-")
    third_hints = [leak for leak in leaks(tmp_path, secrets) if "/words.csv: solution" in leak]
    assert leaks(tmp_path, secrets) == third_hints


@pytest.mark.course
@pytest.mark.parametrize("name", NAMES)
def test_a_trainees_notebook_runs_where_it_lies_and_every_answer_is_still_open(packed, name):
    path = packed.trainee / "ja" / f"{name}.ipynb"
    notebook = execute(nbformat().read(path, as_version=4), path.parent)
    shown = json.loads(nbformat().writes(notebook))
    sheet = ExerciseSheet(**_tuples(shown["metadata"]["cslab"]["exercise"]))
    assert [record["question"] for record in records(shown, CHECK)] == list(sheet.questions)
    assert {record["outcome"] for record in records(shown, CHECK)} == {"not_attempted"}
    assert records(shown, CARD)[0]["truth"] == "absent"


def _tuples(data: dict) -> dict:
    """The head of a sheet with its lists as tuples."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}


def prose(lang: str, name: str) -> str:
    return (ROOT / "docs" / "instructor" / lang / f"{name}.md").read_text(encoding="utf-8")


def test_both_languages_have_the_same_texts_with_the_same_parts_and_commands():
    there = {lang: sorted(path.name for path in (ROOT / "docs" / "instructor" / lang).iterdir()) for lang in LANGUAGES}
    assert there["en"] == there["ja"]
    for name in there["en"]:
        english, japanese = (prose(lang, name.removesuffix(".md")) for lang in LANGUAGES)
        for pattern in (r"^## ", r"^\|", r"^- ", r"^\d\. ", r"^> ", r"^```"):
            counts = [len(re.findall(pattern, text, flags=re.MULTILINE)) for text in (english, japanese)]
            assert counts[0] == counts[1], f"{name}: {pattern}"
        assert re.findall(r"`(cslab [a-z]+)", english) == re.findall(r"`(cslab [a-z]+)", japanese)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "lengths"), [("timetables", [90, 210, 210, 210, 225, 160, 220, 190, 210]), ("sparring", [120])]
)
def test_a_timetable_has_no_gap_and_takes_as_long_as_it_says(lang, name, lengths):
    found = []
    for table in re.findall(r"(?:^\|.*\n)+", prose(lang, name), flags=re.MULTILINE):
        rows = [(int(h) * 60 + int(m), int(n)) for h, m, n in re.findall(r"^\| (\d+):(\d\d) \| (\d+) \|", table, re.M)]
        if rows:
            ends = [at + minutes for at, minutes in rows]
            assert [at for at, _ in rows[1:]] == ends[:-1]
            found.append(ends[-1] - rows[0][0])
    assert found == lengths


def give(monkeypatch, capsys, *arguments: str) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["cslab", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    captured = capsys.readouterr()
    return int(ended.value.code or 0), captured.out, captured.err


def test_the_verb_names_both_folders_and_warns_of_a_seed_that_can_be_guessed(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    asked = ("pack", "05", "-o", "class", "--seed", "7", "--accounts", "60", "--langs", "ja", "--lang", "en")
    code, said, _ = give(monkeypatch, capsys, *asked)
    assert code == 0
    assert str(Path("class", "trainee")) in said and str(Path("ja", "index.html")) in said
    assert "Seed 7" in said or "seed 7" in said.lower()


@pytest.mark.parametrize(("arguments", "expected"), [(("98",), "98"), (("05", "--seed", "x"), "--seed x")])
def test_a_slip_at_the_keyboard_is_told_without_a_traceback(monkeypatch, capsys, tmp_path, arguments, expected):
    monkeypatch.chdir(tmp_path)
    code, _, complained = give(monkeypatch, capsys, "pack", *arguments, "-o", "class", "--lang", "en")
    assert code == 2 and expected in complained and "Traceback" not in complained
    assert [*tmp_path.iterdir()] == []


def test_of_pack_wheels_is_an_option_without_a_folder_and_elsewhere_one_for_set_up():
    asked = ["pack", "00", "--wheels", "-o", "class"]
    assert _split_off_wheels(asked) == (asked, None)
    assert _split_off_wheels(["demo", "--wheels", "here"]) == (["demo"], Path("here"))
