"""Questions of lesson 11: what a test takes, whom one can compare, designs that work, and lines that pay."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.course.questions.designed import invited, line_company, measured, rule_lines, wave_company
from cslab.course.questions.kinds import Classes, Num, Policy, Set
from cslab.course.questions.question import Material, Mistake, Question
from cslab.faults import Fault, UsageError
from cslab.measure import effect
from cslab.measure.capacity import hour_amount
from cslab.measure.effect import power
from cslab.measure.effect.panel import panel
from cslab.measure.effect.small import small_trial
from cslab.measure.roi.worlds import net_by_tier, tiers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cslab.measure.effect.discontinuity import Discontinuity
    from cslab.measure.effect.result import Effect

BASE, POINTS = 0.20, 0.05
"""Share that leaves, and how much less of it a test is to see."""

SMALL = (0.30, -0.10, 15)
"""The pilot: share that leaves, what touch truly changes in it, customers on a side."""

THRESHOLD, FEW, HORIZON, MARGIN = 80_000, 5, 36, 0.8
PAIRS = ("mid-tech", "high-mid", "high-tech")
ORDER = ("tech", "mid", "high")
LOT, LINE, WAVES, INVITATION, NONE = DESIGNS = ("lot", "line", "waves", "invitation", "none")
CASES = {"newsletter": LOT, "named_csm": LINE, "new_onboarding": WAVES, "webinar": INVITATION, "sponsors": NONE}
FUTURES = 8

TOUCHED = ("calendar", "contracts.end", "tier_history.assigned_by", "accounts.mrr0_amount")


@cache
def _jump(variant: int) -> Discontinuity:
    """The jump at the line of the company that keeps to it."""
    trial = effect.trial(line_company(variant), covariates=["mrr0_amount"])
    return effect.regression_discontinuity(trial, "mrr0_amount", THRESHOLD)


def _above_less_below(variant: int, near: bool) -> float:
    """The plain difference between both sides, of all or of those within the bandwidth."""
    found = _jump(variant)
    rows = effect.trial(line_company(variant), covariates=["mrr0_amount"]).rows
    place = rows["mrr0_amount"].to_numpy(float) - np.log(THRESHOLD)
    inside = np.abs(place) < (found.jump.bandwidth if near else np.inf)
    sides = [rows.loc[inside & where, "outcome"].mean() for where in (place >= 0, place < 0)]
    return float(sides[0] - sides[1])


@cache
def _waves(variant: int) -> tuple[Effect, Effect]:
    """What the training in four groups brought: the right way, and the usual one."""
    months = panel(wave_company(variant), "training", "training_views")
    return effect.difference_in_differences(months).effect, effect.two_way_fixed_effects(months)


def _with_less_without(variant: int) -> float:
    """Views in months with the training less views in months without."""
    counts = _waves(variant)[0].counts
    assert counts is not None
    means = counts.set_index("arm")["mean"]
    return float(means["enrolled"] - means["not_enrolled"])


def _stayed(variant: int, **where: Any) -> float:
    """The share that stayed, of some of the invited and the others."""
    rows = invited(variant)
    for name, value in where.items():
        rows = rows[rows[name] == value]
    return float(rows["stayed"].sum() / rows["customers"].sum())


def _gap(variant: int) -> float:
    """The invited less the others."""
    return _stayed(variant, arm="invited") - _stayed(variant, arm="not_invited")


def _came(variant: int, arm: str) -> float:
    """The share that came."""
    rows = invited(variant)
    rows = rows[rows["arm"] == arm]
    return float(rows.loc[rows["came"], "customers"].sum() / rows["customers"].sum())


def _comparable(material: Material) -> set[str]:
    """The pairs of tiers of which a few customers each stand in the same band of MRR."""

    def make() -> set[str]:
        rows = effect.trial(material.book, horizon=1, covariates=["mrr0_amount"]).rows
        band = np.searchsorted(rule_lines(material.book), np.exp(rows["mrr0_amount"]), side="right")
        counts = rows.groupby([band, "arm"]).size().unstack(fill_value=0).reindex(columns=ORDER, fill_value=0)
        pairs = (pair.split("-") for pair in PAIRS)
        return {f"{one}-{other}" for one, other in pairs if (counts[[one, other]].min(axis=1) >= FEW).any()}

    found: set[str] = material.once("comparable_tiers", make)
    return found


def _left(material: Material) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """MRR at signing, and what each customer leaves more under each tier than under tech touch, in expectation."""

    def make() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        book = material.book
        worlds = tiers(book, ORDER, HORIZON, FUTURES)
        assert worlds is not None
        mrr = book.accounts.set_index("account_id")["mrr0_amount"]
        found = net_by_tier(worlds[worlds["account_id"].isin(mrr.index)], hour_amount(book), effect.Money(MARGIN))
        wide = found.pivot(index="account_id", columns="tier", values="net_amount")[list(ORDER)]
        return mrr.reindex(wide.index).to_numpy(float), wide.to_numpy(float) - wide[["tech"]].to_numpy(float)

    found: tuple[NDArray[np.float64], NDArray[np.float64]] = material.once("left_by_tier", make)
    return found


def _worth(material: Material, lines: Any) -> float:
    """What two lines leave, a customer, more than tech touch for everybody."""
    mid, high = (float(line) for line in lines)
    if mid > high:
        raise UsageError(Fault("roi.lines", {"given": f"{mid:,.0f}, {high:,.0f}"}))
    mrr, left = _left(material)
    return float(left[np.arange(len(left)), np.searchsorted([mid, high], mrr, side="right")].mean())


def _best(material: Material) -> list[float]:
    """The best two lines among the bands."""
    edges = measured(rule_lines(material.book)[0])["from_amount"]
    pairs = [[float(mid), float(high)] for mid in edges for high in edges if mid <= high]
    return max(pairs, key=lambda pair: _worth(material, pair))


def _per_head(material: Material, margin: float = MARGIN, hours: float = 1.0) -> list[float]:
    """Lines at which a band begins to pay, by the table."""
    bands, hour = measured(rule_lines(material.book)[0]), hours * hour_amount(material.book)
    pays = [margin * bands[f"{to}_months"] * bands["mean_amount"] > hour * bands[f"{to}_hours"] for to in ORDER[1:]]
    return [float(bands["from_amount"][one].min()) for one in pays]


QUESTIONS: tuple[Question, ...] = (
    Question(
        "needed", "E30", "11", Num(90, "number"),
        lambda material: power.sample_size(BASE, -POINTS).treated,
        (
            Mistake("both_sides", lambda material: power.sample_size(BASE, -POINTS).total),
            Mistake("rises", lambda material: power.sample_size(BASE, POINTS).treated),
            Mistake("one_in_two", lambda material: power.sample_size(BASE, -POINTS, power=0.5).treated),
            Mistake("five_per_cent", lambda material: power.sample_size(BASE, -POINTS * BASE).treated),
        ),
        fixed=True,
    ),
    Question(
        "pilot_seen", "E30b", "11", Num(0.01, "share"),
        lambda material: small_trial(*SMALL).seen,
        (
            Mistake("thirty_each", lambda material: small_trial(*SMALL[:2], 2 * SMALL[2]).seen),
            Mistake("alarm", lambda material: small_trial(*SMALL).false_alarm),
            Mistake("as_planned", lambda material: power.POWER),
        ),
        fixed=True,
    ),
    Question(
        "comparable", "E29b", "11", Set(PAIRS),
        _comparable,
        (Mistake("all_of_them", lambda material: set(PAIRS)), Mistake("far_ends", lambda material: {PAIRS[2]})),
        needs=TOUCHED,
    ),
    Question(
        "jump", "E29", "11", Num(0.005, "share"),
        lambda material: _jump(material.variant).effect.estimate,
        (
            Mistake("everybody", lambda material: _above_less_below(material.variant, near=False)),
            Mistake("within", lambda material: _above_less_below(material.variant, near=True)),
        ),
        fixed=True,
    ),
    Question(
        "which_design", "E29c", "11", Classes(DESIGNS),
        lambda material: dict(CASES),
        (
            Mistake("lot_always", lambda material: dict.fromkeys(CASES, LOT)),
            Mistake("something_always", lambda material: {**CASES, "sponsors": LOT}),
        ),
        fixed=True,
    ),
    Question(
        "waves", "E29d", "11", Num(0.01, "number"),
        lambda material: _waves(material.variant)[0].estimate,
        (
            Mistake("two_way", lambda material: _waves(material.variant)[1].estimate),
            Mistake("with_less_without", lambda material: _with_less_without(material.variant)),
        ),
        fixed=True,
    ),
    Question(
        "moved_by_invitation", "E29e", "11", Num(0.003, "share"),
        lambda material: _gap(material.variant)
        / (_came(material.variant, "invited") - _came(material.variant, "not_invited")),
        (
            Mistake("inviting", lambda material: _gap(material.variant)),
            Mistake("all_who_came", lambda material: _gap(material.variant) / _came(material.variant, "invited")),
            Mistake(
                "came_less_others",
                lambda material: _stayed(material.variant, came=True) - _stayed(material.variant, came=False),
            ),
            Mistake(
                "among_invited",
                lambda material: _stayed(material.variant, arm="invited", came=True)
                - _stayed(material.variant, arm="invited", came=False),
            ),
        ),
        fixed=True,
    ),
    Question(
        "lines_that_pay", "E31", "11", Policy(_worth, 0.15, form="[100_000, 500_000]"),
        _best,
        (
            Mistake("as_now", lambda material: list(rule_lines(material.book))),
            Mistake("high_for_all", lambda material: [0.0, 0.0]),
            Mistake("hours_free", lambda material: _per_head(material, hours=0.1)),
        ),
        needs=("truth", *TOUCHED),
    ),
)  # fmt: skip
