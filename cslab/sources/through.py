"""Rows that name a customer in another way than by its number: by the company's name, or by a person of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cslab.sources.findings import EXAMPLES, Findings
from cslab.sources.mapped import RawFile
from cslab.sources.rules import FileMapping, Rule
from cslab.sources.sections import SECTIONS

if TYPE_CHECKING:
    import pandas as pd

STRICT = ("accounts", "contracts", "invoices")
"""Tables whose rows are never set aside: a contract of an unknown customer is a fault."""


def with_accounts(
    tables: Mapping[str, pd.DataFrame], files: Mapping[str, RawFile], mapping: FileMapping, findings: Findings
) -> dict[str, pd.DataFrame]:
    """The tables, each row under its account number.

    A word that is an account number stays. Any other is looked up in the column that the mapping names; rows of nobody
    that we know are set aside and counted.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Typed, as ``make_tables`` makes them.
    files : mapping of str to RawFile
    mapping : FileMapping
        Its rules for ``account_id`` may say ``through = "accounts.account_name"``.
    findings : Findings
        Gets the notes, and a fault where no row at all finds its account.

    Returns
    -------
    dict of str to DataFrame

    >>> with_accounts({}, {}, FileMapping(), Findings())
    {}
    """
    made = dict(tables)
    later = {name for name, rule in _rules(mapping).items() if not rule.through.startswith("accounts.")}
    for name, frame in sorted(tables.items(), key=lambda item: item[0] in later):
        rule = _rules(mapping).get(name)
        table, _, column = rule.through.partition(".") if rule else ("", "", "")
        if not table or "account_id" not in frame or "account_id" not in tables.get("accounts", ()):
            continue
        told = {"file": files[name].name, "column": column, "other": table}
        known = _known(made, table, column)
        bound = ("account_id", "accounts") in SECTIONS[name].parents and name not in STRICT
        numbers = set(tables["accounts"]["account_id"])
        made[name] = _looked_up(frame, numbers, known, told, name in STRICT, bound, findings)
    return made


def _rules(mapping: FileMapping) -> dict[str, Rule]:
    """By table, the rule of its account number."""
    found = {name: rules.columns.get("account_id") for name, rules in mapping.tables.items()}
    return {name: rule for name, rule in found.items() if rule is not None}


def _known(tables: Mapping[str, pd.DataFrame], table: str, column: str) -> dict[str, str]:
    """The account behind each word of a column; words of two accounts lead to none."""
    frame = tables.get(table)
    if frame is None or not {"account_id", column} <= set(frame):
        return {}
    pairs = frame[[column, "account_id"]].dropna().astype(str)
    pairs = pairs.assign(**{column: _plain(pairs[column])}).drop_duplicates()
    return dict(pairs[~pairs.iloc[:, 0].duplicated(keep=False)].itertuples(index=False, name=None))


def _plain(words: pd.Series) -> pd.Series:
    """Words without what two spellings of one name may differ in: width, capitals, spaces."""
    return words.str.normalize("NFKC").str.casefold().str.replace(r"\s+", "", regex=True)


def _looked_up(
    frame: pd.DataFrame,
    accounts: set[str],
    known: Mapping[str, str],
    told: Mapping[str, str],
    strict: bool,
    bound: bool,
    findings: Findings,
) -> pd.DataFrame:
    """One table under account numbers, without the rows of nobody."""
    words = frame["account_id"]
    found = words.where(words.isin(accounts) | words.isna(), _plain(words.astype("string")).map(known).astype(object))
    lost = found.isna() & (words.notna() | bound)
    changed = int((found.notna() & (found != words)).sum())
    if changed:
        findings.note("accounts_looked_up", count=changed, total=len(frame), **told)
    if not lost.any():
        return frame.assign(account_id=found)
    if strict or lost.all():
        findings.fault("through_nothing_found", count=int(lost.sum()), **told)
        return frame.assign(account_id=found.where(~lost, words))
    rows = ", ".join(map(str, frame.index[lost][:EXAMPLES]))
    findings.note("rows_without_account", count=int(lost.sum()), total=len(frame), rows=rows, **told)
    return frame[~lost].assign(account_id=found[~lost])
