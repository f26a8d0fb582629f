"""Which level of a chain a sentence speaks of, by its words: what goes in, what is done, what comes of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import normalize

_COUNTED = {
    "en": r"\b(held|hosted|published|sent|mailed|delivered|conducted|issued|distributed|posted|released|shipped|offered"
    r"|carried out|created|written|trained|invited|visited|called|contacted|organised|produced|handed out|given|set up"
    r"|attended|participated|took part|taken part|registered|signed up|downloaded|opened|viewed|watched|clicked"
    r"|attendees|participants|attendance|views|downloads|registrations|impressions|followers|clicks|number of"
    r"|opening rate|completion rate)\b",
    "ja": r"(?:実施|開催|公開|配信|送付|送信|発行|作成|提供|訪問|配布|制作|登録|招待|掲載|リリース|案内|回答|対応)"
    r"(?:し(?:た|ました)|済み?|完了|件数|回数|本数|数|率|[はを]?\d|$)"
    r"|参加(?:者|率|し|数)|受講(?:者|率|し|数)|出席(?:者|率|し)|閲覧|再生|開封|ダウンロード|クリック|登録者|視聴"
    r"|表示回数"
    r"|インプレッション|フォロワー|PV|\d+(?:本|回|通|部)(?:を|の)?(?:公開|開催|実施|配信|作成|訪問)",
}
"""What one's own work produces, done and counted, and what customers merely receive or sit through."""

_MEANS = {
    "en": r"\b(budgets?|funds|funding|money|invest\w*|spend\w*|headcount|full[ -]time|licen[cs]es?|salar\w+|staff"
    r"|set aside|staffing|hours? of|person-\w+|equipment|hired?|\d+ (?:csms?|engineers?|people from))\b|[¥$€]\d",
    "ja": r"予算|工数|人員|人月|配置|投資|投じ|費用|経費|ライセンス|資金|増員|採用|時間を確保|設備",
}
"""What is put in."""

_WORK = {
    "en": r"^(?:we (?!have\b)\w+|(?:hold|host|runn|writ|guid|publish|send|deliver|offer|train|teach|visit|call"
    r"|organis|build"
    r"|redesign|review|advis|answer|interview|prepar|moderat|moderate|produc|plann|mak|giv|creat|analys|meet|show"
    r"|launch)\w*ing)\b",
    "ja": r"(?:開催|実施|作成|公開|配信|送付|訪問|改修|提供|支援|伴走|案内|設計|運営|準備|企画|説明|分析|見直し"
    r"|電話|提案)(?:を)?(?:する|します|し、)?[。]?$"
    r"|(?:書く|作る|送る|開く|伴走する|ヒアリングする|聞き取る|教える|届ける|整える|まとめる)[。]?$"
    r"|(?:インタビュー|ヒアリング|フォロー)(?:を)?する",
}
"""What the team does."""

_FINAL = {
    "en": r"\b(renew\w*|retention|churn\w*|revenue|sales (?:rise|grow|fall|increase)|mrr|arr|nrr|ltv"
    r"|lifetime value|profit\w*|margins?"
    r"|market share|share of the market|stay(?:s|ed)? (?:longer|with us|\w+ years?)|leave us|leavers|overtime"
    r"|turnover)\b",
    "ja": r"更新率|契約更新|解約|離脱|継続率|継続期間|維持率|売上|LTV|生涯価値|MRR|ARR|NRR|利益|収益|粗利"
    r"|市場シェア|残業"
    r"|契約が(?:続|延び|長)",
}
"""What it is all for."""

_CHANGE = {
    "en": r"\b(customers?|users?|teams?|departments?|colleagues?|clients?|enquiries|questions|share of seats"
    r"|seats in|use of)\b",
    "ja": r"顧客|利用者|ユーザー|社員|現場|部門|営業と|同僚|自分で|自社|問い合わせ|席の割合|使われ|使って|活用"
    r"|定着|習慣|到達|できるよう|手間",
}
"""Whose doing, feeling or being able to has changed."""

_MOVED = {
    "en": r"\b(themselves|without asking|fall\w*|fewer|less often|more often|rises?|rose|easier|faster|shorter"
    r"|use it)\b",
    "ja": r"自分で|自発的|減る|減り|減って|減った|増える|上がる|下がる|短く|楽に|ようになった|ようになる|できる",
}
"""Words of change: with them, what customers received is only how they came to it."""
_IN_ORDER = {"output": _COUNTED, "input": _MEANS, "activity": _WORK, "impact": _FINAL, "outcome": _CHANGE}
"""The cues of each level, the first that is found first."""


@dataclass(frozen=True)
class Classified:
    """What a sentence seems to speak of.

    Parameters
    ----------
    level : str
        One of ``chain.LEVELS``; empty where nothing tells.
    words : tuple of str
        What it rests on.

    >>> Classified("output", ("held",)).level
    'output'
    """

    level: str
    words: tuple[str, ...]


def classify(text: str, lang: str | None = None) -> Classified:
    """The level of an impact chain that a sentence speaks of, by the words in it.

    Looked for in this order: what is done and counted or merely received (output), what is put in (input), what the
    team does (activity), what it is for (impact), what customers do (outcome). Words cannot know what was meant:
    ``error_rate`` says how often the rule is wrong on statements that it was not made with.

    Parameters
    ----------
    text : str
        A sentence, or the name of a node.
    lang : str, optional
        ``"en"`` or ``"ja"``; by its letters where not given.

    Returns
    -------
    Classified

    Source: input, activity, output, outcome and impact as in logic models (grade A); the rules are ours (grade S).

    >>> classify("40 webinars held"), classify("ウェビナー40回開催").level
    (Classified(level='output', words=('held',)), 'output')
    >>> classify("Customers solve it themselves").level, classify("解約率が下がる").level
    ('outcome', 'impact')
    """
    spoken, plain = lang or _language(text), normalize("NFKC", text).strip()
    found = {level: _found(cues[spoken], plain) for level, cues in _IN_ORDER.items()}
    if found["outcome"] and _found(_MOVED[spoken], plain):
        found["output"] = ()
    level = next((level for level, words in found.items() if words), "")
    return Classified(level, found.get(level, ()))


def _language(text: str) -> str:
    """The language of a text: Japanese where it has a kana or kanji."""
    return "ja" if re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", text) else "en"


def _found(cue: str, text: str) -> tuple[str, ...]:
    """The words in a text that a cue finds."""
    return tuple(match.group() for match in re.finditer(cue, text, re.IGNORECASE))
