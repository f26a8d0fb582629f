"""Who came under a programme, from which month on, beside whom: one row a customer and turn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, NotReady, UsageError
from cslab.measure.effect.start import turns_of
from cslab.measure.impact.joiners import beside
from cslab.measure.impact.register import HOW, doses, registered

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

BY_LOT = ("lot", "invitation", "groups")
HARDLY = 0.05
"""The share of those who do not take part up to which a register holds participants alone, and of those who begin
after the month of their turn up to which all begin then."""


@dataclass(frozen=True)
class Exposure:
    """Turns of customers in a programme.

    Parameters
    ----------
    rows : DataFrame
        A row a customer and turn: ``account_id``; ``turn`` (its month); ``arm`` (bool: drawn, invited, or takes part);
        ``took`` (bool: takes part); ``dose`` (share of the planned sessions held, 1 where none are planned, missing
        while they run); ``stratum`` (int: compared with one another); ``until`` (month from which a row is looked at no
        longer, since a customer that serves as a comparison takes part itself; else missing).
    how : str
        ``lot``, ``invitation``, ``groups`` (all by lot), ``rule``, ``choice`` or ``open``.
    name : str
        The programme.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"account_id": ["a", "b"], "turn": pd.Timestamp("2024-01-01"), "arm": [True, False]})
    >>> of_frame(rows).participants
    1
    """

    rows: pd.DataFrame
    how: str
    name: str = ""

    @property
    def by_lot(self) -> bool:
        """Whether a lot decided who came under it, or when.

        >>> Exposure(None, "rule").by_lot
        False
        """
        return self.how in BY_LOT

    @property
    def waits(self) -> bool:
        """Whether customers serve as comparisons who come in later: those of them who leave before never do."""
        return bool(self.rows["until"].notna().any())

    @property
    def together(self) -> Exposure:
        """The same, both arms of a month looked at until the first of its comparisons comes in.

        For what goes on after leaving: else whoever stays would be looked at until it comes in, and whoever leaves for
        ever.

        >>> import pandas as pd
        >>> arm = [True, False, False]
        >>> rows = pd.DataFrame({"account_id": [*"abc"], "turn": pd.Timestamp("2024-01-01"), "arm": arm})
        >>> turns = of_frame(rows.assign(until=pd.to_datetime([None, None, "2024-05-01"])), "groups")
        >>> int(turns.together.rows["until"].notna().sum())
        3
        """
        rows = self.rows
        first = rows["first"] if "first" in rows else rows.groupby("turn")["until"].transform("min")
        return replace(self, rows=rows.assign(until=first))

    @property
    def participants(self) -> int:
        """Customers that take part."""
        return int(self.rows.loc[self.rows["took"], "account_id"].nunique())


def exposure(book: Book, programme: str = "") -> Exposure:
    """The turns of a programme, by its register.

    Parameters
    ----------
    book : Book
        Needs ``program_enrolment``; uses ``programs`` for how it was decided and how many sessions were planned.
    programme : str
        Its id; empty: the first.

    Returns
    -------
    Exposure
        Where the register holds those who do not take part, they are compared with those who do and whose turn came in
        the same month. Where it holds hardly any, where groups begin one after the other, and where customers begin
        months after their turn without a record of who was drawn or invited (then their turn is the month in which they
        begin, and no lot decides that), they are compared with the customers of that month who are not yet in it, by
        tenure.

    Raises
    ------
    UsageError
        For a programme that there is not.
    NotReady
        Without the table, or where nobody joined.

    >>> import cslab
    >>> exposure(cslab.load("synthetic:tiny?programs=faq&policy=program_rct"), "faq").how
    'lot'
    """
    turns = turns_of(book, programme)
    name = str(turns["program_id"].iloc[0]) if len(turns) else programme
    programme_row = registered(book, name)
    how, late = _how(turns, str(programme_row.get("assignment")))
    began = turns["enrolled_on"]
    if began.isna().all():
        raise NotReady(Fault("impact.nobody_joined", {"programme": name}))
    rows = turns[["account_id"]].astype({"account_id": object})
    rows = rows.assign(
        turn=_month(began if late else turns["eligible_on"].fillna(began)),
        arm=_arm(how, began.notna(), turns["invited_on"].notna()),
        took=began.notna().to_numpy(bool),
        dose=doses(turns, programme_row),
    )
    rows = rows[rows["turn"].notna()].reset_index(drop=True)
    if how == "groups" or late or not (~rows["arm"]).mean() > HARDLY:
        return _among_others(book, rows[rows["arm"]], how, name)
    return of_frame(rows, how, name)


def started(book: Book, series: pd.DataFrame, name: str = "") -> Exposure:
    """The turns of something without a register: from the first month on in which its series is above 0.

    Parameters
    ----------
    book : Book
        Needs ``contracts``.
    series : DataFrame
        A row an account, a column a month.
    name : str
        What to call it.

    Returns
    -------
    Exposure
        Who begins is compared with the customers of that month who have not, by tenure.

    Raises
    ------
    NotReady
        Where it never begins for anybody.

    >>> import cslab, pandas as pd
    >>> book = cslab.load("synthetic:tiny")
    >>> months = pd.date_range("2022-01-01", periods=3, freq="MS")
    >>> series = pd.DataFrame(0.0, book.accounts["account_id"], months)
    >>> series.iloc[::4, 1:] = 1.0
    >>> started(book, series).rows["turn"].nunique()
    1
    """
    import pandas as pd

    above = series.to_numpy(float) > 0  # missing is not above
    begun = np.flatnonzero(above.any(axis=1))
    if not len(begun):
        raise NotReady(Fault("impact.nobody_joined", {"programme": name}))
    months = series.columns.to_numpy("datetime64[M]")[above.argmax(axis=1)[begun]]
    rows = pd.DataFrame({"account_id": series.index[begun], "turn": months.astype("datetime64[ns]")})
    return _among_others(book, rows.assign(arm=True, took=True, dose=1.0), "open", name)


def of_frame(rows: pd.DataFrame, how: str = "lot", name: str = "") -> Exposure:
    """Turns out of a list of one's own.

    Parameters
    ----------
    rows : DataFrame
        ``account_id``, ``turn`` (a month's first day), ``arm`` (bool), and what else an ``Exposure`` has; without
        ``took``, everybody of the arm takes part, without ``stratum`` those of one month are compared.
    how : str
        How it was decided: ``lot``, ``invitation``, ``groups``, ``rule``, ``choice`` or ``open``.
    name : str
        The programme.

    Returns
    -------
    Exposure

    Raises
    ------
    UsageError
        For columns that are not there.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"account_id": ["a", "b"], "turn": pd.Timestamp("2024-01-01"), "arm": [True, False]})
    >>> of_frame(rows).rows["stratum"].tolist()
    [0, 0]
    """
    import pandas as pd

    if absent := [column for column in ("account_id", "turn", "arm") if column not in rows]:
        known = ", ".join(str(column) for column in rows)
        raise UsageError(*(Fault("effect.frame_lacks", {"name": column, "known": known}) for column in absent))
    stratum = pd.factorize(rows["turn"], sort=True)[0]
    usual: dict[str, Any] = {"took": rows["arm"], "dose": 1.0, "stratum": stratum, "until": pd.NaT}
    rows = rows.assign(**{column: value for column, value in usual.items() if column not in rows})
    return Exposure(rows.astype({"arm": bool, "took": bool, "until": "datetime64[ns]"}), how, name)


def taking_part(exposure: Exposure, like: pd.DataFrame) -> pd.DataFrame:
    """Taking part as a series: 1 from the month of the turn on, 0 before and for who does not.

    Parameters
    ----------
    exposure : Exposure
    like : DataFrame
        A series with the accounts and months wanted.

    Returns
    -------
    DataFrame
        A row an account, a column a month.

    >>> import pandas as pd
    >>> months = pd.date_range("2024-01-01", periods=3, freq="MS")
    >>> turns = of_frame(pd.DataFrame({"account_id": ["a", "b"], "turn": months[1], "arm": [True, False]}))
    >>> taking_part(turns, pd.DataFrame(5.0, ["a", "b"], months)).to_numpy().tolist()
    [[0.0, 1.0, 1.0], [0.0, 0.0, 0.0]]
    """
    import pandas as pd

    rows = exposure.rows[exposure.rows["took"]]
    since = rows.groupby("account_id")["turn"].min().reindex(like.index).to_numpy("datetime64[M]")
    months = like.columns.to_numpy("datetime64[M]")
    return pd.DataFrame((months >= since[:, None]).astype(float), like.index, like.columns)


def _how(turns: pd.DataFrame, assignment: str) -> tuple[str, bool]:
    """How it was decided, and whether only the day on which each began tells: whoever left before could not begin."""
    how, invited = HOW.get(assignment, "open"), turns["invited_on"].notna().any()
    how = "choice" if how == "invitation" and not invited else how
    began = turns[turns["enrolled_on"].notna()]
    after = (_month(began["enrolled_on"]) > _month(began["eligible_on"])).mean()
    late = bool(after > HARDLY) and not (how == "groups" or (how in BY_LOT and invited))
    return "choice" if late and how in BY_LOT else how, late


def _arm(how: str, took: pd.Series, invited: pd.Series) -> Any:
    """Who was drawn, where a lot drew customers or groups of them; else who takes part."""
    drawn = {"lot": took | invited, "invitation": invited, "groups": took | True}
    return drawn.get(how, took).to_numpy(bool)


def _among_others(book: Book, joined: pd.DataFrame, how: str, name: str) -> Exposure:
    """Those who join beside the customers of the same month and of about the same tenure who are not in it yet."""
    return of_frame(beside(book, joined), how, name)


def _month(days: pd.Series) -> Any:
    """The first day of the month of each day."""
    return days.dt.to_period("M").dt.to_timestamp()
