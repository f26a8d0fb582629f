"""Where customers are stuck: how many stand in each phase today, how many for too long, and what depends on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, UsageError, nearest
from cslab.measure import pipeline, retention
from cslab.measure.estimate import wilson
from cslab.measure.lifecycle.days import APART, as_days
from cslab.measure.lifecycle.durations import durations_in_phase, median_days
from cslab.measure.lifecycle.phases import Rules
from cslab.measure.lifecycle.shipped import rules as shipped_rules
from cslab.measure.lifecycle.spells import phase_at, spells
from cslab.measure.spells import DAYS_A_MONTH

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

METHOD = "share_of_accounts"
DEALS = (*pipeline.NEEDS, "deals.mrr_amount")


def stuck_report(book: Book, rules: Rules | None = None, by: str | None = None) -> pd.DataFrame:
    """How many customers stand in each phase on the last day, how many longer than the phase should take.

    Parameters
    ----------
    book : Book
        With what ``spells`` needs; MRR comes from ``mrr_movements``, else from ``contracts``.
    rules : Rules, optional
    by : str, optional
        A column of ``accounts`` to split by.

    Returns
    -------
    DataFrame
        [``by``], ``phase``, ``customers``, ``mrr_amount`` (currency a month, of all in the phase; missing: not known),
        ``target_days``, ``stuck`` (customers in it for longer), ``estimate`` (share stuck, 0-1), ``low``, ``high``,
        ``stuck_mrr_amount``, ``median_days`` (half have left the phase by then; missing: not seen), ``tickets`` (a
        month of a customer in the phase, over all records; missing without ``tickets``, and before the signing),
        ``n`` (customers), ``method``. Where a phase has no target, nobody can be told to be stuck and the numbers are
        missing. Before the signing, open deals count.

    Raises
    ------
    NotReady, DataError
        As for ``spells``.
    UsageError
        For a column that ``accounts`` does not have.

    >>> import cslab
    >>> report = stuck_report(cslab.load("synthetic:tiny"))
    >>> report["phase"].tolist()
    ['evaluation', 'purchase', 'onboarding', 'adoption', 'renewal']
    >>> bool((report["stuck"].dropna() <= report["customers"][report["stuck"].notna()]).all())
    True
    """
    import pandas as pd

    rules = rules or shipped_rules()
    group = _groups(book, by)
    standing, lasted = _standing(book, rules), durations_in_phase(book, rules)
    enquiries = _tickets(book, rules, group)
    parts = []
    for name in [""] if by is None else sorted(group.dropna().unique()):
        now, before = (frame[frame["account_id"].map(group) == name] for frame in (standing, lasted))
        own = enquiries[enquiries.index.get_level_values(0) == name].droplevel(0)
        report = _report(now, before, rules).join(own, on="phase")
        parts.append(report[[*_COLUMNS]] if by is None else report.assign(**{by: name})[[by, *_COLUMNS]])
    found = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[by, *_COLUMNS])
    found.attrs = {**rules.described(book.as_of), "currency": book.currency}
    return found


_COLUMNS = (
    *("phase", "customers", "mrr_amount", "target_days", "stuck", "estimate", "low", "high", "stuck_mrr_amount"),
    *("median_days", "tickets", "n", "method"),
)


def _groups(book: Book, by: str | None) -> pd.Series:
    """The group of each account and of each deal; the same one for all where nothing is split."""
    import pandas as pd

    accounts = book.accounts.set_index("account_id")
    everybody = [accounts, book.deals.set_index("deal_id")] if book.has(*DEALS) else [accounts]
    if by is None:
        return pd.concat([pd.Series("", index=frame.index) for frame in everybody])
    if by not in accounts:
        known = ", ".join(map(str, accounts))
        raise UsageError(Fault("unknown_group", {"by": by, "near": nearest(by, map(str, accounts)), "known": known}))
    split: pd.Series = pd.concat([frame[by] for frame in everybody if by in frame])
    return split


def _standing(book: Book, rules: Rules) -> pd.DataFrame:
    """Everybody in a phase on the last day, deals by their own id: ``phase``, ``days``, ``mrr_amount``."""
    import pandas as pd

    now = phase_at(book, rules=rules)
    now = now.assign(
        phase=now["phase"].astype(object), mrr_amount=now["account_id"].map(retention.standing_mrr(book, book.as_of))
    )
    before = [name for name, phase in rules.phases.items() if phase.prospects]
    if not (before and book.has(*DEALS)):
        return now
    deals = book.deals[(book.deals["outcome"] == "open") & book.deals["engaged_on"].notna()]
    running = {"days": (book.as_of - deals["engaged_on"]).dt.days, "mrr_amount": deals["mrr_amount"]}
    return pd.concat([now, pd.DataFrame({"account_id": deals["deal_id"], "phase": before[0], **running})])


def _report(standing: pd.DataFrame, lasted: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """One row a phase of those who have not left."""
    import pandas as pd

    names = pd.Index([name for name in rules.phases if name not in rules.final], name="phase")
    target = pd.Series({name: rules.phases[name].target_days for name in names}, dtype=float)
    late = standing[standing["days"] > standing["phase"].map(target)]
    frame = pd.DataFrame({"target_days": target}, index=names)
    nothing = 0.0 if standing["mrr_amount"].notna().any() else np.nan
    for count, amount, who in (("customers", "mrr_amount", standing), ("stuck", "stuck_mrr_amount", late)):
        frame[count] = who["phase"].value_counts().reindex(names, fill_value=0)
        amounts = who.groupby("phase")["mrr_amount"].sum(min_count=1)
        frame[amount] = amounts.reindex(names).where(frame[count] > 0, nothing)
    told = target.notna()
    frame = frame.assign(stuck=frame["stuck"].where(told), stuck_mrr_amount=frame["stuck_mrr_amount"].where(told))
    frame["estimate"] = frame["stuck"] / frame["customers"].where(frame["customers"] > 0)
    frame["low"], frame["high"] = wilson(frame["stuck"], frame["customers"])
    frame["median_days"] = [median_days(lasted[lasted["phase"] == name]) for name in names]
    return frame.assign(n=frame["customers"], method=METHOD).reset_index()


def _tickets(book: Book, rules: Rules, group: pd.Series) -> pd.DataFrame:
    """Enquiries a month of a customer, by group and phase."""
    import pandas as pd

    stays = spells(book, rules)
    keys = [stays["account_id"].map(group), stays["phase"].astype(object)]
    days = (stays["ends"].fillna(book.as_of + pd.Timedelta(days=1)) - stays["begins"]).dt.days
    months = days.groupby(keys).sum() / DAYS_A_MONTH
    came = pd.Series(np.nan, index=stays.index)
    if book.has("tickets"):
        counted = np.bincount(_stay_of(stays, book.tickets), minlength=len(stays))
        before = [name for name, phase in rules.phases.items() if phase.prospects]
        came = pd.Series(counted, index=stays.index).mask(stays["phase"].isin(before))
    return (came.groupby(keys).sum(min_count=1) / months).to_frame("tickets")


def _stay_of(stays: pd.DataFrame, tickets: pd.DataFrame) -> NDArray[np.int64]:
    """The row of the stay in which each ticket came in; those that came outside of any are left out."""
    import pandas as pd

    known = pd.Index(stays["account_id"].unique())
    begins = known.get_indexer(pd.Index(stays["account_id"])) * APART + as_days(stays["begins"])
    account = known.get_indexer(pd.Index(tickets["account_id"])).astype(np.int64)
    place = np.searchsorted(begins, account * APART + as_days(tickets["opened_on"]), side="right") - 1
    inside = (account >= 0) & (place >= 0) & (begins[place.clip(0)] // APART == account)
    return np.asarray(place[inside], np.int64)
