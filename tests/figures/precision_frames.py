"""Conclusions as a picture shows them: enough customers, too few, far too few, and no number enough."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd

from cslab.figures import precision

NAMES = ("customers that conclusions take",)


def needed() -> pd.DataFrame:
    """Four conclusions of a company of 400."""
    customers = pd.array([40, 1600, 40_000, None], dtype="Int64")
    names = {"lesson": ["02", "11", "11", "14"], "name": ["in_onboarding", "lot", "line", "quarter"]}
    return pd.DataFrame({**names, "n": 400, "customers": customers, "enough": [True, False, False, False]})


def precision_pictures() -> dict[str, Callable[..., Any]]:
    """By name, what draws each."""
    return {NAMES[0]: partial(precision.needed, needed())}
