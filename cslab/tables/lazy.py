"""Tables that are made when they are first asked for: a lesson that needs three pays for three."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


class Lazy(Mapping[str, "pd.DataFrame"]):
    """Tables by name, each made once.

    Parameters
    ----------
    makers : mapping of str to callable
        What makes each table, in their order.

    >>> import pandas as pd
    >>> tables = Lazy({"accounts": lambda: pd.DataFrame({"account_id": ["A1"]}), "contracts": lambda: 1 / 0})
    >>> "contracts" in tables, len(tables["accounts"])
    (True, 1)
    """

    def __init__(self, makers: Mapping[str, Callable[[], pd.DataFrame]]) -> None:
        self._makers = dict(makers)
        self._made: dict[str, pd.DataFrame] = {}

    def __getitem__(self, table: str) -> pd.DataFrame:
        """The table of that name."""
        if table not in self._made:
            self._made[table] = self._makers[table]()
        return self._made[table]

    def __contains__(self, table: object) -> bool:
        """Whether there is a table of that name; none is made for it."""
        return table in self._makers

    def __iter__(self) -> Iterator[str]:
        """The names of the tables."""
        return iter(self._makers)

    @property
    def made(self) -> Mapping[str, pd.DataFrame]:
        """The tables that have been made so far.

        >>> Lazy({"accounts": lambda: 1 / 0}).made
        {}
        """
        return self._made

    def __len__(self) -> int:
        """How many tables there are."""
        return len(self._makers)
