"""How customers felt at each step: those who later left beside those who stayed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, NotReady
from cslab.measure.clusters import Rows, ratios
from cslab.measure.journey.map import Map, shipped
from cslab.measure.journey.observed import Walked

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

STATUSES = ("left", "stayed")


def emotion(book: Book, map_: Map | None = None) -> pd.DataFrame:
    """The mean feeling at each step of the map, of customers who have left since and of those still there.

    Drawn with hindsight: on the day nobody knew to which of the two a customer would belong.

    Parameters
    ----------
    book : Book
        Needs what the map names as evidence, with ``sentiment`` (-2 to 2) for one step at least, and contracts with
        real days.
    map_ : Map, optional
        The shipped one where none is given.

    Returns
    -------
    DataFrame
        One row a step and status, in the order of the map: ``phase``, ``step``, ``goal_en``, ``goal_ja``, ``status``
        (``left``, ``stayed``), ``estimate``, ``low``, ``high``, ``n`` (accounts), ``planned`` (what the map wants;
        missing where it does not say), ``method``.

    Raises
    ------
    NotReady
        Without evidence, or where no step's evidence says how the customer felt.

    >>> import cslab
    >>> sorted(emotion(cslab.load("synthetic:tiny"))["status"].unique())
    ['left', 'stayed']
    """
    import pandas as pd

    map_ = map_ or shipped()
    walked = Walked(book, map_)
    felt = walked.log[walked.log["sentiment"].notna() & walked.log["account_id"].isin(walked.ids)]
    if felt.empty:
        raise NotReady(Fault("journey.nothing_felt", {"map": map_.name}))
    gone = pd.Series(walked.people["left"].to_numpy(bool), index=walked.ids)
    place = felt["step"].map({step.id: number for number, step in enumerate(map_.steps)}).to_numpy(int)
    status = np.where(felt["account_id"].map(gone), 0, 1)
    account = pd.factorize(felt["account_id"])[0]
    groups = len(map_.steps) * 2
    rows = Rows(account, place * 2 + status, felt["sentiment"].to_numpy(float) + 2, np.ones(len(felt)), groups)
    found = ratios(rows)
    table = pd.DataFrame(
        {
            "phase": np.repeat([step.phase for step in map_.steps], 2),
            "step": np.repeat([step.id for step in map_.steps], 2),
            "goal_en": np.repeat([step.goal_en for step in map_.steps], 2),
            "goal_ja": np.repeat([step.goal_ja for step in map_.steps], 2),
            "status": STATUSES * len(map_.steps),
            "estimate": found.estimate - 2,
            "low": found.low - 2,
            "high": np.minimum(found.high - 2, 2),
            "n": found.n,
            "planned": np.repeat([step.emotion for step in map_.steps], 2),
        }
    )
    table = table[table["n"] > 0].reset_index(drop=True).assign(method="mean_by_account")
    table.attrs.update(as_of=book.as_of)
    return table
