"""What a customer is worth: four ways of making its lifetime value, and how long winning one takes to pay back.

Two ways assume that a customer leaves at the same rate in every month for ever (``steady``); the others follow what the
records show (``lives``) or a model of it (``sbg``, ``by_model``). ``terms`` are the terms on which all of them count.
"""

from __future__ import annotations

from cslab.measure.value.by_model import fit_years, ltv_sbg
from cslab.measure.value.lives import ltv_survival
from cslab.measure.value.payback import cac_payback
from cslab.measure.value.steady import arpa, ltv_discounted, ltv_simple
from cslab.measure.value.ways import ltv_four_ways

__all__ = [
    "arpa",
    "cac_payback",
    "fit_years",
    "ltv_discounted",
    "ltv_four_ways",
    "ltv_sbg",
    "ltv_simple",
    "ltv_survival",
]
