"""The verbs: what they print, how they fail, how fast they start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cslab import cli
from cslab.course import run as running
from cslab.course.lessons import Lesson
from cslab.course.notebook import Built
from cslab.course.run import Outcome
from cslab.words import LANGUAGES

LESSON = Lesson("05", "05_x", "When?", "いつ?", "Who?", "誰?", 40, 30, ("contracts",), ())
VERBS = (
    "lessons",
    "run",
    "demo",
    "build",
    "open",
    "reset",
    "readiness",
    "sample",
    "simulate",
    "fit-scenario",
    "who",
    "dictionary",
    "doctor",
    "help",
    "lab",
    "check",
    "test",
    "bench",
)


@pytest.fixture
def verb(monkeypatch, capsys):
    """Gives a verb as it is typed, and returns exit code, output and complaints."""
    monkeypatch.setenv("CSLAB_LANG", "en")

    def give(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["cslab", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        captured = capsys.readouterr()
        return int(ended.value.code or 0), captured.out, captured.err

    return give


@pytest.fixture
def one_lesson(monkeypatch):
    """A course of one lesson that needs no notebook."""
    from cslab.course import lessons

    monkeypatch.setattr(lessons, "lessons", lambda: [LESSON])


def test_every_verb_explains_itself_in_both_languages():
    for lang in LANGUAGES:
        environment = {**os.environ, "CSLAB_LANG": lang, "PYTHONIOENCODING": "utf-8"}
        code = "import sys; from cslab import cli; sys.argv = ['cslab', '--help']; cli.main()"
        said = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, encoding="utf-8"
        ).stdout
        assert all(f"\n  {name}" in said for name in VERBS)
        assert "..." not in said.partition("\n  lessons")[2]  # no explanation is cut off
    assert "章の一覧" in said


def test_help_is_a_verb_too(verb):
    assert verb("help")[1] == verb("--help")[1]


def test_the_lessons_are_listed_in_the_language_asked_for(verb, one_lesson):
    code, said, _ = verb("lessons", "--lang", "ja")
    assert code == 0
    assert "05" in said and "いつ?" in said


def test_the_language_may_stand_before_the_verb(verb, one_lesson):
    assert "いつ?" in verb("--lang", "ja", "lessons")[1]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("run", "98"), "no such lesson"),
        (("lessons", "--lang", "fr"), "lang = fr"),
        (("readiness", "folder:no such folder"), "no such folder"),
        (("demo", "--lessons", "98"), "no such lesson"),
        (("open", "98"), "no such lesson"),
        (("reset", "98"), "no such lesson"),
        (("build", "98"), "98"),
        (("no_such_verb",), "no_such_verb"),
        (("run", "05", "--no-such-option"), "no-such-option"),
        (("open", "05", "--exercises"), "Did you mean --exercise?"),
        (("open", "05", "--exercises", "--lang", "ja"), "--exercise のことですか"),
    ],
)
def test_what_a_person_can_mend_is_told_without_a_traceback(verb, one_lesson, arguments, expected):
    code, said, complained = verb(*arguments)
    assert code == 2
    assert expected in complained
    assert said == "" and "Traceback" not in complained


def test_a_fault_is_told_in_the_language_asked_for(verb, one_lesson):
    assert "この章はありません" in verb("run", "98", "--lang", "ja")[2]


def test_a_finished_run_names_its_files(verb, monkeypatch):
    monkeypatch.setattr(
        running, "run", lambda *_, **__: Outcome(LESSON, "en", Path("out"), Path("out/x.ipynb"), Path("out/x.html"))
    )
    code, said, _ = verb("run", "05")
    assert (code, [Path(line.split()[-1]).name for line in said.splitlines()]) == (0, ["x.html", "x.ipynb"])


def test_everything_typed_reaches_the_run(verb, monkeypatch):
    asked = {}

    def run(wish: str, **others: object) -> Outcome:
        asked.update(others, wish=wish)
        return Outcome(LESSON, "ja", Path("out"), Path("out/x.ipynb"), Path("out/x.html"))

    monkeypatch.setattr(running, "run", run)
    verb(
        "run",
        "05",
        "--source",
        "folder:a b",
        "--as-of",
        "2024-03-31",
        "--lang",
        "ja",
        "-p",
        "x=1",
        "-p",
        "y=a b",
        "-o",
        "out",
        "--force",
    )
    assert asked.pop("wishes") == ["x=1", "y=a b"]
    assert asked.pop("folder") == Path("out")
    assert asked == {"wish": "05", "source": "folder:a b", "as_of": "2024-03-31", "lang": "ja", "force": True}


def test_a_failed_run_says_where_and_ends_with_1(verb, monkeypatch):
    failed = Outcome(LESSON, "en", Path("out"), Path("out/05_x.failed.ipynb"), None, "usage_monthly: no such table", 7)
    monkeypatch.setattr(running, "run", lambda *_, **__: failed)
    code, said, complained = verb("run", "05")
    assert (code, said) == (1, "")
    assert all(part in complained for part in ("05", "[7]", "usage_monthly: no such table", "05_x.failed.ipynb"))


def test_a_demo_with_a_failed_lesson_ends_with_1_and_still_names_the_index(verb, monkeypatch):
    from cslab.course import demo as demos

    good = Outcome(LESSON, "en", Path("d/05-en"), Path("d/x.ipynb"), Path("d/x.html"))
    failed = Outcome(LESSON, "ja", Path("d/05-ja"), None, None, "no", 7)

    def demo(folder, *, tell, **_):
        for outcome in (good, failed):
            tell(outcome)
        return [good, failed]

    monkeypatch.setattr(demos, "demo", demo)
    monkeypatch.setattr(demos, "planned", lambda *_: [good, failed])
    code, said, complained = verb("demo", "-o", "d")
    assert code == 1
    assert "[2/2] ✘ 05 ja" in said and "1 of 2" in said and "index.html" in said
    assert "[7]: no" in complained


def test_build_tells_what_became_of_each_notebook(verb, monkeypatch):
    from cslab.course import build as building

    def build(*, tell, **_):
        built = [Built("notebooks", "05_x", "en", "unchanged"), Built("exercises", "05_x", "ja", "failed", "KeyError")]
        for one in built:
            tell(one)
        return built

    monkeypatch.setattr(building, "build", build)
    code, said, _ = verb("build")
    assert code == 1
    assert "unchanged  notebooks/en/05_x" in said and "FAILED     exercises/ja/05_x\nKeyError" in said


def test_readiness_prints_facts_notes_and_lessons(verb):
    code, said, _ = verb("readiness", "synthetic:tiny")
    assert code == 0
    assert "2021-04-01 to 2025-03-31" in said
    lines = said.splitlines()
    assert lines.index(next(line for line in lines if line.startswith("Observable months"))) < 12
    assert ["State", "No", "Title"] in [line.split() for line in lines[:15]]  # how they were read, then what runs


def test_open_prints_the_command_where_no_browser_is_wanted(verb, tmp_path, monkeypatch):
    from cslab.course import copies, lessons

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(lessons, "find", lambda wish: LESSON)
    monkeypatch.setattr(copies.shutil, "copyfile", lambda source, copy: copy.write_text("{}", encoding="utf-8"))
    code, said, _ = verb("open", "05", "--lang", "ja", "--no-browser")
    assert code == 0
    assert "-m jupyter lab work/ja/05_x.ipynb" in said
    assert verb("open", "05", "--lang", "ja", "--no-browser")[1].count("work/ja/05_x.ipynb") == 2
    assert (tmp_path / "work" / "ja" / "05_x.ipynb").is_file()
    assert "新しいコピー" in verb("reset", "05", "--lang", "ja")[1]


def test_the_exercises_of_a_lesson_are_opened_and_put_back_on_a_shelf_of_their_own(verb, tmp_path, monkeypatch):
    from cslab.course.sheets import exercises

    built = tmp_path / "exercises" / "ja" / "05_x.ipynb"
    built.parent.mkdir(parents=True)
    built.write_text("{}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(exercises, "library", lambda: tmp_path / "exercises")
    monkeypatch.setattr(exercises, "find", lambda wish: exercises.ExerciseSheet("05", "05_x", "", "", 9, (), ()))
    for verb_name in ("open", "reset"):
        wish = (verb_name, "05", "--exercise", "--lang", "ja", *(["--no-browser"] if verb_name == "open" else []))
        code, said, _ = verb(*wish)
        assert (code, "work/ja/exercises/05_x" in said) == (0, True)
    assert len(list((tmp_path / "work" / "ja" / "exercises").iterdir())) == 2


def test_the_data_dictionary_is_printed_or_written(verb, tmp_path):
    assert "accounts" in verb("dictionary")[1]
    assert verb("dictionary", "-o", str(tmp_path / "README.md"))[0] == 0
    assert "accounts" in (tmp_path / "README.md").read_text(encoding="utf-8")
    assert verb("dictionary", "-o", str(tmp_path / "no" / "README.md"))[0] == 2


def test_the_sample_company_is_written_where_it_is_asked_for(verb, tmp_path):
    code, said, _ = verb("sample", "-o", str(tmp_path / "見本"))
    assert code == 0 and "見本" in said
    assert (tmp_path / "見本" / "accounts.csv").is_file()


@pytest.mark.parametrize("name", ["lab", "check", "test", "bench"])
def test_a_verb_of_the_kits_authors_hands_on_its_exit_code(verb, monkeypatch, name):
    from cslab import develop

    monkeypatch.setattr(develop, name, lambda: 3)
    assert verb(name)[0] == 3


def test_help_does_not_wait_for_the_heavy_libraries():
    heavy = {"pandas", "matplotlib", "rich", "papermill", "nbformat"}
    code = f"import sys; from cslab import cli; print(sorted({heavy} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert loaded.strip() == "[]"


def test_an_old_code_page_does_not_stop_a_verb():
    environment = {**os.environ, "CSLAB_LANG": "ja", "PYTHONIOENCODING": "ascii"}
    code = "import sys; from cslab import cli; sys.argv = ['cslab', 'run', '98']; cli.main()"
    ended = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("package", ["papermill", "pandas", "papermill.execute"])
def test_a_package_that_got_lost_is_one_sentence(verb, monkeypatch, package):
    def run(*_, **__):
        raise ModuleNotFoundError(f"No module named {package!r}", name=package)

    monkeypatch.setattr(running, "run", run)
    code, said, complained = verb("run", "05")
    assert (code, said, len(complained.splitlines())) == (2, "", 1)
    assert package.partition(".")[0] in complained and "Traceback" not in complained
    assert "Delete the folder" in complained or "cslab doctor" in complained


def test_a_module_of_our_own_that_is_missing_is_a_fault_of_the_kit(verb, monkeypatch):
    def run(*_, **__):
        raise ModuleNotFoundError("No module named 'cslab.x'", name="cslab.x")

    monkeypatch.setattr(running, "run", run)
    with pytest.raises(ModuleNotFoundError):
        verb("run", "05")


def test_a_demo_in_which_nothing_went_well_opens_nothing(verb, monkeypatch):
    from cslab.course import demo as demos

    failed = Outcome(LESSON, "ja", Path("d/05-ja"), None, None, "no", 7)
    monkeypatch.setattr(demos, "demo", lambda *_, **__: [failed])
    monkeypatch.setattr(demos, "planned", lambda *_: [failed])
    code, said, _ = verb("demo", "-o", "d")
    assert code == 1
    assert "Open" not in said and "index.html" not in said and "None of the 1 runs" in said


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("zzzz",), "このコマンドはありません:zzzz"),
        (("opne", "05"), "このコマンドはありません:opne。open のことですか。"),
        (("run", "05", "--nope"), "このオプションはありません:--nope"),
        (("run",), "指定が足りません:LESSON"),
        (("run", "05", "--source"), "このオプションには値が必要です:--source"),
        (("homework", "--new"), "このオプションには値が必要です:--new(何を書けばよいかは"),
    ],
)
def test_a_slip_of_the_keyboard_is_told_in_japanese(verb, monkeypatch, arguments, expected):
    monkeypatch.setenv("CSLAB_LANG", "ja")
    code, said, complained = verb(*arguments)
    assert (code, said) == (2, "")
    assert expected in complained
    assert "Try" not in complained and "Usage" not in complained


def test_verbs_are_listed_by_who_needs_them_and_none_is_forgotten():
    from typer.main import get_command

    from cslab.course.furniture import ORDER

    listed = get_command(cli.app).list_commands(None)  # type: ignore[attr-defined, arg-type]
    assert listed[:3] == ["lessons", "open", "progress"]
    assert set(listed) <= set(ORDER)


def test_a_help_page_has_no_english_furniture_in_japanese():
    code = "import sys; sys.argv = ['cslab', 'run', '--help', '--lang', 'ja']; from cslab import cli; cli.main()"
    environment = {**os.environ, "CSLAB_LANG": "en", "PYTHONIOENCODING": "utf-8"}
    said = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, encoding="utf-8").stdout
    assert said.startswith("使い方:") and "オプション:" in said and "この説明を表示する" in said
    assert not any(piece in said for piece in ("Usage", "Options", "Show this"))


def test_the_set_up_page_is_in_the_language_asked_for():
    command = [sys.executable, "-m", "cslab", "help", "--lang", "ja"]
    environment = {**os.environ, "CSLAB_LANG": "en", "PYTHONIOENCODING": "utf-8"}
    assert "この説明" in subprocess.run(command, env=environment, capture_output=True, encoding="utf-8").stdout


def test_the_dictionary_in_one_language_holds_only_that(verb):
    japanese = verb("dictionary", "--lang", "ja")[1]
    assert "| 番号 |" in japanese and "| id |" not in japanese
    assert all(part in verb("dictionary")[1] for part in ("| 番号 |", "| id |"))
