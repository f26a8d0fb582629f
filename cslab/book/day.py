"""A day as somebody gives it: what could be two days, or is none, is refused rather than guessed."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Any

from cslab.faults import Fault, UsageError

if TYPE_CHECKING:
    import pandas as pd

_WRITTEN = re.compile(r"(\d{4})(?:-(\d\d)-(\d\d)|/(\d\d?)/(\d\d?)|年(\d\d?)月(\d\d?)日)", re.ASCII)


def read_day(given: Any) -> pd.Timestamp:
    """A day without clock and zone.

    Parameters
    ----------
    given : Timestamp, date, datetime, numpy datetime64 or str
        Text as ``2024-03-31``, ``2024/3/31`` or ``2024年3月31日``.

    Returns
    -------
    Timestamp
        Its midnight.

    Raises
    ------
    UsageError
        For a number, a text in another form (which could be another day), or nothing.

    >>> read_day("2024年3月31日").date()
    datetime.date(2024, 3, 31)
    >>> read_day(2024)
    Traceback (most recent call last):
    cslab.faults.UsageError: "2024": not a day that can be read without guessing. ...
    """
    import numpy as np
    import pandas as pd

    day = _written(given) if isinstance(given, str) else given
    if isinstance(day, (date, np.datetime64)) and not pd.isna(day):
        stamp = pd.Timestamp(day)
        if pd.Timestamp.min < stamp.tz_localize(None) < pd.Timestamp.max:
            return stamp.tz_localize(None).normalize().as_unit("ns")
    raise UsageError(Fault("as_of_unreadable", {"as_of": given}))


def read_days(given: pd.Series) -> pd.Series:
    """A column of days as days, each read as ``read_day`` does; missing (NaT) what it would refuse.

    Parameters
    ----------
    given : Series
        Days or texts.

    Returns
    -------
    Series of datetime64

    >>> import pandas as pd
    >>> read_days(pd.Series(["2024-03-31", "soon"])).isna().tolist()
    [False, True]
    """
    import pandas as pd

    if pd.api.types.is_datetime64_any_dtype(given):
        return given
    known = {one: _day_or_none(one) for one in given.dropna().unique()}
    return pd.to_datetime(given.map(known))


def _day_or_none(given: Any) -> pd.Timestamp | None:
    """A day, or nothing where it cannot be read without guessing."""
    try:
        return read_day(given)
    except UsageError:
        return None


def _written(text: str) -> date | None:
    """The day that a text names; None where there is no such day."""
    found = _WRITTEN.fullmatch(unicodedata.normalize("NFKC", text).strip())
    try:
        return date(*(int(part) for part in found.groups() if part)) if found else None
    except ValueError:
        return None
