"""Scenarios: every parameter of the simulated company with its name and unit, read from the presets in TOML."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from cslab.faults import Fault, UsageError, nearest
from cslab.words import word
from cslab.world.addons import ADDONS
from cslab.world.agreement import disagreements
from cslab.world.luck import Floats
from cslab.world.parameter import Parameter, names, positive, real, share, text, whole
from cslab.world.programmes import PROGRAMMES

FOLDER = Path(__file__).parents[1] / "scenarios"


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """A company to simulate. Triples run smb, mid, enterprise, or tech, mid, high touch; values stand in the presets.

    Latent value ``v`` has the scale of the renewal logit; "logit" parameters go through the logistic function.
    Source of the defaults: domain specification, data-generating process (mostly simulation conventions).

    >>> preset("tiny").accounts
    60
    """

    name: str = text()
    currency: str = text()
    seed: int = whole(low=0, high=2**63 - 1)
    accounts: int = whole(unit="customers drawn", high=10_000_000)
    months: int = whole(unit="months of records", high=1200)
    policy: str = text()  # the touch policy that the company follows where no other is named
    addons: tuple[str, ...] = names(ADDONS)  # what is switched on beyond the core: see scenarios/README.md
    # calendar: months count from window_start; customers sign in [first_arrival, last_arrival)
    window_start: dt.date = field(metadata={"parameter": Parameter("month")})
    first_arrival: int = whole(unit="month", low=-1200, high=1200)
    last_arrival: int = whole(unit="month", low=-1199, high=1200)
    growth_per_year: float = positive(unit="new customers, relative")
    # the book of business
    segment_share: tuple[float, ...] = share(3, total=True)
    mrr_median_amount: tuple[float, ...] = positive(3, "currency a month")
    mrr_log_sd: tuple[float, ...] = positive(3, "log")
    term_months: tuple[int, ...] = whole(4, "months", high=120)
    term_share_smb: tuple[float, ...] = share(4, total=True)
    term_share_mid: tuple[float, ...] = share(4, total=True)
    term_share_enterprise: tuple[float, ...] = share(4, total=True)
    monthly_billing_share: tuple[float, ...] = share(3)
    seat_price_amount: tuple[float, ...] = positive(3, "currency a seat and month", low=0.01)
    # fit, onboarding
    badfit_share: float = share()
    badfit_shift: float = real(unit="sd of fit")
    onboarding_median_months: tuple[float, ...] = positive(3, "months")
    onboarding_log_sd: float = positive(unit="log")
    onboarding_fit_effect: float = real(unit="log a sd of fit")
    onboarding_speed: tuple[float, ...] = positive(3, "times as fast")
    stall_logit: tuple[float, ...] = real(3, "logit")
    stall_fit_effect: float = real(unit="logit a sd of fit")
    stall_touch_effect: tuple[float, ...] = real(3, "logit")
    # latent value
    first_value_base: float = real(unit="value")
    first_value_fit: float = real(unit="value a sd of fit")
    first_value_impression: float = real(unit="value a sd of impression")
    first_value_noise: float = real(unit="value")
    value_base: float = real(unit="value")
    value_segment: tuple[float, ...] = real(3, "value")
    value_fit: float = real(unit="value a sd of fit")
    value_onboarded: float = real(unit="value")
    impression_weight: float = real(unit="value a sd of impression")
    impression_fade_months: float = positive(unit="months")
    value_persistence: float = share()
    value_noise: float = positive(unit="value")
    touch_lift: tuple[float, ...] = real(3, "value")
    touch_fit_base: float = real(unit="times the lift")
    touch_fit_slope: float = real(unit="times the lift a sd of fit")
    touch_fit_limits: tuple[float, ...] = real(2, "times the lift")
    # disengagement
    disengage_hazard: tuple[float, ...] = share(3)
    disengage_fit_effect: float = real(unit="log a sd of fit")
    disengage_drop: float = real(unit="value")
    reengage_hazard: tuple[float, ...] = share(3)
    # leaving, growing, shrinking
    notice_months: int = whole(unit="months", high=12)
    renewal_logit: tuple[float, ...] = real(3, "logit")
    renewal_logit_monthly: tuple[float, ...] = real(3, "logit")
    renewal_value_effect: float = real(unit="logit a unit of value")
    uncontrollable_hazard: tuple[float, ...] = share(3)
    expansion_hazard: tuple[float, ...] = share(3)
    expansion_value_effect: float = real(unit="log a unit of value")
    expansion_size: float = positive(unit="share of MRR")
    expansion_log_sd: float = positive(unit="log")
    contraction_chance: tuple[float, ...] = share(3)
    contraction_value_effect: float = real(unit="log a unit of value")
    contraction_size: float = share()
    # the touch rule
    tier_threshold_amount: tuple[float, ...] = positive(2, "currency a month")
    override_share: float = share()
    override_below: float = real(unit="fit + impression")
    # the customer success team of an office
    touch_hours: tuple[float, ...] = positive(3, "hours an account and month", high=200)
    csm_hours: float = positive(unit="hours a CSM and month", low=1)
    csm_load: float = positive(unit="share of the hours that are planned to be used", low=0.1)
    csm_team: float = positive(unit="times the team that the load calls for", high=100)
    csm_leaves_per_year: float = share()
    csm_cost_amount: float = positive(unit="currency a CSM and year")
    # reactive work, under policies that share an office's hours
    reactive_hours: tuple[float, ...] = positive(3, "hours an account and month", high=200)
    reengage_worked: tuple[float, ...] = share(3)
    red_usage: float = share()
    alert_drop: float = share()
    alert_holdout: float = share()
    alert_hours: float = share()
    # what the records show
    usage_base: float = real(unit="logit")
    usage_value: float = real(unit="logit a unit of value")
    usage_noise: float = positive(unit="value")
    price_excuse_share: float = share()
    # what customers say
    first_response_h: float = positive(unit="hours, median of e-mails", low=0.01, high=1000)
    csat_share: float = share()
    nps_level: float = real(unit="points of 0-10 at value 0")
    survey_reply_logit: tuple[float, ...] = real(4, "logit at value 0: NPS, CSAT, CES, day 30")
    lost_per_won: float = positive(unit="lost deals a won one", high=50)
    handoff_gap_days: tuple[float, ...] = positive(2, "days, median", high=1000)
    advocate_hazard: float = positive(unit="a champion and month at value 0", high=10)
    advocate_community: float = positive(unit="times the hazard", high=1000)
    # programmes: who is taken on when; what they do stands in programmes/programmes.toml
    programs: tuple[str, ...] = names(PROGRAMMES)
    program_start: int = whole(unit="month", low=-1200, high=1200)
    program_effect: float = real(unit="times the declared strength")
    program_rule_amount: float = positive(unit="currency a month")
    program_choice: tuple[float, ...] = real(2, "logit, and logit a unit of value")
    program_attend: tuple[float, ...] = real(2, "logit, and logit a unit of value")
    program_uninvited: float = share()
    program_stagger_months: int = whole(unit="months", high=120)
    # add-ons, in the order of ADDONS
    season_deals: tuple[float, ...] = positive(12, "times the deals, January to December")
    season_expansion: tuple[float, ...] = positive(12, "times the hazard, January to December")
    push_share: float = share()
    push_badfit_share: float = share()
    presale_logit: float = real(unit="logit")
    presale_fit_effect: float = real(unit="logit a sd of fit")
    presale_speed: float = real(unit="log")
    presale_expectation: float = real(unit="value")
    presales_share: tuple[float, ...] = share(3)
    handoff_rep: float = share()
    handoff_presales: float = real(unit="sd of hand-off")
    handoff_push: float = real(unit="sd of hand-off")
    handoff_speed: float = real(unit="log a sd of hand-off")
    handoff_stall: float = real(unit="logit a sd of hand-off")
    handoff_level: float = real(unit="sd of hand-off")
    effort_share: float = share()
    effort_disengage: float = positive(unit="times the hazard")
    effort_tickets: float = positive(unit="times the tickets", high=100)
    champion_leaves_per_year: float = share()
    champion_share: tuple[float, ...] = share(3)
    role_share: tuple[float, ...] = share(2)
    role_hazard: tuple[float, ...] = positive(2, "a month")
    role_value_effect: float = real(unit="log a unit of value")
    role_touch: tuple[float, ...] = positive(3, "times the hazard")
    incidents_per_year: float = positive(unit="an office")
    incident_reach: float = share()
    incident_drop: float = real(unit="value")
    incident_forgiveness: float = share()
    notice_by_segment: tuple[int, ...] = whole(3, "months", high=12)
    community_open_month: int = whole(unit="month", low=-1200, high=1200)
    community_join: float = positive(unit="hazard a month")
    community_value_effect: float = real(unit="log a unit of value")
    community_active: float = share()
    community_lift: float = real(unit="value")
    content_share: tuple[float, ...] = share(2)
    content_effect: tuple[float, ...] = real(2, "value")
    maturity_share: tuple[float, ...] = share(5, total=True)
    maturity_growth: float = share()
    maturity_value_effect: float = real(unit="log a unit of value")
    maturity_touch: tuple[float, ...] = positive(3, "times the chance")
    maturity_expansion: float = real(unit="log a level")
    offboarding_hard: float = share()
    winback_share: tuple[float, ...] = share(2)
    winback_months: int = whole(unit="months", low=2, high=120)
    winback_price: float = positive(unit="times the MRR at leaving")
    csm_skill: float = positive(unit="value", high=10)

    @property
    def first_month(self) -> int:
        """The first simulated month, counted from the window's start: not after it."""
        return min(0, self.first_arrival)

    @property
    def decimals(self) -> int:
        """Decimal places of an amount: none for yen."""
        return 0 if self.currency == "JPY" else 2

    @property
    def smallest_amount(self) -> float:
        """The smallest amount that can be written: one yen, or one cent."""
        return float(10.0**-self.decimals)

    @property
    def term_shares(self) -> tuple[tuple[float, ...], ...]:
        """Shares of the contract terms, a row a segment."""
        return self.term_share_smb, self.term_share_mid, self.term_share_enterprise

    def on(self, addon: str) -> bool:
        """Whether an add-on is switched on.

        >>> preset("calibration").on("incidents")
        False
        """
        return addon in self.addons

    def rounded(self, amounts: Floats) -> Floats:
        """Amounts as they are written: whole yen, other currencies to the cent.

        >>> preset("tiny").rounded(np.array([1200.4])).tolist()
        [1200.0]
        """
        return np.asarray(np.round(amounts, self.decimals))

    def with_(self, **overrides: Any) -> Scenario:
        """The scenario with some parameters changed.

        Parameters
        ----------
        **overrides
            New values, typed or as text.

        Raises
        ------
        UsageError
            With every parameter that is unknown, ill-typed or out of range.

        >>> preset("tiny").with_(accounts="80", badfit_share=0.3).accounts
        80
        """
        given = {**asdict(self), **overrides, "name": self.name}
        return _checked(given, [name for name in overrides if name not in CHANGEABLE], f"synthetic:{self.name}")

    def story(self, lang: str) -> str:
        """What kind of company this is, in a paragraph.

        >>> "SaaS" in preset("default_jp").story("ja")
        True
        """
        return word(f"card.scenario.{self.name}" if self.name in presets() else "card.scenario.own", lang)


PARAMETERS: dict[str, Parameter] = {item.name: item.metadata["parameter"] for item in fields(Scenario)}
"""The declaration of every parameter by name."""

CHANGEABLE = tuple(name for name in PARAMETERS if name != "name")
"""The parameters that a source string may set."""


def presets() -> tuple[str, ...]:
    """The names of the scenarios that come with the kit.

    >>> "default_jp" in presets()
    True
    """
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def preset(name: str) -> Scenario:
    """A scenario that comes with the kit.

    Parameters
    ----------
    name : str
        One of :func:`presets`.

    Raises
    ------
    UsageError
        For an unknown name; it names the nearest.

    >>> preset("default_jp").currency
    'JPY'
    """
    if name not in presets():
        near = nearest(name, presets()) or "default_jp"
        raise UsageError(Fault("unknown_preset", {"name": name, "near": near, "known": ", ".join(presets())}))
    values = {**_values(name), "name": name}
    return _checked(values, [key for key in values if key not in PARAMETERS], f"scenarios/{name}.toml")


def stated(name: str, given: Mapping[str, Any]) -> Scenario:
    """A scenario of one's own: what it says, on top of the preset that it is based on.

    Parameters
    ----------
    name : str
        What it is called.
    given : mapping of str to object
        Parameters by name, and ``base``: one of :func:`presets`, ``default_jp`` where it says none.

    Raises
    ------
    UsageError
        With every parameter that is unknown, ill-typed or out of range, or for a base that there is not.

    >>> stated("mine.toml", {"base": "tiny", "accounts": 80}).accounts
    80
    """
    base = preset(str(given.get("base", "default_jp")))
    values = {key: value for key, value in given.items() if key != "base"}
    return _checked({**asdict(base), **values, "name": name}, [key for key in values if key not in CHANGEABLE], name)


def _values(name: str) -> dict[str, Any]:
    """What a preset's file says, on top of the preset it is based on."""
    given = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    base = given.pop("base", None)
    return {**(_values(base) if base else {}), **given}


def _checked(given: Mapping[str, Any], unknown: list[str], subject: str) -> Scenario:
    """The scenario of these values; all faults are raised at once."""
    read = {name: PARAMETERS[name].read(name, value) for name, value in given.items() if name in PARAMETERS}
    faults = [
        Fault("scenario_unknown", {"name": key, "near": nearest(key, CHANGEABLE) or "accounts"}) for key in unknown
    ]
    faults += [value for value in read.values() if isinstance(value, Fault)]
    wrong = {name for name, value in read.items() if isinstance(value, Fault)}
    sound = {name: value for name, value in read.items() if name not in wrong}
    scenario = replace(preset("default_jp"), **sound) if wrong else Scenario(**sound)
    if faults := [*faults, *disagreements(scenario, wrong)]:
        raise UsageError(*faults, subject=subject)
    return scenario
