"""The table ``incidents``: bad days of the product, and which customers they hit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck
from cslab.world.addons.incidents import incident_chance, incident_draws
from cslab.world.observe.calendar import days

if TYPE_CHECKING:
    from cslab.world.observe.records import Records
    from cslab.world.observe.vocabulary import Columns

_MINUTES = np.array([30.0, 90.0, 240.0])
_SEVERITY_LIMITS = (0.6, 0.9)


def incident_columns(records: Records) -> Columns:
    """The columns of ``incidents``: a row for each customer of the office there in that month, hit or not.

    Parameters
    ----------
    records : Records

    Returns
    -------
    dict of str to ndarray
        ``incident_id`` is a number until the frames are made.

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> table = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))["incidents"]
    >>> 0.3 < float(table["hit"].mean()) < 0.7
    True
    """
    history, seen = records.history, records.seen
    s, customers = history.scenario, history.customers
    struck = incident_draws(history.seed, history.blocks, history.months) < incident_chance(s)
    struck[:, : -s.first_month] = False
    office, month = np.nonzero(struck)
    place = history.lane // luck.BLOCK
    there = seen & (customers.start < month[:, None]) & (history.left > month[:, None]) & (place == office[:, None])
    row, who = np.nonzero(there)
    sort = np.lexsort((row, who))
    row, who = row[sort], who[sort]
    block, month = np.asarray(history.blocks)[office], month
    day = 1 + np.floor(28 * luck.hashed(history.seed, "incidents.day", block, month)).astype(np.int64)
    severity = np.searchsorted(_SEVERITY_LIMITS, luck.hashed(history.seed, "incidents.severity", block, month))
    minutes = np.ceil(_MINUTES[severity] * (0.5 + luck.hashed(history.seed, "incidents.minutes", block, month)))
    return {
        "incident_id": block[row] * 10_000 + month[row],
        "account_id": customers.number[who],
        "started": days(s, month, day)[row],
        "minutes": minutes[row].astype(np.int64),
        "severity": severity[row].astype(np.int8),
        "hit": luck.hashed(history.seed, "addon.incidents.hit", customers.number[who], month[row]) < s.incident_reach,
    }
