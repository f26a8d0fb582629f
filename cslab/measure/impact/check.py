"""Whether a company's records can serve a chain: everything that is missing, at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, nearest
from cslab.measure.impact.chain import Chain
from cslab.measure.impact.followed import followed
from cslab.measure.impact.graph import judged_after
from cslab.measure.impact.looked import Looked
from cslab.measure.impact.names import record_faults
from cslab.measure.impact.series import Records
from cslab.sources.declared import refusal

if TYPE_CHECKING:
    from cslab.book import Book


def faults(chain: Chain, book: Book | Records) -> list[Fault]:
    """Everything that keeps a chain from being looked at in a company's records.

    Parameters
    ----------
    chain : Chain
    book : Book or Records
        The latter where several chains are looked at, or the chain is to be tested afterwards.

    Returns
    -------
    list of Fault
        Tables, columns and words of indicators that are not there; indicators that never vary; a programme that is not
        in the records, or that nobody joined.

    Raises
    ------
    NotReady
        Without contracts that have ``start`` and ``end``, and real days.

    >>> import cslab
    >>> from cslab.measure.impact import shipped
    >>> [fault.key for fault in faults(shipped("faq"), cslab.load("synthetic:tiny"))]
    ['chain.no_programme']
    """
    records = book if isinstance(book, Records) else Records(book)
    return [fault for found in _by_place(chain, records).values() for fault in found]


def checked(chain: Chain, book: Book | Records) -> Records:
    """The records of a company that can serve a chain.

    Parameters
    ----------
    chain : Chain
    book : Book or Records

    Raises
    ------
    DataError
        With everything that is missing, but for nodes of which nothing has happened yet before they are due.
    NotReady
        As :func:`faults`.

    >>> import cslab
    >>> from cslab.measure.impact import shipped
    >>> records = checked(shipped("faq"), cslab.load("synthetic:tiny?programs=faq"))
    >>> len(records.months)
    48
    """
    records = book if isinstance(book, Records) else Records(book)
    by_place = _by_place(chain, records)
    wanted = by_place.keys() - _to_come(chain, records, by_place)
    if found := [fault for place, some in by_place.items() if place in wanted for fault in some]:
        raise refusal(chain.file, found)
    return records


def _by_place(chain: Chain, records: Records) -> dict[str, list[Fault]]:
    """The faults of each indicator by its place; under an empty one those of the programme."""
    found = {"": list(_begun(chain, records.book))}
    for place, indicator in chain.indicators.items():
        found[place] = record_faults(indicator, records.book) or _flat(chain, records, indicator.text, indicator.line)
    return found


def _to_come(chain: Chain, records: Records, by_place: dict[str, list[Fault]]) -> set[str]:
    """Nodes of which nothing has happened yet, and that are not due yet."""
    if by_place[""] or by_place.get("starts"):
        return set()
    places = (node.id for node in chain.nodes if by_place.get(node.id))
    if not (empty := [place for place in places if all(map(_time_mends, by_place[place]))]):
        return set()
    looked = Looked(chain, records)
    return {name for name in empty if followed(looked.exposure, judged_after(chain, name), looked.last).waiting}


def _time_mends(fault: Fault) -> bool:
    """Whether a fault may be gone once more has happened; a word that looks misspelt stays."""
    return fault.key == "chain.flat" or (fault.key == "chain.no_word" and not fault.values["near"])


def _begun(chain: Chain, book: Book) -> Iterator[Fault]:
    """A programme that the records do not have, or that nobody joined."""
    if not chain.programme:
        return
    if lacking := book.lacks("program_enrolment.eligible_on", "program_enrolment.enrolled_on"):
        yield from lacking
        return
    turns = book.program_enrolment
    known = {str(name) for name in turns["program_id"].dropna()}
    if book.has("programs.program_id"):
        known |= {str(name) for name in book.programs["program_id"].dropna()}
    values = {"line": chain.programme_line, "name": chain.programme}
    turns = turns[turns["program_id"] == chain.programme]
    if chain.programme not in known:
        near, listed = nearest(chain.programme, known), ", ".join(sorted(known)) or "–"
        yield Fault("chain.no_programme", {**values, "near": near, "known": listed})
    elif turns["enrolled_on"].isna().all():
        yield Fault("chain.nobody_joined", {**values, "count": len(turns)})


def _flat(chain: Chain, records: Records, text: str, line: int) -> list[Fault]:
    """The fault of an indicator that is the same for everybody at all times."""
    values = records.values(text)
    known = values[np.isfinite(values)]
    if len(known) and known.min() < known.max():
        return []
    if chain.starts and chain.starts.text == text and len(known) and not known.max() > 0:
        return [Fault("chain.nobody_starts", {"line": line, "text": text})]
    shown = f"{known[0]:g}" if len(known) else "–"
    return [Fault("chain.flat", {"line": line, "text": text, "value": shown, "count": len(records.accounts)})]
