"""Companies of a few customers whose steps are written as text, and a map of three steps."""

from collections.abc import Callable
from io import StringIO

import pandas as pd
import pytest

from cslab.book import Book
from cslab.measure.journey import Map, Step

WAY = (
    ("signed", "purchase", "sales", None),
    ("trained", "onboarding", "onboarding", 10),
    ("result", "adoption", "cs", 20),
)


@pytest.fixture
def three() -> Map:
    """Signed, then within ten days trained, then within twenty more the result."""
    steps = [
        Step(name, phase, f"We {name}", "できた", "journey_events", "happened_on", (("step_id", name),), (owner,),
             target_days=float("nan") if days is None else days)
        for name, phase, owner, days in WAY
    ]  # fmt: skip
    return Map("three", "Three steps", "3つのステップ", tuple(steps))


@pytest.fixture
def company() -> Callable[..., Book]:
    """A function that makes a company of its customers' steps; all signed on 1 January 2024 for a year."""

    def make(steps: str, as_of: str = "2024-06-30", left: dict[str, str] | None = None, **more: pd.DataFrame) -> Book:
        events = pd.read_csv(
            StringIO(steps), sep=r"\s+", names=["account_id", "step_id", "happened_on", "event", "sentiment"]
        )
        events["happened_on"] = pd.to_datetime(events["happened_on"])
        events = events.assign(event=events["event"].fillna("reached"))
        ids = sorted(events["account_id"].unique())
        signed = pd.Timestamp("2024-01-01")
        tables = {
            "accounts": pd.DataFrame({"account_id": ids, "signed_on": signed, "observed_from": signed}),
            "contracts": pd.DataFrame(
                {"account_id": ids, "start": signed, "end": pd.Timestamp("2025-01-01"), "mrr_amount": 100.0}
            ),
            "journey_events": events,
        }
        if left:
            days = pd.to_datetime(list(left.values()))
            exits = pd.DataFrame({"account_id": list(left), "decided_on": days, "effective_on": days})
            tables["churn_events"] = exits
        return Book({**tables, **more}, pd.Timestamp(as_of))

    return make
