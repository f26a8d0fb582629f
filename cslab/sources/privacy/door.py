"""The tables of real data as a book may hold them: pseudonyms for names, mails and phones, no sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cslab.faults import nearest
from cslab.sources.findings import Findings
from cslab.sources.privacy.columns import Masks, Seen, Way, every, named_key, seen_in, way
from cslab.sources.privacy.pseudonym import pseudonyms

if TYPE_CHECKING:
    import pandas as pd

    from cslab.sources.mapped import RawFile
    from cslab.sources.rules import FileMapping


@dataclass(frozen=True)
class Masked:
    """Tables behind the door, and what was done to them.

    Parameters
    ----------
    tables : dict of str to DataFrame
        As they came, without personal values.
    hidden : dict of str to str
        Each value that no message may show, and what stands for it.
    ways : dict of str to str
        What was done to which column (``"accounts.account_name"``): ``pseudonym``, ``drop``, or ``keep`` where the
        mapping asked for it. Columns that are as they came are not in it.

    >>> Masked({}).ways
    {}
    """

    tables: dict[str, pd.DataFrame]
    hidden: dict[str, str] = field(default_factory=dict)
    ways: dict[str, Way] = field(default_factory=dict)


BLANKED = "•••"
"""What stands for a text that has no pseudonym."""


def masked(
    tables: Mapping[str, pd.DataFrame], files: Mapping[str, RawFile], mapping: FileMapping, findings: Findings
) -> Masked:
    """Tables without personal values. The same text gets the same pseudonym wherever it stands, so joins hold.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Typed.
    files : mapping of str to RawFile
        From which they were made; their headers tell what columns hold.
    mapping : FileMapping
        Its ``mask`` has the last word.
    findings : Findings
        Gets a note of what was done, and a fault for a column in ``mask`` that is not there.

    Returns
    -------
    Masked

    Raises
    ------
    UsageError
        Where a pseudonym is needed and the user's secret cannot be read or made.

    >>> import pandas as pd
    >>> from cslab.sources.rules import FileMapping
    >>> accounts = pd.DataFrame({"account_id": ["A1", "Globex"], "account_name": ["Acme", "Globex"], "x_nps": [9, 3]})
    >>> behind = masked({"accounts": accounts}, {}, FileMapping(), Findings())
    >>> behind.ways, behind.tables["accounts"]["account_id"].tolist()[0]
    ({'accounts.account_id': 'pseudonym', 'accounts.account_name': 'pseudonym'}, 'A1')
    >>> accounts_id, name = (behind.tables["accounts"][column].iloc[1] for column in ("account_id", "account_name"))
    >>> accounts_id == name != "Globex"
    True
    """
    _absent_notes(tables, mapping, findings)
    looked = [seen for table, frame in tables.items() for seen in _seen(table, frame, files, mapping)]
    named = _named_keys(looked)
    ways: dict[str, Way] = {}
    hidden: dict[str, str] = {}
    behind = dict(tables)
    for seen in looked:
        place = f"{seen.table}.{seen.name}"
        how, masks = _way(seen, mapping.mask.get(place, ""), named)
        if how != "keep" or place in mapping.mask:
            ways[place] = how
        behind[seen.table] = _treated(behind[seen.table], seen, how, masks, hidden)
    _notes(ways, looked, findings)
    named_key.cache_clear()
    return Masked(behind, hidden, ways)


def _seen(table: str, frame: pd.DataFrame, files: Mapping[str, RawFile], mapping: FileMapping) -> Iterable[Seen]:
    """The columns of a table that could name somebody: all but numbers, days and flags."""
    from pandas.api import types

    from cslab.sources.covariates import covariate_name

    headers = [str(header) for header in files[table].cells] if table in files else []
    kept = {covariate_name(header): header for header in headers}
    rules = mapping.tables[table].columns if table in mapping.tables else {}
    for name, values in frame.items():
        rule = rules.get(str(name))
        told = rule.reads if rule and rule.reads else (kept.get(str(name), str(name)),)
        plain = types.is_numeric_dtype(values) or types.is_datetime64_any_dtype(values)
        asked = f"{table}.{name}" in mapping.mask
        if not plain or asked or (str(name).startswith("x_") and Seen(table, str(name), told, [], 0).said in _ANY_TYPE):
            yield seen_in(table, str(name), told, values)


_ANY_TYPE = ("phone", "place")
"""What may also stand as numbers or days."""


def _named_keys(looked: Iterable[Seen]) -> frozenset[str]:
    """The ids that hold names, by a header that says so: all their values become pseudonyms, in whatever table."""
    keys = [seen for seen in looked if seen.declared and seen.declared.personal == "key" and seen.said == "name"]
    return frozenset(_key(seen.name) for seen in keys if any(map(named_key, seen.words)))


def _key(name: str) -> str:
    """The id that a column points to."""
    return name.removeprefix("lost_").removeprefix("source_")


def _way(seen: Seen, asked: str, named: frozenset[str]) -> tuple[Way, Masks]:
    """What to do with a column: what the mapping asks for, else what the column shows."""
    if asked == "keep":
        return "keep", every
    if asked == "drop":
        return "drop", every
    declared = seen.declared
    if asked or (declared and declared.personal == "key" and _key(seen.name) in named):
        return "pseudonym", every
    return way(seen)


def _treated(frame: pd.DataFrame, seen: Seen, how: Way, masks: Masks, hidden: dict[str, str]) -> pd.DataFrame:
    """A table with one of its columns dropped or under pseudonyms; what was there is kept from messages."""
    if how == "keep":
        return frame
    if how == "drop":
        hidden |= {word: BLANKED for word in seen.words if word not in hidden}
        return frame.drop(columns=seen.name)
    words = [word for word in seen.words if masks(word)]
    hidden |= pseudonyms(word for word in words if hidden.get(word, BLANKED) == BLANKED)
    made = {word: hidden[word] for word in words}
    return frame.assign(**{seen.name: renamed(frame[seen.name], made)})


def renamed(values: pd.Series, made: Mapping[str, str]) -> pd.Series:
    """A column with some of its words replaced; numbers become text, missing stays missing.

    Parameters
    ----------
    values : Series
    made : mapping of str to str
        Words and what stands for them.

    >>> import pandas as pd
    >>> renamed(pd.Series(["A1", None, "Globex"]), {"Globex": "p_1"}).tolist()
    ['A1', None, 'p_1']
    """
    import pandas as pd

    codes, words = pd.factorize(values)
    given = [made.get(str(word), word) for word in words]
    if isinstance(values.dtype, pd.CategoricalDtype):
        return pd.Series(pd.Categorical.from_codes(codes, pd.Index(given)), index=values.index, name=values.name)
    return pd.Series(pd.Series([*given, None], dtype=object).to_numpy()[codes], index=values.index, name=values.name)


def _absent_notes(tables: Mapping[str, pd.DataFrame], mapping: FileMapping, findings: Findings) -> None:
    """Refuse a word of the mapping about a column that is not there: it would silently protect nothing."""
    there = [f"{table}.{column}" for table, frame in tables.items() for column in frame]
    for place in mapping.mask:
        if place not in there:
            values = {"near": nearest(place, there) or "-", "known": ", ".join(there)}
            findings.fault("mask_absent", file=mapping.name, key=place, **values)


def _briefly(places: Iterable[str]) -> list[str]:
    """Columns as a note lists them: one that stands in several tables by its name alone."""
    tables: dict[str, list[str]] = {}
    for place in places:
        tables.setdefault(place.partition(".")[2], []).append(place)
    return [found[0] if len(found) == 1 else column for column, found in tables.items()]


def _notes(ways: Mapping[str, Way], looked: Iterable[Seen], findings: Findings) -> None:
    """Say what was done with which columns."""
    for how in ("pseudonym", "drop", "keep"):
        if columns := [place for place, done in ways.items() if done == how]:
            findings.note(f"personal_{how}", columns=", ".join(_briefly(columns)))
    keys = {seen.name for seen in looked if seen.declared and seen.declared.personal == "key"}
    if codes := sorted(keys - {place.partition(".")[2] for place in ways}):
        findings.note("personal_codes", columns=", ".join(codes))
