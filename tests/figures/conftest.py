"""Small results of the shapes that the measures return, and a clean slate of figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import matplotlib as mpl
import pandas as pd
import pytest

mpl.use("agg")


@pytest.fixture(autouse=True)
def _no_figure_is_left_open() -> Iterator[None]:
    """Every test begins with the kit's style and leaves no figure behind."""
    import matplotlib.pyplot as plt

    from cslab.figures import use_style

    use_style()
    yield
    plt.close("all")


def survival_frame(values: list[float], n: int = 100, **columns: Any) -> pd.DataFrame:
    """A Kaplan-Meier result: one estimate a month, from month 0, limits five points either side."""
    curve = pd.DataFrame({"time": range(len(values)), "at_risk": [n - 5 * t for t in range(len(values))]})
    curve = curve.assign(events=1, estimate=values, std_error=0.02, low=[v - 0.05 for v in values])
    curve = curve.assign(high=[min(v + 0.05, 1.0) for v in values], n=n, method="kaplan_meier_log_log")
    return pd.DataFrame({**{name: [value] * len(curve) for name, value in columns.items()}, **curve.to_dict("list")})


def hazard_frame(rates: list[float], at_risk: int = 100, **columns: Any) -> pd.DataFrame:
    """A hazard result: one rate a month, from month 1, limits two points either side."""
    rows: dict[str, Any] = {name: [value] * len(rates) for name, value in columns.items()}
    rows |= {"time": range(1, len(rates) + 1), "at_risk": at_risk, "events": 1, "estimate": rates}
    rows |= {"low": [max(rate - 0.02, 0) for rate in rates], "high": [rate + 0.02 for rate in rates]}
    return pd.DataFrame({**rows, "n": at_risk, "method": "hazard_wilson"})


@pytest.fixture
def comb() -> pd.DataFrame:
    """Hazards of annual customers over two years: 1 % a month, 15 % at month 12, 10 % at month 24."""
    frame = hazard_frame([0.15 if t == 12 else 0.10 if t == 24 else 0.01 for t in range(1, 25)])
    frame.attrs["as_of"] = pd.Timestamp("2024-03-31")
    return frame


@pytest.fixture
def comb_by_term(comb: pd.DataFrame) -> pd.DataFrame:
    """The same for monthly and annual contracts."""
    monthly = hazard_frame([0.02] * 18, at_risk=40, term_months=1)
    annual = comb.copy()
    annual.insert(0, "term_months", 12)
    return pd.concat([monthly, annual], ignore_index=True)


@pytest.fixture
def due() -> pd.DataFrame:
    """Three months of renewals, the last one open; yen."""
    rows = [("2024-02-01", "churned", 1, 50_000), ("2024-02-01", "renewed", 4, 400_000),
            ("2024-03-01", "expanded", 2, 300_000), ("2024-05-01", "open", 3, 250_000)]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["month", "status", "contracts", "mrr_amount"])
    frame["month"] = pd.to_datetime(frame["month"])
    frame.attrs.update(as_of=pd.Timestamp("2024-03-31"), currency="JPY")
    return frame


@pytest.fixture
def usage_paths() -> pd.DataFrame:
    """Usage over the last six months: 60 % for those who stay, falling to 40 % for those who leave."""
    rows = [("stayed", m, 0.60, 0.58, 0.62, 90) for m in range(6, 0, -1)]
    rows += [("left", m, 0.40 + 0.03 * m, 0.36 + 0.03 * m, 0.44 + 0.03 * m, 30) for m in range(6, 0, -1)]
    return pd.DataFrame(rows, columns=["status", "months_before", "estimate", "low", "high", "n"])


def differences() -> pd.DataFrame:
    """Three features compared in a hurry and fairly: one lasts, one vanishes from far out, one is one's own."""
    rows = [("wau_ratio", -1.5, -0.8, "stands"), ("champion", -9.0, -0.1, "vanishes"), ("x_seats", 0.1, 0.0, "nothing")]
    found = pd.DataFrame(rows, columns=["feature", "naive", "estimate", "finding"])
    found = found.assign(low=found["estimate"] - 0.15, high=found["estimate"] + 0.15, n=400, left=60)
    found = found.assign(method="before_decision")
    found.attrs |= {"as_of": pd.Timestamp("2024-12-31"), "months_before": 3}
    return found


def compared(left: float, stayed: float) -> pd.DataFrame:
    """Mean usage of those who left and those who stayed."""
    rows = [("left", left, left - 0.02, left + 0.02, 30), ("stayed", stayed, stayed - 0.01, stayed + 0.01, 90)]
    return pd.DataFrame(rows, columns=["status", "estimate", "low", "high", "n"])


@pytest.fixture
def arr() -> pd.DataFrame:
    """ARR of 10 億円 over two years at three churn rates, 2 億円 of new ARR a year."""
    rows = []
    for churn in (0.03, 0.10, 0.25):
        amount = 1e9
        for year in range(3):
            rows.append((churn, year, amount))
            amount = amount * (1 - churn) + 2e8
    frame = pd.DataFrame(rows, columns=["churn", "year", "arr_amount"])
    frame.attrs["new_arr_per_year"] = 2e8
    return frame


@pytest.fixture
def lines_tried() -> pd.DataFrame:
    """Three pairs of lines, the company's own in the middle, and what was left under each."""
    rows = [(4e4, 2e5, False, 1400.0, 0.84, 0.81, 0.87, -1.8e6, -2.3e6, -1.3e6),
            (8e4, 4e5, True, 950.0, 0.83, 0.80, 0.86, 0.0, 0.0, 0.0),
            (16e4, 8e5, False, 600.0, 0.82, 0.79, 0.85, 2.3e5, -5.7e5, 1.03e6)]  # fmt: skip
    names = "mid_amount high_amount own hours grr grr_low grr_high more_amount more_low more_high"
    frame = pd.DataFrame(rows, columns=names.split()).assign(n=757)
    known = {"as_of": pd.Timestamp("2025-03-31"), "currency": "JPY", "horizon": 36, "hour_amount": 6410.0}
    frame.attrs.update(known, csm_hours=130.0)
    return frame


@pytest.fixture
def beside_published() -> pd.DataFrame:
    """A number within what is published, one outside, one without limits, one that nobody knows."""
    nan = float("nan")
    rows = [("nrr_year", 1.04, 0.99, 1.09, 700, 1.0, 1.1, "B", True, True),
            ("logo_churn_year", 0.15, 0.13, 0.17, 700, 0.1, 0.11, "B", False, False),
            ("expansion_share", 0.4, nan, nan, 900, 0.4, 0.4, "B", False, True),
            ("term_years", nan, nan, nan, 0, 1.3, 1.4, "C", False, False)]  # fmt: skip
    names = "benchmark estimate low high n published_low published_high grade must_hold holds"
    return pd.DataFrame(rows, columns=names.split())


@pytest.fixture
def moved() -> pd.DataFrame:
    """A year of MRR: from 1.0 億円 to 1.3, by 40 million of new and 10 of more, less 5 and 15."""
    flows = {"opening": 100e6, "new": 40e6, "expansion": 10e6, "contraction": -5e6, "churn": -15e6, "reactivation": 0.0}
    days = {"start": pd.Timestamp("2023-03-31"), "end": pd.Timestamp("2024-03-31")}
    frame = pd.DataFrame([{**days, **flows, "closing": 130e6}])
    frame.attrs.update(unit="mrr", currency="JPY", as_of=pd.Timestamp("2024-03-31"))
    return frame


@pytest.fixture
def eight_rates() -> pd.DataFrame:
    """Four definitions of one book, one of them wrong, in no order."""
    rows = [("nrr", "point_to_point", 560e3, 650e3, False), ("renewal_rate", "value", 170e3, 300e3, False),
            ("nrr", "including_new", 700e3, 650e3, True), ("grr", "point_to_point", 520e3, 650e3, False)]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["metric", "definition", "part", "base", "fault"])
    share = frame["part"] / frame["base"]
    frame = frame.assign(estimate=share, low=share - 0.1, high=share + 0.1, n=[6, 3, 8, 6])
    frame.attrs.update(start=pd.Timestamp("2023-03-31"), end=pd.Timestamp("2024-03-31"), currency="JPY")
    return frame[["metric", "definition", "estimate", "low", "high", "n", "part", "base", "fault"]]


@pytest.fixture
def lamps() -> pd.DataFrame:
    """Three KPIs of support, one without a target, and one of success."""
    nan = float("nan")
    rows = [("support", "csat", 0.96, 300, "share", "high", 0.90, "green"),
            ("support", "ticket_volume", 1400.0, 300, "tickets", "", nan, "none"),
            ("support", "first_response_median", 5.2, 300, "hours", "low", 4.0, "amber"),
            ("success", "onboarding_completion", 0.44, 80, "share", "high", 0.80, "red")]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["side", "kpi", "estimate", "n", "unit", "better", "target", "status"])
    frame.attrs.update(start=pd.Timestamp("2024-01-01"), end=pd.Timestamp("2024-03-31"))
    return frame


@pytest.fixture
def nodes() -> pd.DataFrame:
    """A root with two children, the first of which has one of its own."""
    rows = [("nrr", "", "revenue", 1.04, 700, "share"), ("churn", "nrr", "success", 0.13, 700, "share"),
            ("contacts_per_resolution", "churn", "support", 2.4, 700, "messages"),
            ("cross_upsell_rate", "nrr", "success", 0.05, 700, "share")]  # fmt: skip
    return pd.DataFrame(rows, columns=["node", "parent", "branch", "estimate", "n", "unit"])


@pytest.fixture
def asked_for() -> pd.DataFrame:
    """Three root causes of 120 enquiries; the second takes the most hours."""
    frame = pd.DataFrame({"cause": ["unclear_screen", "defect", "settings"], "tickets": [60, 40, 20]})
    return frame.assign(hours=[300.0, 900.0, 100.0], cumulative=[0.5, 100 / 120, 1.0])


@pytest.fixture
def fixes() -> pd.DataFrame:
    """What mending each of two causes would leave."""
    rows = [("settings", 2e5, 1e5, 3e5), ("defect", -1e5, -3e5, 1e5)]
    frame = pd.DataFrame(rows, columns=["cause", "estimate", "low", "high"])
    frame.attrs["currency"] = "JPY"
    return frame


@pytest.fixture
def ways() -> pd.DataFrame:
    """A customer's value four ways, two of them endless."""
    endless = float("inf")
    rows = [("simple", 3.2e6, 2.7e6, 3.9e6, 700, endless), ("discounted", 1.9e6, 1.7e6, 2.2e6, 700, endless),
            ("survival", 1.5e6, 1.4e6, 1.7e6, 700, 36), ("sbg", 1.6e6, 1.4e6, 1.8e6, 700, 36)]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["way", "estimate", "low", "high", "n", "horizon"])
    frame.attrs.update(gross_margin=0.8, discount=0.1, currency="JPY")
    return frame


@pytest.fixture
def records() -> list[dict[str, Any]]:
    """Three verdicts as lessons record them."""
    return [
        {"misconception": "M13", "naive": 17.0, "better": {"estimate": 29.0, "low": 28.0, "high": 30.0}, "truth": 29.5},
        {"misconception": "M14", "naive": {"estimate": 0.66, "low": None, "high": None}, "better": 0.60, "truth": 0.61},
        {"misconception": "M15", "naive": 0.01, "better": 0.15, "truth": None},
    ]


@pytest.fixture
def many_runs() -> pd.DataFrame:
    """Four runs: two companies by two seeds; the third failed, and of the fourth nobody knows the truth."""
    nan = float("nan")
    rows = [("tiny · seed 1", 20.0, 29.0, 28.0, 30.0, 29.5, True),
            ("tiny · seed 2", 21.0, 26.0, 25.0, 27.0, 22.0, False),
            ("slow_burn · seed 1", nan, nan, nan, nan, nan, None),
            ("slow_burn · seed 2", 18.0, 31.0, 30.0, 32.0, nan, None)]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["run", "naive", "better", "low", "high", "truth", "nearer"])
    frame.attrs.update(misconception="M13", place="seed")
    return frame


@pytest.fixture
def crossed_runs(many_runs: pd.DataFrame) -> pd.DataFrame:
    """The same with what was crossed."""
    frame = many_runs.assign(panel=["tiny", "tiny", "slow_burn", "slow_burn"], place=["1", "2", "1", "2"])
    frame.attrs.update(many_runs.attrs)
    return frame


@pytest.fixture
def deals_by_day() -> pd.DataFrame:
    """Where 40 deals stand after 30 and after 90 days."""
    rows = [(30.0, "purchase", 0.2), (30.0, "lost", 0.3), (30.0, "evaluation", 0.5),
            (90.0, "purchase", 0.3), (90.0, "lost", 0.5), (90.0, "evaluation", 0.2)]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["time", "state", "estimate"])
    return frame.assign(low=frame["estimate"] - 0.1, high=frame["estimate"] + 0.1, n=40)


@pytest.fixture
def phases_by_month() -> pd.DataFrame:
    """Where 40 customers are when they sign, and after one and two years; nobody is in evaluation."""
    rows = [(0.0, 1.0, 0.0, 0.0, 0.0), (12.0, 0.3, 0.5, 0.0, 0.2), (24.0, 0.1, 0.6, 0.0, 0.3)]
    wide = pd.DataFrame(rows, columns=["time", "onboarding", "adoption", "evaluation", "churn"])
    frame = wide.melt("time", var_name="state", value_name="estimate")
    return frame.assign(low=frame["estimate"] - 0.1, high=frame["estimate"] + 0.1, n=40)


@pytest.fixture
def every_picture(
    comb: pd.DataFrame,
    comb_by_term: pd.DataFrame,
    due: pd.DataFrame,
    usage_paths: pd.DataFrame,
    arr: pd.DataFrame,
    records: list[dict[str, Any]],
    lines_tried: pd.DataFrame,
    beside_published: pd.DataFrame,
    moved: pd.DataFrame,
    eight_rates: pd.DataFrame,
    lamps: pd.DataFrame,
    nodes: pd.DataFrame,
    asked_for: pd.DataFrame,
    fixes: pd.DataFrame,
    ways: pd.DataFrame,
    many_runs: pd.DataFrame,
    crossed_runs: pd.DataFrame,
    deals_by_day: pd.DataFrame,
    phases_by_month: pd.DataFrame,
) -> dict[str, Callable[..., Any]]:
    """All pictures of the kit, each ready to be drawn in a language."""
    from cslab.figures import (
        engagement,
        fidelity,
        grid,
        growth,
        kpis,
        multistate,
        pipeline,
        retention,
        sorting,
        survival,
        touch,
        value,
        verdicts,
    )
    from cslab.measure.estimate import Estimate
    from tests.course.reveal.small_models import judged
    from tests.figures.alert_frames import alert_pictures
    from tests.figures.allocation_frames import allocation_pictures
    from tests.figures.cause_frames import cause_pictures
    from tests.figures.dashboard_frames import dashboard_pictures
    from tests.figures.design_frames import pictures as design_pictures
    from tests.figures.effect_frames import pictures as effect_pictures
    from tests.figures.focus_frames import focus_pictures
    from tests.figures.hazard_frames import hazard_pictures
    from tests.figures.health_frames import health_pictures
    from tests.figures.illusion_frames import illusion_pictures
    from tests.figures.impact_frames import impact_pictures
    from tests.figures.journey_frames import journey_pictures
    from tests.figures.landmark_frames import landmark_pictures
    from tests.figures.lifecycle_frames import lifecycle_pictures
    from tests.figures.onboarding_frames import onboarding_pictures
    from tests.figures.precision_frames import precision_pictures
    from tests.figures.renewal_frames import renewal_pictures
    from tests.figures.score_frames import score_pictures
    from tests.figures.signing_frames import signing_pictures
    from tests.figures.test_sorting import FOUND as years_of_life
    from tests.figures.touch_frames import touch_pictures

    km = survival_frame([1.0, 0.9, 0.8, 0.7])
    naive = survival_frame([1.0, 0.95, 0.9, 0.85])
    truth = pd.DataFrame({"time": range(4), "estimate": [1.0, 0.9, 0.81, 0.72]})
    segments = pd.concat([survival_frame([1.0, 0.9], segment="smb"), survival_frame([1.0, 0.95], segment="enterprise")])
    return {
        "comb": lambda **on: survival.hazard_comb(comb, **on),
        "comb by term": lambda **on: survival.hazard_comb(comb_by_term, **on),
        "curves": lambda **on: survival.curves(naive=naive, better=km, truth=truth, at=2, **on),
        "readings of a stock list": lambda **on: survival.curves(
            {"stock_plain": naive, "stock_period": km, "stock_watched": km}, at=2, **on
        ),
        "curves by segment": lambda **on: survival.curves(segments, **on),
        "renewal map": lambda **on: survival.renewal_map(due, **on),
        "usage paths": lambda **on: survival.usage_before_renewal(usage_paths, **on),
        "usage gap": lambda **on: survival.usage_gap(compared(0.2, 0.6), compared(0.5, 0.6), months_before=3, **on),
        "forest of differences": lambda **on: survival.forest(differences(), **on),
        "arr": lambda **on: growth.arr_paths(arr, **on),
        "verdicts": lambda **on: verdicts.dumbbell(records, **on),
        "lines of touch": lambda **on: touch.thresholds(lines_tried, **on),
        "lines of touch, yours too": lambda **on: touch.thresholds(
            pd.concat([lines_tried.assign(yours=False), lines_tried[2:].assign(yours=True)]), **on
        ),
        "beside published figures": lambda **on: fidelity.published(beside_published, **on),
        "bridge": lambda **on: retention.bridge(moved, **on),
        "definitions": lambda **on: retention.definitions(eight_rates, **on),
        "scorecard": lambda **on: kpis.scorecard(lamps, **on),
        "tree of numbers": lambda **on: kpis.tree(nodes, **on),
        "causes": lambda **on: kpis.causes(asked_for, **on),
        "causes and fixes": lambda **on: kpis.causes(asked_for, fixes, **on),
        "four ways": lambda **on: value.four_ways(ways, Estimate(1.6e6, 1.6e6, 1.6e6, 700, "truth_expected"), **on),
        "runs of a grid": lambda **on: grid.runs(many_runs, **on),
        "runs of a grid, crossed": lambda **on: grid.runs(crossed_runs, **on),
        "occupation": lambda **on: multistate.occupation(phases_by_month, **on),
        "years of life": lambda **on: sorting.by_year(years_of_life, **on),
        **cause_pictures(),
        **onboarding_pictures(),
        "race of deals": lambda **on: pipeline.race(deals_by_day, pd.DataFrame({"estimate": [0.4], "n": [30]}), **on),
        **focus_pictures(),
        **hazard_pictures(),
        **health_pictures(),
        **landmark_pictures(),
        **lifecycle_pictures(),
        **allocation_pictures(),
        **illusion_pictures(),
        **journey_pictures(),
        **score_pictures(),
        **alert_pictures(),
        **signing_pictures(),
        **touch_pictures(),
        **design_pictures(),
        **effect_pictures(),
        **impact_pictures(),
        "plans of an engagement model": lambda **kw: engagement.plans(judged(0.8e6).table, **kw),
        **dashboard_pictures(),
        **renewal_pictures(),
        **precision_pictures(),
    }
