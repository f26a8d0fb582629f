"""A grid is checked whole before anything runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cslab.course.grid import Grid, read
from cslab.course.grid.names import fixed_in_words, folder_names, varying_in_words
from cslab.course.lessons import find, lessons
from cslab.faults import UsageError

GridFile = Callable[[str], Path]
EXAMPLES = sorted((Path(__file__).parents[3] / "datasets" / "grids").glob("*.toml"))


def grid_of(path: Path, lang: str = "en") -> Grid:
    return read(path, find("99"), lang, Path("out"))


def said(path: Path, lang: str = "en") -> list[str]:
    with pytest.raises(UsageError) as caught:
        grid_of(path)
    return caught.value.text(lang).splitlines()


def test_a_product_lets_every_value_meet_every_other_the_last_name_first(grid_file: GridFile):
    grid = grid_of(grid_file('[product]\nsource = ["synthetic:tiny", "synthetic:rct"]\n"source.seed" = [1, 2]'))
    assert [run.values["source"] for run in grid.runs] == [
        "synthetic:tiny?seed=1",
        "synthetic:tiny?seed=2",
        "synthetic:rct?seed=1",
        "synthetic:rct?seed=2",
    ]
    assert grid.varying == ("source", "source.seed") == grid.crossed
    assert varying_in_words(grid, "en") == "company (tiny, rct) × seed (1, 2)"
    assert varying_in_words(grid, "ja") == "会社(tiny、rct) × 乱数シード(1、2)"


def test_listed_runs_stand_behind_the_product_and_what_is_fixed_is_in_all(grid_file: GridFile):
    text = (
        '[fixed]\nhorizon = 24\n[product]\nsource.seed = [2, 3]\n[[run]]\nlabel = "none"\nsource.addons = []\n[[run]]'
    )
    grid = grid_of(grid_file(text))
    assert [run.values["horizon"] for run in grid.runs] == [24] * 4
    assert [run.label for run in grid.runs] == ["", "", "none", ""]
    assert grid.runs[2].values["source"] == "synthetic:tiny?addons=none"
    assert grid.runs[3].values["source"] == "synthetic:tiny"
    assert "horizon 24" in fixed_in_words(grid, "en")
    assert grid.crossed is None


def test_a_run_knows_what_its_source_says_though_the_grid_does_not_speak_of_it(grid_file: GridFile):
    grid = grid_of(grid_file('[product]\nsource = ["synthetic:tiny?accounts=70", "synthetic:rct"]'))
    assert [run.facts["source.accounts"] for run in grid.runs] == ["70", "2000"]
    assert folder_names(grid) == ["tiny_accounts-70", "rct_accounts-2000"]


@pytest.mark.parametrize("opening", ["", "\ufeff"])
def test_a_byte_order_mark_of_windows_is_no_fault(grid_file: GridFile, opening: str):
    assert len(grid_of(grid_file(f"{opening}[product]\nhorizon = [3, 6]")).runs) == 2


@pytest.mark.parametrize("lesson", ["lang", "as_of"])
def test_days_and_languages_may_vary_too(grid_file: GridFile, lesson: str):
    values = {"lang": '["en", "ja"]', "as_of": '[2024-03-31, "2023-03-31"]'}[lesson]
    runs = grid_of(grid_file(f"[product]\n{lesson} = {values}"), "ja").runs
    assert [run.values[lesson] for run in runs] == {"lang": ["en", "ja"], "as_of": ["2024-03-31", "2023-03-31"]}[lesson]
    assert runs[0].values["lang"] == ("en" if lesson == "lang" else "ja")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[product]\nhorzon = [3]", "my.toml:2 horzon: this lesson has no such parameter. Did you mean horizon"),
        ('[product]\nhorizon = [3,\n  "long"]', 'my.toml:2 horizon = "long": must be a whole number'),
        ("[product]\nhorizon = [3, 0]", "my.toml:2 horizon = 0: must lie between 1 and 600"),
        ("[[run]]\nhorizon = 3\n[[run]]\nhorizon = true", "my.toml:4 horizon = true: must be a whole number"),
        ("[[run]]\nreveal_truth = 1", "my.toml:2 reveal_truth = 1: must be true or false"),
        ("[product]\nhorizon = 3", "my.toml:2 horizon = 3: in [product] each name has a list"),
        ("[product]\nhorizon = []", "my.toml:2 horizon = []: in [product] each name has a list"),
        ('[product]\nlang = ["fr"]', "my.toml:2: lang = fr"),
        ('[product]\nas_of = ["31.3.2024"]', 'my.toml:2: "31.3.2024"'),
        ("[product]\nas_of = [2010-01-01]", "my.toml:2: as_of = 2010-01-01"),
        ('[product]\nsource = ["synthetic:tinny"]', "my.toml:2: synthetic:tinny: no such scenario. Nearest: tiny"),
        ('[product]\nsource = ["tiny"]', "synthetic:tiny"),
        ('[product]\nsource = ["folder:nowhere"]', "my.toml:2: "),
        ("[product]\nsource.sed = [1]", "my.toml:2: sed: the simulator has no such parameter. Nearest: seed"),
        ('[product]\n"source.seed" = ["x"]', "my.toml:2: seed = x: not a whole value"),
        ("[product.source]\naccounts = [0]", "my.toml:2: accounts = 0: outside"),
        ('[product]\nsource.policy = ["rcd"]', "my.toml:2: policy = rcd: no such policy. Nearest: rct"),
        ("[product]\nhorizon = [3, 6, 3]", 'my.toml:1: the same run as in my.toml:1 (source = tiny, horizon = 3)'),
        ("[[run]]\n[[run]]\nhorizon = 12", "my.toml:2: the same run as in my.toml:1"),
        ('[[run]]\nlabel = "a"\n[[run]]\nlabel = "a"\nhorizon = 3', "my.toml:3: the label “a” is that of my.toml:1"),
        ("[[run]]\nlabel = 3", "my.toml:2 label = 3: a label is a text"),
        ("[product]\nlabel = ['a']", "my.toml:2 label: this lesson has no such parameter"),
        ("[fixed]\nhorizon = 3\n[product]\nhorizon = [3, 6]", "my.toml:4 horizon: stands in [fixed] too"),
        ("[prodct]\nhorizon = [3]", "my.toml:1 prodct: not a part of a grid. Did you mean product"),
        ("horizon = 3", "my.toml:1 horizon: not a part of a grid, which has [product], [[run]] and [fixed]"),
        ("[run]\nhorizon = 3", "my.toml:1 run: in the wrong brackets"),
        ("[[product]]\nhorizon = [3]", "my.toml:1 product: in the wrong brackets"),
        ("", "my.toml: asks for no run"),
        ("[fixed]\nhorizon = 3", "my.toml: asks for no run"),
        (f"[product]\nhorizon = {[*range(1, 501)]}\nsource.seed = [1, 2, 3]", "asks for 1,500 runs"),
        ("[product]\nhorizon = [3", "my.toml:2: cannot be read as TOML"),
        ('[product]\nsource = ["synthetic:tiny"]\nsource.seed = [1]', 'my.toml:3: cannot be read as TOML'),
    ],
)  # fmt: skip
def test_every_slip_is_told_with_its_line(grid_file: GridFile, text: str, expected: str):
    lines = said(grid_file(text))
    assert any(expected in line for line in lines), lines
    assert lines[-1] == "Nothing was run."
    assert not Path("out").exists()


def test_all_slips_are_told_at_once_and_each_once(grid_file: GridFile):
    text = '[product]\nhorizon = [0, 3]\n"source.seed" = [1, 2, -1]\nhorzon = [1]\n[rum]\na = 1'
    lines = said(grid_file(text))
    assert lines[0] == "4 faults in my.toml" and len(lines) == 6


def test_a_slip_that_leaves_no_run_does_not_hide_those_in_what_is_fixed(grid_file: GridFile):
    lines = said(grid_file('[fixed]\nhorzon = 1\n"source.seed" = -1\n[grid]\nhorizon = [3]'))
    assert [line.split(": ")[0].strip() for line in lines[1:-1]] == ["my.toml:4 grid", "my.toml:2 horzon", "my.toml:3"]


@pytest.mark.parametrize(
    "text",
    [
        '[fixed]\n"source.accounts" = 70\n[[run]]\nsource = "folder:exports"',
        '[product]\n"source.accounts" = [70]\nsource = ["folder:exports"]',
    ],
)
def test_an_option_that_reaches_a_folder_from_elsewhere_is_told_with_its_own_section(grid_file: GridFile, text: str):
    section = text[1 : text.index("]")]
    folder = 4 if section == "fixed" else 3
    told = f"my.toml:2 source.accounts: stands in [{section}] and so reaches the folder of my.toml:{folder}"
    assert told in said(grid_file(text))[1]


def test_slips_are_told_in_japanese_too(grid_file: GridFile):
    lines = said(grid_file("[product]\nsource.accounts = [0]"), "ja")
    assert lines[1].startswith("  my.toml:2:accounts = 0:範囲")


@pytest.mark.parametrize("content", [b"[product]\n# \x93\xfa\x96{", "[product]".encode("utf-16")])
def test_a_file_in_another_encoding_is_told(grid_file: GridFile, content: bytes):
    path = grid_file("")
    path.write_bytes(content)
    assert "UTF-8" in said(path)[0]


def test_a_file_that_cannot_be_read_is_told(grid_file: GridFile):
    grid_file("")
    for path in (Path("none.toml"), Path(".")):
        assert "cannot be read" in said(path)[0]


def test_a_secret_in_a_source_is_not_repeated(grid_file: GridFile):
    lines = said(grid_file('[product]\nsource = ["database:sales?password=hunter2"]'))
    assert "hunter2" not in "\n".join(lines)


def test_a_source_without_what_the_lesson_needs_is_refused_once_for_all_its_runs(course: Callable[..., Path]):
    course(("needs: [accounts]", "needs: [accounts, contracts.tenure_months]"))
    Path("my.toml").write_text("[product]\nsource.seed = [1, 2, 3]", encoding="utf-8")
    lines = said(Path("my.toml"))
    assert len(lines) == 3 and "contracts.tenure_months" in lines[1]


def test_folders_have_readable_names_that_every_system_takes(grid_file: GridFile):
    labels = ["CON", "a/b: c?", "A-b-c", "解約 率", "…", "x" * 90]
    text = "".join(f'[[run]]\nlabel = "{label}"\nhorizon = {place}\n' for place, label in enumerate(labels, start=1))
    names = folder_names(grid_of(grid_file(text)))
    assert names == ["run-CON", "a-b-c", "A-b-c-2", "解約-率", "run", "x" * 60]


@pytest.mark.parametrize("name", ["GRIDS.md", "GRIDS.ja.md"])
def test_the_grid_of_the_description_is_sound(tmp_path: Path, name: str):
    text = (EXAMPLES[0].parents[1] / name).read_text(encoding="utf-8")
    path = tmp_path / "my.toml"
    path.write_text(text.partition("```toml\n")[2].partition("```")[0], encoding="utf-8")
    assert len(read(path, find("05"), "en", tmp_path / "out").runs) == 2 * 3 + 1


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_grid_that_is_handed_out_is_sound_and_explains_itself_in_both_languages(path: Path):
    lesson = next(lesson for lesson in lessons() if lesson.number == "05")
    grid = read(path, lesson, "ja", Path("out"))
    assert 2 <= len(grid.runs) <= 8
    comments = "".join(line.partition("#")[2] for line in path.read_text(encoding="utf-8").splitlines())
    assert "第05章" in comments and "Lesson 05" in comments and f"--grid datasets/grids/{path.name}" in comments
