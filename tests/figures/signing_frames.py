"""Results of signing and of exits, small enough to be seen through, and the pictures made of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

AS_OF = pd.Timestamp("2025-03-31")
TERMS = {"as_of": AS_OF, "horizon": 24, "gross_margin": 0.8, "discount": 0.1, "currency": "JPY"}
NAMES = ("worth by expectation", "cut-offs", "persona and behaviour", "whose churn", "win-back", "recorded departures")


def expected(worth: list[float], width: float = 2e5) -> pd.DataFrame:
    """Three groups, the worst of which costs more than it brings."""
    found = pd.DataFrame({"group": [1, 2, 3], "ratio": [0.8, 1.3, 2.4], "estimate": worth, "n": 40})
    found = found.assign(low=found["estimate"] - width, high=found["estimate"] + width)
    found.attrs = dict(TERMS)
    return found


def lines(gain: list[float], width: float = 3e4) -> pd.DataFrame:
    """It pays to decline a few, and costs to decline many; the rule of three sends nearly all away."""
    found = pd.DataFrame(
        {"cutoff": [0.0, 0.8, 1.2, 3.0], "declined": [0.0, 0.1, 0.3, 0.96], "estimate": gain, "n": 200}
    )
    found = found.assign(low=found["estimate"] - width, high=found["estimate"] + width)
    found.attrs = {**TERMS, "spent": 0.2}
    return found


def contest() -> pd.DataFrame:
    """A persona little better than a coin, behaviour well above it."""
    found = pd.DataFrame({"known": ["persona", "behaviour", "both"], "estimate": [0.57, 0.73, 0.74]})
    found = found.assign(low=found["estimate"] - 0.05, high=found["estimate"] + 0.05, n=750, left=120)
    found.attrs["as_of"] = AS_OF
    return found


def renewals() -> pd.DataFrame:
    """First and later renewals, told by signing, behaviour and what is hidden; too few to tell in one row."""
    known = ["signing", "behaviour", "hidden_fit", "hidden_value"]
    rows = [(renewal, name, 0.6 + 0.03 * place) for renewal in ("first", "later") for place, name in enumerate(known)]
    found = pd.DataFrame(rows, columns=["renewal", "known", "estimate"]).assign(n=700, left=100)
    found.loc[0, "estimate"] = float("nan")
    return found.assign(low=found["estimate"] - 0.05, high=found["estimate"] + 0.05)


def returned() -> pd.DataFrame:
    """After 24 months six in a hundred are back from easy exits, two from hard ones."""
    curves = {"all": (0.04, 400), "easy": (0.06, 250), "hard": (0.02, 100)}
    rows = [
        {"exit": kind, "time": time, "estimate": share * time / 24, "n": n}
        for kind, (share, n) in curves.items()
        for time in range(0, 25, 6)
    ]
    found = pd.DataFrame(rows).assign(low=lambda one: one["estimate"] / 2, high=lambda one: one["estimate"] * 1.6)
    found.attrs = {"hard_days": 30, "as_of": AS_OF}
    return found


def quarters() -> pd.DataFrame:
    """Thirty leave each quarter; a hard way out hides ten of them, once."""
    found = pd.DataFrame({"quarter": pd.date_range("2024-04-01", periods=4, freq="QS"), "left": 30})
    found = found.assign(recorded=[20, 30, 30, 30], waiting=10, hidden=[1 / 3, 0, 0, 0])
    found.attrs = {"delay_days": 30, "as_of": AS_OF}
    return found


def signing_pictures() -> dict[str, Callable[..., Any]]:
    """The pictures of signing and exits, each ready to be drawn in a language."""
    from cslab.figures import exits, signing

    worth, true = expected([-2e5, 5e5, 1.6e6]), expected([-3e5, 7e5, 1.5e6], 0.0)
    gain, truly = lines([0.0, 2e4, -6e4, -7e5]), lines([0.0, 2.5e4, -7e4, -8e5], 0.0)
    drawn = (
        lambda **on: signing.by_predicted(worth, true, **on),
        lambda **on: signing.cutoffs(gain, truly, **on),
        lambda **on: signing.contest(contest(), **on),
        lambda **on: signing.contest(renewals(), **on),
        lambda **on: exits.winback(returned(), **on),
        lambda **on: exits.recorded(quarters(), **on),
    )
    return dict(zip(NAMES, drawn, strict=True))
