"""What models that look ahead return, small enough to be seen by eye, and the pictures made of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

NAMES = ("more columns than customers can carry",)


def overfitted() -> pd.DataFrame:
    """Three columns and thirty: the AUC among those learned from rises, among others it falls."""
    sides = {"train": [0.75, 0.95], "test": [0.70, 0.60]}
    limits = {f"{side}_low": [value - 0.05 for value in values] for side, values in sides.items()}
    limits |= {f"{side}_high": [value + 0.04 for value in values] for side, values in sides.items()}
    return pd.DataFrame({"columns": [3, 30], **sides, **limits, "n": 150, "tried": 1200, "draws": 20})


def landmark_pictures() -> dict[str, Callable[..., Any]]:
    """The pictures by their names."""
    from cslab.figures import landmark

    return {NAMES[0]: lambda **on: landmark.overfit(overfitted(), **on)}
