"""A fitted scenario has the parameters of the company whose book it saw, and says what it could not know."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import cslab
from cslab.measure.fit import fit_scenario, reading_of
from cslab.measure.fit.start import share_below
from cslab.world import company, preset

pytestmark = pytest.mark.slow
SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
SPREADS = {
    "segment_share": 0.015,
    "mrr_log_sd": 0.05,
    "term_share_smb": 0.015,
    "renewal_logit": 0.5,
    "uncontrollable_hazard": 0.0004,
    "expansion_size": 0.005,
    "contraction_size": 0.002,
    "usage_base": 0.037,
    "growth_per_year": 0.031,
    "monthly_billing_share": 0.03,
}
"""How far a fit to 2,000 customers is off, as the bench found it over companies."""


@pytest.mark.parametrize("seed", [1, 2])
def test_the_parameters_of_a_known_company_are_found_again(seed):
    fitted = fit_scenario(cslab.load(f"synthetic:default_jp?seed={seed}").hide_truth())
    truth = preset("default_jp")
    for name, spread in SPREADS.items():
        own, true = (np.atleast_1d(getattr(one, name)).astype(float) for one in (fitted.scenario, truth))
        assert np.abs(own - true).max() < 4 * spread, name
    assert fitted.scenario.accounts == pytest.approx(truth.accounts, rel=0.05)
    assert fitted.scenario.mrr_median_amount == pytest.approx(truth.mrr_median_amount, rel=0.25)
    assert [note.key for note in fitted.notes] == ["fit_never"]


def test_a_fit_gets_away_from_where_it_set_out():
    changed = preset("default_jp").with_(
        **{"usage_base": 1.0, "expansion_size": 0.5, "renewal_logit": "-1,-1,-1", "mrr_median_amount": "5e3,5e4,5e5"}
    )
    fitted = fit_scenario(company(changed, seed=4).hide_truth()).scenario
    assert fitted.usage_base == pytest.approx(1.0, abs=0.15)
    assert fitted.expansion_size == pytest.approx(0.5, rel=0.1)
    assert fitted.mrr_median_amount == pytest.approx((5e3, 5e4, 5e5), rel=0.25)
    assert all(logit > -1.7 for logit in fitted.renewal_logit)


def test_a_company_simulated_from_the_fit_has_as_many_customers_and_as_long_records():
    book = cslab.load("synthetic:default_jp?seed=6&accounts=640")
    fitted = fit_scenario(book).scenario
    again = company(fitted, seed=9)
    assert len(again.accounts) == pytest.approx(len(book.accounts), rel=0.12)
    assert (again.as_of, again.window_start) == (book.as_of, book.window_start)


def test_most_numbers_of_the_fitted_company_lie_within_the_limits_of_the_book():
    found = fit_scenario(cslab.load("synthetic:default_jp?seed=8")).fidelity
    assert found.loc[found["fitted"], "holds"].mean() > 0.95
    assert found.loc[~found["fitted"], "holds"].mean() > 0.75


def test_limits_in_amounts_stay_where_they_were_among_the_customers():
    fitted = fit_scenario(cslab.load("synthetic:default_us?seed=2&accounts=1000"), rounds=1)
    base = preset(fitted.base)
    for own, usual in zip(fitted.scenario.tier_threshold_amount, base.tier_threshold_amount, strict=True):
        assert share_below(fitted.scenario, own) == pytest.approx(share_below(base, usual), abs=0.04)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the published files lie beside a clone of the authors' only")
@pytest.mark.parametrize(
    ("name", "monthly", "told"),
    [("telco", 0.024, {"fit_stock", "fit_by_amount"}), ("saas_churn", 0.120, {"fit_one_group", "fit_monthly"})],
)
def test_a_published_list_gives_a_company_that_loses_as_many_in_a_month(name, monthly, told):
    book = cslab.load(f"folder:{SHARED / name}")
    fitted = fit_scenario(book)
    leave = fitted.fidelity[fitted.fidelity["statistic"] == "leave_monthly"].set_index("group").loc["all"]
    assert leave["estimate"] == pytest.approx(monthly, rel=0.02)
    assert leave["world"] == pytest.approx(leave["estimate"], rel=0.1)
    assert told <= {note.key for note in fitted.notes}
    assert fitted.scenario.months == reading_of(book).months
