"""What people may see of the log of real data: nobody's name, in whichever engine it lies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cslab.sources.privacy import BLANKED

COVERED = "cslab_accounts"


def masked_log(events: Any, shown: Mapping[str, str]) -> Any:
    """The events with a number for each person, and accounts called as in the tables.

    People who are numbers or UUIDs already stay as they are. Others are numbered within their account by the engine; no
    key and no name stands in what it is asked.

    Parameters
    ----------
    events : ibis.Table
        With the columns of the log.
    shown : mapping of str to str
        Each account's id, and what the tables call it.

    Returns
    -------
    ibis.Table
        Where an id stands under a pseudonym, events of accounts that no table knows are left out: theirs would be bare.

    >>> import ibis, pandas as pd
    >>> log = pd.DataFrame({"account_id": ["A1", "A1", "Globex"], "user": ["hanako", "taro", "hanako"]})
    >>> behind = masked_log(ibis.memtable(log), {"A1": "A1", "Globex": "p_0"}).to_pandas()
    >>> behind.sort_values(["account_id", "user"]).values.tolist()
    [['A1', 1], ['A1', 2], ['p_0', 1]]
    """
    if events.user.type().is_string():
        events = _numbered(events)
    if all(raw == name for raw, name in shown.items()):
        return events
    accounts = _covered(shown)
    named = events.join(accounts, events.account_id == accounts.bare)
    return named.mutate(account_id=named.shown).select(events.columns)


def _covered(shown: Mapping[str, str]) -> Any:
    """The accounts' ids and what they are called, a table that shows no row of itself."""
    import ibis
    import pandas as pd
    from ibis.expr.operations import InMemoryTable
    from ibis.formats.pandas import PandasDataFrameProxy
    from ibis.util import gen_name

    class Covered(PandasDataFrameProxy):  # type: ignore[misc]  # ibis has no types
        """Rows that are not written out with the expression in which they stand."""

        def __repr__(self) -> str:
            return BLANKED

    frame = pd.DataFrame({"bare": [*shown], "shown": [*shown.values()]}, dtype=object)
    schema = ibis.schema({"bare": "string", "shown": "string"})
    return InMemoryTable(name=gen_name(COVERED), schema=schema, data=Covered(frame)).to_expr()


def _numbered(events: Any) -> Any:
    """The events with people numbered within their account, by their different names."""
    import ibis

    people = events.select("account_id", "user").filter(events.user.notnull()).distinct()
    number = ibis.dense_rank().over(group_by="account_id", order_by="user") + 1
    people = people.mutate(number=number)
    joined = events.left_join(people, ["account_id", "user"])
    return joined.mutate(user=joined.number).select(events.columns)
