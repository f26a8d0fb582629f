"""Alerts: which rules fire for whom on which morning, from what was known the evening before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.book import Note, read_day, read_days
from cslab.faults import Fault, UsageError
from cslab.measure.alerts.held_out import held_out
from cslab.measure.alerts.only import Only
from cslab.measure.alerts.playbooks import LOSS, Playbook, Playbooks
from cslab.measure.alerts.presence import as_days_of
from cslab.measure.alerts.seen import Hits, Seen, together
from cslab.measure.alerts.shipped import playbooks as shipped_playbooks
from cslab.measure.lifecycle.days import APART, as_dates

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book
    from cslab.measure.alerts.seen import Ints

    Date = str | pd.Timestamp

MONTHS = 12
"""How far back alerts are told, where nothing else is asked."""


def fire(
    book: Book,
    playbooks: Playbooks | None = None,
    since: Date = "",
    until: Date = "",
    signals: Mapping[str, pd.DataFrame] | None = None,
) -> pd.DataFrame:
    """Every alert of some days: what a system that had run each morning would have said.

    Only customers get alerts, and only as long as nobody knew that they leave. After an alert its rule is quiet about
    the account for the playbook's ``rest_days``. Nothing that became known on the day itself or later has a say: the
    alerts up to a day are those that ``fire`` finds in ``book.at(day)``.

    Parameters
    ----------
    book : Book
        Needs ``contracts`` with ``start`` and ``end``, and what the rules take; a rule that lacks something is left out
        and told of (``notes``).
    playbooks : Playbooks, optional
        Those that come with the kit, where not given.
    since, until : date, optional
        First and last day; twelve months before the book's last day, and that day, where not given.
    signals : mapping of str to DataFrame, optional
        Numbers that a model or another department supplies: ``account_id``, ``as_of`` (the evening on which it was
        known), ``value``. The kit's playbooks know ``risk`` (chance of leaving, 0-1) and ``days_overdue``.

    Returns
    -------
    DataFrame
        ``account_id``, ``rule_id``, ``fired_on``, ``severity``, ``value`` (the number that the rule saw; missing where
        it sees none), ``due_on`` (by when somebody is to act; Saturdays and Sundays do not count), ``owner``,
        ``hours``, ``held_out``; by day, account and rule. ``attrs``: ``as_of``, ``since``, ``until``, ``not_run``
        (rules to what they need), ``targets``.

    Raises
    ------
    NotReady
        Without contracts, or where no rule can run.
    UsageError
        For days in the wrong order or after the data, a signal without its columns, or cells of it that cannot be read.

    >>> import cslab
    >>> fired = fire(cslab.load("synthetic:tiny"))
    >>> bool((fired["due_on"] > fired["fired_on"]).all())
    True
    """
    import pandas as pd

    book.require("calendar", "contracts.start", "contracts.end")
    first, last = _days(book, since, until)
    known = _checked(signals or {})
    asked = playbooks or shipped_playbooks()
    able = asked.only(book, known)
    seen = Seen(book, known)
    found: dict[str, Hits] = {}
    in_order = sorted(able.playbooks.values(), key=lambda one: one.only.calm_days > 0)
    for one in in_order:
        found[one.name] = _rested(_calm(_hits(seen, one), one.only, found, able), one.rest_days)
    parts = [_rows(seen, able.playbooks[name], hits, first, last) for name, hits in found.items()]
    fired = pd.concat(parts, ignore_index=True)
    fired = fired.sort_values(["fired_on", "account_id", "rule_id"], kind="stable", ignore_index=True)
    not_run = {fault.values["rule"]: fault.values["needs"] for fault in asked.lacks(book, known)}
    targets = {name: one.target for name, one in asked.playbooks.items()}
    fired.attrs |= {"as_of": book.as_of, "since": first, "until": last, "not_run": not_run, "targets": targets}
    return fired


def notes(fired: pd.DataFrame) -> tuple[Note, ...]:
    """Which rules did not run, and what each needs.

    Parameters
    ----------
    fired : DataFrame
        As :func:`fire` makes it.

    >>> import cslab
    >>> [note.values["rule"] for note in notes(fire(cslab.load("synthetic:tiny")))]
    ['payment_overdue']
    """
    not_run = fired.attrs.get("not_run", {})
    return tuple(Note("alerts_not_run", {"rule": rule, "needs": needs}) for rule, needs in not_run.items())


def _days(book: Book, since: Date, until: Date) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The first and the last day that are asked for."""
    import pandas as pd

    last = read_day(until) if until else book.as_of
    first = read_day(since) if since else last - pd.DateOffset(months=MONTHS) + pd.Timedelta(days=1)
    if last > book.as_of:
        raise UsageError(Fault("after_the_data", {"date": last.date(), "last": book.as_of.date()}))
    if first > last:
        raise UsageError(Fault("alerts.days", {"since": first.date(), "until": last.date()}))
    return first, last


def _checked(signals: Mapping[str, pd.DataFrame]) -> Mapping[str, pd.DataFrame]:
    """Supplied numbers with their columns, read; all that is wrong is told at once."""
    faults, known = [], {}
    for name, frame in signals.items():
        found = ", ".join(map(str, frame.columns))
        lacking = [column for column in ("account_id", "as_of", "value") if column not in frame]
        faults += [Fault("alerts.signal", {"signal": name, "column": column, "found": found}) for column in lacking]
        if not lacking:
            known[name], strange = _read(name, frame)
            faults += strange
    if faults:
        raise UsageError(*faults)
    return known


def _read(name: str, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Fault]]:
    """A supplied number with days and numbers for cells, and what of it cannot be read."""
    import pandas as pd

    columns = {"as_of": read_days(frame["as_of"]), "value": pd.to_numeric(frame["value"], errors="coerce")}
    faults = []
    for column, kind in (("as_of", "day"), ("value", "number")):
        strange = frame.loc[columns[column].isna() & frame[column].notna(), column]
        values = {"signal": name, "count": len(strange), "value": "" if strange.empty else strange.iloc[0]}
        faults += [Fault(f"alerts.signal_{kind}", values)] if len(strange) else []
    return frame.assign(**columns), faults


def _hits(seen: Seen, one: Playbook) -> Hits:
    """Where a rule's conditions hold for customers who had not decided to leave, one a morning and account."""
    hits = together([condition.hits(seen) for condition in one.possible(seen.book, seen.signals)])
    hits = hits.where(seen.presence.reachable(hits.account, hits.day) & (hits.day >= seen.entry[hits.account]))
    hits = hits.where(one.only.fits(seen, hits))
    order = np.lexsort((hits.day, hits.account))
    hits = Hits(hits.account[order], hits.day[order], hits.value[order])
    line = hits.account * APART + hits.day
    return hits.where(np.r_[True, line[1:] != line[:-1]][: len(line)])


def _calm(hits: Hits, only: Only, found: Mapping[str, Hits], able: Playbooks) -> Hits:
    """The hits before which no rule about a loss fired for some days, where a rule asks for that."""
    if not only.calm_days:
        return hits
    losses = together([one for name, one in found.items() if able.playbooks[name].target == LOSS])
    line = np.sort(losses.account * APART + losses.day)
    place = hits.account * APART + hits.day
    return hits.where(np.searchsorted(line, place - only.calm_days) == np.searchsorted(line, place, side="right"))


def _rested(hits: Hits, rest_days: int) -> Hits:
    """The hits that remain when a rule is quiet about an account for some days after each."""
    kept = np.zeros(len(hits.day), bool)
    quiet_until = np.full(int(hits.account.max(initial=-1)) + 1, -APART)
    left = np.arange(len(hits.day))
    while len(left):
        account = hits.account[left]
        now = left[np.r_[True, account[1:] != account[:-1]]]
        kept[now] = True
        quiet_until[hits.account[now]] = hits.day[now] + rest_days
        left = left[hits.day[left] >= quiet_until[hits.account[left]]]
    return hits.where(kept)


def _rows(seen: Seen, one: Playbook, hits: Hits, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """The alerts of one rule in some days, as rows."""
    import pandas as pd

    hits = hits.where((hits.day >= as_days_of(first)) & (hits.day <= as_days_of(last)))
    ids = seen.diary.ids.take(hits.account)
    columns: dict[str, Any] = {
        "account_id": ids,
        "rule_id": one.name,
        "fired_on": as_dates(hits.day),
        "severity": one.severity,
        "value": hits.value,
        "due_on": _workdays_later(hits.day, one.sla_days),
        "owner": one.owner,
        "hours": float(one.hours),
        "held_out": held_out(ids, one.name, one.holdout),
    }
    return pd.DataFrame(columns, index=range(len(ids)))


def _workdays_later(day: Ints, days: int) -> Any:
    """The day some working days later."""
    begins = day.astype("M8[D]")
    return np.busday_offset(begins, days, roll="backward").astype("M8[ns]")
