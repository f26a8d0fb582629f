"""Renewals: what comes due, what can be expected of it, and where attention wins most."""

from __future__ import annotations

from cslab.measure.renewal.ahead import ahead, coming, key_accounts
from cslab.measure.renewal.due import due, every, origins
from cslab.measure.renewal.forecast import coverage, forecasts, next_quarter
from cslab.measure.renewal.foreseen import foreseen
from cslab.measure.renewal.triage import by_trial, picked, same_odds, triage, true_uplift
from cslab.measure.renewal.ways import WAYS

__all__ = [
    "WAYS",
    "ahead",
    "by_trial",
    "coming",
    "coverage",
    "due",
    "every",
    "forecasts",
    "foreseen",
    "key_accounts",
    "next_quarter",
    "origins",
    "picked",
    "same_odds",
    "triage",
    "true_uplift",
]
