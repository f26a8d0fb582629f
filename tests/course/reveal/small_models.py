"""A class of five with engagement models: two ranked, one over its hours, one undecided, one absent; truth made up."""

from __future__ import annotations

import pandas as pd

from cslab.course.assign.key import Held, Key
from cslab.course.reveal.collect import Handed
from cslab.course.reveal.held import Found, Model
from cslab.course.reveal.standing import Standing
from cslab.measure.engagement import PLANS, Judged
from cslab.measure.estimate import Estimate
from cslab.measure.touch import TierRule

NAMES = ("山田 花子", "Kim", "Li", "Sato", "Abe")
KEY = Key(
    "h2_engagement_model",
    tuple(Held(name, "ja" if name == NAMES[0] else "en", "synthetic:tiny", "2025-03-31", 100) for name in NAMES),
)


def judged(net: float, hours: float = 90) -> Judged:
    """A model of some net value, where the present one is worth 1M, the best one 2M."""
    table = pd.DataFrame({"plan": PLANS, "tech": [60, 40, 50, 55], "mid": [0, 15, 8, 3], "high": [0, 5, 2, 2]})
    table = table.assign(hours=[9.0, 100, hours, 80], retained=[0.5, 0.6, 0.55, 0.6], value_amount=3e6)
    table = table.assign(cost_amount=1e5, net_amount=[0.5e6, 1e6, net, 2e6])
    table = table.assign(gain_amount=table["net_amount"] - 1e6)
    table.attrs.update(as_of=pd.Timestamp("2025-03-31"), currency="JPY", horizon=36, margin=0.8, n=60)
    return Judged(table, pd.DataFrame(), 100)


def standing(name: str, net: float, kind: str = "mixed", hours: float = 90) -> Standing:
    """One who handed in a model of some net value."""
    later = {plan: float(place) * 1e5 for place, plan in enumerate(PLANS[1:])}
    true = {"break_even_mid": Estimate(211_000.0, 2e5, 2.2e5, 60, "truth")}
    found = Found(judged(net, hours), later, true, "JPY")
    model = Model(kind, TierRule("own", 1e5, 5e5), {"break_even_mid": "¥280k (180k to 650k)"})
    return Standing(_handed(name), (), model, found)


def class_of_five() -> tuple[Standing, ...]:
    """山田 gains half of what was possible, Kim loses; Li takes too many hours; Sato has not decided; Abe is absent."""
    undecided = Standing(_handed("Sato"), (), Model(), Found(None, {}, {}, "JPY"))
    absent = Standing(Handed("Abe", KEY.find("Abe")))
    li = standing("Li", 1.9e6, "high_touch", hours=150)
    return standing(NAMES[0], 1.5e6), standing("Kim", 0.8e6, "tech_touch"), li, undecided, absent


def _handed(name: str) -> Handed:
    """A folder with a text in it."""
    from cslab.course.grading.archive import Entry

    entry = Entry((name, "h2_engagement_model.md"), False, "", bytes)
    return Handed(name, KEY.find(name), ((entry.parts[-1], entry),))
