"""Generalists or specialists: what waiting does when one queue becomes several."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cslab.faults import Fault, UsageError

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Work:
    """One kind of work that comes in.

    Parameters
    ----------
    arrivals : float
        Requests an hour.
    hours : float
        That one takes a generalist, on average.
    people : int
        Specialists for it, where work is split up.

    >>> Work(arrivals=2.0, hours=1.0, people=3).load
    2.0
    """

    arrivals: float
    hours: float
    people: int

    @property
    def load(self) -> float:
        """People that would be busy all the time. For an example see the class."""
        return self.arrivals * self.hours


def waits(people: int, load: float) -> float:
    """The chance that a request has to wait, when requests come at random: Erlang's C formula.

    Parameters
    ----------
    people : int
        Who work on one queue.
    load : float
        People that would be busy all the time.

    Returns
    -------
    float
        1 where the queue grows without end.

    Source: Erlang (1917); Gans, Koole and Mandelbaum (2003), M&SOM 5:79, grade A.

    >>> waits(1, 0.5), round(waits(2, 1.0), 4)
    (0.5, 0.3333)
    """
    if load >= people:
        return 1.0
    blocked = 1.0
    for size in range(1, people + 1):
        blocked = load * blocked / (size + load * blocked)
    return blocked / (1 - load / people * (1 - blocked))


def specialised(work: Mapping[str, Work], faster: float = 1.2) -> pd.DataFrame:
    """The same people as one team of generalists, and as specialists each with a queue of their own.

    Parameters
    ----------
    work : mapping of str to Work
        By kind.
    faster : float
        How many times as fast a specialist is.

    Returns
    -------
    DataFrame
        ``way`` (``generalists``, ``specialists``), ``kind`` (``all`` for everything together), ``people``,
        ``utilisation``, ``waits`` (share of requests that have to wait), ``wait_hours`` (mean over all requests;
        infinite where the queue grows), ``done_hours`` (until it is done). ``attrs``: ``faster``, ``pays_from`` (how
        many times as fast specialists must be to be as quick overall; missing where 10 would not suffice, or where the
        generalists' queue grows too).

    Raises
    ------
    UsageError
        Without work, for nobody to do it, and for numbers that are not above 0.

    Source: Erlang C (grade A); requests at random, times of one kind exponential, first come first served. Where short
    and long work share a queue, waits grow with the spread of their times: Kimura (1986), Management Science 32:751,
    exact for one person and about a seventh too short at worst where we acted it out.

    >>> same = {"set-up": Work(2.0, 1.0, 3), "renewal": Work(2.0, 1.0, 3)}
    >>> found = specialised(same, faster=1.0).set_index(["way", "kind"])["wait_hours"]
    >>> bool(found["generalists", "all"] < found["specialists", "all"])
    True
    """
    import pandas as pd

    _check(work, faster)
    rows = [_together(work), *_split(work, faster)]
    found = pd.DataFrame(rows)
    found.attrs.update(faster=faster, pays_from=_pays_from(work))
    return found


def _together(work: Mapping[str, Work]) -> dict[str, Any]:
    """All work on one queue, of generalists."""
    arrivals, load = sum(one.arrivals for one in work.values()), sum(one.load for one in work.values())
    mean = load / arrivals
    square = 2 * sum(one.load * one.hours for one in work.values()) / arrivals
    everybody = Work(arrivals, mean, sum(one.people for one in work.values()))
    return _row("generalists", "all", everybody, 1.0, _longer(everybody, square / mean**2 - 1))


def _longer(one: Work, variation: float) -> float:
    """How many times as long one waits as with exponential times, by the squared coefficient of variation of them."""
    idle = max(1 - one.load / one.people, 0.0)
    even = 0.5 * (1 + idle * (one.people - 1) * (math.sqrt(4 + 5 * one.people) - 2) / (16 * one.load))
    return (1 + variation) / (2 * variation + (1 - variation) / min(even, 1.0))


def _split(work: Mapping[str, Work], faster: float) -> list[dict[str, Any]]:
    """Each kind on a queue of its own, and all of them together."""
    rows = [_row("specialists", kind, one, faster) for kind, one in work.items()]
    arrivals = sum(one.arrivals for one in work.values())
    shares = [one.arrivals / arrivals for one in work.values()]
    mean = {
        name: sum(s * row[name] for s, row in zip(shares, rows, strict=True))
        for name in ("waits", "wait_hours", "done_hours")
    }
    people = sum(one.people for one in work.values())
    busy = sum(one.load for one in work.values()) / faster / people
    return [*rows, {"way": "specialists", "kind": "all", "people": people, "utilisation": busy, **mean}]


def _row(way: str, kind: str, one: Work, faster: float, longer: float = 1.0) -> dict[str, Any]:
    """One queue, and how many times as long one waits in it as with exponential times."""
    hours, load = one.hours / faster, one.load / faster
    chance = waits(one.people, load)
    wait = longer * chance * hours / (one.people - load) if load < one.people else math.inf
    return {
        "way": way,
        "kind": kind,
        "people": one.people,
        "utilisation": load / one.people,
        "waits": chance,
        "wait_hours": wait,
        "done_hours": wait + hours,
    }


def _pays_from(work: Mapping[str, Work]) -> float:
    """How much faster specialists must be to have things done as quickly."""
    goal = _together(work)["done_hours"]
    low, high = 0.1, 10.0
    if math.isinf(goal) or _split(work, high)[-1]["done_hours"] > goal:
        return math.nan
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if _split(work, middle)[-1]["done_hours"] > goal else (low, middle)
    return high


def _check(work: Mapping[str, Work], faster: float) -> None:
    """Refuse what cannot be reckoned."""
    numbers = {
        f"{kind}.{name}": getattr(one, name) for kind, one in work.items() for name in ("arrivals", "hours", "people")
    }
    numbers["faster"] = faster
    faults = [Fault("not_positive", {"name": name, "value": one}) for name, one in numbers.items() if not one > 0]
    faults += [] if work else [Fault("touch.no_work")]
    if faults:
        raise UsageError(*faults)
