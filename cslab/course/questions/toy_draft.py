"""The draft of a touch matrix that is to be judged, in both languages."""

from __future__ import annotations

DRAFT = """matrix: draft
cells:
  - phase: onboarding
    tier: high
    problem: their processes do not fit the standard set-up
    activity: consulting over three months
    goal: a first result in daily work
    metric: first value within 90 days
    hours: 10
    owner: onboarding
  - phase: onboarding
    tier: mid
    tool: a learning platform
    problem: nobody has time to learn it alone
    activity: courses on the platform
    goal: the core function works
    metric: first value within 60 days
    hours: 2
    owner: onboarding
  - phase: onboarding
    tier: tech
    problem: they stop at the first setting
    activity: guides in the product
    goal: the core function works without a call
    metric: onboarded within 30 days
    hours: 0.3
    owner: onboarding
    tool: guides in the product
  - phase: adoption
    tier: high
    problem: use stays within one department
    activity: monthly meeting
    metric: departments with active users
    hours: 6
    owner: cs
  - phase: adoption
    tier: mid
    problem: they use a third of what would help
    activity: nothing is done on purpose
    goal: we learn who finds the rest alone
    metric: relevant functions in use
    hours: 0
    owner: cs
  - phase: adoption
    tier: tech
    problem: they forget that it is there
    activity: a newsletter
    goal: they come back every week
    metric: weekly active users
    hours: 0.1
"""

_JAPANESE = {
    "their processes do not fit the standard set-up": "業務の流れが標準の設定に合わない",
    "consulting over three months": "3か月の導入コンサルティング",
    "a first result in daily work": "日々の業務で最初の成果を出した",
    "first value within 90 days": "90日以内の初回成果の達成率",
    "a learning platform": "学習プラットフォーム",
    "nobody has time to learn it alone": "独学する時間を取れない",
    "courses on the platform": "プラットフォームでの講座",
    "the core function works": "中心機能を使えている",
    "first value within 60 days": "60日以内の初回成果の達成率",
    "they stop at the first setting": "最初の設定で手が止まる",
    "guides in the product": "製品内ガイド",
    "the core function works without a call": "電話なしで中心機能を使えている",
    "onboarded within 30 days": "30日以内のオンボーディング達成率",
    "use stays within one department": "利用が一つの部署にとどまっている",
    "monthly meeting": "毎月の定例会",
    "departments with active users": "利用者のいる部署の数",
    "they use a third of what would help": "役に立つ機能の3分の1しか使っていない",
    "nothing is done on purpose": "あえて何もしない",
    "we learn who finds the rest alone": "残りを自力で見つけるのは誰かが分かる",
    "relevant functions in use": "使っている機能の割合",
    "they forget that it is there": "製品があることを忘れている",
    "a newsletter": "メールマガジン",
    "they come back every week": "毎週使っている",
    "weekly active users": "週に使った人の数",
}
"""The draft's sentences."""


def toy_draft(lang: str) -> str:
    """The draft of a matrix that is to be judged, in the reader's language; its keys stay as files have them.

    Parameters
    ----------
    lang : str
        ``"en"`` or ``"ja"``.

    >>> "problem: 最初の設定で手が止まる" in toy_draft("ja")
    True
    """
    if lang == "en":
        return DRAFT
    lines = (line.partition(": ") for line in DRAFT.splitlines())
    return "".join(f"{key}{colon}{_JAPANESE.get(text, text)}\n" for key, colon, text in lines)
