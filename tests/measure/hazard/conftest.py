"""Tiny companies written as text, and rows of account and month made by hand."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from typing import Any

import numpy as np
import pandas as pd
import pytest

from cslab.book import Book
from cslab.measure.hazard.known import Asked, Known
from cslab.measure.hazard.months import PersonMonths

DAYS = ("start", "end", "signed_on", "observed_from", "decided_on", "effective_on", "month", "opened_on", "valid_from")


def read(text: str) -> pd.DataFrame:
    """A table written in columns; ``-`` is an empty cell."""
    frame = pd.read_csv(StringIO(text), sep=r"\s+", na_values="-", keep_default_na=False)
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in DAYS if name in frame})


@pytest.fixture
def tiny() -> Callable[..., Book]:
    """A function that makes a book from tables written as text."""
    return lambda as_of, **tables: Book({name: read(text) for name, text in tables.items()}, pd.Timestamp(as_of))


@pytest.fixture(scope="session")
def rows() -> Callable[..., PersonMonths]:
    """A function that makes rows of account and month from arrays: the clock by name, any other name a covariate."""

    def make(account: Any, event: Any, **columns: Any) -> PersonMonths:
        account, event = np.asarray(account, np.intp), np.asarray(event, bool)
        size = len(account)
        clock = {"tenure": np.ones(size, int), "term": np.full(size, 12), "due": np.ones(size, bool)}
        clock = {name: np.asarray(columns.pop(name, given)) for name, given in clock.items()}
        ids = [f"A{number}" for number in range(account.max() + 1)]
        month = pd.Series(account).groupby(account).cumcount().to_numpy().astype("datetime64[M]")
        names = np.asarray(ids, object)[account]
        extra = pd.DataFrame({"account_id": names, "month": month.astype("datetime64[ns]"), **columns})
        book = Book({}, pd.Timestamp("2024-03-31"))
        known = Known(book, pd.DataFrame({"account_id": ids}), extra)
        asked = Asked(account, month, month - 1, np.zeros(size, np.intp))
        return PersonMonths(known, asked, event=event, causes=np.full(len(ids), "", object), **clock)

    return make
