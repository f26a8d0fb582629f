"""Small results of impact chains, as the pictures take them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from cslab.figures import impact as pictures
from cslab.measure.impact import Chain, Decision

NAMES = (
    "chain",
    "chain with verdicts",
    "time to impact",
    "portfolio",
    "lags",
    "effect by the month",
    "expected regret",
)
NAN = float("nan")
TEXT = """
name: visits
en: Visits
ja: 訪問
starts: count(touches where type = f2f)
nodes:
  hours: {level: input, en: hours, ja: 工数}
  visits: {level: activity, en: visits, ja: 訪問}
  held: {level: output, en: visits held so far, ja: 実施済みの訪問, indicator: so_far(touches)}
  use: {level: outcome, en: seats in weekly use, ja: 週次で使われる席, indicator: mean(usage_monthly.wau_ratio)}
  trust: {level: outcome, en: trust, ja: 信頼}
  stay: {level: impact, en: customers stay, ja: 契約が続く, indicator: retained, unit: {en: share, ja: 割合}}
links:
- {from: hours, to: visits, lag_months: [0, 0, 1]}
- {from: visits, to: held, sign: "+", effect: 3, lag_months: [0, 1, 2]}
- {from: held, to: use, sign: "+", effect: 0.05, lag_months: [1, 2, 4]}
- {from: held, to: trust, sign: "+", effect: 1, lag_months: [1, 2, 4]}
- {from: use, to: stay, sign: "+", effect: 0.02, lag_months: [6, 9, 12]}
- {from: trust, to: stay, sign: "+", effect: 0.02, lag_months: [6, 9, 12]}
causes:
  fit: {en: fit, ja: 製品との相性, acts_on: [use, stay]}
  size: {en: size, ja: 規模, acts_on: [visits, stay], indicator: mrr}
"""


def chain() -> Chain:
    """Visits: six nodes on five levels, one of them without an indicator, two common causes."""
    return Chain.from_yaml(TEXT, "visits.yaml")


def verdicts() -> pd.DataFrame:
    """One link of each kind, of 120 participants."""
    rows = [("visits", "held", "supported"), ("held", "use", "contradicted"), ("held", "trust", "unidentifiable"),
            ("use", "stay", "not_yet_due"), ("trust", "stay", "unidentifiable")]  # fmt: skip
    return pd.DataFrame(rows, columns=["source", "target", "verdict"]).assign(participants=120)


def times() -> pd.DataFrame:
    """Three programmes, one of them slow."""
    rows = [("fix", "Fix", "不具合の改善", 2.0, 3.0, 5.0), ("visits", "Visits", "訪問", 9.0, 12.0, 17.0),
            ("community", "Community", "コミュニティ", 20.0, 30.0, 44.0)]  # fmt: skip
    return pd.DataFrame(rows, columns=["chain", "en", "ja", "low", "estimate", "high"]).assign(n=10_000)


def chosen() -> pd.DataFrame:
    """The same in a budget of 600 hours: the fix is taken, half of the visits, no community."""
    found = times().assign(confidence=[0.6, 0.3, 0.1], expected=[2e6, 5e6, 4e6], hours=[100.0, 1_000.0, 2_000.0])
    found = found.assign(share=[1.0, 0.5, 0.0], chosen=[True, True, False])
    found.attrs |= {
        "budget": 600,
        "hours": 600,
        "quick_share": 0.35,
        "expected": 4.5e6,
        "currency": "JPY",
        "horizon": 24,
    }
    return found


def lagged() -> pd.DataFrame:
    """Two links: one with an estimate, one that no estimate can be made of."""
    rows = [("visits", "held", 0, 1, 2, 1.0, 0.8, 0.5, 1.2, 300, ""),
            ("held", "use", 1, 2, 4, 7 / 3, NAN, NAN, NAN, 300, "impact.lag.unseen")]  # fmt: skip
    names = ["from", "to", "lag_min", "lag_mode", "lag_max", "declared", "estimate", "low", "high", "n", "reason"]
    return pd.DataFrame(rows, columns=names)


def by_month() -> pd.DataFrame:
    """Use of the product: nothing before the turn, five points more from the third month on."""
    months = range(-3, 8)
    rows = pd.DataFrame({"month": months, "estimate": [0.05 if month > 2 else 0.0 for month in months]})
    return rows.assign(low=rows["estimate"] - 0.03, high=rows["estimate"] + 0.03, n=240)


def decisions() -> list[Decision]:
    """Two programmes: one is waited for, the other stopped, where nothing more is to come."""
    amounts = {"go_on": [5e6, 8e6], "stop": [9e6, 0.0], "not_yet_due": [4e6, NAN]}
    actions, day = list(amounts), pd.Timestamp("2024-04-30")
    found = []
    for place, advised in enumerate(("not_yet_due", "stop")):
        regret = pd.DataFrame({"action": actions, "regret_amount": [amounts[name][place] for name in actions]})
        known = {"chance": 0.4, "gain_amount": 3e5, "cost_amount": 2e5, "reach": 400.0, "waiting": None}
        found.append(Decision(chain(), day, advised, regret, **known, links=pd.DataFrame(), currency="JPY"))
    return found


def impact_pictures() -> dict[str, Callable[..., Any]]:
    """Each picture as a function of the language."""
    true_lags = pd.DataFrame({"from": ["visits"], "to": ["held"], "estimate": [0.9]})
    drawn: tuple[Callable[..., Any], ...] = (
        lambda **on: pictures.diagram(chain(), **on),
        lambda **on: pictures.diagram(chain(), verdicts(), **on),
        lambda **on: pictures.ribbon(times(), decide=4, **on),
        lambda **on: pictures.portfolio(chosen(), **on),
        lambda **on: pictures.lags(lagged(), chain(), true_lags, **on),
        lambda **on: pictures.effect_path(by_month(), chain(), "use", 0.045, decide=2, **on),
        lambda **on: pictures.regret(decisions(), **on),
    )
    return dict(zip(NAMES, drawn, strict=True))
