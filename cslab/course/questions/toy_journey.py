"""Fixed things for the exercises on journey maps: ten of our own tasks, a draft map, a silent vote, a small count."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

TASKS = {
    "order": ("Order entered", "受注登録"),
    "welcome": ("Welcome mail sent", "ウェルカムメール送付"),
    "handover": ("Hand-over to onboarding completed", "オンボーディング担当へ引き継ぎ実施"),
    "kickoff": ("Kick-off meeting held", "キックオフ実施"),
    "accounts": ("User accounts issued", "ユーザーアカウント発行"),
    "import": ("Data import", "データ取り込み"),
    "training": ("Training conducted", "操作研修の実施"),
    "follow_up": ("Follow-up call", "フォローの電話"),
    "qbr": ("QBR held", "定例報告会の開催"),
    "quote": ("Renewal quote sent", "更新見積書の送付"),
}
"""Ten steps as companies write them, in English and Japanese."""

DEPARTMENTS = ("sales", "onboarding", "cs", "customer")
STEPS = (
    ("contract_signed", "purchase", "We have decided for it", "導入を決めた", "sales", "cs"),
    ("goal_agreed", "onboarding", "We have said what we want to reach", "達成したい目標を言葉にできた", "cs", "sales"),
    (
        "data_connected",
        "onboarding",
        "We see our own data in it",
        "自社のデータを画面で見られた",
        "customer",
        "onboarding",
    ),
    (
        "team_trained",
        "onboarding",
        "Our team can use it by itself",
        "チームだけで使えるようになった",
        "onboarding",
        "cs",
    ),
    ("first_value", "onboarding", "We have got our first result", "最初の成果を自社で出せた", "onboarding", "customer"),
    ("habit_formed", "adoption", "We use it every week", "毎週使うことが習慣になった", "cs", "customer"),
    ("result_shared", "adoption", "We have shown our result", "成果を経営層に報告できた", "cs", "sales"),
    ("renewal_decided", "renewal", "We have decided to go on", "継続を決めた", "cs", "sales"),
)
"""The steps of the draft: name, phase, goals, who might answer for it, who else might."""

VOTERS = ("A", "B", "C", "D", "E")
AGREED = (5, 4, 5, 3, 4, 5, 2, 4)
"""How many of the five voters put each step to its first department; the others voted for the second."""


def tasks(lang: str) -> pd.DataFrame:
    """The ten tasks.

    Parameters
    ----------
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    DataFrame
        ``task`` (its name), ``says``.

    >>> tasks("en")["says"].iloc[1]
    'Welcome mail sent'
    """
    import pandas as pd

    place = ("en", "ja").index(lang)
    return pd.DataFrame([{"task": name, "says": says[place]} for name, says in TASKS.items()])


def draft_map(variant: int = 0) -> str:
    """A draft of a journey map as it hangs on the wall: two steps have two owners, two have none.

    Parameters
    ----------
    variant : int
        Another version has them at other steps.

    Returns
    -------
    str
        YAML.

    >>> draft_map().count("owner: []"), draft_map().count("owner: [")
    (2, 4)
    """
    lines = ["journey: draft", "phases:"]
    for place, (name, phase, en, ja, owner, other) in enumerate(STEPS):
        if not place or STEPS[place - 1][1] != phase:
            lines += [f"- phase: {phase}", "  steps:"]
        owners = {0: f"[{owner}, {other}]", 1: "[]"}.get((place + variant) % 4, owner)
        lines += [f"  - step: {name}", f"    goal: {{en: {en}, ja: {ja}}}", f"    owner: {owners}"]
        lines += [f"    evidence: {{table: journey_events, column: happened_on, where: {{step_id: {name}}}}}"]
    return "\n".join(lines) + "\n"


def votes(variant: int = 0) -> pd.DataFrame:
    """A silent vote: to which department each of five people puts each step.

    Parameters
    ----------
    variant : int
        Another version has other disagreements.

    Returns
    -------
    DataFrame
        ``item``, ``voter``, ``vote``.

    >>> len(votes())
    40
    """
    import pandas as pd

    agreed = [AGREED[(place + variant) % len(AGREED)] for place in range(len(STEPS))]
    rows = [
        (step[0], voter, step[4] if number < agreed[place] else step[5])
        for place, step in enumerate(STEPS)
        for number, voter in enumerate(VOTERS)
    ]
    return pd.DataFrame(rows, columns=["item", "voter", "vote"])


def early_leavers(variant: int = 0) -> pd.DataFrame:
    """Customers by their hand-off, and how many of them left within the first year.

    Parameters
    ----------
    variant : int
        Another version has other numbers.

    Returns
    -------
    DataFrame
        Index ``handoff`` (``poor``, ``good``): ``customers``, ``left``.

    >>> early_leavers()["left"].tolist()
    [48, 22]
    """
    import pandas as pd

    left = [48 + variant % 5, 22 + variant % 3]
    return pd.DataFrame({"customers": [200, 200], "left": left}, index=pd.Index(["poor", "good"], name="handoff"))
