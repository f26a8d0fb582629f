"""Small results of the journey, as the pictures take them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from cslab.measure.estimate import Estimate
from cslab.measure.journey import Conformance, Map, Step

NAMES = ("journey map", "journey as walked", "what follows", "funnel", "feelings")
NAN = float("nan")


def three_steps() -> Map:
    """Signed, trained, result; and one that is not everybody's way and has no owner."""
    goals = (
        ("We have decided", "導入を決めた"),
        ("Our team can use it", "チームで使えるようになった"),
        ("We have shown our result to our management", "成果を経営層に報告できた"),
        ("We use it for more", "範囲を広げられた"),
    )
    facts = (("signed", "purchase", ("sales",)), ("trained", "onboarding", ("onboarding",)),
             ("result", "adoption", ("cs",)), ("wider", "expansion", ()))  # fmt: skip
    steps = [
        Step(name, phase, en, ja, owners=owners, optional=name == "wider")
        for (name, phase, owners), (en, ja) in zip(facts, goals, strict=True)
    ]
    return Map("three", "Three steps", "3つのステップ", tuple(steps))


def walked() -> Conformance:
    """Ten customers: all signed, eight trained (one of them twice), six with a result, two of those untrained."""
    steps = pd.DataFrame(
        {
            "phase": [step.phase for step in three_steps().steps],
            "step": [step.id for step in three_steps().steps],
            "goal_en": [step.goal_en for step in three_steps().steps],
            "goal_ja": [step.goal_ja for step in three_steps().steps],
            "estimate": [1.0, 0.8, 0.6, 0.1],
            "skipped_share": [0.0, 0.2, 0.0, NAN],
            "repeated_share": [0.0, 0.125, 0.0, 0.0],
            "waiting_median": [NAN, 9.0, 80.0, NAN],
            "target_days": [NAN, 14.0, 60.0, NAN],
        }
    )
    steps.attrs["as_of"] = pd.Timestamp("2024-03-31")
    ways = [("signed", "trained", 8, 8, 9.0), ("trained", "result", 4, 4, 70.0), ("trained", "trained", 1, 1, 12.0),
            ("signed", "result", 2, 2, 90.0), ("result", "trained", 1, 1, 5.0)]  # fmt: skip
    follows = pd.DataFrame(ways, columns=["from", "to", "count", "accounts", "median_days"])
    return Conformance(steps, pd.DataFrame(), follows, 10, 3, pd.Timestamp("2024-03-31"))


def people() -> pd.DataFrame:
    """Three people, one far above what chance would do."""
    rows = [("R1", 40, 0.26, 0.12, 0.40, 0.06, 0.48, ""), ("R2", 50, 0.24, 0.13, 0.38, 0.08, 0.46, ""),
            ("R3", 60, 0.55, 0.14, 0.37, 0.09, 0.44, "998")]  # fmt: skip
    names = ["person", "n", "estimate", "low95", "high95", "low998", "high998", "outside"]
    frame = pd.DataFrame(rows, columns=names)
    spread = Estimate(0.12, 0.05, 0.6, 3, "spread_q_profile")
    known = {"by": "rep", "outcome": "asked_again", "mean": 0.25, "spread": spread, "p_value": 0.0004}
    frame.attrs.update(as_of=pd.Timestamp("2024-03-31"), **known)
    return frame


def feelings() -> pd.DataFrame:
    """Two steps: those who left felt worse at both."""
    rows = [("signed", "left", -0.5, 30, 1.0), ("signed", "stayed", 0.2, 90, 1.0),
            ("result", "left", 0.1, 12, 2.0), ("result", "stayed", 0.9, 70, 2.0)]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["step", "status", "estimate", "n", "planned"])
    goals = {step.id: step for step in three_steps().steps}
    frame = frame.assign(low=frame["estimate"] - 0.2, high=frame["estimate"] + 0.2)
    frame = frame.assign(
        goal_en=[goals[name].goal_en for name in frame["step"]], goal_ja=[goals[name].goal_ja for name in frame["step"]]
    )
    frame.attrs["as_of"] = pd.Timestamp("2024-03-31")
    return frame


def journey_pictures() -> dict[str, Callable[..., Any]]:
    """The journey's pictures, each ready to be drawn in a language."""
    from cslab.figures import journey

    draw = (
        lambda **on: journey.swim_lanes(three_steps(), **on),
        lambda **on: journey.swim_lanes(three_steps(), walked(), **on),
        lambda **on: journey.follows(walked(), **on),
        lambda **on: journey.funnel(people(), **on),
        lambda **on: journey.emotion(feelings(), **on),
    )
    return dict(zip(NAMES, draw, strict=True))
