"""What a customer is worth: four ways of making its lifetime value, and how long winning one takes to pay back.

Two ways assume that a customer leaves at the same rate in every month for ever (``steady``); the others follow what the
records show (``lives``) or a model of it (``sbg``, ``by_model``). ``terms`` are the terms on which all of them count.

Whether a customer is worth winning: what each has brought (``worth``), what could have been expected as it signed
(``signing``, ``right_customer``, ``persona``), what deals pushed over the line bring (``pushed``, ``incentive``,
``whose_churn``), and what becomes of those who leave by an easy or a hard way out (``exits``, ``recorded``). What
keeping customers is worth where some close down later stands in ``damper``.
"""

from __future__ import annotations

from cslab.measure.value.by_model import fit_years, ltv_sbg
from cslab.measure.value.damper import dampened, damper, truth_damper
from cslab.measure.value.exits import exit_voice, exits, winback
from cslab.measure.value.incentive import sales_incentive
from cslab.measure.value.lives import ltv_survival
from cslab.measure.value.payback import cac_payback
from cslab.measure.value.persona import persona_vs_behaviour
from cslab.measure.value.pushed import by_signing_week, pushed_worth
from cslab.measure.value.recorded import recorded_quarters
from cslab.measure.value.right_customer import (
    by_predicted,
    cutoff_worth,
    cutoffs,
    true_by_predicted,
    true_cutoffs,
)
from cslab.measure.value.signing import Signing, at_signing
from cslab.measure.value.steady import arpa, ltv_discounted, ltv_simple
from cslab.measure.value.ways import ltv_four_ways
from cslab.measure.value.whose_churn import sales_rule, whose_churn
from cslab.measure.value.worth import customer_worth

__all__ = [
    "Signing",
    "arpa",
    "at_signing",
    "by_predicted",
    "by_signing_week",
    "cac_payback",
    "customer_worth",
    "cutoff_worth",
    "cutoffs",
    "dampened",
    "damper",
    "exit_voice",
    "exits",
    "fit_years",
    "ltv_discounted",
    "ltv_four_ways",
    "ltv_sbg",
    "ltv_simple",
    "ltv_survival",
    "persona_vs_behaviour",
    "pushed_worth",
    "recorded_quarters",
    "sales_incentive",
    "sales_rule",
    "true_by_predicted",
    "true_cutoffs",
    "truth_damper",
    "whose_churn",
    "winback",
]
