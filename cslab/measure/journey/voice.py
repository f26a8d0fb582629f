"""Whose voice a step speaks in: the customer's, or our own list of tasks."""

from __future__ import annotations

import re
from typing import Literal
from unicodedata import normalize

Lang = Literal["en", "ja"]

_OURS = {
    "en": (
        *(
            "sent",
            "held",
            "conducted",
            "delivered",
            "scheduled",
            "invoiced",
            "onboarded",
            "emailed",
            "mailed",
            "entered",
        ),
        *("handed over", "hand-over", "handover", "followed up", "follow-up", "reached out", "checked in", "assigned"),
        *("customer", "customers", "client", "clients", "prospect", "upsell", "cross-sell", "upsold"),
    ),
    "ja": (
        *(
            "実施",
            "送付",
            "送信",
            "配信",
            "開催",
            "案内",
            "訪問",
            "ヒアリング",
            "フォロー",
            "引き継",
            "引継",
            "受注",
            "発送",
        ),
        *("提案した", "提案書", "請求書", "済み", "いただ", "弊社", "当社"),
        *("お客様", "顧客", "御社", "貴社", "クライアント"),
    ),
}
"""Words of those who sell and serve."""

_THINGS = "e-?mail|mail|invoice|quote|offer|invitation|manual|document|report|link|call|training|explanation|account"
_UNDERGONE = {
    "en": re.compile(
        r"\b(attended|took part|taken part|participated)\b"
        rf"|\b(received|got|been given|were given|been sent|were sent)\b(?= (?:[\w-]+ ){{0,4}}?(?:{_THINGS})s?\b)"
    ),
    "ja": re.compile(
        "(?:説明|案内|研修|連絡|紹介|報告|提案|トレーニング|レクチャー|メール|招待|見積書?|資料|電話|マニュアル)"
        "[がをも]?(?:受け|もら|届い|受領)"
        "|(?:キックオフ|会議|会|ミーティング|研修|セミナー|打ち合わせ|トレーニング)[へにをも]?(?:参加|出席|受講)"
    ),
}
"""What the customer only receives or sits through: our own task told from the other chair."""

_FIRST_PERSON = re.compile(r"\b(we|our|ours|us|i|my)\b", re.IGNORECASE)
_VERB_END = re.compile(r"[ただいうくぐすつぬぶむる][。.!」)\s]*$")


def vendor_words(text: str, lang: Lang) -> tuple[str, ...]:
    """What in a text sounds like our own task, done by us or only undergone by the customer.

    Parameters
    ----------
    text : str
        A step, as it stands on a map.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    tuple of str
        The words found; empty where there are none.

    >>> vendor_words("Kick-off meeting held", "en"), vendor_words("キックオフ実施", "ja")
    (('held',), ('実施',))
    >>> vendor_words("We attended the kick-off", "en"), vendor_words("担当者から説明を受けた", "ja")
    (('attended',), ('説明を受け',))
    """
    plain = normalize("NFKC", text).casefold()
    undergone = tuple(match.group() for match in _UNDERGONE[lang].finditer(plain))
    if lang == "ja":
        return tuple(word for word in _OURS["ja"] if word in plain) + undergone
    return tuple(word for word in _OURS["en"] if re.search(rf"\b{re.escape(word)}\b", plain)) + undergone


def is_customers(text: str, lang: Lang) -> bool:
    """Whether a text is what the customer itself would say it has done, or can do now.

    In English it says "we" or "our"; in Japanese it ends with a verb rather than a noun ("出せた", not "実施"); in
    both it has none of the words of those who sell and serve. A rule of thumb for a workshop: it cannot know whether
    the customer would really say so.

    Parameters
    ----------
    text, lang
        As for :func:`vendor_words`.

    Source: the journey map is drawn from the customer's position (grade S, our reading of it as a rule for texts).

    >>> is_customers("We have got our first result", "en"), is_customers("自社でレポートを出せた", "ja")
    (True, True)
    >>> is_customers("Training", "en"), is_customers("レポート作成", "ja")
    (False, False)
    """
    return speaks(text, lang) and not vendor_words(text, lang)


def speaks(text: str, lang: Lang) -> bool:
    """Whether a text has the form of something said: a first person in English, a verb at the end in Japanese.

    Parameters
    ----------
    text, lang
        As for :func:`vendor_words`.

    >>> speaks("We sent the welcome mail", "en"), speaks("導入を決めた。", "ja")
    (True, True)
    """
    if lang == "ja":
        return bool(_VERB_END.search(normalize("NFKC", text)))
    return bool(_FIRST_PERSON.search(text))
