"""What a company writes down of a programme: how it was decided who takes part, and how many sessions were held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

HOW = {
    "rct": "lot",
    "encouragement": "invitation",
    "staggered": "groups",
    "rule": "rule",
    "csm_choice": "choice",
    "open": "open",
}
"""How it was decided, by the word that stands in ``programs.assignment``; any other counts as ``open``."""


def registered(book: Book, programme: str) -> dict[str, Any]:
    """What ``programs`` says of a programme.

    Parameters
    ----------
    book : Book
    programme : str
        Its id.

    Returns
    -------
    dict
        By column, without what is missing; empty where it is not listed.

    >>> import cslab
    >>> registered(cslab.load("synthetic:tiny"), "user_meeting")["assignment"]
    'open'
    """
    if not book.has("programs"):
        return {}
    row = book.programs[book.programs["program_id"] == programme].head(1)
    return {str(name): row[name].iloc[0] for name in row if row[name].notna().any()}


def doses(turns: pd.DataFrame, programme: dict[str, Any]) -> Any:
    """The share of the planned sessions that each participant got.

    Parameters
    ----------
    turns : DataFrame
        Rows of ``program_enrolment``.
    programme : dict
        Its row of ``programs``.

    Returns
    -------
    ndarray of float
        1 where none are planned or they go on without an end; 0 for who does not take part; missing while they run.

    >>> import pandas as pd
    >>> turns = pd.DataFrame({"enrolled_on": pd.to_datetime(["2024-01-01", None]), "sessions_held": [3, None]})
    >>> doses(turns, {"dose": 6, "months": 3}).tolist()
    [0.5, 0.0]
    """
    took = turns["enrolled_on"].notna().to_numpy()
    planned = float(programme.get("dose", 0) or 0)
    if not planned or not programme.get("months") or "sessions_held" not in turns:
        return took.astype(float)
    return np.where(took, turns["sessions_held"].astype(float) / planned, 0.0)
