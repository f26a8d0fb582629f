"""A grid: one lesson to be run over many companies or with many settings, checked whole before anything runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cslab.course import named
from cslab.course.grid.companies import company, require, small, written
from cslab.course.grid.file import Row, Wish, read_file
from cslab.course.lessons import Lesson
from cslab.course.params import unknown, with_options
from cslab.course.run import declared
from cslab.faults import CslabError, Fault, UsageError
from cslab.words import LANGUAGES

SOURCE, OPTION = "source", "source."


@dataclass(frozen=True)
class Run:
    """One run of a grid.

    Parameters
    ----------
    values : dict
        All parameters of the lesson.
    facts : dict of str to str
        The same as text, the source taken apart: ``source`` is the preset, ``source.seed`` its seed.
    label : str
        What its author calls it; may be empty.

    >>> Run({"horizon": 12}, {"horizon": "12"}).label
    ''
    """

    values: dict[str, Any]
    facts: dict[str, str]
    label: str = ""


@dataclass(frozen=True)
class Grid:
    """The runs of one lesson, all of which may begin.

    Parameters
    ----------
    lesson : Lesson
    lang : str
        Of the index; of the runs, too, unless the grid itself says otherwise.
    runs : tuple of Run
        In the order of the file.

    >>> lesson = Lesson("05", "05_x", "", "", "", "", 40, 30, (), ())
    >>> runs = [Run({}, {"source": "tiny", "source.seed": seed, "lang": "en"}) for seed in ("1", "2")]
    >>> Grid(lesson, "en", tuple(runs)).varying
    ('source.seed',)
    """

    lesson: Lesson
    lang: str
    runs: tuple[Run, ...]

    @property
    def varying(self) -> tuple[str, ...]:
        """The names in which the runs differ, in the order of the file."""
        names = dict.fromkeys(name for run in self.runs for name in run.facts)
        return tuple(name for name in names if len(self.values_of(name)) > 1)

    @property
    def fixed(self) -> dict[str, str]:
        """What is the same in all runs."""
        varying = self.varying
        return {name: fact for name, fact in self.runs[0].facts.items() if name not in varying}

    @property
    def crossed(self) -> tuple[str, str] | None:
        """The two names of which every value meets every value of the other, where that is all that varies."""
        if len(self.varying) != 2:
            return None
        one, other = self.varying
        whole = len(self.values_of(one)) * len(self.values_of(other)) == len(self.runs)
        return (one, other) if whole else None

    def values_of(self, name: str) -> list[str]:
        """The different values of a name, in order; empty text where a run has none.

        >>> lesson = Lesson("05", "05_x", "", "", "", "", 40, 30, (), ())
        >>> Grid(lesson, "en", (Run({}, {"horizon": "12"}), Run({}, {}))).values_of("horizon")
        ['12', '']
        """
        return [*dict.fromkeys(run.facts.get(name, "") for run in self.runs)]


def read(path: Path, lesson: Lesson, lang: str, folder: Path) -> Grid:
    """A grid from its file.

    Parameters
    ----------
    path : Path
        TOML: ``[product]``, ``[[run]]``, ``[fixed]``.
    lesson : Lesson
        A built one.
    lang : str
        ``"en"`` or ``"ja"``.
    folder : Path
        Where the pages will go.

    Returns
    -------
    Grid

    Raises
    ------
    UsageError
        With everything that is wrong: unknown names, types, ranges, sources, runs that are there twice, none at all or
        more than a thousand, a source that lacks what the lesson needs.

    >>> read(Path("no such grid.toml"), Lesson("05", "05_x", "", "", "", "", 40, 30, (), ()), "en", Path("out"))
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    asked = read_file(path)
    checker = _Checker(lesson, lang, folder)
    rows = asked.rows or [Row(asked.fixed, path.name)]  # a slip that leaves no run must not hide those in [fixed]
    found = [(row, values) for row in rows if (values := checker.values(row))]
    names = _spoken_of(found)
    pairs = [(row, Run(values, _facts(values, names), row.label)) for row, values in found]
    faults = [*asked.faults, *checker.faults.values(), *_twice(pairs, names)]
    if faults:
        raise UsageError(*faults, subject=str(path), ending="nothing_ran")
    return Grid(lesson, lang, tuple(run for _, run in pairs))


class _Checker:
    """Makes the parameters of runs from rows; keeps every fault once, in however many rows it stands."""

    def __init__(self, lesson: Lesson, lang: str, folder: Path) -> None:
        """Remember what the lesson takes."""
        self.lesson, self.lang, self.folder = lesson, lang, folder
        self.known = {parameter.name: parameter for parameter in declared(lesson)}
        self.faults, self.opened = dict[str, Fault](), dict[tuple[str, str], tuple[Fault, ...]]()
        self.named = dict[tuple[Any, ...], tuple[tuple[str, Fault], ...]]()

    def values(self, row: Row) -> dict[str, Any] | None:
        """All parameters of a run, or ``None`` where something is wrong with it."""
        slips = {name: slip for name, wish in row.wishes.items() if (slip := self.slip(wish))}
        wishes = {name: wish.value for name, wish in row.wishes.items() if name not in slips}
        values = {name: parameter.default for name, parameter in self.known.items()} | {"lang": self.lang}
        values |= {name: value for name, value in wishes.items() if name in self.known}
        options = {name.removeprefix(OPTION): written(wishes[name]) for name in wishes if name.startswith(OPTION)}
        try:
            values[SOURCE] = with_options(values[SOURCE], options) if options else values[SOURCE]
            lacking = self.lacks(small(values[SOURCE]), values["as_of"])
        except UsageError as error:
            lacking = error.faults
        found = [*slips.values(), *(_placed(fault, row) for fault in lacking), *self.unnamed(values, row)]
        self.faults |= {fault.text("en"): fault for fault in found}
        return None if found else values

    def lacks(self, source: str, as_of: str) -> tuple[Fault, ...]:
        """Why the lesson cannot run on a source, which is opened once however many runs are about it."""
        if (source, as_of) not in self.opened:
            try:
                require(source, as_of, self.lesson, self.lang, self.folder)
                self.opened[source, as_of] = ()
            except CslabError as error:
                self.opened[source, as_of] = error.faults
        return self.opened[source, as_of]

    def unnamed(self, values: dict[str, Any], row: Row) -> list[Fault]:
        """What of a run's rules, map and step is not there; looked up once however many runs name it."""
        asked = tuple(values.get(name) for name in (*named.RULES, named.MAP, named.STEP))
        if asked not in self.named:
            self.named[asked] = tuple(named.slips(values))
        lines = {name: wish.line for name, wish in row.wishes.items()}
        return [_at(lines.get(name, row.line), fault) for name, fault in self.named[asked]]

    def slip(self, wish: Wish) -> Fault | None:
        """What is wrong with one value; the source's options are for the source to judge."""
        if wish.name.startswith(OPTION):
            return None
        if wish.name not in self.known:
            return unknown(wish.name, self.known, f"{wish.line} {wish.name}")
        if wish.name == "lang" and wish.value not in LANGUAGES:
            return _at(wish.line, Fault("unknown_language", {"lang": wish.value, "known": ", ".join(LANGUAGES)}))
        return self.known[wish.name].fault(wish.value, wish.where)


def _spoken_of(found: Iterable[tuple[Row, dict[str, Any]]]) -> list[str]:
    """The names that a grid or its sources speak of, in their order; the company first."""
    names = [SOURCE]
    for row, values in found:
        names += row.wishes
        names += [f"{OPTION}{name}" for name in company(values[SOURCE]).said]
    return [*dict.fromkeys(names)]


def _facts(values: dict[str, Any], names: Iterable[str]) -> dict[str, str]:
    """What is to be known of a run, as text: what was spoken of first, then the lesson's other parameters."""
    about = company(values[SOURCE])
    options = {f"{OPTION}{name}": value for name, value in about.options.items()}
    found = {**{name: written(value) for name, value in values.items()}, SOURCE: about.name}
    return {name: {**found, **options}[name] for name in dict.fromkeys((*names, *found)) if name in found | options}


def _placed(fault: Fault, row: Row) -> Fault:
    """A fault of the source or day, with the line on which somebody asked for it."""
    stray = row.wishes.get(f"{OPTION}{fault.values.get('option')}")
    if stray and fault.key == "folder_option":
        source = row.wishes.get(SOURCE, stray).line
        values = {"where": f"{stray.line} {stray.name}", "section": stray.section, "source": source}
        return Fault("grid_folder_option", {**values, "known": fault.values["known"]})
    name, day = fault.values.get("name"), {"as_of", "date"} & {*fault.values}
    named = [wish for wish in row.wishes.values() if wish.name == f"{OPTION}{name}" or written(wish.value) == name]
    wishes = [*named, row.wishes.get("as_of") if day else None, row.wishes.get(SOURCE)]
    return _at(next((wish.line for wish in wishes if wish), row.line), fault)


def _at(line: str, fault: Fault) -> Fault:
    """A fault with the line on which it stands."""
    return Fault("grid_line", {"line": line, "en": fault.text("en"), "ja": fault.text("ja")})


def _twice(found: Iterable[tuple[Row, Run]], names: Sequence[str]) -> list[Fault]:
    """A fault for every run that is the same as an earlier one, and for every label that is given twice."""
    seen, faults = dict[Any, str](), list[Fault]()
    for row, run in found:
        what = ", ".join(f"{name} = {run.facts[name]}" for name in names if name in run.facts)
        for key, fault in ((tuple(run.facts.items()), "grid_run_twice"), (run.label, "grid_label_twice")):
            if key and key in seen:
                faults.append(Fault(fault, {"line": row.line, "first": seen[key], "what": run.label or what}))
            seen.setdefault(key, row.line)
    return faults
