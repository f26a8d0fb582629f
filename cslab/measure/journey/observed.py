"""The way as customers walked it: the events of each step, by what the map says shows it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, NotReady
from cslab.measure.durations import durations
from cslab.measure.journey.map import Map, Step

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

LOG = "journey_events"
"""The one table that says of each event whether the step was reached, skipped or repeated."""

COLUMNS = ["account_id", "step", "day", "event", "sentiment"]


def observed(book: Book, map_: Map) -> pd.DataFrame:
    """Every event of the steps of a map.

    Parameters
    ----------
    book : Book
        Needs the tables and columns that the map names as evidence.
    map_ : Map

    Returns
    -------
    DataFrame
        One row an event, by account, day and place on the map (so that the order of rows in the tables does not
        matter): ``account_id``, ``step``, ``day``, ``event`` (``reached``, ``skipped``, ``repeated``), ``sentiment``
        (-2 to 2; missing where the evidence does not say). Of a step that does not repeat, an account's later rows are
        ``repeated`` where the evidence tells events apart, and left out where it does not (every mail has a row).

    Raises
    ------
    NotReady
        Naming every table and column of the evidence that is not there.

    >>> import cslab
    >>> from cslab.measure.journey.map import shipped
    >>> list(observed(cslab.load("synthetic:tiny"), shipped()))
    ['account_id', 'step', 'day', 'event', 'sentiment']
    """
    import pandas as pd

    book.require(*_needs(map_))
    frames = {step.table: book.tables[step.table] for step in map_.steps if step.table}
    parts = [_events(frames[step.table], step) for step in map_.steps if step.table]
    place = {step.id: number for number, step in enumerate(map_.steps)}
    found = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=COLUMNS)
    found = found[found["day"].notna() & (found["day"] <= book.as_of)]
    places, account = found["step"].map(place).to_numpy(int), pd.factorize(found["account_id"], sort=True)[0]
    return found.iloc[np.lexsort((places, found["day"].to_numpy(), account))].reset_index(drop=True)


def _needs(map_: Map) -> list[str]:
    """The tables and columns that a map names."""
    needs = [f"{step.table}.{name}" for step in map_.steps if step.table for name in _named(step)]
    return list(dict.fromkeys(needs))


def _named(step: Step) -> list[str]:
    """The columns that a step's evidence reads."""
    return ["account_id", step.column, *(name for name, _ in step.where)]


def _events(frame: pd.DataFrame, step: Step) -> pd.DataFrame:
    """The events of one step."""
    rows = frame
    for column, value in step.where:
        rows = rows[rows[column].astype(str) == str(value)]
    nothing = np.full(len(rows), np.nan)
    found = rows[["account_id"]].assign(
        step=step.id,
        day=rows[step.column].to_numpy("datetime64[ns]"),
        event=rows["event"].to_numpy(object) if "event" in rows else "reached",
        sentiment=rows["sentiment"].to_numpy(float) if "sentiment" in rows else nothing,
    )
    if step.repeats:
        return found
    found = found.sort_values("day", kind="stable")
    if "event" not in rows:
        return found.drop_duplicates("account_id")
    again = (found["event"] == "reached") & found.duplicated(["account_id", "event"])
    return found.assign(event=found["event"].mask(again, "repeated"))


@dataclass(frozen=True)
class Walked:
    """A map and the way that a company's customers walked on it.

    Parameters
    ----------
    book : Book
        Needs the evidence of the map, and contracts with real days.
    map_ : Map

    >>> import cslab
    >>> from cslab.measure.journey.map import shipped
    >>> Walked(cslab.load("synthetic:tiny"), shipped()).first.shape[1]
    13
    """

    book: Book
    map_: Map

    @cached_property
    def log(self) -> pd.DataFrame:
        """All events."""
        return observed(self.book, self.map_)

    @cached_property
    def people(self) -> pd.DataFrame:
        """One row an account: ``account_id``, ``signed``, ``watched`` (first day on record), ``left`` (and has not come
        back), ``since`` (its present stay began: the signature, or the day it came back), ``late`` (the records begin
        after its signature: its first steps may not be in them)."""
        import pandas as pd

        lives = durations(self.book, unit="day")
        started = self.book.contracts.groupby("account_id")["start"].min()
        signed = lives["account_id"].map(started)
        if "signed_on" in lives:
            signed = lives["signed_on"].where(lives["signed_on"].notna(), signed)
        watched = signed + pd.to_timedelta(lives["entry"].to_numpy(float), unit="D")
        ended = started + pd.to_timedelta(lives.set_index("account_id")["duration"], unit="D")
        back = lives["account_id"].map(_came_back(self.book, ended)).where(lives["event"])
        facts = {"watched": watched, "left": lives["event"] & back.isna(), "late": lives["entry"] > 0}
        return lives[["account_id"]].assign(signed=signed, since=back.fillna(signed), **facts)

    @cached_property
    def ids(self) -> pd.Index[str]:
        """The accounts, in the order of ``people``."""
        import pandas as pd

        ids: pd.Index[str] = pd.Index(self.people["account_id"])
        return ids

    @cached_property
    def first(self) -> NDArray[Any]:
        """The first day on which each account (rows) reached each step (columns); missing where it did not."""
        return self._days("reached")

    @cached_property
    def left_out(self) -> NDArray[Any]:
        """The first day on which each account's skipping of each step was noted."""
        return self._days("skipped")

    @cached_property
    def rounds(self) -> NDArray[np.int64]:
        """How often each account took a step again that is meant to be taken once."""
        again = self.log["event"] == "repeated"
        rows, columns = self._places(self.log[again])
        known = rows >= 0
        counts = np.zeros((len(self.ids), len(self.map_.steps)), np.int64)
        np.add.at(counts, (rows[known], columns[known]), 1)
        return counts

    @cached_property
    def due(self) -> NDArray[Any]:
        """The day on which each step is due for each account, by its signature and the targets of the main way."""
        days = [np.nan_to_num(step.target_days) if step.main else 0.0 for step in self.map_.steps]
        ahead = np.cumsum(days).astype(np.int64).astype("m8[D]")
        return np.asarray(self.people["signed"].to_numpy("M8[D]")[:, None] + ahead[None, :])

    @cached_property
    def unseen(self) -> NDArray[np.bool_]:
        """Which steps of the main way were due before the records of an account begin, and are not in them."""
        main = np.array([step.main for step in self.map_.steps])
        before = self.due <= self.people["watched"].to_numpy("M8[D]")[:, None]
        return np.asarray(before & main & self.people["late"].to_numpy(bool)[:, None] & np.isnat(self.first))

    def _places(self, events: pd.DataFrame) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Row and column of events; -1 for accounts that are not in the contracts."""
        import pandas as pd

        steps = {step.id: number for number, step in enumerate(self.map_.steps)}
        rows = self.ids.get_indexer(pd.Index(events["account_id"]))
        return np.asarray(rows, np.intp), np.asarray(events["step"].map(steps), np.intp)

    def _days(self, event: str) -> NDArray[Any]:
        """The first days of one kind of event."""
        chosen = self.log[self.log["event"] == event]
        rows, columns = self._places(chosen)
        known = rows >= 0
        days = np.full((len(self.ids), len(self.map_.steps)), np.iinfo(np.int64).max)
        np.minimum.at(days, (rows[known], columns[known]), chosen["day"].to_numpy("M8[D]").astype(np.int64)[known])
        return _as_days(days)


def _came_back(book: Book, ended: pd.Series) -> pd.Series:
    """The day on which accounts whose first stay had ended began another that still runs."""
    later = book.contracts[book.contracts["start"] >= book.contracts["account_id"].map(ended)]
    known = later[later["start"] <= book.as_of].groupby("account_id").agg({"start": "min", "end": "max"})
    begun: pd.Series = known.loc[~(known["end"] <= book.as_of), "start"]
    return begun


def _as_days(counts: NDArray[np.int64]) -> NDArray[Any]:
    """Days since 1970 as dates; the largest number stands for none."""
    nothing = counts == np.iinfo(np.int64).max
    return np.where(nothing, np.datetime64("NaT", "D"), np.where(nothing, 0, counts).astype("M8[D]"))


def require_events(walked: Walked) -> None:
    """Refuse an event log that holds nothing of a step of the main way although later ones are in it.

    Raises
    ------
    NotReady
        Naming each such step with its phase: nobody could tell a step that is not recorded from one that all skipped.

    >>> import cslab
    >>> from cslab.measure.journey.map import shipped
    >>> require_events(Walked(cslab.load("synthetic:tiny"), shipped()))
    """
    seen = set(walked.log["step"])
    main = walked.map_.main
    last = max((place for place, step in enumerate(main) if step.id in seen), default=-1)
    lacking = [step for step in main[:last] if step.id not in seen]
    if last < 0:
        raise NotReady(Fault("journey.no_events", {"map": walked.map_.name}))
    if lacking:
        facts = [{"step": step.id, "phase": step.phase, "table": step.table, "line": step.line} for step in lacking]
        raise NotReady(*(Fault("journey.step_unseen", fact) for fact in facts))
