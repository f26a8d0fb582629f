"""One book, one currency: what a column of currencies and the headers of amounts say of it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from cslab.sources.findings import Findings
from cslab.sources.mapped import RawFile
from cslab.sources.numbers import currencies
from cslab.sources.rules import FileMapping, Rule
from cslab.tables import TABLES

_COLUMN = re.compile(r"(.*[\s_])?(currency|通貨)([\s_]?(iso)?[\s_]?code|コード)?|.+通貨(コード)?|currencyisocode")
_CODE = re.compile(r"[A-Z]{3}")
_IN_BRACKETS = re.compile(r"[(\[【]([^)\]】]*)[)\]】]\s*$")


def one_currency(files: Mapping[str, RawFile], mapping: FileMapping, findings: Findings) -> FileMapping:
    """The mapping with the currency that the files say, where it says none itself.

    Parameters
    ----------
    files : mapping of str to RawFile
        By table; only those that make amounts of a table of ours are asked.
    mapping : FileMapping
    findings : Findings
        Gets a fault for several currencies, and for one that is not the stated one; a note for one that was found.

    Returns
    -------
    FileMapping

    >>> import pandas as pd
    >>> cells = pd.DataFrame({"account_id": ["A1"], "mrr_amount": ["5"], "通貨": ["USD"]}, index=[2])
    >>> one_currency({"contracts": RawFile("c.csv", cells)}, FileMapping(), Findings()).currency
    'USD'
    """
    stated = mapping.currency
    for table, file in files.items():
        amounts = _amounts(table, file, mapping) if table in TABLES else []
        for column, found in _said(file, amounts).items():
            place = {"file": file.name, "column": column}
            if len(found) > 1:
                counts = ", ".join(f"{code} {count:,}×" for code, count in found.most_common())
                findings.fault("currency_mixed", **place, found=counts)
            elif stated and stated not in found:
                findings.fault("currency_differs", **place, found=next(iter(found)), stated=stated)
            elif not stated:
                stated = next(iter(found))
                findings.note("currency_from_file", **place, currency=stated)
    return replace(mapping, currency=stated)


def _amounts(table: str, file: RawFile, mapping: FileMapping) -> list[str]:
    """The columns of a file that make amounts of a table."""
    rules = mapping.tables[table].columns if table in mapping.tables else {}
    money = [column.name for column in TABLES[table].columns if column.kind == "money"]
    read = [rules.get(name, Rule(column=name)).column for name in money]
    return [header for header in read if header and header in file.cells]


def _said(file: RawFile, amounts: list[str]) -> dict[str, Counter[str]]:
    """By column, the currencies that it says its amounts are in; nothing where the file has no amounts of ours.

    Of several columns of currencies only those beside an amount count: others belong to amounts that nobody reads.
    """
    headers = [str(header) for header in file.cells]
    named = [header for header in headers if _COLUMN.fullmatch(_plain(header).casefold())] if amounts else []
    beside = [header for header in named if {*headers[headers.index(header) + 1 :][:1]} & {*amounts}]
    found = {header: _codes(file, header) for header in (named if len(named) == 1 else beside)}
    for header in amounts:
        bracket = _IN_BRACKETS.search(_plain(header))
        if bracket and len(signs := currencies([bracket[1]])) == 1:
            found[header] = Counter({signs[0]: len(file.cells)})
    return {header: codes for header, codes in found.items() if codes}


def _codes(file: RawFile, header: str) -> Counter[str]:
    """How often each currency stands in a column; words that are none are passed over."""
    codes: Counter[str] = Counter()
    for word, count in file.cells[header].value_counts().items():
        plain = _plain(str(word)).upper()
        if found := currencies([plain]) or _CODE.findall(plain)[:1]:
            codes[found[0]] += int(count)
    return codes


def _plain(word: str) -> str:
    """A word without full-width forms and outer spaces."""
    return unicodedata.normalize("NFKC", word).strip()
