"""Questions of lesson 02: phases on a day, an exit rule, who is stuck, who leaves from where, where hours gain most."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from cslab.course.questions.case_hours import own_rules
from cslab.course.questions.kinds import Classes, Num, Policy, Text
from cslab.course.questions.question import Material, Mistake, Question
from cslab.course.questions.texts_focus import NO_MATTER_WHAT, PARTS, PER_HOUR, WHERE_MANY_ARE
from cslab.course.questions.toy_phases import DAY, toy_days, toy_phases
from cslab.faults import Fault, UsageError, nearest
from cslab.measure import lifecycle
from cslab.measure.lifecycle import focus
from cslab.words import LANGUAGES

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

PHASES, EXIT, STUCK, LEAVING, FOCUS = "E06", "E06b", "E06c", "E06d", "E07"
BUDGET = 500
"""Hours of the CSMs in a year that can go into one phase."""

HELD = ("onboarding.done", "onboarding.started", "contracts.term_months", "contracts.decided_on", "mrr_movements")
SPENT = (*HELD, "csm.cost_amount", "csm.capacity_h")
FIRST_VALUE = {"table": "onboarding", "column": "done", "where": {"milestone": "first_value"}}
NINETY_DAYS = {"table": "accounts", "column": "signed_on", "days": 90}
TRAINED = {"table": "onboarding", "column": "done", "where": {"milestone": "team_trained"}}
KICKED_OFF = {"table": "onboarding", "column": "done", "where": {"milestone": "kickoff"}}
PLANNED = {**FIRST_VALUE, "column": "planned"}
BEGUN = {**FIRST_VALUE, "column": "started"}


def _told(material: Material) -> dict[str, str]:
    """The phase of each of the twelve on the day, as it was known then."""
    return _phases(material, DAY)


def _phases(material: Material, day: str, rules: lifecycle.Rules | None = None) -> dict[str, str]:
    """The phase of each of the twelve on a day."""
    found = lifecycle.phase_at(toy_phases(material.variant), day, rules)
    return dict(zip(found["account_id"], found["phase"].astype(str), strict=True))


def _by_calendar(material: Material) -> dict[str, str]:
    """Onboarding taken as the first three months, and purchase as nobody's."""
    import pandas as pd

    days = toy_days(material.variant)
    early = pd.to_datetime(days["signed"]) > pd.Timestamp(DAY) - pd.DateOffset(months=3)
    told = _told(material)
    past = {name: "adoption" if phase in ("purchase", "onboarding") else phase for name, phase in told.items()}
    return {name: "onboarding" if early[name] else phase for name, phase in past.items()}


def _announced(material: Material) -> dict[str, str]:
    """Who has said that it leaves counted as gone."""
    days = toy_days(material.variant)
    said = (days["outcome"] == "churned") & (days["decided"] <= DAY)
    return {name: "churn" if said[name] else phase for name, phase in _told(material).items()}


def _moved(material: Material, there: Callable[[pd.DataFrame], pd.Series[bool]], phase: str) -> dict[str, str]:
    """Some of the twelve put into another phase."""
    days = toy_days(material.variant)
    rows = days.assign(phase=days.index.map(_told(material)))
    return {str(name): str(one) for name, one in rows["phase"].mask(there(rows), phase).items()}


def _ends_covered(material: Material) -> dict[str, str]:
    """The end of the contract taken for a day that nobody knew."""
    return _moved(material, lambda rows: rows["phase"] == "renewal", "adoption")


def _any_decision(material: Material) -> dict[str, str]:
    """A renewal over as soon as anything is decided, also that the customer leaves."""
    return _moved(material, lambda rows: (rows["phase"] == "renewal") & _by_the_day(rows["decided"]), "adoption")


def _monthly_too(material: Material) -> dict[str, str]:
    """Short contracts given a renewal, too."""
    return _moved(material, lambda rows: (rows["phase"] == "adoption") & (rows["months"] <= 3), "renewal")


def _without_record(phase: str) -> Callable[[Material], dict[str, str]]:
    """The customer from before the records put where its empty cells would have it."""
    return lambda material: _moved(material, _not_kicked_off, phase)


def _not_kicked_off(rows: pd.DataFrame) -> pd.Series[bool]:
    """Who is in adoption without a kick-off on record."""
    return (rows["kickoff"] == "") & (rows["phase"] == "adoption")


def _gone_for_good(material: Material) -> dict[str, str]:
    """Whoever has ever left counted as gone, also after it came back."""
    return _moved(material, lambda rows: _by_the_day(rows["left"]), "churn")


def _by_the_day(days: pd.Series[str]) -> pd.Series[bool]:
    """Which days there are and were known on the day."""
    return (days != "") & (days <= DAY)


def _renewal_first(material: Material) -> dict[str, str]:
    """The renewal put before the onboarding."""
    from dataclasses import replace

    order = ("churn", "evaluation", "renewal", "purchase", "onboarding", "adoption")
    return _phases(material, DAY, replace(lifecycle.rules(), precedence=order))


def _agreement(material: Material, rule: Any) -> float:
    """How well a rule tells who is up and running from who is not; a rule that nobody passes is told why."""
    if lifecycle.passed(material.book, rule)["passed_on"].isna().all():
        raise UsageError(*_nobody(material.book, rule))
    found = lifecycle.true_agreement(material.book, rule)
    return -1.0 if found is None else found


def _nobody(book: Book, rule: Any) -> list[Fault]:
    """Why nobody passes a rule: what it asks for and the table does not hold."""
    faults, rows = [], getattr(book, rule["table"])
    for column, wanted in rule.get("where", {}).items():
        there = sorted(map(str, rows[column].dropna().unique()))
        if str(wanted) not in there:
            values = {"column": f"{rule['table']}.{column}", "value": wanted, "known": ", ".join(there[:12])}
            faults.append(Fault("exit_value", {**values, "near": nearest(str(wanted), there)}))
    return faults or [Fault("exit_nobody", {"column": f"{rule['table']}.{rule['column']}"})]


def _names(phases: Iterable[str]) -> dict[str, str]:
    """What a phase can be called in an answer: by its name, as tables head it in either language, by its aliases."""
    known = lifecycle.rules().phases
    several = {name: (*known[name].aliases, *map(known[name].label, LANGUAGES), name) for name in phases}
    return {called: name for name, names in several.items() for called in names}


def _report(material: Material) -> pd.DataFrame:
    """The company's stuck report, by phase."""
    found: pd.DataFrame = material.once("stuck", lambda: lifecycle.stuck_report(material.book).set_index("phase"))
    return found


def _stuck(part: str, base: str) -> Callable[[Material], float]:
    """One number of onboarding over another."""
    return lambda material: _number(material, part) / _number(material, base)


def _number(material: Material, column: str) -> float:
    """A number of the row of onboarding."""
    return float(_report(material)[column]["onboarding"])


def _of_all_customers(material: Material) -> float:
    """Those stuck in onboarding over all customers."""
    return _number(material, "stuck") / float(_report(material).drop(index="evaluation")["customers"].sum())


def _slow_finishers(material: Material) -> float:
    """Of those who got through, the share that took longer than the target."""
    stays = lifecycle.spells(material.book)
    through = stays[(stays["phase"] == "onboarding") & stays["ends"].notna() & (stays["next"] != "churn")]
    days = (through["ends"] - through["begins"]).dt.days
    return float((days > _number(material, "target_days")).mean())


def _moves(material: Material) -> pd.DataFrame:
    """The company's moves from month to month."""
    found: pd.DataFrame = material.once("moves", lambda: lifecycle.moves(lifecycle.panel(material.book)))
    return found


def _leaving(material: Material) -> float:
    """Of the months that begin in onboarding, the share that ends in leaving."""
    begun = _moves(material).query("`from` == 'onboarding'")
    return float(begun.loc[begun["to"] == "churn", "count"].sum() / begun["count"].sum())


def _of_those_who_moved(material: Material) -> float:
    """The same without the months after which the customer was still in onboarding."""
    begun = _moves(material).query("`from` == 'onboarding' and to != 'onboarding'")
    return float(begun.loc[begun["to"] == "churn", "count"].sum() / begun["count"].sum())


def _of_the_leavers(material: Material) -> float:
    """Of all who left, the share that left out of onboarding."""
    left = _moves(material).query("to == 'churn'")
    return float(left.loc[left["from"] == "onboarding", "count"].sum() / left["count"].sum())


def _of_all_months(material: Material) -> float:
    """The months that end in leaving out of onboarding, over all months of all customers."""
    counted = _moves(material)
    gone = counted.query("`from` == 'onboarding' and to == 'churn'")["count"].sum()
    return float(gone / counted["count"].sum())


def _table(material: Material) -> pd.DataFrame:
    """What the hours would gain in each phase."""
    book = material.book
    found: pd.DataFrame = material.once("focus", lambda: focus.table(book, hours=BUDGET, rules=own_rules(book)))
    return found


def _gain(material: Material, phase: str) -> float:
    """What the hours gain in a phase, in expectation: in truth where there is one, else as estimated."""
    return focus.regret(_table(material), phase).gain_amount


def _first(column: str) -> Callable[[Material], str]:
    """The phase that stands first by a column."""
    return lambda material: str(_table(material).set_index("phase")[column].idxmax())


QUESTIONS: tuple[Question, ...] = (
    Question(
        "phases_then", PHASES, "02", Classes(_names(lifecycle.rules().phases)),
        _told,
        (
            Mistake("todays_table", lambda material: _phases(material, "")),
            Mistake("calendar", _by_calendar),
            Mistake("announced", _announced),
            Mistake("renewal_first", _renewal_first),
            Mistake("ends_covered", _ends_covered),
            Mistake("any_decision", _any_decision),
            Mistake("monthly_too", _monthly_too),
            Mistake("never_kicked_off", _without_record("purchase")),
            Mistake("never_first_value", _without_record("onboarding")),
            Mistake("gone_for_good", _gone_for_good),
        ),
        fixed=True,
    ),
    Question(
        "onboarding_exit", EXIT, "02", Policy(_agreement, 0.13, form=str(TRAINED)),
        lambda material: FIRST_VALUE,
        (
            Mistake("calendar", lambda material: NINETY_DAYS),
            Mistake("our_task", lambda material: TRAINED),
            Mistake("kickoff", lambda material: KICKED_OFF),
            Mistake("planned_day", lambda material: PLANNED),
            Mistake("begun_day", lambda material: BEGUN),
        ),
        needs=("truth", "onboarding.done", "accounts.signed_on"),
    ),
    Question(
        "stuck_share", STUCK, "02", Num(0.002, "share"),
        _stuck("stuck", "customers"),
        (
            Mistake("of_all_customers", _of_all_customers),
            Mistake("slow_finishers", _slow_finishers),
            Mistake("money", _stuck("stuck_mrr_amount", "mrr_amount")),
        ),
        needs=HELD,
    ),
    Question(
        "leaves_from_onboarding", LEAVING, "02", Num(0.0005, "share", per="month", chance=True),
        _leaving,
        (
            Mistake("of_those_who_moved", _of_those_who_moved),
            Mistake("of_the_leavers", _of_the_leavers),
            Mistake("of_all_months", _of_all_months),
        ),
        needs=HELD,
    ),
    Question(
        "best_phase", FOCUS, "02", Policy(_gain, 0.1, lambda material: _names(_table(material)["phase"])),
        lambda material: max(_table(material)["phase"], key=lambda phase: _gain(material, phase)),
        (
            Mistake("most_customers", _first("customers")),
            Mistake("most_stuck", _first("stuck")),
            Mistake("cheapest", lambda material: str(_table(material).set_index("phase")["needed_hours"].idxmin())),
        ),
        needs=SPENT,
    ),
    Question(
        "focus_reason", FOCUS, "02", Text(PARTS, least=60),
        PER_HOUR,
        (Mistake("because_many", WHERE_MANY_ARE), Mistake("dismissed", NO_MATTER_WHAT)),
        fixed=True,
    ),
)  # fmt: skip
