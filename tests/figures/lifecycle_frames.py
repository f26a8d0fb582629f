"""Small results of the lifecycle's measures, and the pictures of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from cslab.figures import lifecycle as pictures
from cslab.measure.lifecycle import rules

AS_OF = pd.Timestamp("2024-03-31")
NAMES = ("flow of phases", "stuck", "time in phase")


def flows() -> pd.DataFrame:
    """One year: two customers go on from onboarding, one leaves it, three come, one comes back."""
    rows = [
        ("new", "onboarding", 2, 0.0, 50.0),
        ("new", "adoption", 1, 0.0, 40.0),
        ("onboarding", "adoption", 2, 100.0, 150.0),
        ("onboarding", "churn", 1, 20.0, 20.0),
        ("adoption", "adoption", 5, 500.0, 450.0),
        ("churn", "adoption", 1, 0.0, 10.0),
    ]
    frame = pd.DataFrame(rows, columns=["from", "to", "customers", "before_mrr_amount", "mrr_amount"])
    frame = frame.assign(from_date=pd.Timestamp("2023-03-31"), to_date=AS_OF)
    frame.attrs = {**rules().described(AS_OF), "currency": "JPY"}
    return frame


def report() -> pd.DataFrame:
    """Two phases: 4 of 10 stuck in onboarding, nobody to be told stuck in adoption."""
    rows = [("onboarding", 10, 90.0, 4.0, 0.4, 0.17, 0.69, 50.0), ("adoption", 40, *[float("nan")] * 6)]
    names = ["phase", "customers", "target_days", "stuck", "estimate", "low", "high", "stuck_mrr_amount"]
    frame = pd.DataFrame(rows, columns=names).assign(mrr_amount=[100.0, 900.0], median_days=[47.0, float("nan")])
    frame.attrs = {**rules().described(AS_OF), "currency": "JPY"}
    return frame


def curves() -> pd.DataFrame:
    """Onboarding takes some of them very long; purchase is over in days."""
    shares = {"purchase": [1.0, 0.5, 0.0], "onboarding": [1.0, 0.6, 0.3]}
    parts = [
        pd.DataFrame({"phase": phase, "time": [0, 10, 100], "estimate": share, "n": 20})
        for phase, share in shares.items()
    ]
    frame = pd.concat(parts, ignore_index=True)
    frame = frame.assign(low=(frame["estimate"] - 0.1).clip(lower=0), high=(frame["estimate"] + 0.1).clip(upper=1))
    frame.attrs = {**rules().described(AS_OF)}
    return frame


def lifecycle_pictures() -> dict[str, Callable[..., Any]]:
    """Every picture of the lifecycle by name."""
    drawn = (
        lambda **on: pictures.flow(flows(), **on),
        lambda **on: pictures.stuck(report(), **on),
        lambda **on: pictures.time_in_phase(curves(), **on),
    )
    return dict(zip(NAMES, drawn, strict=True))
