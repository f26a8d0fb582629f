"""Questions of lesson 04: who got there and when, what onboarding is worth to the company, what a first event tells."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cslab.course.questions.kinds import Classes, Num, Part, Text
from cslab.course.questions.question import Material, Mistake, Question, Sample
from cslab.measure import onboarding, survival

if TYPE_CHECKING:
    import pandas as pd

DAYS, MONTH, HORIZON = 90, 6, 24
"""Days within which onboarding is asked for; months until the groups are told apart, and until churn is looked at."""
ONBOARDING = ("calendar", "onboarding.kind", "onboarding.started", "onboarding.done")
SEARCHED = ("calendar", "accounts.signed_on", "contracts.end", "usage_monthly")
TOOLS = {"luck": "hold_out", "likeness": "alike_at_signing", "cause": "lot"}
"""What each doubt about a decisive event is answered with."""

_WORDS = {
    "act": (
        "paper|ledger|notebook|throw*|thrown|stop*|no longer|without|only in|all reservations|every reservation"
        "|every booking|all bookings|all its reservations|all its bookings|all their reservations|all their bookings"
        "|by themselves|on its own|on their own|itself|first"
        "|紙|台帳|ノート|捨て|やめ|使わなく|なくな|だけで|すべての予約|全ての予約|全予約|予約をすべて|予約を全|全件"
        "|入力した|入力して|入力する|登録した|登録して|自分で|自分たちで|自力|初めて|最初の"
    ),
    "seen": (
        "in a row|log|logs|logged|record*|data|seen|photo*|picture*|column|count*|table|system|app"
        "|phone*|telephone*|call|calls|called|check*|ask|asked|visit*"
        "|連続|続けて|続いて|ログ|記録|データ|画面|写真|確認|確かめ|電話|聞い|聞け|訪問|見え|見て|件|システム|アプリ"
    ),
    "ours": (
        "kickoff|kick-off|training is|training are|training has|training was|training done|training and|trainings and"
        "|trainings are|manuals|manual is|manual has|account is issued|account issued|we have|we hold|we enter"
        "|we train*|demo|demos|set up for them"
        "|キックオフ|研修が終|研修を終|研修が完|研修を完|研修完了|研修が済|研修を実施|研修を行|研修と|説明会|マニュアルを"
        "|アカウントを発行|アカウント発行|弊社が|当社が|自社が|代行|デモ"
    ),
    "date": (
        "days after|months after|weeks after|after signing|since signing|have passed|has passed"
        "|契約から|契約後|開始から|日後|か月後|ヶ月後|カ月後|経過|たった|経った"
    ),
    "feeling": "satisf*|happy|happier|delight*|pleased|impress*|feel*|満足|喜|感動|気に入|手応え",
    "once": (
        "first*|once|one tap|one click|single|the moment"
        "|初めて|はじめて|最初|一度|一回|1回|ワンタップ|ワンクリック|瞬間"
    ),
    "kept": (
        "column|table|log|logs|logged|event*|row|record*|usage_monthly|core_actions"
        "|列|カラム|テーブル|ログ|記録|イベント|データ"
    ),
}


def _part(name: str, wanted: bool = True) -> Part:
    """Something that a text says or must not say."""
    return Part(name, tuple(_WORDS[name].split("|")), wanted=wanted)


EXIT_RULE = (_part("act"), _part("seen"), _part("ours", False), _part("date", False), _part("feeling", False))
GESTURE = (_part("once"), _part("kept"), _part("ours", False), _part("feeling", False))
LEDGER_GONE = Sample(
    "The restaurant has thrown its paper ledger away: two weeks in a row every reservation was entered in the system.",
    "お店が紙の予約台帳をやめ、2週間続けてすべての予約がシステムに入力されている。",
)
TASKS_TICKED = Sample(
    "Onboarding is complete when the kickoff and the training are done and the account is issued.",
    "キックオフと研修が終わり、アカウントを発行したら完了とする。",
)
TIME_PASSED = Sample(
    "Onboarding is complete when thirty days have passed after signing.",
    "契約から30日たったら、オンボーディングは完了とみなす。",
)
LIKES_IT = Sample(
    "Onboarding is complete when the owner says how satisfied everybody is.",
    "店主が「満足している」と言ってくれたら完了とする。",
)
FIRST_CLICK = Sample(
    "A clerk approves the first invoice with one click; the log keeps it as an event.",
    "経理担当者が初めてワンクリックで請求書を承認する。ログにイベントとして残る。",
)
WE_SHOW_IT = Sample(
    "Our consultant gives a demo in which everything there is can be watched.",
    "当社のコンサルタントが、できることを一通りデモでお見せする。",
)
THEY_LOVE_IT = Sample(
    "The managers are delighted as they look at the colourful dashboard.",
    "管理職の方々が、色鮮やかなダッシュボードに感動する。",
)
"""Texts as somebody might answer: an exit rule that is the customer's own, and three that are not; a gesture, and two
that are none."""


def _completion(**asked: str) -> Callable[[Material], float]:
    """Onboarding completion by a definition and a denominator."""
    return lambda material: float(onboarding.completion(material.book, DAYS, **asked))


def _waited(material: Material) -> float:
    """The mean months so far, of those who are not there yet or never will be to the day of the data."""
    found = onboarding.arrivals(material.book)
    return float(found["duration"].mean()) / (365.25 / 12)


def _every_kind(material: Material) -> float:
    """The share of all milestones reached in time, whatever their kind, of customers who began long enough ago."""
    found = onboarding.milestone_counts(material.book, DAYS)
    asked = found[found["began_days_ago"] == f"{DAYS}+"][["in_time", "later", "not_so_far"]].sum()
    return float(asked["in_time"] / asked.sum())


def _row(scope: str, way: str) -> Callable[[Material], float]:
    """The row of the table of gaps that says of whom, and how it was compared."""

    def estimate(material: Material) -> float:
        """Its number."""
        table: pd.DataFrame = material.once("gap", lambda: onboarding.gap(material.book, MONTH, HORIZON))
        return float(table.set_index(["scope", "way"])["estimate"][scope, way])

    return estimate


def _churn(material: Material) -> float:
    """The churn of all customers by the horizon."""
    curve = survival.kaplan_meier(survival.durations(material.book))
    return 1 - float(survival.at(curve, HORIZON))


def _search(material: Material) -> pd.DataFrame:
    """The search for the decisive early event."""
    found: pd.DataFrame = material.once("wow_search", lambda: onboarding.wow_search(material.book, shuffles=1))
    return found


def _of_all(material: Material) -> float:
    """The difference of the winner on all customers, the searched half among them."""
    events, winner = onboarding.early_events(material.book), _search(material)["event"].iloc[0]
    stays = events.groupby(events[winner].astype(bool))["stayed"].mean()
    return float(stays[True] - stays[False])


QUESTIONS: tuple[Question, ...] = (
    Question(
        "completion_90", "E10", "04", Num(0.005, "share"),
        _completion(),
        (
            Mistake("completers", _completion(denominator="completers")),
            Mistake("began_yesterday", _completion(denominator="everybody")),
            Mistake("at_any_time", _completion(denominator="so_far")),
            Mistake("our_tasks", _completion(definition="checklist")),
            Mistake("every_kind", _every_kind),
            Mistake("not_there", lambda material: 1 - _completion()(material)),
        ),
        needs=ONBOARDING,
    ),
    Question(
        "ttv_median", "E11", "04", Num(0.1, "months"),
        lambda material: onboarding.median_time(material.book),
        (
            Mistake("of_completers", lambda material: onboarding.median_of_completers(material.book)),
            Mistake("mean_of_completers", lambda material: onboarding.mean_of_completers(material.book)),
            Mistake("waited_so_far", _waited),
        ),
        needs=ONBOARDING,
    ),
    Question(
        "onboarding_gap", "E12", "04", Num(0.0006, "share"),
        _row("company", "adjusted"),
        (
            Mistake("between_groups", _row("customer", "naive")),
            Mistake("of_one_customer", _row("customer", "adjusted")),
            Mistake("as_it_looks", _row("company", "naive")),
            Mistake("all_churn", _churn),
        ),
        needs=(*ONBOARDING, "contracts.end"),
    ),
    Question(
        "exit_rule", "E12a", "04", Text(EXIT_RULE, least=30),
        LEDGER_GONE,
        (
            Mistake("tasks_ticked", TASKS_TICKED),
            Mistake("time_passed", TIME_PASSED),
            Mistake("likes_it", LIKES_IT),
        ),
        fixed=True,
    ),
    Question(
        "first_gesture", "E12b", "04", Text(GESTURE, least=30),
        FIRST_CLICK,
        (Mistake("we_show_it", WE_SHOW_IT), Mistake("they_love_it", THEY_LOVE_IT)),
        fixed=True,
    ),
    Question(
        "wow_left", "E12c", "04", Num(0.005, "share"),
        lambda material: float(_search(material)["held_out"].iloc[0]),
        (
            Mistake("searched_half", lambda material: float(_search(material)["train"].iloc[0])),
            Mistake("both_halves", _of_all),
            Mistake("best_held_out", lambda material: float(_search(material)["held_out"].max())),
        ),
        needs=SEARCHED,
    ),
    Question(
        "wow_doubts", "E12d", "04", Classes(tuple(TOOLS.values())),
        lambda material: dict(TOOLS),
        (
            Mistake("hold_out_for_all", lambda material: dict.fromkeys(TOOLS, TOOLS["luck"])),
            Mistake(
                "likeness_is_enough",
                lambda material: {**TOOLS, "cause": TOOLS["likeness"], "likeness": TOOLS["likeness"]},
            ),
        ),
        fixed=True,
    ),
)  # fmt: skip
