"""The true chains of a company, link by link, each as strong as it is simulated."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, log
from typing import TYPE_CHECKING, Any

from cslab.world.programmes.programme import CHAINS, strength

if TYPE_CHECKING:
    import pandas as pd

    from cslab.world.programmes.programme import Programme
    from cslab.world.scenario import Scenario

Lag = tuple[int, int, int]


def chains(scenario: Scenario) -> pd.DataFrame:
    """Every link of every chain, in the order of the chains.

    Parameters
    ----------
    scenario : Scenario

    Returns
    -------
    DataFrame
        ``chain``, ``link`` (from 1), ``from``, ``to``, ``strength`` with its ``unit``, ``lag_min``, ``lag_mode``,
        ``lag_max`` (months), ``grade`` of the evidence, ``runs`` (whether it is simulated in this company).

    >>> from cslab.world.scenario import preset
    >>> table = chains(preset("default_jp"))
    >>> table[table["chain"] == "user_meeting"]["strength"].tolist()[:1], int((table["chain"] == "faq").sum())
    ([0.0], 7)
    """
    import pandas as pd

    rows = [row for chain in CHAINS.values() for row in _rows(scenario, chain)]
    columns = ["chain", "link", "from", "to", "strength", "unit", "lag_min", "lag_mode", "lag_max", "grade"]
    return pd.DataFrame(rows, columns=[*columns, "runs"])


def _rows(scenario: Scenario, chain: Programme) -> Iterator[tuple[Any, ...]]:
    """The rows of one chain: its own links, and those that it ends in."""
    runs = scenario.on(chain.addon) if chain.addon else chain.name in scenario.programs
    own = [
        (link.source, link.target, strength(scenario, chain, link), link.unit, link.lag or _AT_ONCE, link.grade)
        for link in chain.links
    ]
    ends = [(*row, "S") for row in _ends(scenario, {link.target for link in chain.links})]
    for place, (*row, lag, grade) in enumerate([*own, *ends], start=1):
        yield chain.name, place, *row, *lag, grade, runs


_AT_ONCE = (0, 0, 0)


def _ends(scenario: Scenario, targets: set[str]) -> Iterator[tuple[str, str, float, str, Lag]]:
    """The links that all chains end in: value, renewal, money."""
    s = scenario
    if targets & {"expected_value", "expected_value_until_onboarded"}:
        yield "expected_value", "latent_value", 1 - s.value_persistence, "of the gap a month", _learning(s)
        yield "latent_value", "renewal", s.renewal_value_effect, "logit of not renewing", _waiting(s)
        yield "renewal", "revenue", 1.0, "MRR a month", _notice(s)
    if "expansion" in targets:
        yield "expansion", "revenue", s.expansion_size, "of MRR", _AT_ONCE


def _learning(scenario: Scenario) -> Lag:
    """Months until latent value has followed: the first, two thirds and nine tenths of the way."""
    stays = scenario.value_persistence
    mode, last = (ceil(log(left) / log(stays)) if 0 < stays < 1 else 1 for left in (1 / 3, 0.1))
    return 1, mode, last


def _notice(scenario: Scenario) -> Lag:
    """Months from the decision to the new term."""
    by_segment = scenario.notice_by_segment if scenario.on("notice") else (scenario.notice_months,) * 3
    return min(by_segment), sorted(by_segment)[1], max(by_segment)


def _waiting(scenario: Scenario) -> Lag:
    """Months until the next decision, in the middle of a term of the commonest length longer than a month."""
    held = [
        sum(share * part for share, part in zip(scenario.segment_share, parts, strict=True))
        for parts in zip(*scenario.term_shares, strict=True)
    ]
    _, term = max((share, months) for share, months in zip(held, scenario.term_months, strict=True) if months > 1)
    return 0, term // 2, term
