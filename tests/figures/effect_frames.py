"""Small effects, each to be drawn in a language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from cslab.figures.effect.balance import balance
from cslab.figures.effect.estimators import estimators
from cslab.figures.effect.overlap import overlap
from cslab.measure import effect

NAMES = ("ways of telling an effect", "ways, in money", "who could have got which", "balance")


def listed() -> effect.Trial:
    """Two hundred customers; the large ones get touch more often, and touch brings 2."""
    place = np.arange(200)
    rows = pd.DataFrame({"size": place % 10 + 1.0, "arm": np.where((place * 7) % 10 < place % 10, "high", "mid")})
    rows["y"] = rows["size"] + 2 * (rows["arm"] == "high")
    return effect.of_frame(rows, "arm", "y", ["size"])


def ways() -> dict[str, effect.Effect]:
    """The same effect by three ways."""
    return {
        "plain_difference": effect.naive(listed()),
        "weighted": effect.ipw(listed()),
        "aipw_all": effect.aipw(listed()),
    }


def in_money() -> dict[str, effect.Effect]:
    """An effect in yen."""
    said = {"estimand": effect.Said("estimand.value", {"horizon": 24, "arm": "high", "against": "mid"})}
    said |= {"population": effect.Said("population.signing_at_once", {"n": 900})}
    one = effect.Effect(
        150_000,
        -20_000,
        320_000,
        900,
        "aipw_all",
        arms=("high", "mid"),
        identification=effect.Said("identification.lot"),
        **said,
    )
    return {"aipw_all": one}


def pictures() -> dict[str, Callable[..., Any]]:
    """Each picture as a function of the language."""
    drawn: tuple[Callable[..., Any], ...] = (
        lambda **k: estimators(ways(), truth=2.0, **k),
        lambda **k: estimators(in_money(), **k),
        lambda **k: overlap(effect.support(listed()), **k),
        lambda **k: balance(ways()["aipw_all"], **k),
    )
    return dict(zip(NAMES, drawn, strict=True))
