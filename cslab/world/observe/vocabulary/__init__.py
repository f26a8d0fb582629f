"""The words that the simulated records use. Columns hold a word's place here until the frames are made."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cslab.world.customers import SEGMENTS
from cslab.world.observe.vocabulary import journey, programmes, voice, work

Columns = dict[str, NDArray[Any]]
"""A table as a dict of columns of one length."""

INDUSTRIES = ("manufacturing", "retail", "it", "finance", "logistics", "construction", "healthcare", "education")
INDUSTRY_SHARES = (0.20, 0.16, 0.22, 0.08, 0.09, 0.10, 0.08, 0.07)
REGIONS = ("kanto", "kansai", "chubu", "kyushu", "tohoku", "hokkaido", "chugoku_shikoku")
REGION_SHARES = (0.50, 0.18, 0.13, 0.08, 0.05, 0.03, 0.03)
PLANS = ("starter", "standard", "premium")
PLAN_SHARES = ((0.60, 0.35, 0.05), (0.10, 0.65, 0.25), (0.00, 0.30, 0.70))
LEAD_SOURCES = ("inbound", "outbound", "partner", "referral", "event")
LEAD_SHARES = (0.38, 0.22, 0.18, 0.12, 0.10)
BUYING_REASONS = ("save_labour", "cut_cost", "grow_sales", "compliance", "replace_tool")
BUYING_SHARES = (0.34, 0.20, 0.20, 0.12, 0.14)

BILLINGS = ("monthly", "annual")
OUTCOMES = ("open", "renewed", "expanded", "contracted", "churned")
MOVEMENTS = ("opening", "new", "expansion", "contraction", "churn", "reactivation")
KINDS = ("none", "seat", "upsell", "cross_sell", "price")
EXPANSION_SHARES = (0.0, 0.50, 0.28, 0.14, 0.08)
CONTRACTION_SHARES = (0.0, 0.70, 0.15, 0.0, 0.15)
PRODUCTS = ("core",)
DEAL_OUTCOMES = ("open", "won", "lost")
REASONS = (
    "price",
    "business_closed",
    "merged",
    "missing_features",
    "hard_to_start",
    "not_used",
    "competitor",
    "person_left",
)

MILESTONES = ("kickoff", "data_connected", "team_trained", "first_value")
MILESTONE_KINDS = ("setup", "skill", "value")
OWNERS = ("onboarding", "customer", "engineering")
ROLES = ("in_charge", "influencer", "decision_maker")
DEPARTMENTS = ("sales", "marketing", "operations", "it", "hr", "finance", "management")
DEPARTMENT_SHARES = (0.24, 0.18, 0.22, 0.14, 0.10, 0.08, 0.04)
SEVERITIES = ("minor", "major", "critical")

WORDS = {
    "segment": SEGMENTS,
    "industry": INDUSTRIES,
    "region": REGIONS,
    "plan": PLANS,
    "lead_source": LEAD_SOURCES,
    "reason_to_buy": BUYING_REASONS,
    "billing": BILLINGS,
    "outcome": OUTCOMES,
    "type": MOVEMENTS,
    "kind": KINDS,
    "product": PRODUCTS,
    "reason_stated": REASONS,
    "milestone": MILESTONES,
    "onboarding.kind": MILESTONE_KINDS,
    "deals.outcome": DEAL_OUTCOMES,
    "owner_dept": OWNERS,
    "from_dept": ("sales", "onboarding"),
    "to_dept": ("onboarding", "cs"),
    "role": ROLES,
    "department": DEPARTMENTS,
    "severity": SEVERITIES,
    "assessor": ("first", "second"),
    **journey.WORDS,
    **programmes.WORDS,
    **voice.WORDS,
    **work.WORDS,
}
"""The words of every category column; where tables differ, of ``table.column``."""


def words_of(table: str, column: str) -> tuple[str, ...]:
    """The words of a table's column; none where it holds no categories.

    >>> words_of("onboarding", "kind"), words_of("accounts", "account_id")
    (('setup', 'skill', 'value'), ())
    """
    return WORDS.get(f"{table}.{column}", WORDS.get(column, ()))


def code(words: tuple[str, ...], word: str) -> np.int8:
    """The place of a word in its vocabulary.

    >>> int(code(OUTCOMES, "renewed"))
    1
    """
    return np.int8(words.index(word))
