"""How much of a programme's effect on one node of its chain passes through another, in a company's records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.clusters import summed
from cslab.measure.impact.check import checked
from cslab.measure.impact.contrast import YEAR
from cslab.measure.impact.graph import back_door, months_due
from cslab.measure.impact.held_equal import filled
from cslab.measure.impact.looked import Looked
from cslab.measure.impact.mediation import Mediation, mediation
from cslab.measure.impact.window import means

if TYPE_CHECKING:
    from cslab.book import Book
    from cslab.measure.impact.chain import Chain
    from cslab.measure.impact.contrast import Floats
    from cslab.measure.impact.series import Records


def mediated(book: Book | Records, chain: Chain, through: str, to: str) -> Mediation:
    """Take what a programme changes in a node apart into what passes through another node, and the rest.

    Both nodes are looked at as the chain's test does: the mean over the year from which each is due, among customers
    whose turn came in the same month, given what both were before. Causes of both that are on record are held equal;
    what no table shows is not, and the sensitivity says how strong it would have to be.

    Parameters
    ----------
    book : Book or Records
        As for :func:`test_links`.
    chain : Chain
    through, to : str
        Nodes with an indicator: the mediator, and the outcome.

    Returns
    -------
    Mediation
        Of the arm: taking part, or being invited. Who has left before the mediator is due is not in it.

    Raises
    ------
    DataError, UsageError, NotReady
        As :func:`test_links`; for nodes that there are not or that have no indicator; as :func:`mediation`.

    Source: as for :class:`Mediation`.

    >>> import cslab
    >>> from cslab.measure.impact import shipped
    >>> book = cslab.load("synthetic:tiny?programs=training&policy=program_rct&accounts=600")
    >>> found = mediated(book, shipped("training"), "advanced", "use")
    >>> round(found.total.estimate - found.through.estimate - found.direct.estimate, 9) == 0
    True
    """
    if blind := [name for name in (through, to) if chain.node(name).indicator is None]:
        raise UsageError(*(Fault("impact.no_indicator", {"node": name, "chain": chain.name}) for name in blind))
    looked = Looked(chain, checked(chain, book))
    ends = [_end(looked, name) for name in (through, to)]
    exposure = looked.exposure
    used = np.isfinite(np.column_stack([window for window, _ in ends])).all(axis=1)
    before = [then for _, then in ends] if exposure.by_lot else []
    known = filled([*before, *_causes(looked, through, to)], used)
    arm = exposure.rows["arm"].to_numpy(float)[used]
    columns = np.column_stack([arm, *(window[used] for window, _ in ends), known])
    inside = _within(columns, exposure.rows["stratum"].to_numpy()[used])
    account = exposure.rows["account_id"].factorize()[0][used]
    return mediation(inside[:, 0], inside[:, 1], inside[:, 2], inside[:, 3:], account)


def _end(looked: Looked, name: str) -> tuple[Floats, Floats]:
    """A node in the year from which it is due, and before the turn: less the latter, where no lot decided."""
    series, months = looked.series(name), months_due(looked.chain, name)
    assert series is not None  # `mediated` has seen to it
    window = means(series, looked.exposure, months, months + YEAR)
    before = means(series, looked.exposure, -YEAR, 0)
    return (window if looked.exposure.by_lot else window - before), before


def _causes(looked: Looked, through: str, to: str) -> list[Floats]:
    """What moves both nodes and is on record, as it was before the turn."""
    needed = back_door(looked.chain, through, to, looked.exposure.by_lot).needed
    names = tuple(name for name in needed if name != looked.chain.activity.id)
    return [means(series, looked.exposure, -YEAR, 0) for series in looked.known(names)]


def _within(columns: Floats, stratum: Any) -> Floats:
    """Columns less the mean of those they are compared with."""
    count = summed(stratum, np.ones(len(columns)))[stratum]
    means_of = np.column_stack([summed(stratum, one)[stratum] / count for one in columns.T])
    return np.asarray(columns - means_of)
