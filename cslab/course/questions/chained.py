"""What the exercises about impact chains rest on: statements to sort, companies at some month, a draft to mend."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any

import cslab
from cslab.faults import DataError, Fault, UsageError, nearest
from cslab.measure import impact
from cslab.measure.capacity import hour_amount
from cslab.measure.impact.graph import tested

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book
    from cslab.measure.impact import Chain, Statement, Tested

EACH = 6
"""Statements of each level."""

SEEDS = (31, 34)
"""Of the company with an FAQ, by version of the fixed data; what is asked is true of both."""

BEGUN = {"campaign": ("sugar_high", "usage_campaign"), "onboarding": ("slow_burn", "onboarding_thorough")}
"""Two programmes that have run for four months: their companies and their chains."""

BEGUN_SEEDS = (32, 33)
FORKS = ("ux_fix", "qbr")
"""Chains in which two roads lead to one node, by version of the fixed data."""

SHOWN = ("source", "target", "estimate", "low", "high", "mde", "declared", "followed")
"""Columns of a test of links that give no verdict away."""

MONTHS = 60
"""Over which a programme has to be worth its hours."""

_USES = (
    ((True, True, 300, 270), (True, False, 200, 140), (False, True, 200, 184), (False, False, 300, 198)),
    ((True, True, 390, 339), (True, False, 210, 147), (False, True, 240, 218), (False, False, 360, 241)),
)
"""Takes part, uses it much, customers, stayed: who uses it much without help is in good health anyway."""

DRAFT = """\
name: webinars
en: Webinars on use
ja: 活用ウェビナー
programme: training

nodes:
  hours: {level: input, en: 60 hours of the trainers, ja: 講師の工数60時間}
  webinars: {level: activity, en: holding a webinar every week, ja: ウェビナーを毎週開催する}
  held:
    level: outcome
    en: 40 webinars held
    ja: ウェビナー40回開催
    indicator: so_far(touches where program_id = training)
  skills:
    level: outcome
    en: teams use the advanced features
    ja: 応用機能が業務で使われている
    indicator: mean(usage_monthly.features_adv)
  renewals:
    level: impact
    en: more customers renew
    ja: 更新率が上がる
    indicator: retained

links:
- {from: hours, to: webinars, lag_months: [0, 1, 2], owner: cs, assumption: {en: there is time, ja: 時間が取れる}}
- from: webinars
  to: held
  sign: "+"
  effect: 2
  lag_months: [0, 1, 2]
  owner: cs
  assumption: {en: those who need it come, ja: 必要な人が参加する}
- from: held
  to: skills
  effect: 0.8
  lag_months: [1, 1, 3]
  owner: cs
  assumption: {en: it can be tried at once, ja: すぐ試せる}
- from: skills
  to: renewals
  sign: "+"
  effect: 0.01
  lag_months: [3, 6, 12]
  owner:
  assumption: {en: the decision maker sees the use, ja: 決裁者に利用の実態が見えている}
"""
"""A chain with three things to mend."""


def statements_to_sort(variant: int = 0) -> list[Statement]:
    """Thirty statements in an order that says nothing, six of each level.

    Parameters
    ----------
    variant : int
        Version of the fixed data.

    Returns
    -------
    list of Statement

    >>> from collections import Counter
    >>> sorted(Counter(one.level for one in statements_to_sort()).values())
    [6, 6, 6, 6, 6]
    """
    lot = Random(variant)
    some = [
        one
        for level in impact.LEVELS
        for one in lot.sample([one for one in impact.statements() if one.level == level], EACH)
    ]
    return lot.sample(some, len(some))


def numbered(variant: int = 0, lang: str = "en") -> dict[int, str]:
    """The statements by number.

    Parameters
    ----------
    variant : int
        Version of the fixed data.
    lang : str

    Returns
    -------
    dict of int to str

    >>> list(numbered())[-1]
    30
    """
    return {number: one.text(lang) for number, one in enumerate(statements_to_sort(variant), start=1)}


def by_level(**numbers: Iterable[int] | int) -> dict[int, str]:
    """The level of each statement, out of the numbers of each level.

    Parameters
    ----------
    **numbers : iterable of int, or int
        Those of ``input``, ``activity``, ``output``, ``outcome`` and ``impact``; a single one without brackets, and
        three dots where none stands yet.

    Returns
    -------
    dict of int to str

    Raises
    ------
    UsageError
        For another level, and a number that stands in two of them.

    >>> by_level(input=[2], output=1)
    {2: 'input', 1: 'output'}
    """
    listed = {level: _some(given) for level, given in numbers.items()}
    given = [number for some in listed.values() for number in some]
    known = ", ".join(impact.LEVELS)
    faults = [
        Fault("chained.level", {"level": name, "near": nearest(name, impact.LEVELS) or known, "known": known})
        for name in numbers
        if name not in impact.LEVELS
    ]
    faults += [Fault("chained.twice", {"number": number}) for number in dict.fromkeys(given) if given.count(number) > 1]
    if faults:
        raise UsageError(*faults)
    return {number: level for level, some in listed.items() for number in some}


def _some(given: Any) -> list[int]:
    """The numbers of a level, without the three dots that stand there to begin with."""
    return [one for one in ([given] if isinstance(given, int) or given is ... else given) if one is not ...]


@cache
def faq_test(variant: int = 0) -> Tested:
    """An FAQ that has been open for eighteen months to half of the customers, by lot, and what the records say of it.

    Parameters
    ----------
    variant : int
        Version of the fixed data.

    Returns
    -------
    Tested

    >>> faq_test().links[0].verdict
    'supported'
    """
    source = f"default_jp?seed={SEEDS[variant % len(SEEDS)]}&accounts=4000&programs=faq&policy=program_rct"
    return impact.test_links(_after(cslab.load(f"synthetic:{source}"), 18), impact.shipped("faq"))


def faq_links(variant: int = 0) -> pd.DataFrame:
    """What the records say of the FAQ's links, without the verdicts.

    Parameters
    ----------
    variant : int
        Version of the fixed data.

    Returns
    -------
    DataFrame
        By the target's name: ``source``; ``estimate``, ``low``, ``high`` of one participant; ``mde`` (the smallest
        change that would be seen four times in five); ``declared``; ``followed`` (share of the participants followed
        long enough, 0-1).

    >>> faq_links()["source"].tolist()[:2]
    ['articles', 'tickets']
    """
    return faq_test(variant).table()[[*SHOWN]].set_index("target")


@cache
def begun(name: str, variant: int = 0) -> Book:
    """The company of one of two programmes, with its truth, to the end of its records.

    Parameters
    ----------
    name : str
        ``campaign`` or ``onboarding``.
    variant : int
        Version of the fixed data.

    Returns
    -------
    Book

    >>> begun("campaign").programs["program_id"].tolist()
    ['usage_campaign']
    """
    seed = BEGUN_SEEDS[variant % len(BEGUN_SEEDS)]
    return cslab.load(f"synthetic:{BEGUN[name][0]}?accounts=4000&seed={seed}")


@cache
def at_month_four(name: str, variant: int = 0) -> Tested:
    """What the records say of a programme's chain four months after the one in which it began.

    Parameters
    ----------
    name : str
        ``campaign`` or ``onboarding``.
    variant : int
        Version of the fixed data.

    Returns
    -------
    Tested

    >>> at_month_four("onboarding").counts["not_yet_due"]
    5
    """
    return impact.test_links(_after(begun(name, variant), 5), impact.shipped(BEGUN[name][1]))


@cache
def pays(name: str, variant: int = 0, margin: float = 0.8) -> bool:
    """Whether a programme is truly worth its hours, over five years of those whose turn comes.

    Parameters
    ----------
    name : str
        ``campaign`` or ``onboarding``.
    variant : int
        Version of the fixed data.
    margin : float
        Of revenue (0-1).

    Returns
    -------
    bool

    >>> pays("campaign")
    False
    """
    book, chain = begun(name, variant), impact.shipped(BEGUN[name][1])
    assert book.truth is not None
    asked = book.program_enrolment["account_id"]
    brings = book.truth.program(chain.programme, horizon=MONTHS, futures=1).set_index("account_id")["value_amount"]
    return bool(margin * brings.reindex(asked).mean() > impact.hours(book, chain) * hour_amount(book))


def forked(variant: int = 0) -> Chain:
    """A chain in which two roads lead to one node.

    Parameters
    ----------
    variant : int
        Version of the fixed data.

    Returns
    -------
    Chain

    >>> forked().name
    'ux_fix'
    """
    return impact.shipped(FORKS[variant % len(FORKS)])


def named_links(chain: Chain, lang: str = "en") -> pd.DataFrame:
    """The links of a chain that are tested, with the names of both ends.

    Parameters
    ----------
    chain : Chain
    lang : str

    Returns
    -------
    DataFrame
        By ``link``: ``from``, ``to`` as the picture calls them.

    >>> named_links(forked())["from"].tolist()[:2]
    ['the screen redesigned', 'the screen redesigned']
    """
    import pandas as pd

    links = tested(chain)
    ends = {
        "from": [chain.label(link.source, lang) for link in links],
        "to": [chain.label(link.target, lang) for link in links],
    }
    return pd.DataFrame(ends, index=pd.Index([link.id for link in links], name="link"))


def left_to_mend(text: str) -> list[Fault]:
    """Everything that is wrong with a chain written down.

    Parameters
    ----------
    text : str
        YAML.

    Returns
    -------
    list of Fault
        Of its form; where that is in order, what the lint finds.

    >>> sorted({fault.values["place"] for fault in left_to_mend(DRAFT)})
    ['held', 'held>skills', 'skills>renewals']
    """
    try:
        chain = impact.Chain.from_yaml(text, "draft.yaml")
    except DataError as error:
        return list(error.faults)
    return impact.findings(chain)


def use_held_equal(variant: int = 0) -> pd.DataFrame:
    """What became of customers of whom a lot took half into a programme, by how much they use the product.

    Parameters
    ----------
    variant : int
        Version of the fixed data.

    Returns
    -------
    DataFrame
        ``takes_part``, ``uses_much``, ``customers``, ``stayed``.

    >>> int(use_held_equal()["customers"].sum())
    1000
    """
    import pandas as pd

    return pd.DataFrame(_USES[variant % len(_USES)], columns=["takes_part", "uses_much", "customers", "stayed"])


def _after(book: Book, months: int) -> Book:
    """The book as it was known so many months after its programme began."""
    import pandas as pd

    return book.at(book.programs["started_on"].iloc[0] + pd.DateOffset(months=months, days=-1))
