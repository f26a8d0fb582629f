"""A table of phases as ``focus.table`` returns it, small enough to be seen through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from cslab.words import LANGUAGES, label


def four_phases() -> pd.DataFrame:
    """Most customers are in adoption, an hour brings most in renewal, and nobody says what a case of purchase takes."""
    rows = [("purchase", 24, 0.2, None, None, None, None, None),
            ("onboarding", 269, 0.73, 1800.0, 1100.0, 2500.0, 1900.0, 6000.0),
            ("adoption", 991, None, 2000.0, 1300.0, 2600.0, 1700.0, 4000.0),
            ("renewal", 153, 0.05, 4000.0, -100.0, 8100.0, 3500.0, 5000.0)]  # fmt: skip
    names = ("phase", "customers", "stuck_share", "per_hour", "per_hour_low", "per_hour_high", "truth_per_hour")
    frame = pd.DataFrame(rows, columns=[*names, "needed_hours"]).assign(n=1890)
    frame.attrs.update(effect=0.2, horizon=36, hour_amount=6410.0, budget_hours=500)
    frame.attrs.update(as_of=pd.Timestamp("2025-03-31"), currency="JPY")
    frame.attrs["names"] = {lang: {name: label(name, lang) for name in frame["phase"]} for lang in LANGUAGES}
    return frame


def focus_pictures() -> dict[str, Callable[..., Any]]:
    """The pictures of focus, each ready to be drawn in a language."""
    from cslab.figures import focus

    return {
        "gain an hour": lambda **on: focus.gain_per_hour(four_phases(), **on),
        "budget of hours": lambda **on: focus.budget(four_phases(), **on),
    }
