"""Data flows one way through the package: a room imports only from rooms to its left."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "cslab"
ROOMS = [
    *("words", "faults", "requirements", "environment"),  # these four need the standard library only
    *("tables", "book", "world", "sources", "measure", "figures", "course", "doctor", "develop", "cli", "__main__"),
]
PURE = ("tables", "book", "world", "measure")
READERS = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "read_csv", "to_csv", "read_excel"}


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def name_of(module: Path) -> str:
    return module.relative_to(PACKAGE).as_posix()


def room_of(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_names(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every dotted name that a file imports, wherever in it, also for types only."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((name.name, node.lineno) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute, so that they can be read"
            yield from ((f"{node.module}.{name.name}", node.lineno) for name in node.names)


def rooms_entered(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """The rooms a file imports from; ``cslab.load`` is a door to the sources."""
    for name, line in imported_names(tree):
        parts = name.split(".")
        if parts[0] == "cslab":
            yield {"load": "sources", "__version__": "words"}.get(parts[1], parts[1]) if parts[1:] else "sources", line


def wrong_ways(room: str, code: str) -> list[str]:
    left = ROOMS[: ROOMS.index(room) + 1]
    entered = rooms_entered(ast.parse(code))
    return [f"line {line}: {room} imports {other}" for other, line in entered if other not in left]


def test_a_room_imports_only_from_rooms_to_its_left():
    found = {
        name_of(module): wrong
        for module in modules()
        if (wrong := wrong_ways(room_of(module), module.read_text(encoding="utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize(
    "code",
    [
        "from cslab.course.lesson import begin",
        "import cslab.figures",
        "from cslab import course",
        "def f():\n    from cslab.course import run",
        "if TYPE_CHECKING:\n    from cslab.course.run import Run",
    ],
)
def test_an_import_from_the_right_is_seen_however_it_is_written(code: str):
    assert wrong_ways("measure", code)


def test_an_import_from_the_left_is_allowed():
    assert wrong_ways("measure", "from cslab.book import Book\nfrom cslab import load\nimport pandas") == []


def test_every_part_of_the_package_has_its_place_in_the_order():
    assert {room_of(module) for module in modules()} <= set(ROOMS)


def test_the_package_itself_imports_nothing_of_its_rooms_before_it_is_asked():
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    at_once = ast.Module([node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))], [])
    assert [name for name, _ in imported_names(at_once) if not name.startswith(("__future__", "typing"))] == []


def test_what_computes_neither_draws_nor_touches_files():
    pure = [module for module in modules() if room_of(module) in PURE]
    assert len(pure) > 100
    assert {name_of(module): found for module in pure if (found := _impure(module))} == {}


def _impure(module: Path) -> set[str]:
    """The drawing libraries that a module imports and the calls by which it touches files."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    libraries = {name.split(".")[0] for name, _ in imported_names(tree)}
    calls = {_called(node) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    carried = (PACKAGE / "world" / "scenario.py", PACKAGE / "world" / "programmes" / "programme.py")
    allowed = {"read_text"} if module in carried else set()  # presets and programmes lie in the package
    return libraries & {"matplotlib", "seaborn"} | calls & READERS - allowed


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def test_the_picture_of_the_house_in_contributing_is_the_order_that_is_held():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    picture = next(line for line in text.splitlines() if line.startswith("words ─▶"))
    assert picture.split(" ─▶ ") == [room for room in ROOMS if room not in ("requirements", "environment", "__main__")]


def test_no_module_is_a_drawer_for_odds_and_ends():
    assert not {module.stem for module in modules()} & {"utils", "util", "helpers", "common", "base", "manager", "misc"}
