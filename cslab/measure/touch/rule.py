"""Who gets which tier, by rule: lines on MRR, exceptions with their reason, more for everybody until onboarded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.alerts.limits import Limit
from cslab.measure.lifecycle.spells import phase_at
from cslab.measure.retention.amounts import standing_mrr
from cslab.measure.touch.bilingual import Bilingual
from cslab.measure.touch.tiers import present_tiers
from cslab.world.touch import TIERS

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Flags = NDArray[np.bool_]

SIGNING, NOW = "signing", "now"
BEFORE = ("purchase", "onboarding")
"""Phases of those who are not onboarded yet."""


@dataclass(frozen=True)
class Exemption:
    """An exception to the lines, and why it is made.

    Parameters
    ----------
    because : Bilingual
    when : mapping
        Columns of ``accounts``: the value each must have, a list of values, or a limit such as ``"< 0.2"``.
    tier : str
        The tier instead; empty where ``move`` says it.
    move : int
        Tiers up (positive) or down.

    >>> Exemption(Bilingual("struggling"), {"trial_usage": "< 0.2"}, move=1).place(np.array([0, 2])).tolist()
    [1, 2]
    """

    because: Bilingual
    when: Mapping[str, Any]
    tier: str = ""
    move: int = 0

    def place(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """The places of tiers after the exception, from those before it (0: tech).

        Parameters
        ----------
        places : ndarray of int

        >>> Exemption(Bilingual("strategic"), {}, tier="high").place(np.array([0, 1])).tolist()
        [2, 2]
        """
        if self.tier:
            return np.full(len(places), TIERS.index(self.tier))
        return np.clip(places + self.move, 0, len(TIERS) - 1)

    def holds(self, accounts: pd.DataFrame) -> Flags:
        """Of which customers it holds; never where the column is empty.

        Parameters
        ----------
        accounts : DataFrame

        >>> import pandas as pd
        >>> smb = Exemption(Bilingual("small"), {"segment": ["smb"], "seats0": ">= 5"}, move=1)
        >>> smb.holds(pd.DataFrame({"segment": ["smb", "smb", "mid"], "seats0": [9, 2, 9]})).tolist()
        [True, False, False]
        """
        met = [np.ones(len(accounts), bool), *(_met(accounts[column], one) for column, one in self.when.items())]
        return np.asarray(np.logical_and.reduce(met), bool)


@dataclass(frozen=True)
class TierRule:
    """A company's rule of who gets which tier.

    Parameters
    ----------
    name : str
    mid, high : float
        MRR from which on a customer gets mid touch, and high touch (currency a month).
    amount : str
        ``"signing"``: MRR at signing; ``"now"``: on the book's last day.
    onboarding : str
        At least this tier until onboarded; empty: the rule as it stands.
    exceptions : tuple of Exemption
        The first that holds counts.
    currency : str
        Of the lines; empty: whatever the book has.

    >>> TierRule("own", 80e3, 400e3).with_lines(1e5, 5e5).high
    500000.0
    """

    name: str
    mid: float
    high: float
    amount: str = SIGNING
    onboarding: str = ""
    exceptions: tuple[Exemption, ...] = ()
    currency: str = ""

    def __post_init__(self) -> None:
        """Refuse lines that are no numbers, or in the wrong order."""
        if not 0 <= self.mid <= self.high:
            raise UsageError(Fault("touch.lines", {"mid": self.mid, "high": self.high}))

    @property
    def lines(self) -> tuple[float, float]:
        """The lines of mid and of high touch. For an example see :meth:`with_lines`."""
        return self.mid, self.high

    def with_lines(self, mid: float, high: float) -> TierRule:
        """The same rule with other lines.

        Parameters
        ----------
        mid, high : float

        Raises
        ------
        UsageError
            For lines in the wrong order.

        >>> TierRule("own", 80e3, 400e3).with_lines(0, 5e5).lines
        (0.0, 500000.0)
        """
        return replace(self, mid=float(mid), high=float(high))

    def tiers(self, book: Book) -> pd.Series:
        """The tier of each customer there on the book's last day.

        Parameters
        ----------
        book : Book

        Returns
        -------
        Series of str
            By ``account_id``.

        Raises
        ------
        NotReady, UsageError
            As :func:`assign`.

        >>> import cslab
        >>> set(TierRule("own", 0, 0).tiers(cslab.load("synthetic:tiny")))
        {'high'}
        """
        return assign(book, self).set_index("account_id")["tier"]


def assign(book: Book, rule: TierRule) -> pd.DataFrame:
    """The tier that a rule gives each customer there on the book's last day.

    Parameters
    ----------
    book : Book
        Needs ``accounts`` and amounts: ``accounts.mrr0_amount`` for MRR at signing, movements or contracts for MRR now.
        ``tier_history`` tells the tier of today, where there is one.
    rule : TierRule

    Returns
    -------
    DataFrame
        ``account_id``, ``amount`` (currency a month), ``tier``, ``by`` (``rule``, ``onboarding``, ``exception_1`` …),
        ``present`` (missing where no tier is recorded), ``moves`` (``up``, ``down``, ``same``; missing likewise).
        ``attrs``: ``as_of``, ``currency``, ``left_out`` (customers without an amount).

    Raises
    ------
    NotReady
        Naming the columns that are missing.
    UsageError
        For lines in another currency than the book's, and for exceptions that ask for columns it does not have.

    >>> import cslab
    >>> found = assign(cslab.load("synthetic:tiny"), TierRule("own", 80e3, 400e3))
    >>> found["tier"].isin(TIERS).all(), found.attrs["left_out"]
    (np.True_, 0)
    """
    _fits(book, rule)
    there = _there(book, rule)
    known = there[there["amount"].notna()]
    places = (known["amount"].to_numpy() >= rule.mid).astype(np.int64) + (known["amount"].to_numpy() >= rule.high)
    places, by = _excepted(places, known, rule)
    places, by = _begun(places, by, known, book, rule)
    found = known[["account_id", "amount"]].assign(tier=np.array(TIERS, object)[places], by=by)
    found = _beside(found, book)
    found.attrs.update(as_of=book.as_of, currency=book.currency, left_out=len(there) - len(known))
    return found.reset_index(drop=True)


def _fits(book: Book, rule: TierRule) -> None:
    """Refuse a rule that the book cannot follow."""
    book.require("accounts.account_id", "mrr", *(["accounts.mrr0_amount"] if rule.amount == SIGNING else []))
    if rule.currency and rule.currency != book.currency:
        raise UsageError(Fault("touch.currency", {"rule": rule.currency, "book": book.currency}))
    wanted = dict.fromkeys(column for one in rule.exceptions for column in one.when)
    book.require(*(f"accounts.{column}" for column in wanted))


def _there(book: Book, rule: TierRule) -> pd.DataFrame:
    """The customers of the last day with the amount that the rule goes by."""
    standing = standing_mrr(book, book.as_of)
    accounts = book.accounts[book.accounts["account_id"].isin(standing.index[standing > 0])]
    amount = accounts["mrr0_amount"] if rule.amount == SIGNING else accounts["account_id"].map(standing)
    return accounts.assign(amount=amount.astype(float))


def _excepted(places: NDArray[np.int64], known: pd.DataFrame, rule: TierRule) -> tuple[NDArray[np.int64], Any]:
    """The places after the exceptions, and what decided each."""
    by, open_ = np.full(len(known), "rule", object), np.ones(len(known), bool)
    for number, one in enumerate(rule.exceptions, 1):
        held = one.holds(known) & open_
        places = np.where(held, one.place(places), places)
        by[held], open_ = f"exception_{number}", open_ & ~held
    return places, by


def _begun(
    places: NDArray[np.int64], by: Any, known: pd.DataFrame, book: Book, rule: TierRule
) -> tuple[NDArray[np.int64], Any]:
    """The same with more for those who are not onboarded yet."""
    if not rule.onboarding:
        return places, by
    phase = phase_at(book).set_index("account_id")["phase"].astype(object)
    least = TIERS.index(rule.onboarding)
    early = known["account_id"].map(phase).isin(BEFORE).to_numpy() & (places < least)
    return np.where(early, least, places), np.where(early, "onboarding", by)


def _beside(found: pd.DataFrame, book: Book) -> pd.DataFrame:
    """The tier of today beside the rule's."""
    if not book.has("tier_history.touch_tier", "tier_history.valid_from"):
        return found.assign(present=None, moves=None)
    present = found["account_id"].map(present_tiers(book))
    order = {tier: place for place, tier in enumerate(TIERS)}
    step = found["tier"].map(order).astype(float) - present.map(order).astype(float)
    moves = step.map(lambda one: None if np.isnan(one) else "up" if one > 0 else "down" if one < 0 else "same")
    return found.assign(present=present, moves=moves)


def _met(values: pd.Series, wanted: Any) -> Flags:
    """Which values meet what is wanted."""
    if isinstance(wanted, str) and (limit := Limit.read(wanted)):
        return limit.holds(values.to_numpy(float, na_value=np.nan))
    choices = wanted if isinstance(wanted, list) else [wanted]
    return np.asarray(values.astype(object).isin(choices), bool)
