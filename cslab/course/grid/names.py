"""What the runs of a grid are called: in words for a reader, and as folders that any system can hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from cslab.course.grid.grid import OPTION, SOURCE, Grid, Run
from cslab.words import has_word, word

LONGEST = 60
"""Letters of a folder's name: with what stands before and in it, Windows takes no more than 260."""
SHOWN = 8
"""Values of a name that are listed; of more, the first ones and how many."""
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def name_of(name: str, lang: str) -> str:
    """A name as people say it.

    Parameters
    ----------
    name : str
        Of a parameter or of an option of the source.
    lang : str
        ``"en"`` or ``"ja"``.

    >>> name_of("source", "en"), name_of("source.accounts", "ja"), name_of("horizon_months", "en")
    ('company', '顧客数', 'horizon_months')
    """
    if name == SOURCE:
        return word("page.grid.company", lang)
    bare = name.removeprefix(OPTION)
    return word(f"page.grid.name.{bare}", lang) if has_word(f"page.grid.name.{bare}") else bare


def fact_of(name: str, fact: str, lang: str) -> str:
    """A name with its value; a preset needs no name beside it.

    Parameters
    ----------
    name, fact : str
        Empty where a run has no such value.
    lang : str
        ``"en"`` or ``"ja"``.

    >>> fact_of("source", "slow_burn", "en"), fact_of("source.accounts", "500", "en"), fact_of("as_of", "", "en")
    ('slow_burn', 'accounts 500', 'as of —')
    """
    return fact if name == SOURCE else f"{name_of(name, lang)} {fact or word('verdict.none', lang)}"


def title_of(run: Run, grid: Grid, lang: str) -> str:
    """What a run is called: its author's label, or what sets it apart from the others.

    Parameters
    ----------
    run : Run
    grid : Grid
    lang : str
        ``"en"`` or ``"ja"``.

    >>> from cslab.course.lessons import Lesson
    >>> runs = [Run({}, {"source": "tiny", "source.accounts": number}) for number in ("60", "500")]
    >>> title_of(runs[1], Grid(Lesson("05", "05_x", "", "", "", "", 40, 30, (), ()), "en", tuple(runs)), "ja")
    '顧客数 500'
    """
    names = grid.varying or (SOURCE,)
    return run.label or " · ".join(fact_of(name, run.facts.get(name, ""), lang) for name in names)


def varying_in_words(grid: Grid, lang: str) -> str:
    """What varies, with its values: ``company (tiny, slow_burn) × seed (1, 2)``.

    Parameters
    ----------
    grid : Grid
    lang : str
        ``"en"`` or ``"ja"``.

    >>> from cslab.course.lessons import Lesson
    >>> runs = [Run({}, {"source": "tiny", "source.accounts": str(number)}) for number in range(100, 1100, 100)]
    >>> varying_in_words(Grid(Lesson("05", "05_x", "", "", "", "", 40, 30, (), ()), "en", tuple(runs)), "en")
    'accounts (100, 200, 300, … 1000: 10 values)'
    """
    between = word("page.grid.between", lang)
    found = []
    for name in grid.varying:
        values = [value or word("verdict.none", lang) for value in grid.values_of(name)]
        listed = between.join(values)
        if len(values) > SHOWN:
            listed = word("page.grid.many", lang, first=between.join(values[:3]), last=values[-1], n=len(values))
        found.append(word("page.grid.values", lang, name=name_of(name, lang), values=listed))
    return word("page.grid.cross" if grid.crossed else "page.grid.and", lang).join(found)


def fixed_in_words(grid: Grid, lang: str) -> list[str]:
    """What is the same in all runs, a text each; the language and what is empty go without saying.

    Parameters
    ----------
    grid : Grid
    lang : str
        ``"en"`` or ``"ja"``.

    >>> from cslab.course.lessons import Lesson
    >>> run = Run({}, {"source": "tiny", "source.accounts": "60", "as_of": "", "lang": "en"})
    >>> fixed_in_words(Grid(Lesson("05", "05_x", "", "", "", "", 40, 30, (), ()), "en", (run,)), "en")
    ['tiny', 'accounts 60']
    """
    return [fact_of(name, fact, lang) for name, fact in grid.fixed.items() if fact and name != "lang"]


def folder_names(grid: Grid, had: Mapping[int, str] | None = None, taken: Iterable[str] = ()) -> list[str]:
    """A name of a folder for each run: readable, different whatever the case of letters, taken by nothing yet.

    Parameters
    ----------
    grid : Grid
    had : mapping of int to str
        Names that runs have already, by their place.
    taken : iterable of str
        Names that are given away.

    >>> from cslab.course.lessons import Lesson
    >>> runs = [Run({}, {"source": "tiny", "source.seed": seed}, label) for seed, label in (("1", ""), ("2", "a: b/c"))]
    >>> folder_names(Grid(Lesson("05", "05_x", "", "", "", "", 40, 30, (), ()), "en", tuple(runs)))
    ['seed-1', 'a-b-c']
    """
    names = dict(had or {})
    used = {name.casefold() for name in (*taken, *names.values())}
    for place, run in enumerate(grid.runs):
        if place not in names:
            names[place] = next(name for name in _numbered(_safe(_wanted(run, grid))) if name.casefold() not in used)
            used.add(names[place].casefold())
    return [names[place] for place in range(len(grid.runs))]


def _wanted(run: Run, grid: Grid) -> str:
    """What a folder would best be called."""
    names = grid.varying or (SOURCE,)
    parts = (run.facts.get(name, "") if name == SOURCE else _part(name, run) for name in names)
    return run.label or "_".join(parts)


def _part(name: str, run: Run) -> str:
    """One value in the name of a folder."""
    return f"{name.removeprefix(OPTION)}-{run.facts.get(name, '')}"


def _safe(wanted: str) -> str:
    """A name that every system takes: letters of any script, digits, and little else."""
    plain = re.sub(r"[^\w.-]+", "-", unicodedata.normalize("NFKC", wanted)).strip("-._")[:LONGEST].strip("-._")
    return f"run-{plain}".rstrip("-") if not plain or _RESERVED.fullmatch(plain) else plain


def _numbered(name: str) -> Iterable[str]:
    """The name itself, then with 2, 3, … behind it."""
    yield name
    yield from (f"{name}-{place}" for place in range(2, 10**9))
