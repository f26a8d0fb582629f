"""The tables ``content`` and ``content_exposure``: what the team has published, and who was shown what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck
from cslab.world.addons.content import EXPOSURES, exposed
from cslab.world.observe.calendar import days
from cslab.world.observe.vocabulary import words_of
from cslab.world.observe.vocabulary.content import PIECES
from cslab.world.observe.vocabulary.journey import CONTENT_PHASES
from cslab.world.rates import logistic, notice_months

if TYPE_CHECKING:
    from cslab.world.history import History
    from cslab.world.luck import Floats, Ints
    from cslab.world.observe.records import Records
    from cslab.world.observe.vocabulary import Columns

_WORD = {"parent_content_id": "parent", "origin_dept": "dept"}
"""Columns whose field of a piece has another name."""

_TALKS = 2
"""Months before the decision from which an account counts as being in its renewal."""


def content_columns(records: Records) -> Columns:
    """The columns of ``content``: the pieces published by the end of the records, once for the whole company.

    Parameters
    ----------
    records : Records

    Returns
    -------
    dict of str to ndarray
        Empty columns for all chunks but the first.

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> len(observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))["content"]["content_id"])
    15
    """
    history = records.history
    window = -history.scenario.first_month
    out = [piece for piece in PIECES if window + piece.month < history.months and history.blocks[0] == 0]
    months = np.array([window + piece.month for piece in out], dtype=np.int64)
    return {
        **{name: _coded(name, [getattr(piece, _WORD.get(name, name)) for piece in out]) for name in _CODED},
        "maturity_min": np.array([piece.maturity[0] for piece in out], dtype=np.int64),
        "maturity_max": np.array([piece.maturity[1] for piece in out], dtype=np.int64),
        "abstraction": np.array([piece.abstraction for piece in out], dtype=np.int64),
        "influence_guess": np.array([piece.guess for piece in out], dtype=np.float64),
        "create_h": np.array([piece.create_h for piece in out], dtype=np.float64),
        "run_h": np.array([piece.run_h for piece in out], dtype=np.float64),
        "reach": np.array([piece.reach for piece in out], dtype=np.int64),
        "generalised_on": days(history.scenario, months - 1, 10),
        "published_on": days(history.scenario, months, 10),
    }


_CODED = ("content_id", "title_ja", "title_en", "phase", "origin_dept", "parent_content_id")


def _coded(column: str, words: list[str]) -> Ints:
    """Words of the table ``content`` by their place; -1 where there is none."""
    known = words_of("content", column)
    return np.array([known.index(word) if word else -1 for word in words], dtype=np.int8)


def exposure_columns(records: Records) -> Columns:
    """The columns of ``content_exposure``: what accounts were shown from the month after signing on.

    In a month an account is shown a piece made for its phase, one made for another, or none; which of the pieces
    published by then, is drawn. Opened ``σ(-1 + 0.5·v)``, read to the end half of those times.

    Parameters
    ----------
    records : Records

    Returns
    -------
    dict of str to ndarray

    Source: simulation convention (grade S).

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> table = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))["content_exposure"]
    >>> bool((table["opened"] | ~table["completed"]).all())
    True
    """
    history = records.history
    who, month, right = _shown(records)
    number = history.customers.number[who]
    opened = _draws(history, "opened", number, month) < logistic(-1 + 0.5 * history.value_at(who, month))
    day = 11 + np.floor(18 * _draws(history, "day", number, month)).astype(np.int64)
    return {
        "account_id": number,
        "content_id": _piece(history, who, month, right),
        "shown_on": days(history.scenario, month, day),
        "channel": np.floor(4 * _draws(history, "channel", number, month)).astype(np.int8),
        "opened": opened,
        "completed": opened & (_draws(history, "completed", number, month) < 0.5),
    }


def _shown(records: Records) -> tuple[Ints, Ints, Ints]:
    """Row, month and whether the phase was right, of everything that was shown to customers."""
    history, there = records.history, records.there
    seen = exposed(history.seed, history.scenario, history.blocks, history.months)
    lane = history.lane[there.who]
    kind = seen[lane // luck.BLOCK, there.month, lane % luck.BLOCK]
    kept = (kind != EXPOSURES.index("none")) & (there.month > history.customers.start[there.who])
    return there.who[kept], there.month[kept], kind[kept] == EXPOSURES.index("right")


def _draws(history: History, stream: str, number: Ints, month: Ints) -> Floats:
    """Uniform draws addressed by account and month."""
    return luck.hashed(history.seed, f"content_exposure.{stream}", number, month)


def _phase(history: History, who: Ints, month: Ints) -> Ints:
    """The phase that accounts are in: before the first value, near a renewal, or in between."""
    customers = history.customers
    term, since = customers.term[who], month - customers.start[who]
    near = term - since % term <= notice_months(history.scenario, customers.segment[who]) + _TALKS
    phase = np.where(near & (term > 1), CONTENT_PHASES.index("renewal"), CONTENT_PHASES.index("adoption"))
    return np.where(since < history.onboarded[who], CONTENT_PHASES.index("onboarding"), phase)


def _piece(history: History, who: Ints, month: Ints, right: Ints) -> Ints:
    """One of the pieces published by then, of the account's own phase or of another."""
    phases = np.array([CONTENT_PHASES.index(piece.phase) for piece in PIECES])
    out = np.array([piece.month - history.scenario.first_month for piece in PIECES])
    weights = (phases == _phase(history, who, month)[:, None]) == right[:, None]
    limits = np.cumsum(weights & (out <= month[:, None]), axis=1)
    place = np.floor(limits[:, -1] * _draws(history, "piece", history.customers.number[who], month))
    return np.asarray((limits <= place[:, None]).sum(axis=1), dtype=np.int8)
