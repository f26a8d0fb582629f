"""Questions of lesson 00: five facts about a company, where its growth stops, and success in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.course.questions.kinds import Classes, Num, Part, Rank, Text
from cslab.course.questions.question import Material, Mistake, Question, Sample
from cslab.measure import growth, retention

if TYPE_CHECKING:
    import pandas as pd

FACTS, GROWTH, ONE_LINE = "E00a", "E00b", "E00c"
_WORDS = {
    "who": (
        "for|team*|customer*|account*|store*|shop*|restaurant*|compan*|manager*|staff|clinic*|school*|department*|user*"
        "|accounting|finance|marketing|sales|hr"
        "|にとって|チーム|お客様|顧客|店|会社|企業|部門|部署|担当|経理|人事|営業|現場|管理者|利用者|病院|学校"
        "|ホテル|工場|スタッフ|従業員|社員|者が|者は"
    ),
    "what": (
        "success is|success means|clos*|finish*|stop*|no longer|cut*|halv*|reduc*|sav*|short*|earlier|faster|fewer"
        "|without|instead of|replac*|成功とは|減|早|短|なくな|なくす|やめ|止め|廃止|捨て|切り替|半分|不要|できる"
        "|できている|自分で|増|下が|上が|終え|済ま|済む|なしで|使わずに|ゼロにな|ゼロにする|半日になる|で終わ|自動化|に変わる"
    ),
    "when": (
        "by|within|after|before|until|day*|week*|month*|quarter*|year*"
        "|までに|以内|か月|ヶ月|カ月|週|日目|月末|四半期|年|回目"
    ),
    "seen": (
        "when|see*|visible|show*|log|logs|record*|count*|file*|number*|date|data"
        "|switched off|thrown away|given up|gone|no longer used|やめている|捨てている|使っていない"
        "|分か|わか|見え|見れば|確かめ|確認|記録|件|回数|ゼロ|データ|日付|一覧|空にな|なくなったこと|残っていな"
    ),
    "satisfied": "satisf*|happy|happi*|delight*|満足|喜ん|喜ば|嬉し|うれし",
    "vendor": (
        "log in|logs in|logging in|login*|our product*|our service*|our feature*|renew*|upgrade*|active user*"
        "|ログイン|弊社|当社|我が社|契約を更新|更新して|解約しない|使ってくださ|使っていただ|活用してくださ|活用していただ|アップセル"
    ),
}
_WEAK = ("satisfied", "vendor")
_AMOUNTS = tuple(
    f"{digit}{unit}に{verb}"
    for digit in range(10)
    for unit in ("分", "時間", "日", "件", "回", "人", "円", "割", "%")
    for verb in ("なる", "なり", "なって", "する", "でき", "収ま")
)
"""What something has come down or up to, always with its number: 30分になる is a change, 十分になる is none."""
PARTS = tuple(
    Part(name, (*words.split("|"), *(_AMOUNTS if name == "what" else ())), wanted=name not in _WEAK)
    for name, words in _WORDS.items()
)
"""A line of success has a customer, a change for them, a date and something to be seen; two things spoil it."""
SUCCESS = Sample(
    "For accounting teams, success is closing the month two days earlier by the third month-end; "
    "we see it when nobody opens the old spreadsheet.",
    "経理チームにとっての成功とは、導入後3回目の月末までに、月次決算が2日早く終わること。"
    "古い集計表が誰にも開かれなくなったことで分かる。",
)
SATISFIED = Sample(
    "Everybody is satisfied, and quite a few are even delighted.",
    "みなさんに満足いただき、とても喜ばれている状態になることが、私たちのめざす姿です。",
)
VENDOR = Sample(
    "Everybody logs in to our product as often as they possibly can.",
    "みなさんに弊社の製品へできるだけ頻繁にログインしていただき、その回数が伸びていくことです。",
)


def _paying(material: Material) -> pd.DataFrame:
    """The companies on record with what they pay today, those who pay nothing left out."""

    book = material.book
    paid: pd.Series = material.once("mrr_now", lambda: retention.mrr(book, book.as_of))
    everybody = book.accounts.set_index("account_id").join(paid)
    paying: pd.DataFrame = everybody[everybody["mrr_amount"] > 0]
    return paying


def _segments(material: Material) -> tuple[str, str]:
    """The segment with the most customers, and the one with the most money."""
    by_segment = _paying(material).groupby("segment")["mrr_amount"].agg(["count", "sum"])
    return str(by_segment["count"].idxmax()), str(by_segment["sum"].idxmax())


def _pair(customers: str, money: str) -> dict[str, str]:
    """An answer to the question of the segments."""
    return {"customers": customers, "money": money}


def _known_segments(material: Material) -> list[str]:
    """What segments are called."""
    return sorted(material.book.accounts["segment"].dropna().astype(str).unique())


def _first_terms(material: Material) -> pd.Series:
    """Months of each customer's first contract."""
    return material.book.contracts.sort_values("start", kind="stable").drop_duplicates("account_id")["term_months"]


def _reasons(material: Material) -> pd.Series:
    """How often each reason for leaving was given, the most frequent first."""
    counts: pd.Series = material.book.churn_events["reason_stated"].value_counts()
    return counts


def _last_month(material: Material) -> pd.DataFrame:
    """Usage in the last month on record."""
    usage: pd.DataFrame = material.book.usage_monthly
    last: pd.DataFrame = usage[usage["month"] == usage["month"].max()]
    return last


def _pooled(material: Material) -> float:
    """All seats of all customers thrown together."""
    month = _last_month(material)
    return float(month["wau"].sum() / month["seats"].sum())


def _arr(material: Material) -> float:
    """ARR today."""
    return 12 * float(_paying(material)["mrr_amount"].sum())


def _a_year_ago(material: Material) -> pd.Timestamp:
    """The day with which the last year is compared."""
    since: pd.Timestamp = material.once("a_year_ago", lambda: retention.look_back(material.book, 12)[0])
    return since


def _won(material: Material, *types: str) -> float:
    """ARR won in the last year by movements of some types."""
    since = _a_year_ago(material)
    moves = material.book.mrr_movements
    return 12 * float(moves.loc[moves["type"].isin(types) & (moves["month"] > since), "amount"].sum())


def _lost(material: Material, *, customers: bool = False) -> float:
    """The share of ARR, or of customers, that was lost in the last year."""
    book, since = material.book, _a_year_ago(material)
    if customers:
        return float(retention.logo_churn(book, since, book.as_of))
    return 1 - float(retention.grr(book, since, book.as_of))


def _net_loss(material: Material) -> float:
    """What is lost of ARR in the last year after the growth of those who stay."""
    book = material.book
    return 1 - float(retention.nrr(book, _a_year_ago(material), book.as_of))


def _stops(material: Material) -> float:
    """The yearly churn at which growth stops."""
    return growth.churn_that_stops_growth(_arr(material), _won(material, "new"))


def _ceiling(material: Material, lost: float) -> float:
    """The ceiling on ARR in multiples of ARR today."""
    return _won(material, "new") / lost / _arr(material)


QUESTIONS: tuple[Question, ...] = (
    Question(
        "customers_now", FACTS, "00", Num(0, "number"),
        lambda material: len(_paying(material)),
        (
            Mistake("on_record", lambda material: len(material.book.accounts)),
            Mistake("movements", lambda material: len(material.book.mrr_movements)),
            Mistake("contracts", lambda material: int((material.book.contracts["outcome"] == "open").sum())),
            Mistake("money", lambda material: float(_paying(material)["mrr_amount"].sum())),
            Mistake("exits", lambda material: len(material.book.accounts) - len(material.book.churn_events)),
        ),
        needs=("mrr_movements",),
    ),
    Question(
        "segments", FACTS, "00", Classes(_known_segments),
        lambda material: _pair(*_segments(material)),
        (
            Mistake("swapped", lambda material: _pair(*_segments(material)[::-1])),
            Mistake("heads_for_both", lambda material: _pair(*_segments(material)[:1] * 2)),
            Mistake("money_for_both", lambda material: _pair(*_segments(material)[1:] * 2)),
        ),
        needs=("mrr_movements", "accounts.segment"),
    ),
    Question(
        "year_or_longer", FACTS, "00", Num(0.0005, "share"),
        lambda material: float((_first_terms(material) >= 12).mean()),
        (
            Mistake("contracts", lambda material: float((material.book.contracts["term_months"] >= 12).mean())),
            Mistake("longer_only", lambda material: float((_first_terms(material) > 12).mean())),
            Mistake("shorter", lambda material: float((_first_terms(material) < 12).mean())),
        ),
        needs=("contracts.term_months", "contracts.start"),
    ),
    Question(
        "reasons_given", FACTS, "00", Rank(choices=lambda material: _reasons(material).index),
        lambda material: _reasons(material).index[:3].tolist(),
        (
            Mistake("rarest", lambda material: _reasons(material).index[::-1][:3].tolist()),
            Mistake("alphabet", lambda material: sorted(_reasons(material).index)[:3]),
        ),
        needs=("churn_events.reason_stated",),
    ),
    Question(
        "seats_in_use", FACTS, "00", Num(0.0005, "share"),
        lambda material: float(_last_month(material)["wau_ratio"].median()),
        (
            Mistake("every_month", lambda material: float(material.book.usage_monthly["wau_ratio"].median())),
            Mistake("mean", lambda material: float(_last_month(material)["wau_ratio"].mean())),
            Mistake("pooled", _pooled),
        ),
        needs=("usage_monthly.wau_ratio", "usage_monthly.wau", "usage_monthly.seats"),
    ),
    Question(
        "stopping_churn", GROWTH, "00", Num(0.0005, "share", per="year"),
        _stops,
        (
            Mistake("upside_down", lambda material: 1 / _stops(material)),
            Mistake("with_expansion", lambda material: _won(material, "new", "expansion") / _arr(material)),
            Mistake("mrr_over_arr", lambda material: _stops(material) / 12),
            Mistake("churn_itself", _lost),
        ),
        needs=("mrr_movements",),
    ),
    Question(
        "arr_ceiling", GROWTH, "00", Num(0.01, "number"),
        lambda material: _ceiling(material, _lost(material)),
        (
            Mistake("customers_lost", lambda material: _ceiling(material, _lost(material, customers=True))),
            Mistake("net_of_growth", lambda material: _ceiling(material, _net_loss(material))),
            Mistake("kept", lambda material: _ceiling(material, 1 - _lost(material))),
            Mistake("in_money", lambda material: _won(material, "new") / _lost(material)),
            Mistake("next_year", lambda material: 1 - _lost(material) + _stops(material)),
        ),
        needs=("mrr_movements",),
    ),
    Question(
        "success_line", ONE_LINE, "00", Text(PARTS, least=50),
        SUCCESS,
        (
            Mistake("satisfied", SATISFIED),
            Mistake("vendor", VENDOR),
        ),
        fixed=True,
    ),
)  # fmt: skip
