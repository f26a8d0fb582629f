"""The acceptance bands of the calibrated core, held with all add-ons on as well, and how each is measured.

Used by the tests and by ``make bench``. Mean over 80 seeds of the reference run, band = mean ± 4 standard deviations of
one seed, at 12,000 accounts. Protocol:
cohort from signing, uniform starts in months 0-48, 72 months of tenure each, book of month 48 → 60.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from cslab import world
from cslab.book import Book
from cslab.measure.retention import grr, logo_churn, nrr
from cslab.measure.survival import at, kaplan_meier
from cslab.world.simulate import histories

ACCOUNTS = 12_000
TENURE = 72
BANDS = {
    "logo churn smb": (0.189, 0.020),
    "logo churn mid": (0.094, 0.026),
    "logo churn enterprise": (0.042, 0.024),
    "GRR smb": (0.818, 0.026),
    "GRR mid": (0.907, 0.027),
    "GRR enterprise": (0.958, 0.027),
    "GRR all": (0.923, 0.019),
    "NRR smb": (0.895, 0.033),
    "NRR mid": (1.022, 0.038),
    "NRR enterprise": (1.122, 0.058),
    "NRR all": (1.061, 0.038),
    "churn 12 m, annual smb, onboarded within 3 m": (0.148, 0.024),
    "churn 12 m, annual smb, not": (0.274, 0.043),
    "churn 12 m, annual, bad fit": (0.245, 0.051),
    "churn 12 m, annual, other": (0.140, 0.018),
    "uncontrollable share of churn": (0.126, 0.016),
    "KM S(36), all": (0.601, 0.016),
    "KM S(36), entry ignored": (0.658, 0.016),
    "KM S(36), with entry": (0.602, 0.018),
    "churn 24 m, tech as observed": (0.327, 0.023),
    "churn 24 m, mid as observed": (0.292, 0.027),
    "churn 24 m, high as observed": (0.166, 0.037),
    "churn 24 m, all tech": (0.321, 0.017),
    "churn 24 m, all mid": (0.270, 0.016),
    "churn 24 m, all high": (0.225, 0.015),
    "churn 24 m, high - tech, naive": (-0.161, 0.044),
    "churn 24 m, high - tech, true": (-0.096, 0.013),
}


def half_width(name: str, accounts: int) -> float:
    """Four standard deviations of one seed at some number of accounts: they shrink with its square root."""
    return BANDS[name][1] * (ACCOUNTS / accounts) ** 0.5


def calibration_book(seed: int, accounts: int, addons: str = "none", policy: str = "rule") -> Book:
    """The calibration world with 72 months of tenure for everybody."""
    scenario = world.preset("calibration").with_(addons=addons)
    return world.company(scenario, policy, seed=seed, accounts=accounts, months=120)


def measured(seed: int, accounts: int, addons: str = "none") -> dict[str, float]:
    """Every banded quantity of a calibration world, by name."""
    book = calibration_book(seed, accounts, addons)
    people = _people(book)
    values = _retention(book) | _splits(people) | _curves(people, np.random.default_rng(5))
    gone = people["event"]
    values["uncontrollable share of churn"] = float((people["cause_true"][gone] == "uncontrollable").mean())
    values |= _tiers(people, seed, accounts, addons)
    return {name: values[name] for name in BANDS}


def _people(book: Book) -> pd.DataFrame:
    """Accounts with what is true of them and their durations, cut at 72 months."""
    terms = book.contracts.drop_duplicates("account_id")[["account_id", "term_months"]]
    people = book.accounts.merge(book.truth.accounts(), on="account_id").merge(terms, on="account_id")
    event = people["churn_tenure"] <= TENURE
    return people.assign(event=event, duration=people["churn_tenure"].where(event, TENURE), entry=0)


def _retention(book: Book) -> dict[str, float]:
    """Logo churn, GRR and NRR of the book of month 48 → 60."""
    start, end = (book.window_start + pd.DateOffset(months=m + 1, days=-1) for m in (48, 60))
    segments = book.accounts.set_index("account_id")["segment"]
    values = {}
    for group in ("smb", "mid", "enterprise", "all"):
        movements = book.mrr_movements
        if group != "all":
            movements = movements[movements["account_id"].map(segments) == group]
        part = replace(book, tables={"mrr_movements": movements})
        for name, measure in (("logo churn", logo_churn), ("GRR", grr), ("NRR", nrr)):
            values[f"{name} {group}"] = float(measure(part, start, end).estimate)
    return values


def _splits(people: pd.DataFrame) -> dict[str, float]:
    """Churn within 12 months of annual contracts, by onboarding and by fit."""
    annual = people[people["term_months"] == 12]
    left = annual["event"] & (annual["duration"] <= 12)
    smb, early = annual["segment"] == "smb", annual["onboarded_month"] <= 3
    groups = {"annual smb, onboarded within 3 m": smb & early, "annual smb, not": smb & ~early}
    groups |= {"annual, bad fit": annual["badfit"], "annual, other": ~annual["badfit"]}
    return {f"churn 12 m, {name}": float(left[group].mean()) for name, group in groups.items()}


def _tiers(people: pd.DataFrame, seed: int, accounts: int, addons: str) -> dict[str, float]:
    """Churn within 24 months by the tier observed, and with one tier forced upon everybody."""
    values = {}
    for tier in ("tech", "mid", "high"):
        observed, scenario = people["tier"] == tier, world.preset("calibration").with_(addons=addons)
        forced = world.policy(f"all_{tier}")
        parts = histories(scenario.with_(seed=seed, accounts=accounts), forced, 73)
        stayed = [(part.left - part.customers.start > 24)[part.first] for part in parts]
        values[f"churn 24 m, {tier} as observed"] = float((people["churn_tenure"][observed] <= 24).mean())
        values[f"churn 24 m, all {tier}"] = float(1 - np.concatenate(stayed).mean())
    for name, form in (("naive", "{} as observed"), ("true", "all {}")):
        high, tech = (values[f"churn 24 m, {form.format(tier)}"] for tier in ("high", "tech"))
        values[f"churn 24 m, high - tech, {name}"] = high - tech
    return values


def _curves(people: pd.DataFrame, luck: np.random.Generator) -> dict[str, float]:
    """KM at 36 months: all customers; and where 40 % are seen only from a random month of their tenure on."""
    late = luck.random(len(people)) < 0.4
    entry = np.where(late, luck.integers(6, 36, len(people)), 0)
    seen = people.assign(entry=entry)[people["duration"] > entry]
    frames = {"all": people, "entry ignored": seen.assign(entry=0), "with entry": seen}
    return {f"KM S(36), {name}": float(at(kaplan_meier(frame), 36).estimate) for name, frame in frames.items()}
