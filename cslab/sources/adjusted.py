"""Columns that hang on another of their row: a fee times its seats, a sum over its months, a day of some rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from cslab.sources.coerce import Place, coerce
from cslab.sources.findings import Findings
from cslab.sources.rules import Rule
from cslab.tables import Column

if TYPE_CHECKING:
    import pandas as pd

_NUMBER = Column("times", "number", "Factor", "掛ける数")


def rows_that_count(
    cells: pd.DataFrame, only: Mapping[str, tuple[str, ...]], name: str, findings: Findings
) -> pd.DataFrame:
    """The rows of a file that a section is about; the others are counted in a note.

    Parameters
    ----------
    cells : DataFrame of str
        The file.
    only : mapping of str to tuple of str
        By header: the words with which a row counts. A header that the file lacks says nothing.
    name : str
        Of the file.
    findings : Findings

    Returns
    -------
    DataFrame

    >>> import pandas as pd
    >>> cells = pd.DataFrame({"Status": ["Completed", "Open"]}, index=[2, 3])
    >>> rows_that_count(cells, {"Status": ("Completed",)}, "tasks.csv", Findings()).index.tolist()
    [2]
    """
    for header, words in only.items():
        if header not in cells:
            continue
        kept = cells[header].str.strip().isin(words)
        if not kept.all():
            values = {"column": header, "words": ", ".join(words), "count": int((~kept).sum()), "total": len(kept)}
            findings.note("rows_not_chosen", file=name, **values)
        cells = cells[kept]
    return cells


def adjusted(
    made: Mapping[str, pd.Series], rules: Mapping[str, Rule], cells: pd.DataFrame, place: Place, findings: Findings
) -> dict[str, pd.Series]:
    """The columns of a table after ``times`` and ``blank_when``.

    Parameters
    ----------
    made : mapping of str to Series
        The typed columns.
    rules : mapping of str to Rule
        How they were made.
    cells : DataFrame of str
        The file.
    place : Place
        Of any of its columns.
    findings : Findings

    Returns
    -------
    dict of str to Series

    >>> import pandas as pd
    >>> made = {"outcome": pd.Series(["open"]), "closed_on": pd.Series(pd.to_datetime(["2024-09-30"]))}
    >>> rules, place = {"closed_on": Rule(blank_when={"outcome": "open"})}, Place("a.csv", "", _NUMBER, "JPY")
    >>> adjusted(made, rules, pd.DataFrame(), place, Findings())["closed_on"].tolist()
    [NaT]
    """
    result = dict(made)
    for name, values in _products(result, rules, cells, place, findings):
        result[name] = values
    for name, rule in rules.items():
        for other, value in rule.blank_when.items():
            if name in result and other in result:
                result[name] = result[name].mask(result[other].astype(str) == value)
    return result


def _products(
    made: Mapping[str, pd.Series], rules: Mapping[str, Rule], cells: pd.DataFrame, place: Place, findings: Findings
) -> Iterator[tuple[str, pd.Series]]:
    """The columns that are multiplied by another of the file."""
    for name, rule in rules.items():
        if rule.times and name in made:
            factor = coerce(cells[rule.times], Rule(), replace(place, header=rule.times, column=_NUMBER), findings)
            yield name, made[name].astype("float64") * factor.astype("float64")


def spread_over(
    made: Mapping[str, pd.Series], rules: Mapping[str, Rule], key: str, mapping: str, findings: Findings
) -> dict[str, pd.Series]:
    """The columns of a table after ``over``: a sum divided by the months that it is for.

    Parameters
    ----------
    made : mapping of str to Series
        All columns, computed ones too.
    rules : mapping of str to Rule
    key, mapping : str
        Of the section and the file that asks for it, for a fault where there is no such column.
    findings : Findings

    Returns
    -------
    dict of str to Series

    >>> import pandas as pd
    >>> made = {"term_months": pd.Series([12]), "mrr_amount": pd.Series([1200.0])}
    >>> spread_over(made, {"mrr_amount": Rule(over="term_months")}, "contracts", "", Findings())["mrr_amount"].item()
    100.0
    """
    result = dict(made)
    for name, rule in rules.items():
        if not rule.over or name not in made:
            continue
        if rule.over not in made or not _counts(made[rule.over]):
            values = {"parents": rule.over, "kinds": "count", "known": ", ".join(made)}
            findings.fault("mapping_derived", file=mapping, key=f"{key}.{name}", **values)
            continue
        months = made[rule.over].astype("float64")
        result[name] = made[name].astype("float64") / months.where(months != 0)
    return result


def _counts(values: pd.Series) -> bool:
    """Whether a column holds numbers."""
    from pandas.api.types import is_bool_dtype, is_numeric_dtype

    return bool(is_numeric_dtype(values) and not is_bool_dtype(values))
