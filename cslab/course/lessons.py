"""The lessons there are: what each asks, how long it takes, what it needs of a source, where its notebooks stand."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, ClassVar, Protocol, TypeVar

from cslab.faults import Fault, UsageError, nearest
from cslab.words import LANGUAGES


class Handout(Protocol):
    """What a trainee is handed out as a notebook in either language: a lesson, or its sheet of exercises."""

    kind: ClassVar[str]
    """Its key in the metadata of its notebook."""
    shelf: ClassVar[str]
    """The folder among a trainee's copies of one language that holds its kind; empty for the first shelf."""

    @property
    def number(self) -> str:
        """Two digits, such as ``"05"``."""

    @property
    def name(self) -> str:
        """File name without its ending."""

    @property
    def needs(self) -> tuple[str, ...]:
        """What a source must hold for it to run at all (see ``Book.has``)."""

    def title(self, lang: str) -> str:
        """The title in a language."""

    def notebook(self, lang: str) -> Path:
        """Where the built notebook of a language stands."""

    def as_data(self) -> dict[str, Any]:
        """The head as plain JSON types."""


T = TypeVar("T", bound=Handout)


@dataclass(frozen=True)
class Lesson:
    """What the head of a lesson says.

    Parameters
    ----------
    number : str
        Two digits, such as ``"05"``.
    name : str
        File name without its ending, such as ``"05_when_do_customers_leave"``.
    title_en, title_ja, question_en, question_ja : str
        Title, and the business question in one sentence.
    minutes_core, minutes_further : int
        Minutes of the core track (必修) and of the further track (発展).
    needs : tuple of str
        What a source must hold for the lesson to run at all (see ``Book.has``).
    misconceptions : tuple of str
        Those of the register that the lesson breaks.

    >>> Lesson("05", "05_x", "When?", "いつ?", "", "", 40, 30, ("contracts",), ("M13",)).title("ja")
    'いつ?'
    """

    kind: ClassVar[str] = "lesson"
    shelf: ClassVar[str] = ""

    number: str
    name: str
    title_en: str
    title_ja: str
    question_en: str
    question_ja: str
    minutes_core: int
    minutes_further: int
    needs: tuple[str, ...]
    misconceptions: tuple[str, ...]

    def title(self, lang: str) -> str:
        """The title in a language.

        >>> Lesson("05", "05_x", "When?", "いつ?", "", "", 40, 30, (), ()).title("en")
        'When?'
        """
        return self.title_ja if lang == "ja" else self.title_en

    def question(self, lang: str) -> str:
        """The business question in a language.

        >>> Lesson("05", "05_x", "", "", "Why?", "なぜ?", 40, 30, (), ()).question("ja")
        'なぜ?'
        """
        return self.question_ja if lang == "ja" else self.question_en

    def notebook(self, lang: str) -> Path:
        """Where the built notebook of a language stands.

        >>> Lesson("05", "05_x", "", "", "", "", 40, 30, (), ()).notebook("ja").parts[-2:]
        ('ja', '05_x.ipynb')
        """
        return library() / lang / f"{self.name}.ipynb"

    def as_data(self) -> dict[str, Any]:
        """The head as plain JSON types, from which :func:`of_data` makes it again.

        >>> Lesson("05", "05_x", "", "", "", "", 40, 30, ("contracts",), ()).as_data()["needs"]
        ['contracts']
        """
        return plain_data(self)


def of_data(data: Mapping[str, Any]) -> Lesson:
    """A lesson from the metadata of its notebook.

    >>> lesson = Lesson("05", "05_x", "", "", "", "", 40, 30, ("contracts",), ())
    >>> of_data(lesson.as_data()) == lesson
    True
    """
    return Lesson(**fields_of(data))


def plain_data(head: Any) -> dict[str, Any]:
    """A head as plain JSON types.

    Parameters
    ----------
    head : dataclass instance

    >>> plain_data(Lesson("05", "05_x", "", "", "", "", 40, 30, ("contracts",), ()))["needs"]
    ['contracts']
    """
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(head).items()}


def fields_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a head from its plain data: lists are tuples again.

    >>> fields_of({"number": "05", "needs": ["contracts"]})
    {'number': '05', 'needs': ('contracts',)}
    """
    return {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}


def project() -> Path | None:
    """The folder of the project that this package is worked on in; ``None`` for an installed package.

    >>> (folder := project()) is None or (folder / "notebooks" / "source").is_dir()
    True
    """
    folder = Path(__file__).resolve().parents[2]
    return folder if (folder / "notebooks" / "source").is_dir() else None


def library() -> Path:
    """The folder of the built notebooks, ``en`` and ``ja`` below it: the project's own, or the installed package's.

    A graded notebook sees those of the project without their sources.

    >>> library().name
    'notebooks'
    """
    package = Path(__file__).resolve().parent
    carried, beside = package / "notebooks", package.parents[1] / "notebooks"
    return carried if carried.is_dir() or not beside.is_dir() else beside


def lessons() -> list[Lesson]:
    """All lessons that are built, by number.

    Returns
    -------
    list of Lesson
        Empty before the first build.

    >>> [lesson.number for lesson in lessons()] == sorted(lesson.number for lesson in lessons())
    True
    """
    return [of_data(head(path)["lesson"]) for path in sorted((library() / LANGUAGES[0]).glob("[0-9][0-9]_*.ipynb"))]


def find(wish: str) -> Lesson:
    """A lesson by its number or name.

    Parameters
    ----------
    wish : str
        ``"05"``, ``"5"`` or ``"05_when_do_customers_leave"``.

    Raises
    ------
    UsageError
        For a lesson that is not there; the message names those that are.

    >>> find("no such lesson")
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    return picked(wish, lessons())


def picked(wish: str, known: Sequence[T]) -> T:
    """The one among lessons, or among exercises, that is meant by a number, a name, or words of one title alone.

    Parameters
    ----------
    wish : str
    known : sequence of Lesson or ExerciseSheet

    Raises
    ------
    UsageError
        Where there is none; the message names those there are.

    >>> lesson = Lesson("05", "05_x", "When do they leave?", "いつ離れるか", "", "", 40, 30, (), ())
    >>> picked("5", [lesson]) is picked("いつ離れる", [lesson])
    True
    """
    typed = _plain(wish)  # a Japanese keyboard gives digits of full width
    number = typed.zfill(2) if re.fullmatch(r"\d{1,2}", typed) else ""
    for one in known:
        if one.number == number or _plain(one.name) == typed.removesuffix(".ipynb"):
            return one
    if not known:
        raise UsageError(Fault("no_lessons_built"))
    titled = [one for one in known if len(typed) > 1 and not number and _titles(one, typed)]
    if len(titled) == 1:
        return titled[0]
    raise UsageError(Fault("several_titles", {"wish": wish, **_listed(titled)}) if titled else _unknown(wish, known))


def _listed(known: Sequence[Handout]) -> dict[str, str]:
    """Numbers and titles in one line, by language."""
    between = {"en": ", ", "ja": "、"}
    return {lang: between[lang].join(f"{one.number} ({one.title(lang)})" for one in known) for lang in LANGUAGES}


def _unknown(wish: str, known: Sequence[Handout]) -> Fault:
    """That no lesson is called so; the nearest one where a name was typed, and those there are."""
    typed = _plain(wish)
    if known[0].kind == "lesson" and typed.isdecimal() and typed.zfill(2) < known[-1].number:
        return Fault("lesson_to_come", {"wish": wish, **_listed(known)})
    texts = {_plain(text): one for one in known for text in (one.name, one.name[3:], *map(one.title, LANGUAGES))}
    near = "" if typed.isdecimal() else nearest(typed, texts)
    found = {"wish": wish, "near": texts[near].number if near else "", **_listed(known)}
    return Fault(f"unknown_{known[0].kind}{'_near' if near else ''}", found)


def _titles(one: Handout, typed: str) -> bool:
    """Whether words that were typed stand in a title."""
    return any(typed in _plain(one.title(lang)) for lang in LANGUAGES)


def _plain(text: str) -> str:
    """A text as one may type it: letters of full width and capitals make no difference."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def head(path: Path) -> dict[str, Any]:
    """What ``cslab build`` wrote into the metadata of a notebook.

    Parameters
    ----------
    path : Path
        A built notebook.

    Returns
    -------
    dict
        ``lesson`` or ``exercise``, ``lang``, ``source_hash``; of a lesson also ``package_hash``.

    Raises
    ------
    UsageError
        For a notebook that the kit did not build.

    >>> head(Path("no_such.ipynb"))
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    found = notebook_data(path)["metadata"].get("cslab")
    if not isinstance(found, dict):
        raise UsageError(Fault("not_a_lesson", {"path": path}))
    return found


def notebook_data(path: Path) -> dict[str, Any]:
    """A notebook file as plain data, without the weight of nbformat.

    Raises
    ------
    UsageError
        Where there is no such file, or it is no notebook.

    >>> notebook_data(Path("no_such.ipynb"))
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(Fault("not_a_lesson", {"path": path})) from error
    if not (isinstance(data, dict) and isinstance(data.get("metadata"), dict) and isinstance(data.get("cells"), list)):
        raise UsageError(Fault("not_a_lesson", {"path": path}))
    return data
