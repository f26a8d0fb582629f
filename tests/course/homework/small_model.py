"""An engagement model in which everything agrees, of the tiny company: all in mid touch, ten hours in adoption."""

from __future__ import annotations

import json
from functools import cache
from math import ceil
from pathlib import Path

import cslab
from cslab.course.homework.model import TEST
from cslab.measure import touch
from cslab.measure.effect.power import power
from cslab.words import word

COMPANY = "synthetic:tiny"
RULE = "rule: own\namount: signing\nlines: {mid: 0, high: 1.0e+12}\n"
PHASES = ("evaluation", "purchase", "onboarding", "adoption", "renewal")
NAMES = ("tiers", "load", "break_even", "power")
SAID = {
    "model": {"model": "Mixed", "reason": "The hours pay only where the MRR is large.", "price_band": "¥10k to ¥1M",
              "complexity": "medium", "headcount": "no hires", "focus": "onboarding"},
    "matrix": {"costliest": "adoption × mid touch"},
    "tiers": {"tier_high": "0", "tier_mid": "", "tier_tech": "0", "exceptions": "none; the head of CS decides"},
    "capacity": {},
    "economics": {"break_even_mid": "¥280k (180k to 650k)", "break_even_high": "¥900k ± 300k",
                  "assumptions": "7 points more retained, 80 % margin", "grade": "S"},
    "onboarding": {"onboarding_touch": "as later"},
    "telling": {"told": "how far they use it and what we do next", "sentence": "Next week we show you the reports."},
    "test": {"weakest": "mid touch keeps customers", "test_outcome": "share retained", "per_arm": "906", "base": "20 %",
             "effect": "-5 points", "power": "", "until": "2026-06-30", "otherwise": "raise the line"},
    "stakeholders": {"agree": "head of sales, all CSMs"},
}  # fmt: skip


def matrix(**cells: str) -> str:
    """A matrix with an hour in each cell and ten in adoption of mid touch; more of one cell by its name."""
    lines = ["matrix: own", "cells:"]
    for phase in PHASES:
        for tier in ("high", "mid", "tech"):
            hours = 10 if (phase, tier) == ("adoption", "mid") else 1
            lines += [f"  - phase: {phase}", f"    tier: {tier}"]
            said = {"problem": "they do not get on", "activity": "a talk", "goal": "they get on", "metric": "share"}
            said |= {"hours": str(hours), "owner": "cs"} | cells
            lines += [f"    {name}: {text}" for name, text in said.items() if text]
    return "\n".join(lines) + "\n"


@cache
def counted() -> tuple[int, float]:
    """The customers of the tiny company, and the hours that the matrix takes of them."""
    book = cslab.load(COMPANY)
    tiers = touch.read_tier_rule(RULE, "tier_rule.yaml").tiers(book)
    phases = touch.counts(book, tiers).set_index("phase")["customers"]
    return len(tiers), float(phases.sum() + 9 * phases["adoption"])


def fields() -> dict[str, dict[str, str]]:
    """All fields with their values, by section."""
    customers, load = counted()
    found = {name: dict(section) for name, section in SAID.items()}
    found["tiers"]["tier_mid"] = str(customers)
    for times in (1, 2, 3):
        found["capacity"] |= {f"load_{times}": f"{times * load:,.0f}", f"csms_{times}": str(ceil(times * load / 117))}
    found["test"]["power"] = f"{100 * power(0.20, -0.05, 906):.0f} %"
    assert set(TEST) <= set(found["test"])
    return found


def model(**changed: str) -> str:
    """The text of a model, with other values of some fields."""
    front = {"trainee": "山田", "homework": "h2_engagement_model", "lang": "en", "as_of": "2025-03-31",
             "notebook": "h2_engagement_model.ipynb", "hours": f"{counted()[1]:.0f}"}  # fmt: skip
    lines = ["---", *(f"{key}: {changed.get(key, value)}" for key, value in front.items()), "---"]
    for section, values in fields().items():
        lines += [
            f"## {word(f'homework.h2_engagement_model.{section}', 'en')}",
            f"Decided with the whole team about {section}, see below.",
        ]
        lines += [f"- {word(f'homework.field.{field}', 'en')}: {changed.get(field, value)}"
                  for field, value in values.items()]  # fmt: skip
    lines += ["All of it rests on [E1], [E2], [E3] and [E4].", ""]
    lines += [f"[E{place}]: h2_engagement_model.ipynb#{name}" for place, name in enumerate(NAMES, 1)]
    return "\n".join(lines) + "\n"


def write(folder: Path, text: str, cells: str, rule: str = RULE) -> Path:
    """Puts a model with its files and a notebook that was run into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    shown = [{"output_type": "stream"}]
    code = [
        {"cell_type": "code", "source": f"# evidence: {name}\nx", "execution_count": 1, "outputs": shown}
        for name in NAMES
    ]
    notebook = {"metadata": {}, "cells": code, "nbformat": 4, "nbformat_minor": 5}
    (folder / "h2_engagement_model.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    (folder / "h2_engagement_model.md").write_text(text, encoding="utf-8")
    (folder / "touch_matrix.yaml").write_text(cells, encoding="utf-8")
    (folder / "tier_rule.yaml").write_text(rule, encoding="utf-8")
    return folder / "h2_engagement_model.md"
