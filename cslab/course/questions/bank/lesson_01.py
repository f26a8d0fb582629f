"""Questions of lesson 01 on fixed data: the rates and the bridge of a small book, a month's churn and a year's."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from cslab.course.questions.kinds import Num, Set, Table
from cslab.course.questions.question import Material, Mistake, Question
from cslab.course.questions.toy import END, START, toy_book
from cslab.measure import retention

if TYPE_CHECKING:
    import pandas as pd

RATES, WHICH, BRIDGE, YEAR = "E01", "E02", "E01b", "E04"
FLOWS = ("opening", "new", "expansion", "contraction", "churn", "reactivation", "closing")


def _toy(rate: Callable[..., Any], **asked: Any) -> Callable[[Material], Any]:
    """A rate of the toy book."""
    return lambda material: rate(toy_book(material.variant), START, END, **asked)


def _sheet(material: Material) -> pd.DataFrame:
    """MRR of the toy book's customers at its two days."""
    import pandas as pd

    toy = toy_book(material.variant)
    return pd.DataFrame({"then": retention.mrr(toy, START), "now": retention.mrr(toy, END)})


def _cohort(material: Material) -> pd.DataFrame:
    """The customers of the start."""
    sheet = _sheet(material)
    return sheet[sheet["then"] > 0]


def _average_of_ratios(material: Material) -> float:
    """Each customer's own ratio, and the mean of these."""
    cohort = _cohort(material)
    return float((cohort["now"] / cohort["then"]).mean())


def _renewed_of_all(material: Material) -> float:
    """What was renewed, against all revenue of the start."""
    found = retention.definitions(toy_book(material.variant), START, END)
    by_value = found[(found["metric"] == "renewal_rate") & (found["definition"] == "value")]
    return float(by_value["part"].sum() / _cohort(material)["then"].sum())


def _makes(material: Material) -> set[str]:
    """The definitions that make all of today's revenue over all of the start's."""
    found, sheet = retention.definitions(toy_book(material.variant), START, END), _sheet(material)
    rates = found[found["metric"] == "nrr"].set_index("definition")["estimate"]
    return set(rates.index[(rates - sheet["now"].sum() / sheet["then"].sum()).abs() < 0.0005])


def _joined(material: Material) -> set[str]:
    """Who pays at the end and did not at the start."""
    sheet = _sheet(material)
    return set(sheet.index[(sheet["then"] == 0) & (sheet["now"] > 0)])


def _new_only(material: Material) -> set[str]:
    """Who pays at the end and never did before."""
    moves = toy_book(material.variant).mrr_movements
    return set(moves.loc[moves["type"] == "new", "account_id"])


def _came_back(material: Material) -> set[str]:
    """Who left at some time and came back."""
    moves = toy_book(material.variant).mrr_movements
    return set(moves.loc[moves["type"] == "reactivation", "account_id"])


def _steps(amounts: dict[str, float]) -> pd.DataFrame:
    """A bridge as the table that is asked for."""
    import pandas as pd

    return pd.DataFrame({"step": list(FLOWS), "amount": [float(amounts[name]) for name in FLOWS]})


def _bridge(material: Material) -> dict[str, float]:
    """The bridge of the toy book."""
    moved = retention.bridge(toy_book(material.variant), START, END).iloc[0]
    return {name: float(moved[name]) for name in FLOWS}


def _returns_as_new(material: Material) -> pd.DataFrame:
    """Everybody who came counted as new."""
    found = _bridge(material)
    return _steps({**found, "new": found["new"] + found["reactivation"], "reactivation": 0.0})


def _netted(material: Material) -> pd.DataFrame:
    """Only the difference between the two days, customer by customer."""
    sheet = _sheet(material)
    change, here = sheet["now"] - sheet["then"], sheet.index.isin(list(_new_only(material)))
    stayed = (sheet["then"] > 0) & (sheet["now"] > 0)
    flows = {
        "new": change[here].sum(),
        "reactivation": change[(sheet["then"] == 0) & ~here].sum(),
        "expansion": change[stayed & (change > 0)].sum(),
        "contraction": change[stayed & (change < 0)].sum(),
        "churn": change[(sheet["then"] > 0) & (sheet["now"] == 0)].sum(),
    }
    return _steps({**flows, "opening": sheet["then"].sum(), "closing": sheet["now"].sum()})


def _unsigned(material: Material) -> pd.DataFrame:
    """Losses without their sign."""
    return _steps({name: abs(amount) for name, amount in _bridge(material).items()})


def _monthly(material: Material) -> float:
    """The share that leaves in a month, as the exercise gives it: another for every version."""
    return 0.02 + material.variant % 10 / 1000


def _is(value: Any) -> Callable[[Material], Any]:
    """The same for every company."""
    return lambda material: value


QUESTIONS: tuple[Question, ...] = (
    Question(
        "nrr", RATES, "01", Num(0.0005, "share"),
        _toy(retention.nrr),
        (
            Mistake("survivors_only", _toy(retention.nrr, method="survivors_only")),
            Mistake("including_new", _toy(retention.nrr, method="including_new")),
            Mistake("no_credit_for_return", _toy(retention.nrr, method="movement")),
            Mistake("average_of_ratios", _average_of_ratios),
        ),
        fixed=True,
    ),
    Question(
        "grr", RATES, "01", Num(0.0005, "share"),
        _toy(retention.grr),
        (
            Mistake("growth_counted", _toy(retention.nrr)),
            Mistake("survivors_only", _toy(retention.grr, method="survivors_only")),
            Mistake("every_fall", _toy(retention.grr, method="movement")),
            Mistake("every_fall_with_returns", _toy(retention.grr, method="movement_with_returns")),
        ),
        fixed=True,
    ),
    Question(
        "logo_churn", RATES, "01", Num(0.0005, "share"),
        _toy(retention.logo_churn),
        (
            Mistake("left_once", _toy(retention.logo_churn, method="movement")),
            Mistake("all_on_the_sheet", lambda material: (_cohort(material)["now"] == 0).sum() / len(_sheet(material))),
            Mistake("kept", lambda material: 1 - float(retention.logo_churn(toy_book(material.variant), START, END))),
            Mistake("money", _toy(retention.leavers_mrr)),
        ),
        fixed=True,
    ),
    Question(
        "renewal_rate", RATES, "01", Num(0.0005, "share"),
        _toy(retention.renewal_rate),
        (
            Mistake("whole_book", _renewed_of_all),
            Mistake("contracts", _toy(retention.renewal_rate, weight="count")),
            Mistake("grr", _toy(retention.grr)),
        ),
        fixed=True,
    ),
    Question(
        "culprit", WHICH, "01", Set(retention.NRR_METHODS),
        _makes,
        (
            Mistake("survivors_only", _is({"survivors_only"})),
            Mistake("both", _is({"survivors_only", "including_new"})),
            Mistake("returns", _is({"movement_with_returns"})),
        ),
        fixed=True,
    ),
    Question(
        "not_of_the_start", WHICH, "01", Set(lambda material: _sheet(material).index),
        _joined,
        (
            Mistake("new_only", _new_only),
            Mistake("who_came_back", lambda material: _new_only(material) | _came_back(material)),
            Mistake("who_grew", lambda material: set(_sheet(material).query("now > then").index)),
        ),
        fixed=True,
    ),
    Question(
        "mrr_bridge", BRIDGE, "01", Table(("step",), ("amount",), 0.5, "money"),
        lambda material: _steps(_bridge(material)),
        (
            Mistake("returns_as_new", _returns_as_new),
            Mistake("netted", _netted),
            Mistake("unsigned", _unsigned),
        ),
        fixed=True,
    ),
    Question(
        "year_of_month", YEAR, "01", Num(0.0005, "share"),
        lambda material: retention.annual_churn(_monthly(material)),
        (
            Mistake("times_twelve", lambda material: retention.annual_churn(_monthly(material), "times_twelve")),
            Mistake("kept", lambda material: 1 - retention.annual_churn(_monthly(material))),
            Mistake("eleven", lambda material: 1 - (1 - _monthly(material)) ** 11),
            Mistake("grown", lambda material: (1 + _monthly(material)) ** 12 - 1),
        ),
        fixed=True,
    ),
)  # fmt: skip
