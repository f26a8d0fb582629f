"""Questions of lesson 01 on the company: money beside customers, support's hours, a year counted, claims, one fix."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from cslab.course import claims
from cslab.course.questions.kinds import Classes, Num, Part, Policy, Rank, Text
from cslab.course.questions.question import Material, Mistake, Question, Sample
from cslab.measure import retention, survival
from cslab.measure.kpis import causes, fixes, support

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

MONEY, RESPONSE, YEAR, CLAIMS, ADVICE, FIX = "E01m", "E03", "E04", "E05", "E05b", "E01f"
TERM, NONE = 12, "none"
"""The length in months of the contracts whose year is counted; the decision to mend nothing."""
ASKED = ("tickets.root_cause", "tickets.exchanges", "tickets.csat", "tickets.closed_on")
WAITED = ("tickets.first_response_h", "tickets.resolved_h", "tickets.closed_on")
_WORDS = {
    "median": "median|中央値",
    "why": (
        "skew*|outlier*|extreme*|tail|a few|some tickets|pull*|drag*|very long|days"
        "|歪|ゆが|偏|外れ値|極端|一部|数件|少数|引っ張|引き上げ|押し上げ|影響|長い|長く|長時間|何日"
    ),
    "mean_is_fairer": "fairer|every ticket counts|公平だから|全件を反映",
    "alike": (
        "same size|alike|similar|comparable|like for like|confound*|self-select*|segment*|larger|bigger"
        "|同じ規模|同規模|規模|大きさ|大口|大企業|似た|同じような|同じくらい|同程度|同じ業種"
        "|同じ条件|条件の近|近い条件|条件をそろ|条件を揃|セグメント"
    ),
    "try_it": (
        "test|tests|experiment*|pilot*|random*|try|trial|by lot"
        "|実験|試|テスト|パイロット|検証|くじ|抽選|無作為|ランダム"
    ),
    "believes": "75% fewer|75% less|75 % less|75%減るので|75%減らせるので",
}
_PARTS = {
    name: Part(name, tuple(words.split("|")), wanted=name not in ("mean_is_fairer", "believes"))
    for name, words in _WORDS.items()
}
REPORT = tuple(_PARTS[name] for name in ("median", "why", "mean_is_fairer"))
ADVISED = tuple(_PARTS[name] for name in ("alike", "try_it", "believes"))
MEDIAN = Sample(
    "The median, because a few tickets that waited for days pull the mean up.",
    "中央値を報告します。何日も待った一部の問い合わせが、平均を大きく引き上げているからです。",
)
MEAN_IS_FAIRER = Sample(
    "I would report the mean: it is fairer, as every ticket counts the same.",
    "平均を報告します。問い合わせの全件を反映していて、そのほうが公平だからです。",
)
COMPARE_AND_TRY = Sample(
    "Those on annual contracts are larger: compare customers of the same size, then test it on some by lot.",
    "年間契約のお客様は規模が大きめです。まず同じ規模のお客様どうしで比べ、次にくじで選んだ一部のお客様で試します。",
)
BELIEVES = Sample(
    "Yes: annual contracts have 75% less churn, so that is what we would gain, too.",
    "はい。年間契約にすれば解約が75%減るので、当社でも同じだけの効果が得られるはずです。",
)
"""What a reason for one of two averages holds, and what an answer to a large claim holds; and what spoils each."""


def _year(book: Book) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The last twelve months as a window of tickets: its first day, and the day after its last."""
    import pandas as pd

    after = book.as_of + pd.Timedelta(days=1)
    return after - pd.DateOffset(months=12), after


def _past(material: Material) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The last twelve months as the two days that retention compares."""
    book = material.book
    return material.once("a_year_ago", lambda: retention.look_back(book, 12)[0]), book.as_of


def _own(rate: Callable[..., Any], **asked: Any) -> Callable[[Material], Any]:
    """A rate of the last year of the company."""
    return lambda material: rate(material.book, *_past(material), **asked)


def _lost_of_today(material: Material) -> float:
    """The revenue that left, against today's."""
    start, end = _past(material)
    before, after = (retention.mrr(material.book, day) for day in (start, end))
    return float(before[(before > 0) & (after <= 0)].sum() / after.sum())


def _net_change(material: Material) -> float:
    """How much smaller all revenue is than a year ago, with everything that was sold since."""
    before, after = (retention.mrr(material.book, day) for day in _past(material))
    return 1 - float(after.sum() / before.sum())


def _hours(rate: Callable[..., Any]) -> Callable[[Material], Any]:
    """Hours to a first response in the last year."""
    return lambda material: rate(material.book, *_year(material.book))


def _waits(material: Material, column: str = "first_response_h") -> pd.Series:
    """Hours of the tickets closed in the last year, missing where nobody answered."""
    first, after = _year(material.book)
    tickets = material.book.tickets
    hours: pd.Series = tickets.loc[(tickets["closed_on"] >= first) & (tickets["closed_on"] < after), column]
    return hours


def _same_term(material: Material) -> pd.DataFrame:
    """How long the customers on annual contracts stayed."""
    durations = material.once("durations", lambda: survival.durations(material.book))
    same: pd.DataFrame = durations[durations["term_months"] == TERM]
    return same


def _counted(material: Material) -> float:
    """Of the customers on annual contracts a year ago, the share that is gone."""
    book = material.book
    before, after = (retention.mrr(book, day) for day in _past(material))
    there = (before > 0) & before.index.isin(_same_term(material)["account_id"])
    return float((after[there] <= 0).mean())


def _gone_of_all(material: Material, names: pd.Series | None = None) -> float:
    """Of all customers on record, or of those named, the share that pays nothing today, whenever they came and went."""
    today = retention.mrr(material.book, material.book.as_of)
    return float(((today if names is None else today.reindex(names)) <= 0).mean())


def _from_monthly(method: Any) -> Callable[[Material], float]:
    """The same made of the monthly rate by a formula."""
    return lambda material: float(retention.annual_churn(survival.monthly_churn(_same_term(material)), method))


def _claims(column: str, **wrong: str) -> Callable[[Material], dict[str, str]]:
    """What is right of each of the six claims, some of it put wrong."""
    return lambda material: {**claims.answers("six", column), **wrong}


def _causes(material: Material) -> pd.DataFrame:
    """Why customers asked in the last year."""
    found: pd.DataFrame = material.once("causes", lambda: causes.ticket_causes(material.book, *_year(material.book)))
    return found


def _by(column: str) -> Callable[[Material], list[str]]:
    """The causes from the largest to the smallest by a column."""
    return lambda material: _causes(material).sort_values(column, ascending=False, kind="stable")["cause"].tolist()


def _fixes(material: Material) -> pd.DataFrame:
    """What mending each cause would bring in a year, judged on all enquiries."""
    found = material.once("fix_value", lambda: fixes.fix_value(material.book, *_year(material.book)))
    table: pd.DataFrame = found.set_index("cause")
    return table


def _worth(material: Material, cause: str) -> float:
    """What mending a cause would leave in a year; nothing is gained or lost by mending none."""
    return 0.0 if cause == NONE else float(_fixes(material)["estimate"][cause])


def _best(material: Material) -> str:
    """The cause that leaves most, or none where no fix pays."""
    leaves = _fixes(material)["estimate"]
    return str(leaves.idxmax()) if leaves.max() > 0 else NONE


def _first(column: str, ascending: bool = False) -> Callable[[Material], str]:
    """The fix that stands first by a column other than what is left."""
    return lambda material: str(_fixes(material)[column].sort_values(ascending=ascending, kind="stable").index[0])


QUESTIONS: tuple[Question, ...] = (
    Question(
        "revenue_lost", MONEY, "01", Num(0.0005, "share"),
        _own(retention.leavers_mrr),
        (
            Mistake("customers", _own(retention.logo_churn)),
            Mistake("reductions_too", _own(retention.revenue_churn)),
            Mistake("of_today", _lost_of_today),
            Mistake("net_change", _net_change),
        ),
        needs=("mrr_movements",),
    ),
    Question(
        "frt_mean", RESPONSE, "01", Num(0.05, "hours"),
        _hours(support.first_response_mean),
        (
            Mistake("median", _hours(support.first_response)),
            Mistake("unanswered_as_zero", lambda material: float(_waits(material).fillna(0).mean())),
            Mistake("all_years", lambda material: float(material.book.tickets["first_response_h"].mean())),
            Mistake("solved", lambda material: float(_waits(material, "resolved_h").mean())),
        ),
        needs=WAITED,
    ),
    Question(
        "frt_median", RESPONSE, "01", Num(0.05, "hours"),
        _hours(support.first_response),
        (
            Mistake("mean", _hours(support.first_response_mean)),
            Mistake("unanswered_as_zero", lambda material: float(_waits(material).fillna(0).median())),
            Mistake("solved", lambda material: float(_waits(material, "resolved_h").median())),
        ),
        needs=WAITED,
    ),
    Question(
        "frt_report", RESPONSE, "01", Text(REPORT, least=40),
        MEDIAN,
        (Mistake("mean_is_fairer", MEAN_IS_FAIRER),),
        fixed=True,
    ),
    Question(
        "year_counted", YEAR, "01", Num(0.0005, "share"),
        _counted,
        (
            Mistake("compounded", _from_monthly("compound")),
            Mistake("times_twelve", _from_monthly("times_twelve")),
            Mistake("everybody", _own(retention.logo_churn)),
            Mistake("every_annual", lambda material: _gone_of_all(material, _same_term(material)["account_id"])),
            Mistake("whole_record", _gone_of_all),
            Mistake("ever_left", lambda material: float(_same_term(material)["event"].mean())),
        ),
        needs=("mrr_movements", "calendar", "contracts.term_months"),
    ),
    Question(
        "claims_graded", CLAIMS, "01", Classes(claims.GRADES),
        _claims("grade"),
        (
            Mistake("large_survey", _claims("grade", saas_capital="A")),
            Mistake("book", _claims("grade", effort="A")),
            Mistake("famous", _claims("grade", ltv_cac="B")),
            Mistake("percent", _claims("grade", annual_75="B")),
        ),
        fixed=True,
    ),
    Question(
        "claims_missing", CLAIMS, "01", Classes(claims.MISSING),
        _claims("missing"),
        (
            Mistake("survey_complete", _claims("missing", saas_capital="nothing")),
            Mistake("asked_is_done", _claims("missing", effort="nothing")),
            Mistake("per_what", _claims("missing", smarthr="nothing")),
            Mistake("cause", _claims("missing", annual_75="nothing")),
        ),
        fixed=True,
    ),
    Question(
        "annual_advice", ADVICE, "01", Text(ADVISED, least=60),
        COMPARE_AND_TRY,
        (Mistake("believes", BELIEVES),),
        fixed=True,
    ),
    Question(
        "causes_by_hours", FIX, "01", Rank(choices=lambda material: _causes(material)["cause"]),
        _by("hours"),
        (Mistake("by_number", _by("tickets")), Mistake("by_unhappiness", _by("unhappy"))),
        needs=ASKED,
    ),
    Question(
        "fix", FIX, "01", Policy(_worth, 0.1, lambda material: [*_fixes(material).index, NONE]),
        _best,
        (
            Mistake("most_frequent", _first("tickets_year")),
            Mistake("strongest", _first("effect")),
            Mistake("cheapest", _first("cost_hours", ascending=True)),
        ),
        needs=(*ASKED, "csm.cost_amount", "csm.capacity_h"),
    ),
)  # fmt: skip
