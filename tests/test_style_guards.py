"""What every file keeps to: documented and annotated functions, UTF-8 said aloud, nothing of anybody's machine."""

from __future__ import annotations

import ast
import hashlib
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED_DATA = ROOT.parent / "shared" / "data"
OUTWARD = {"cli", "__main__"}  # their functions are commands: the docstring is the help text that a person reads
WITHOUT_EXAMPLE = {
    "course.copies.open_lab": "opens a window and stays",
    "course.grading.family.end": "ends processes; the tests of the endings show it",
    "course.grading.inside.main": "the program of a process of its own; the tests of the endings show it",
    "course.grading.inside.new_shell": "would stay the shell of this very process",
    "course.grading.jobobject.Job.most_memory": "on Windows only",
    "course.grading.jobobject.Job.put_in": "on Windows only",
    "course.grading.limits.bind": "would bind this very process",
    "course.grading.meter.Meter.hand_in": "the class shows it",
    "course.grading.meter.Meter.lines": "the class shows it",
    "course.grading.meter.Meter.said": "the class shows the like of it",
    "course.grading.meter.Meter.wait": "the class shows it",
    "course.grading.namespaces.die_first": "would hold for this very process",
    "course.grading.namespaces.enter": "would take this very process away",
    "course.grading.namespaces.gain_nothing": "would hold for this very process",
    "course.grading.namespaces.leave_user": "would take all rights from this very process",
    "course.grading.namespaces.name_user": "the other half of `leave_user`",
    "course.grading.namespaces.stay_out_of_reach": "would hold for this very process",
    "course.grading.warden.main": "the program of a process of its own; the tests of the endings show it",
    "course.kernels.execute": "starts a kernel; the lessons show it",
    "course.kernels.execute_with": "starts a kernel; the lessons show it",
    "develop.check": "starts this very test run",
    "develop.test": "starts this very test run",
    "develop.bench": "takes minutes",
    "develop.lab": "opens a window and stays",
    "world.paths.Paths.step": "one month of a run; the class shows the whole",
    "world.paths.Paths.walked": "one run; the class shows it",
    "world.run.Run.history": "the end of a run; `simulate` shows it",
    "world.run.Run.step": "one month of a run; `simulate` shows the whole",
}


@cache
def tracked() -> list[Path]:
    """The project's files, without what the tools make: as git lists them, or all where there is no git."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True
    )
    if listed.returncode == 0:
        names = listed.stdout.decode("utf-8").split("\0")
        return [ROOT / name for name in names if name and (ROOT / name).is_file()]
    return [path for path in ROOT.rglob("*") if path.is_file() and not any(map(made, path.relative_to(ROOT).parts))]


def made(part: str) -> bool:
    """Whether a folder or file of that name is made by tools."""
    return part in ("build", "dist", "work", "__pycache__") or (part.startswith(".") and part != ".ci")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def tracked_text() -> Iterator[tuple[Path, str]]:
    for path in tracked():
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def code_files(*folders: str) -> list[Path]:
    return [path for path in tracked() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in folders]


def functions(path: Path) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Functions and methods of a module with their dotted names; those inside functions are left out."""

    def walk(body: list[ast.stmt], prefix: str) -> Iterator[tuple[str, ast.FunctionDef]]:
        for node in body:
            if isinstance(node, ast.FunctionDef):
                if "overload" not in {getattr(mark, "id", "") for mark in node.decorator_list}:
                    yield f"{prefix}.{node.name}", node
            elif isinstance(node, ast.ClassDef):
                yield from walk(node.body, f"{prefix}.{node.name}")

    name = ".".join(path.relative_to(ROOT / "cslab").with_suffix("").parts).removesuffix(".__init__")
    yield from walk(tree_of(path).body, name)


def public_functions(*paths: Path) -> list[tuple[str, ast.FunctionDef]]:
    found = [pair for path in paths for pair in functions(path) if path.name != "__main__.py"]
    return [(name, node) for name, node in found if not any(part.startswith("_") for part in name.split("."))]


def is_promise(node: ast.FunctionDef) -> bool:
    """A method of a protocol: a docstring or dots for a body, and nothing to run."""
    rest = node.body[1:] if ast.get_docstring(node) else node.body
    return all(isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant) for part in rest)


def is_noun(node: ast.FunctionDef) -> bool:
    """A property: it takes nothing, so the example of its class shows it."""
    return any(getattr(mark, "id", "") in ("property", "cached_property") for mark in node.decorator_list)


def lacks(name: str, node: ast.FunctionDef) -> str:
    """What a public function does not say of itself."""
    text = ast.get_docstring(node) or ""
    exempt = name in WITHOUT_EXAMPLE or name.split(".")[0] in OUTWARD or is_promise(node) or is_noun(node)
    if not text:
        return f"{name} has no docstring"
    return "" if exempt or ">>> " in text else f"{name} has no example in its docstring"


def test_a_public_function_says_what_it_is_for_and_shows_it():
    found = [lacks(name, node) for name, node in public_functions(*code_files("cslab"))]
    assert len(found) > 1000
    assert [what for what in found if what] == []


def test_an_exemption_is_for_a_function_that_exists():
    assert set(WITHOUT_EXAMPLE) <= {name for name, _ in public_functions(*code_files("cslab"))}


def test_every_function_is_annotated():
    bare = [f"{path.relative_to(ROOT)} {what}" for path in code_files("cslab") for what in not_annotated(path)]
    assert bare == []


def not_annotated(path: Path) -> Iterator[str]:
    """The functions of a file without the types of all that they take and give, also those inside others."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            typed = all(one.annotation for one in arguments if one.arg not in ("self", "cls"))
            if node.returns is None or not typed:
                yield f"line {node.lineno}: {node.name}"


def opens_text_in_the_code_page_of_the_machine(node: ast.AST) -> bool:
    """Whether a call opens a text file without saying its encoding."""
    if not isinstance(node, ast.Call) or any(word.arg in ("encoding", None) for word in node.keywords):
        return False
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if name in ("read_text", "write_text") and isinstance(node.func, ast.Attribute):
        return not any(isinstance(argument, ast.Constant) and argument.value == "utf-8" for argument in node.args)
    owner = getattr(getattr(node.func, "value", None), "id", "")
    if name != "open" or owner in ("os", "tarfile", "zipfile", "Image", "webbrowser"):
        return False
    modes = [node.args[:1], node.args[:2]][isinstance(node.func, ast.Name)]
    words = [word.value for word in node.keywords if word.arg == "mode"]
    return not any(isinstance(mode, ast.Constant) and "b" in str(mode.value) for mode in [*modes[-1:], *words])


@pytest.mark.parametrize(
    ("code", "guilty"),
    [
        ("open('a')", True),
        ("open('a.b', 'rb')", False),
        ("path.open()", True),
        ("path.open('rb')", False),
        ("path.open(mode='wb')", False),
        ("path.read_text()", True),
        ("path.read_text(encoding='utf-8')", False),
        ("path.write_text(text)", True),
        ("Image.open(path)", False),
    ],
)
def test_a_file_opened_without_an_encoding_is_seen(code: str, guilty: bool):
    assert any(opens_text_in_the_code_page_of_the_machine(node) for node in ast.walk(ast.parse(code))) is guilty


def test_every_text_file_is_opened_as_utf_8():
    found = [
        f"{path.relative_to(ROOT)} line {node.lineno}"
        for path in tracked()
        if path.suffix == ".py"
        for node in ast.walk(tree_of(path))
        if opens_text_in_the_code_page_of_the_machine(node)
    ]
    assert found == []


def test_no_file_names_the_address_of_a_package_registry():
    names = ("py|pi\\.org", "python|hosted", "npm|js\\.", "deb\\.|debian", "repo\\.|anaconda")
    hosts = re.compile("|".join(name.replace("|", "") for name in names))  # in halves, so as not to find itself
    assert [path.name for path, text in tracked_text() if hosts.search(text)] == []


def test_no_file_holds_a_path_of_somebodys_machine():
    places = ("/home|/\\w", "/Users|/\\w", "/root|/", "/work|/(main|shared)", "/tmp|/\\w")
    mine = re.compile("|".join(place.replace("|", "", 1) for place in places))
    found = [f"{path.relative_to(ROOT)}: {hit.group()}" for path, text in tracked_text() if (hit := mine.search(text))]
    assert found == []


@pytest.mark.skipif(not SHARED_DATA.is_dir(), reason="../shared/data is not here to compare with")
def test_no_data_of_other_people_is_committed():
    theirs = {hashlib.sha256(path.read_bytes()).digest() for path in SHARED_DATA.rglob("*") if path.is_file()}
    assert [path.name for path in tracked() if hashlib.sha256(path.read_bytes()).digest() in theirs] == []


def test_shell_and_make_files_keep_to_line_ends_that_unix_reads():
    assert [path.name for path, text in tracked_text() if "\r\n" in text and path.suffix != ".csv"] == []
