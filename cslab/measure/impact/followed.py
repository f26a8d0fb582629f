"""How many participants have been followed long enough, and from which day on half of them will have been."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.measure.impact.verdict import FEWEST

if TYPE_CHECKING:
    import pandas as pd

    from cslab.measure.impact.exposure import Exposure


FOREVER = np.datetime64("2200-01", "M")
"""No day is promised beyond."""


@dataclass(frozen=True)
class Followed:
    """Participants by whether they have been followed long enough.

    Parameters
    ----------
    participants, through : int
        All of them, and those followed long enough.
    months : float
        How long that is, from the turn on.
    on : Timestamp or None
        The day from which half of those in by then, and thirty at least, have been; None where there are fewer.
    reached : bool
        Whether that day has come: who comes in later takes it back no more.

    >>> Followed(900, 450).enough, Followed(50, 28).enough
    (True, False)
    """

    participants: int
    through: int
    months: float = 0.0
    on: pd.Timestamp | None = None
    reached: bool = False

    @property
    def share(self) -> float:
        """The share of participants followed long enough (0-1)."""
        return self.through / self.participants if self.participants else 0.0

    @property
    def enough(self) -> bool:
        """Whether they are, or were on some day, half of all, and thirty at least."""
        return self.reached or (self.share >= 0.5 and self.through >= FEWEST)

    @property
    def waiting(self) -> bool:
        """Whether they are too few, and more will be followed as long.

        >>> Followed(50, 28).waiting, Followed(28, 28).waiting
        (True, False)
        """
        return not self.enough and self.through < self.participants


def followed(exposure: Exposure, months: float, last: pd.Timestamp) -> Followed:
    """The participants followed for some months.

    Parameters
    ----------
    exposure : Exposure
    months : float
        From the month of the turn on.
    last : Timestamp
        The last month that is over.

    Returns
    -------
    Followed

    >>> import pandas as pd
    >>> from cslab.measure.impact.exposure import of_frame
    >>> months = [*pd.date_range("2024-01-01", periods=2, freq="MS").repeat(30)]
    >>> turns = of_frame(pd.DataFrame({"account_id": range(60), "turn": months, "arm": True}))
    >>> found = followed(turns, 3, pd.Timestamp("2024-03-01"))
    >>> found.through, found.on.date()
    (0, datetime.date(2024, 4, 30))
    """
    import pandas as pd

    rows = exposure.rows
    turns = np.sort(rows.loc[rows["took"]].groupby("account_id")["turn"].min().to_numpy("datetime64[M]"))
    over = turns + math.ceil(months)
    now, through = np.datetime64(last, "M"), np.searchsorted(over, over, side="right")
    enough = over[through >= np.maximum(np.searchsorted(turns, over, side="right") / 2, FEWEST)]
    on = pd.Timestamp(enough[0]) + pd.offsets.MonthEnd(1) if len(enough) and enough[0] < FOREVER else None
    return Followed(len(turns), int((over <= now).sum()), months, on, on is not None and bool(enough[0] <= now))
