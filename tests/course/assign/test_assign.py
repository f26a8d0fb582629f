"""An assignment gives each trainee a folder that works where it lies and gives nothing away; the key stays behind."""

from __future__ import annotations

import contextlib
import json
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import cslab
from cslab import cli
from cslab.course import assign as assigning
from cslab.course import lessons
from cslab.course.assign import Assigned, Order, Trainee, assign, ordered, read_key
from cslab.course.assign.hand_out import filled_in
from cslab.course.assign.kits import KITS, kit_of
from cslab.course.assign.starter import starter
from cslab.course.homework import check_homework, find, template
from cslab.course.homework.document import read_document
from cslab.course.homework.evidence import named_cells
from cslab.course.kernels import nbformat
from cslab.course.selfcontained import outside
from cslab.faults import CslabError, Fault, UsageError
from cslab.words import LANGUAGES

ROOT = lessons.project()
assert ROOT
SECRET = "0123456789abcdef0123456789abcdef"
FILES = {
    *("README.html", "charter.md", "h1_mission.ipynb", "h1_mission.md", "journey.yaml", "rules.yaml"),
    *("data/accounts.csv", "data/contracts.csv", "data/onboarding.csv", "data/journey_events.csv", "data/cslab.toml"),
}


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "class.csv"
    path.write_text("trainee,lang\n山田 花子,ja\nAna: (2),en\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assigned:
    folder = tmp_path_factory.mktemp("講師 desk")
    (folder / "class.csv").write_text("trainee,lang\n山田 花子,ja\nAna: (2),en\n", encoding="utf-8")
    order = ordered("h1_mission", folder / "class.csv", "en", accounts="300", hours="420", secret=SECRET)
    return assign(order, folder / "h1")


@pytest.mark.slow
def test_each_gets_a_folder_with_all_that_is_needed_and_nothing_of_the_others(made):
    assert sorted(path.name for path in made.trainees.iterdir()) == ["Ana_(2)", "山田_花子"]
    for folder in made.trainees.iterdir():
        found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        assert found >= FILES
        assert {name for name in found if not name.startswith("data/")} == {n for n in FILES if "/" not in n}
        assert {Path(name).suffix for name in found if name.startswith("data/")} == {".csv", ".toml"}


@pytest.mark.slow
def test_no_file_of_a_trainee_holds_the_secret_a_seed_a_preset_or_another_name(made):
    key = read_key(made.folder)
    for held in key.trainees:
        folder = made.trainees / {"山田 花子": "山田_花子"}.get(held.name, "Ana_(2)")
        hidden = [SECRET, *(re.search(r"seed=(\d+)", one.company)[1] for one in key.trainees)]
        hidden += [one.company.partition("?")[0] for one in key.trainees]
        hidden += [one.name for one in key.trainees if one != held]
        for path in (path for path in folder.rglob("*") if path.is_file()):
            text = path.read_text(encoding="utf-8-sig")
            assert [secret for secret in hidden if secret in text] == []


@pytest.mark.slow
def test_the_tables_are_those_of_the_company_in_the_key_without_its_truth(made):
    held = read_key(made.folder).find("山田花子")
    assert held is not None
    book = cslab.load(f"folder:{made.trainees / '山田_花子' / 'data'}")
    assert book.truth is None
    assert f"{book.as_of:%Y-%m-%d}" == held.as_of
    assert book.accounts.equals(cslab.load(held.company).accounts)


@pytest.mark.slow
def test_the_text_begins_filled_in_and_lacks_nothing_but_what_the_trainee_writes(made):
    path = made.trainees / "Ana_(2)" / "h1_mission.md"
    front = {key: entry.value for key, entry in read_document(path).front.items()}
    assert (front["trainee"], front["hours"], front["lang"]) == ("Ana: (2)", "420", "en")
    keys = {fault.key.removeprefix("homework_") for fault in check_homework(path).faults}
    assert keys == {"section_empty", "evidence_unused", "evidence_not_run"}


@pytest.mark.slow
def test_the_key_says_the_hours_and_the_homework(made):
    key = read_key(made.folder)
    assert key.homework == "h1_mission"
    assert [(one.lang, one.hours) for one in key.trainees] == [("ja", 420), ("en", 420)]


@pytest.mark.slow
def test_the_guide_and_the_start_pages_are_complete_in_themselves(made):
    pages = [*made.folder.rglob("*.html")]
    assert len(pages) == 4
    assert [found for page in pages for found in outside(page.read_text(encoding="utf-8"))] == []
    assert not any(
        "$" in re.sub(r"<style>.*?</style>", "", page.read_text(encoding="utf-8"), flags=re.S) for page in pages
    )


@pytest.mark.parametrize("kit", KITS, ids=lambda kit: kit.homework)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_cell_of_the_notebook_to_begin_with_counts_as_evidence_even_when_run(lang, kit):
    notebook = starter(kit, 500, lang)
    nbformat().validate(nbformat().from_dict(notebook))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["execution_count"] = 1
    assert [(cell.name, cell.state) for cell in named_cells(notebook)] == [(name, "silent") for name in kit.evidence]


@pytest.mark.parametrize("kit", KITS, ids=lambda kit: kit.homework)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_notebook_names_the_cells_to_which_the_template_refers(lang, kit):
    links = read_document(template(kit.homework, lang)).links
    assert [link.cell for link in links] == [*kit.evidence]


def test_a_name_that_yaml_would_take_for_something_else_stands_in_quotes():
    assert filled_in("trainee:\nlang: ja", {"trainee": 'a "b": c'}) == 'trainee: "a \\"b\\": c"\nlang: ja'


def test_everything_that_was_asked_wrongly_is_told_at_once(tmp_path):
    (tmp_path / "class.csv").write_text("Sato\nsato\n", encoding="utf-8")
    with pytest.raises(CslabError) as caught:
        ordered("h1_mision", tmp_path / "class.csv", "en", accounts="12", hours="-1", secret="mine")
    keys = [fault.key for fault in caught.value.faults]
    assert keys == ["homework_unknown", "assign_number", "assign_number", "assign_secret", "assign_name_twice"]
    assert all(caught.value.text(lang) for lang in LANGUAGES)


def test_a_homework_about_ones_own_firm_is_not_assigned(people):
    with pytest.raises(UsageError, match="h1_mission"):
        ordered("charter", people, "en")


def test_an_installed_package_has_no_guide_to_write(people, monkeypatch):
    monkeypatch.setattr(lessons, "project", lambda: None)
    with pytest.raises(UsageError) as caught:
        ordered("h1_mission", people, "en")
    assert [fault.key for fault in caught.value.faults] == ["no_clone"]


def test_a_secret_that_nobody_named_is_drawn_anew_each_time(people):
    secrets = {ordered("h1_mission", people, "en").secret for _ in range(3)}
    assert len(secrets) == 3


def test_what_is_there_already_is_never_written_over(people, tmp_path):
    (tmp_path / "h1").mkdir()
    (tmp_path / "h1" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError):
        assign(ordered("h1_mission", people, "en"), tmp_path / "h1")
    assert [path.name for path in (tmp_path / "h1").iterdir()] == ["mine.txt"]


def test_what_breaks_off_leaves_nothing_behind(tmp_path, monkeypatch):
    def broken(*_: object) -> str:
        raise UsageError(Fault("assign_nobody"))

    monkeypatch.setattr(assigning, "hand_out", broken)
    order = Order(find("h1_mission"), (Trainee("Sato", "en"),), SECRET, 300, 500, ROOT)
    with pytest.raises(UsageError):
        assign(order, tmp_path / "deep" / "h1")
    assert not any(path.is_file() for path in tmp_path.rglob("*"))


def test_one_who_joins_later_leaves_the_others_companies_as_they_are():
    before = Order(find("h1_mission"), (Trainee("Sato", "en"),), SECRET, 300, 500, ROOT)
    after = replace(before, trainees=(Trainee("Abe", "ja"), Trainee("Sato", "en")))
    assert after.company(after.trainees[1]) == before.company(before.trainees[0])


@pytest.mark.parametrize(
    "content",
    [
        *("", "format = 1\n", "[[", "homework = 'h9_other'\ntrainees = []\n"),
        "hours = 'x'\nhomework = 'h1_mission'\n[[trainees]]\nname = 'a'\nlang = 'en'\ncompany = 'c'\nas_of = 'd'\n",
    ],
)
def test_a_key_that_is_none_is_told(tmp_path, content):
    (tmp_path / "instructor").mkdir()
    (tmp_path / "instructor" / "class.toml").write_text(content, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        read_key(tmp_path)
    assert [fault.key for fault in caught.value.faults] == ["assign_no_key"]


@pytest.mark.slow
def test_the_verb_says_where_everything_is(people, tmp_path, monkeypatch, capsys):
    arguments = ["assign", "h1_mission", str(people), "-o", str(tmp_path / "h1"), "--accounts", "300", "--lang", "ja"]
    monkeypatch.setattr(sys, "argv", ["cslab", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capsys.readouterr().out
    assert not ended.value.code and "2人" in said and "guide.ja.html" in said
    notebook = json.loads((tmp_path / "h1" / "trainees" / "山田_花子" / "h1_mission.ipynb").read_text(encoding="utf-8"))
    assert "folder:data" in "".join(notebook["cells"][1]["source"])


@pytest.mark.slow
def test_the_notebook_shows_for_each_piece_of_evidence_a_few_columns_and_no_truth(made):
    known: dict[str, object] = {}
    with contextlib.chdir(made.trainees / made_names(made)[0]):
        exec(starter(kit_of("h1_mission"), 500, "en")["cells"][1]["source"], known)
        for lang in LANGUAGES:
            texts = [
                cell["source"]
                for cell in starter(kit_of("h1_mission"), 500, lang)["cells"]
                if cell["cell_type"] == "markdown"
            ]
            shown = [re.findall(r"```python\n(.*?)\n```", text, re.DOTALL) for text in texts[1:]]
            for (code,) in shown:
                *before, last = code.split("\n")
                exec("\n".join(before), known)
                columns = list(eval(last, known))
                assert len(columns) <= 7 and not any("true" in column for column in columns)


def made_names(made: Assigned) -> list[str]:
    return sorted(path.name for path in made.trainees.iterdir())
