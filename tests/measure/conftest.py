"""Tiny companies written as text, so that the truth of each test can be seen by eye."""

from collections.abc import Callable
from io import StringIO

import pandas as pd
import pytest

from cslab.book import Book

DAYS = ("start", "end", "signed_on", "observed_from", "decided_on", "effective_on", "month")


def read(text: str) -> pd.DataFrame:
    """A table written in columns; ``-`` is an empty cell."""
    frame = pd.read_csv(StringIO(text), sep=r"\s+", na_values="-", keep_default_na=False)
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in DAYS if name in frame})


@pytest.fixture
def tiny() -> Callable[..., Book]:
    """A function that makes a book from tables written as text."""

    def make(as_of: str, **tables: str) -> Book:
        frames = {name: read(text) for name, text in tables.items()}
        return Book(frames, pd.Timestamp(as_of))

    return make
