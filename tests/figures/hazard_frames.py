"""Small results about what makes customers leave, each to be drawn in a language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from cslab.figures import hazard
from cslab.measure.estimate import Estimate

NAMES = ("coefficients", "coefficients beside the truth", "the cliff")


def slopes(usage: float = -0.9) -> pd.DataFrame:
    """Usage lowers the odds, twice the MRR changes nothing, mid-sized customers leave less than small ones."""
    rows = [
        ("wau_ratio", "", "", usage, 0.12),
        ("log(mrr0_amount)", "", "", 0.0, 1.0),
        ("segment", "mid", "smb", -0.4, 1.0),
    ]
    found = pd.DataFrame(rows, columns=["name", "level", "reference", "estimate", "spread"])
    found = found.assign(low=found["estimate"] - 0.2, high=found["estimate"] + 0.2, n=400, events=60)
    found.attrs["as_of"] = pd.Timestamp("2024-12-31")
    return found


def path(quiet: float, due: float) -> pd.DataFrame:
    """Two years of a yearly contract."""
    found = pd.DataFrame({"tenure": range(1, 25)})
    found["estimate"] = [due if month % 12 == 0 else quiet for month in found["tenure"]]
    return found.assign(low=0.8 * found["estimate"], high=1.2 * found["estimate"])


def truth() -> dict[str, Estimate]:
    """What is true of usage and of mid-sized customers."""
    return {name: Estimate(value, value, value, 1, "x") for name, value in (("wau_ratio", -1.1), ("segment=mid", -0.3))}


def hazard_pictures() -> dict[str, Callable[..., Any]]:
    """The pictures of hazard models, each ready to be drawn in a language."""
    drawn: list[Callable[..., Any]] = [
        lambda **on: hazard.coefficients(slopes(), per="spread", **on),
        lambda **on: hazard.coefficients(slopes(), slopes(-0.5), truth(), **on),
        lambda **on: hazard.cliff(path(0.002, 0.14), path(0.012, 0.013), 12, n=400, **on),
    ]
    return dict(zip(NAMES, drawn, strict=True))
