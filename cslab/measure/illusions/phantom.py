"""A programme that nobody ran: a lot among those still there decides who takes part, so its effect is known."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, NotReady, UsageError
from cslab.measure.durations import durations
from cslab.measure.illusions.exposure import HORIZON, NEVER, Exposure, exposure
from cslab.measure.illusions.immortal import LANDMARK, every_way

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

START_HAZARD = 0.07
"""The chance that a customer's turn comes in a month: a mean wait of 14 months."""

SEED = 1


def phantom(
    book: Book, start_hazard: float = START_HAZARD, effect: float = 0.0, horizon: int = HORIZON, seed: int = SEED
) -> Exposure:
    """Enrol a company's own customers in a programme that was never held.

    Month by month a lot decides whose turn has come, among those who are customers then. Who takes part is nothing but
    chance and time lived, so whatever a comparison finds beyond ``effect`` is made by the comparison. With an effect, a
    lot cancels that share of the departures that follow; such a customer is followed to that month and no further.

    Parameters
    ----------
    book : Book
        As for ``durations``; stock samples too.
    start_hazard : float
        Chance a month (0-1).
    effect : float
        Share of the later departures that it prevents (0: none).
    horizon : int
        Months of life that are looked at.
    seed : int
        Of the lots.

    Returns
    -------
    Exposure
        With its truth: a rate ratio of ``1 - effect``.

    Raises
    ------
    UsageError
        For a hazard outside ]0, 1[, or an effect outside [0, 1[.

    >>> import cslab
    >>> lives = phantom(cslab.load("synthetic:tiny"))
    >>> lives.what, lives.truth
    ('phantom', 1.0)
    """
    faults = [Fault("hazard_outside", {"value": start_hazard})] if not 0 < start_hazard < 1 else []
    if not 0 <= effect < 1:
        faults.append(Fault("effect_outside", {"value": effect}))
    if faults:
        raise UsageError(*faults)
    lives = durations(book)
    entry, duration, event = (lives[name].to_numpy() for name in ("entry", "duration", "event"))
    lots = np.random.default_rng(seed)
    turn = lots.geometric(start_hazard, len(lives)).astype(float)
    prevented = lots.random(len(lives)) < effect
    began = np.where(turn <= duration, turn, NEVER)
    found = Exposure(
        account_id=lives["account_id"].to_numpy(object),
        entry=entry.astype(np.int64),
        duration=duration.astype(np.int64),
        event=event.astype(bool) & ~(prevented & (began < duration)),
        began=began,
        offered=np.zeros(len(lives), np.int64),
        what="phantom",
        truth=1.0 - effect,
    )
    return found.until(horizon)


def taking_part(
    book: Book, programme: str = "", start_hazard: float = START_HAZARD, effect: float = 0.0, horizon: int = HORIZON
) -> Exposure:
    """The lives beside a programme on record; beside one that nobody ran, where there is none or an effect is asked.

    Parameters
    ----------
    book : Book
        As for :func:`phantom`.
    programme : str
        Its id; empty: the first in which some took part and others did not.
    start_hazard, effect, horizon
        As for :func:`phantom`. With an effect above 0 the programme is always one that nobody ran.

    Returns
    -------
    Exposure

    Raises
    ------
    UsageError, NotReady
        As ``exposure``, of a programme that is named; as :func:`phantom`.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> taking_part(book).what, taking_part(book, effect=0.3).what
    ('programme:user_meeting', 'phantom')
    """
    if programme and not effect:
        return exposure(book, f"programme:{programme}", horizon)
    if not effect and book.has("calendar", "program_enrolment.program_id", "program_enrolment.enrolled_on"):
        for name in dict.fromkeys(book.program_enrolment["program_id"].dropna().astype(str)):
            with suppress(NotReady):
                return exposure(book, f"programme:{name}", horizon)
    return phantom(book, start_hazard, effect, horizon)


def draws(
    book: Book, times: int = 50, start_hazard: float = START_HAZARD, effect: float = 0.0, at: int = LANDMARK
) -> pd.DataFrame:
    """Many programmes that nobody ran, each judged in every way.

    One lot may fall this way or that; what all of them show together is what the comparison does by itself.

    Parameters
    ----------
    book : Book
        As for :func:`phantom`.
    times : int
        How many programmes.
    start_hazard, effect : float
        As for :func:`phantom`.
    at : int
        Landmark, in months of life.

    Returns
    -------
    DataFrame
        A row a way (``ever_never``, ``time_split``, ``tenure_split``, ``landmark_ratio``): ``estimate`` (the middle
        one of the ratios, on the logarithm), ``low``, ``high`` (between which 95 in 100 of them lie), ``n``
        (programmes), ``method``. ``attrs`` holds the ``truth`` and the number of ``customers``.

    Raises
    ------
    UsageError
        As :func:`phantom` and ``immortal.landmark``; for less than two programmes.
    NotReady
        As ``immortal.ever``.

    >>> import cslab
    >>> draws(cslab.load("synthetic:tiny"), times=3)["method"].tolist()
    ['ever_never', 'time_split', 'tenure_split', 'landmark_ratio']
    """
    import pandas as pd

    if times < 2:
        raise UsageError(Fault("times_below_two", {"value": times}))
    drawn = [phantom(book, start_hazard, effect, seed=seed) for seed in range(1, times + 1)]
    judged = [every_way(lives, at) for lives in drawn]
    found = []
    for place, method in enumerate(judged[0]["method"]):
        logs = np.log([one["estimate"].iloc[place] for one in judged])
        low, middle, high = np.exp([np.quantile(logs, 0.025), logs.mean(), np.quantile(logs, 0.975)])
        found.append({"estimate": middle, "low": low, "high": high, "n": times, "method": method})
    frame = pd.DataFrame(found)
    frame.attrs.update(truth=1.0 - effect, as_of=book.as_of, customers=len(drawn[0].entry))
    return frame
