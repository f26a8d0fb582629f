"""Whether a programme happened at all: who was to take part, who did, what was held, and by whom it was decided."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cslab.measure.effect.start import turns_of
from cslab.measure.impact.register import HOW, doses, registered

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book


@dataclass(frozen=True)
class Dose:
    """What was done of a programme.

    Parameters
    ----------
    programme : str
    how : str
        How it was decided who takes part (see ``Exposure``); empty where nobody has written it down.
    turns, invited, took, finished : int
        Customers: whose turn came, who was invited, who takes part, whose sessions are over.
    planned : float
        Sessions for each; missing where none are planned.
    held : float
        Share of them held for those whose sessions are over (0-1); missing where none are planned or over.
    none_held : int
        Participants without a single session, of those whose sessions are over.
    told : float
        Share of participants that know of it (0-1); missing where nobody has written it down.

    >>> Dose("faq", "lot", 900, 0, 450, 0, math.nan, math.nan, 0, 0.0).share
    0.5
    """

    programme: str
    how: str
    turns: int
    invited: int
    took: int
    finished: int
    planned: float
    held: float
    none_held: int
    told: float

    @property
    def share(self) -> float:
        """The share that takes part, of those whose turn came (0-1)."""
        return self.took / self.turns if self.turns else math.nan

    def table(self) -> pd.DataFrame:
        """The same as a table.

        Returns
        -------
        DataFrame
            ``step`` (``turns``, ``invited``, ``took``, ``finished``, ``none_held``), ``customers``.

        >>> Dose("faq", "lot", 900, 0, 450, 0, math.nan, math.nan, 0, 0.0).table()["customers"].tolist()
        [900, 0, 450, 0, 0]
        """
        import pandas as pd

        steps = ("turns", "invited", "took", "finished", "none_held")
        return pd.DataFrame({"step": steps, "customers": [getattr(self, step) for step in steps]})


def dose_check(book: Book, programme: str = "") -> Dose:
    """What was done of a programme, by its register.

    Parameters
    ----------
    book : Book
        Needs ``program_enrolment``; uses ``programs``.
    programme : str
        Its id; empty: the first.

    Returns
    -------
    Dose

    Raises
    ------
    UsageError
        For a programme that there is not.
    NotReady
        Without the table.

    >>> import cslab
    >>> found = dose_check(cslab.load("synthetic:tiny?programs=onboarding_programme&policy=program_rct"))
    >>> found.took < found.turns, 0.7 < found.held < 1
    (True, True)
    """
    turns = turns_of(book, programme)
    name = str(turns["program_id"].iloc[0]) if len(turns) else programme
    said = registered(book, name)
    took = turns[turns["enrolled_on"].notna()]
    over = took[took["ended_on"].notna()] if "ended_on" in took else took.head(0)
    shares = doses(over, said)
    planned = float(said.get("dose", 0) or 0) or math.nan
    held = over["sessions_held"] if "sessions_held" in over else over["enrolled_on"].head(0)
    return Dose(
        programme=name,
        how=HOW.get(str(said.get("assignment")), ""),
        turns=len(turns),
        invited=int(turns["invited_on"].notna().sum()),
        took=len(took),
        finished=len(over),
        planned=planned,
        held=float(shares.mean()) if len(over) and not math.isnan(planned) else math.nan,
        none_held=int((held.fillna(-1) == 0).sum()) if len(held) else 0,
        told=_share(took, "told_customer"),
    )


def _share(rows: Any, column: str) -> float:
    """The share of flags that are set, of those that are known."""
    known = rows[column].dropna() if column in rows else rows.iloc[:0, 0]
    return float(known.astype(float).mean()) if len(known) else math.nan
