"""What supposed worlds bring each account, beside the world as it is, in the same futures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.book.supposition import AS_IT_IS, PHASES, Relief, Supposition
from cslab.world.expectation import Outlook, mean_and_error
from cslab.world.frames import account_ids
from cslab.world.supposed.walk import SupposedPaths

if TYPE_CHECKING:
    import pandas as pd

    from cslab.world.futures import Ahead
    from cslab.world.luck import Floats, Ints


GAINS = ("retained_gain", "retained_gain_error", "value_gain_amount", "value_gain_error")
BY_PHASE = tuple(f"{what}_{phase}" for what in ("months", "leaving") for phase in PHASES)


def supposing(outlook: Outlook, suppositions: Sequence[Supposition], discount: float = 0.0) -> pd.DataFrame:
    """What each account can be expected to bring in each supposed world, and in the world as it is.

    Parameters
    ----------
    outlook : Outlook
    suppositions : sequence of Supposition
    discount : float
        A year.

    Returns
    -------
    DataFrame
        As ``supposing`` of the truth: first all accounts as it is, then case by case.

    >>> from cslab.book.supposition import Relief
    >>> from cslab.world import policy, preset
    >>> outlook = Outlook(preset("tiny"), policy("rule"), horizon=6, futures=2)
    >>> len(supposing(outlook, [Relief("onboarding", 0.5)]))
    120
    """
    import pandas as pd

    cases = [None, *suppositions]
    names, ids = [one.case if one else AS_IT_IS for one in cases], account_ids(outlook.scenario.accounts)

    def walk(ahead: Ahead) -> Floats:
        """The futures in one world after the other, or along the same paths."""
        past, policy = ahead.past, outlook.factual
        touch = policy.touch(past.scenario, past.customers).at(ahead.place)
        found: dict[int, Floats] = {}
        for some in _together(cases, apart=policy.sharing is not None):
            paths = SupposedPaths(ahead, touch, policy.sharing, [cases[place] for place in some], discount)
            found |= dict(zip(some, paths.walked(), strict=True))
        return np.stack([found[place] for place in range(len(cases))]).reshape(
            len(cases), -1, ahead.count, ahead.accounts
        )

    parts = [_columns(number, found, names) for number, found in outlook.walks(walk)]
    several = [pd.DataFrame(one) for case in zip(*parts, strict=True) for one in case]
    frame = pd.concat(several, ignore_index=True)
    return frame.assign(account_id=ids[frame["account_id"]])


def _together(cases: Sequence[Supposition | None], apart: bool) -> list[list[int]]:
    """Which cases may go along the same paths, by their places: those that change no more than who stays."""
    alike = [] if apart else [place for place, one in enumerate(cases) if one is None or isinstance(one, Relief)]
    return [*([alike] if alike else []), *([place] for place in range(len(cases)) if place not in alike)]


def _columns(number: Ints, found: Floats, names: Sequence[str]) -> list[dict[str, Any]]:
    """The columns of a chunk of accounts, case by case."""
    columns = []
    for name, case in zip(names, found, strict=True):
        retained, value, *by_phase = case
        gains = mean_and_error(retained - found[0, 0], value - found[0, 1], axis=0)
        columns.append(
            {
                "case": name,
                "account_id": number,
                **mean_and_error(retained, value, axis=0),
                **dict(zip(GAINS, gains.values(), strict=True)),
                **dict(zip(BY_PHASE, (months.mean(axis=0) for months in by_phase), strict=True)),
            }
        )
    return columns
