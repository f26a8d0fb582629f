"""What the kit needs, as ``pyproject.toml`` declares it, and what of it is here.

Standard library only, since it is asked before anything is installed.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import re
from dataclasses import dataclass
from pathlib import Path

_COMPARISONS = {
    ">=": lambda order: order >= 0,
    "<=": lambda order: order <= 0,
    "==": lambda order: order == 0,
    "!=": lambda order: order != 0,
    ">": lambda order: order > 0,
    "<": lambda order: order < 0,
}


def release(version: str) -> tuple[int, ...]:
    """The numbers of a version, without trailing zeros, so that two versions can be compared.

    Parameters
    ----------
    version : str
        Such as ``"2.3.0"`` or ``"3.0rc1"`` (what follows the numbers is left out).

    >>> release("2.3.0") == release("2.3"), release("10.1") > release("9.9")
    (True, True)
    """
    digits = re.match(r"\d+(\.\d+)*", version.strip())
    numbers = [int(part) for part in digits.group().split(".")] if digits else []
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


@dataclass(frozen=True)
class Requirement:
    """One package and the versions of it that will do.

    Parameters
    ----------
    name : str
        The name under which it is installed.
    bounds : str
        Such as ``">=2.3.3,<3"``; empty for any version.

    >>> Requirement("no-such-package", ">=1").installed
    ''
    """

    name: str
    bounds: str = ""

    @property
    def installed(self) -> str:
        """The version that is here; empty where there is none.

        >>> Requirement("numpy").installed != ""
        True
        """
        try:
            return importlib.metadata.version(self.name)
        except importlib.metadata.PackageNotFoundError:
            return ""

    @property
    def modules(self) -> list[str]:
        """The packages that it puts into an environment, by the names that ``import`` knows.

        >>> Requirement("scikit-learn").modules, Requirement("no-such-package").modules
        (['sklearn'], [])
        """
        try:
            files = importlib.metadata.files(self.name) or []
        except importlib.metadata.PackageNotFoundError:
            return []
        roots = {path.parts[0] for path in files if path.parts[1:] == ("__init__.py",)}
        return sorted(name for name in roots if not name.startswith("_"))  # _yaml and the like: not for others

    @property
    def broken(self) -> str:
        """Why what is installed cannot be imported: a record may stand where files are gone. Empty where it can.

        >>> Requirement("numpy").broken, Requirement("no-such-package").broken
        ('', '')
        """
        for name in self.modules:
            try:
                importlib.import_module(name)
            except Exception as error:  # a damaged package may fail in any way
                return f"{type(error).__name__}: {error}"
        return ""

    @property
    def met(self) -> bool:
        """Whether a version that will do is here.

        >>> Requirement("numpy", ">=1.0").met, Requirement("numpy", "<1").met
        (True, False)
        """
        return bool(self.installed) and self.allows(self.installed)

    def allows(self, version: str) -> bool:
        """Whether a version lies within the bounds.

        Parameters
        ----------
        version : str
            Such as ``"2.3.3"``.

        >>> pandas = Requirement("pandas", ">=2.3.3,<3")
        >>> pandas.allows("2.3.3"), pandas.allows("3.0"), pandas.allows("2.2")
        (True, False, False)
        """
        for bound in filter(None, self.bounds.split(",")):
            sign, limit = re.match(r"\s*([<>=!]+)\s*(\S+)", bound).groups()  # type: ignore[union-attr]
            here, there = release(version), release(limit)
            if not _COMPARISONS[sign]((here > there) - (here < there)):
                return False
        return True


def parse(line: str) -> Requirement:
    """Read one line of requirements.

    Parameters
    ----------
    line : str
        Such as ``'ibis-framework[duckdb] (>=10) ; extra == "events"'``; brackets and what follows ``;`` are left out.

    >>> parse("pandas>=2.3.3,<3")
    Requirement(name='pandas', bounds='>=2.3.3,<3')
    >>> parse('build>=1.2 ; extra == "author"').name
    'build'
    """
    name, rest = re.match(r"\s*([\w.-]+)\s*(?:\[[^]]*\])?([^;]*)", line).groups()  # type: ignore[union-attr]
    return Requirement(name, rest.strip().strip("()").replace(" ", ""))


def clone() -> Path | None:
    """The folder of the project when the package runs from a clone of it; None when it runs from an installed wheel.

    >>> here = clone()
    >>> here is None or (here / "pyproject.toml").is_file()
    True
    """
    folder = Path(__file__).resolve().parent.parent
    return folder if (folder / "pyproject.toml").is_file() and (folder / "constraints.txt").is_file() else None


def declared(*extras: str) -> list[Requirement]:
    """Everything the kit declares to need, in alphabetical order.

    Parameters
    ----------
    *extras : str
        Names of extras to include, such as ``"author"``.

    Returns
    -------
    list of Requirement
        From ``pyproject.toml`` in a clone, from the wheel's own record otherwise.

    >>> "pandas" in [need.name for need in declared()]
    True
    >>> "pytest" in [need.name for need in declared("author")]
    True
    """
    folder = clone()
    lines = _from_project(folder, extras) if folder else _from_wheel(extras)
    return sorted(map(parse, lines), key=lambda need: need.name.lower())


def _from_project(folder: Path, extras: tuple[str, ...]) -> list[str]:
    """The lines of a clone's project file, which are newer than its last installation."""
    import tomllib

    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [*project["dependencies"], *(line for name in extras for line in project["optional-dependencies"][name])]


def _from_wheel(extras: tuple[str, ...]) -> list[str]:
    """The lines an installed wheel recorded."""
    marks = [re.compile(rf"""extra\s*==\s*['"]{re.escape(name)}['"]""") for name in extras]
    lines = importlib.metadata.requires("cslab") or []
    return [line for line in lines if "extra ==" not in line or any(mark.search(line) for mark in marks)]


def pins(folder: Path) -> dict[str, str]:
    """The exact versions the project was tested with, by name.

    Parameters
    ----------
    folder : Path
        The project's folder, which holds ``constraints.txt``.

    Returns
    -------
    dict
        Those meant for this Python; a line may be marked ``; python_version == "3.12"``.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "constraints.txt").write_text("# tested\\nnumpy==2.4.6\\n", encoding="utf-8")
    ...     pins(Path(folder))
    {'numpy': '2.4.6'}
    """
    import sys

    here = f"{sys.version_info[0]}.{sys.version_info[1]}"
    found = {}
    for line in (folder / "constraints.txt").read_text(encoding="utf-8").splitlines():
        pin, _, marker = line.partition("#")[0].partition(";")
        if pin.strip() and (not marker or f'"{here}"' in marker):
            name, _, version = pin.partition("==")
            found[name.strip()] = version.strip()
    return found
