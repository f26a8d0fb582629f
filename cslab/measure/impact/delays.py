"""Every link's lag beside the one that its chain expects, what it truly is, and an effect's path month by month."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from cslab.measure.effect.tried import tried
from cslab.measure.estimate import Estimate
from cslab.measure.impact.check import checked
from cslab.measure.impact.contrast import YEAR, contrast
from cslab.measure.impact.delay import METHOD, Delay, between, delay, months_counted
from cslab.measure.impact.graph import due, months_due, tested
from cslab.measure.impact.links import test_links
from cslab.measure.impact.looked import Looked
from cslab.measure.impact.truth import ACCOUNTS, Worlds, worlds
from cslab.measure.impact.verdict import NOT_YET_DUE

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book
    from cslab.measure.impact.chain import Chain
    from cslab.measure.impact.parts import Link, Node
    from cslab.measure.impact.series import Records
    from cslab.measure.impact.verdict import LinkTest

NOT_DUE, OBSTACLE, NOBODY, UNSEEN = (f"impact.lag.{why}" for why in ("not_yet_due", "obstacle", "nobody", "unseen"))
"""Keys of the sentences that say why there is no estimate of a lag."""

LEAD = 6
"""Months before the turn that a path shows."""


def delays(book: Book | Records, chain: Chain) -> pd.DataFrame:
    """How long each link takes, by the records, beside what the chain expects of it.

    Parameters
    ----------
    book : Book or Records
        As for :func:`test_links`.
    chain : Chain

    Returns
    -------
    DataFrame
        A row a link from the activity on: ``from``, ``to``, ``lag_min``, ``lag_mode``, ``lag_max``, ``declared`` (their
        mean), ``estimate``, ``low``, ``high`` (months; 90 %), ``n``, ``method``, ``reason``: empty, or the
        key of the sentence that says why nothing can be told.

    Raises
    ------
    DataError, UsageError, NotReady
        As :func:`test_links`.

    Source: as for :func:`delay`. The lag of a link is that of its target less that of its source.

    >>> import cslab
    >>> from cslab.measure.impact import shipped
    >>> book = cslab.load("synthetic:tiny?programs=faq&policy=program_rct&accounts=300")
    >>> delays(book, shipped("faq"))["declared"].tolist()[0]
    2.0
    """
    import pandas as pd

    records = checked(chain, book)
    looked, found = Looked(chain, records), test_links(records, chain)
    told = [test for test in found.links if not _silent(test)]
    made = {name: _arrives(looked, name) for test in told for name in (test.source, test.target)}
    rows = []
    for link, test in zip(tested(chain), found.links, strict=True):
        lag, reason = _lag(chain, link, test, made)
        rows.append({**_declared(link), **lag.cells(), "reason": reason})
    return pd.DataFrame(rows)


def true_delays(book: Book, chain: Chain, accounts: int = ACCOUNTS) -> pd.DataFrame | None:
    """How long each link truly takes: everybody in the programme against nobody, the same customers, the same luck.

    Parameters
    ----------
    book : Book
        Of a simulated company that runs the programme.
    chain : Chain
    accounts : int
        Customers drawn; 0: as many as the company's.

    Returns
    -------
    DataFrame or None
        A row a link from the activity on: ``from``, ``to``, ``estimate`` (months, as :func:`delays` counts them;
        missing where either end has no indicator or the effect is nothing). Nothing where nobody knows the truth.

    Raises
    ------
    UsageError
        For a programme that the company does not run.

    >>> import cslab
    >>> from cslab.measure.impact import shipped
    >>> book = cslab.load("synthetic:tiny?programs=faq&accounts=300")
    >>> bool(0 < true_delays(book, shipped("faq"), accounts=0)["estimate"][0] < 3)
    True
    """
    import pandas as pd

    both = worlds(book, chain, accounts)
    if both is None:
        return None
    ends = {node.id: _truly(both, chain, node) for node in chain.nodes} | {chain.activity.id: 0.0}
    rows = []
    for link in tested(chain):
        lag, most = ends[link.target] - ends[link.source], due(chain, link.target)
        lag = lag if math.isnan(lag) else min(max(lag, 0.0), most)
        rows.append({"from": link.source, "to": link.target, "estimate": lag})
    return pd.DataFrame(rows)


def effect_path(book: Book | Records, chain: Chain, node: str) -> pd.DataFrame:
    """What a programme changes in a node, month by month since each customer's turn.

    Parameters
    ----------
    book : Book or Records
    chain : Chain
    node : str
        One with an indicator.

    Returns
    -------
    DataFrame
        ``month`` (since the turn; below 0 before it, where there should be nothing), ``estimate``, ``low``, ``high``
        (of one participant, 95 % of each month for itself), ``n``, ``method``; months in which nobody is left to
        compare with have no row.

    Raises
    ------
    DataError, UsageError, NotReady
        As :func:`test_links`; for a node that there is not.

    >>> import cslab
    >>> from cslab.measure.impact import shipped
    >>> book = cslab.load("synthetic:tiny?programs=faq&policy=program_rct&accounts=300")
    >>> int(effect_path(book, shipped("faq"), "tickets")["month"].min())
    -6
    """
    import pandas as pd

    chain.node(node)
    looked = Looked(chain, checked(chain, book))
    series, turns, rows = looked.series(node), looked.turns(node), []
    for month in range(-LEAD, months_due(chain, node) + YEAR):
        found = None if series is None or turns is None else tried(contrast, series, turns, month, 1)
        if found is not None:
            rows.append({"month": month, **found.cells()})
    return pd.DataFrame(rows, columns=["month", "estimate", "low", "high", "n", "method"])


def _arrives(looked: Looked, node: str) -> Delay | None:
    """When an effect arrives at a node; None where in some month nobody is left to compare with."""
    series, turns = None if node == looked.chain.activity.id else looked.series(node), looked.turns(node)
    return None if series is None or turns is None else tried(delay, series, turns, months_due(looked.chain, node))


def _truly(both: Worlds, chain: Chain, node: Node) -> float:
    """The mean months until an effect truly arrives at a node; missing where there is nothing to arrive."""
    if node.indicator is None:
        return math.nan
    months = months_due(chain, node.id)
    each = [tried(both.change, node.indicator, month, 1) for month in range(months)]
    whole = tried(both.change, node.indicator, months)
    if whole is None or not whole.estimate or None in each:
        return math.nan
    shares = [one.estimate / whole.estimate for one in each if one is not None]
    return float(months_counted(months) @ (1 - np.array(shares)))


def _lag(chain: Chain, link: Link, test: LinkTest, made: dict[str, Delay | None]) -> tuple[Estimate, str]:
    """The lag of a link, or why there is none."""
    nothing = Estimate(math.nan, math.nan, math.nan, 0, METHOD)
    if silent := _silent(test):
        return nothing, silent
    if made.get(link.target) is None or (link.source != chain.activity.id and made.get(link.source) is None):
        return nothing, NOBODY
    lag, seen = _of_link(chain, link, made)
    return (lag, "") if seen else (nothing, UNSEEN)


def _silent(test: LinkTest) -> str:
    """Why nothing can be said of a link's lag, before looking; empty where something may be."""
    if test.verdict == NOT_YET_DUE:
        return NOT_DUE
    return OBSTACLE if test.obstacle or test.unseen or test.effect is None else ""


def _of_link(chain: Chain, link: Link, made: dict[str, Delay | None]) -> tuple[Estimate, bool]:
    """The lag of a link whose ends have been looked at."""
    target, source = made[link.target], made.get(link.source)
    assert target is not None  # the caller has seen to it
    return (target.lag, target.seen) if source is None else between(source, target)


def _declared(link: Link) -> dict[str, object]:
    """What a chain expects of a link."""
    least, mode, most = link.lag
    lag = {"lag_min": least, "lag_mode": mode, "lag_max": most, "declared": sum(link.lag) / 3}
    return {"from": link.source, "to": link.target, **lag}
