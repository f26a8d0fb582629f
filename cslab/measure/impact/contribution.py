"""What may be said of a programme's contribution: a statement in words, out of the verdicts of its chain's links."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from cslab.measure.impact.graph import roads
from cslab.measure.impact.verdict import CONTRADICTED, NOT_YET_DUE, OFF, SUPPORTED, UNIDENTIFIABLE
from cslab.words import word

if TYPE_CHECKING:
    from cslab.measure.impact.links import Tested
    from cslab.measure.impact.verdict import LinkTest

SAID = (SUPPORTED, CONTRADICTED, NOT_YET_DUE, UNIDENTIFIABLE)
"""In this order: what holds, what does not, what is to come, what nobody can see."""


SHORT = {"reason.mde": "too_small", "reason.not_yet": "from"}
"""Reasons that most links of a verdict share, and how they are said beside a link."""


def contribution(tested: Tested, lang: str) -> str:
    """The contribution statement of a chain.

    Parameters
    ----------
    tested : Tested
    lang : str

    Returns
    -------
    str
        Paragraphs, one a line: what was done; which links hold, which do not, which are not due and from when, which
        cannot be seen with so many customers; what else was looked at that may explain it; and how far one may go.

    Source: contribution analysis, Mayne (2012), Evaluation 18:270, steps 4 to 6, grade A.

    >>> import cslab
    >>> from cslab.measure import impact
    >>> book = cslab.load("synthetic:tiny?programs=faq&policy=program_rct&accounts=600")
    >>> contribution(impact.test_links(book, impact.shipped("faq")), "en").splitlines()[0][:29]
    'What was done: FAQ and self-s'
    """
    paragraphs = [_done(tested, lang), *_links(tested, lang), _others(tested, lang), _reaches(tested, lang)]
    return "\n".join(paragraphs)


def _say(key: str, lang: str, **values: object) -> str:
    """A sentence of the statement."""
    return word(f"impact.contribution.{key}", lang, **values)


def _listed(names: Iterable[str], lang: str) -> str:
    """Names one after the other."""
    return ("、" if lang == "ja" else ", ").join(names)


def _done(tested: Tested, lang: str) -> str:
    """What was done, and how it was decided for whom."""
    exposure, dose = tested.exposure, tested.dose
    values = {"chain": tested.chain.title(lang), "participants": exposure.participants}
    held = "" if dose is None or math.isnan(dose.held) else _say("held", lang, held=dose.held)
    parts = [_say("done", lang, **values), held, _say(f"by.{exposure.how}", lang)]
    return ("" if lang == "ja" else " ").join(part for part in parts if part)


def _links(tested: Tested, lang: str) -> Iterator[str]:
    """A paragraph for each verdict that some link has."""
    for verdict in SAID:
        links = [one for one in tested.links if one.verdict == verdict]
        if links:
            yield _say(
                verdict, lang, links=(" " if lang == "en" else "").join(_link(tested, one, lang) for one in links)
            )


def _link(tested: Tested, one: LinkTest, lang: str) -> str:
    """A link with its reason: in short where every link of a chain tends to have the same one."""
    names = {"source": tested.chain.label(one.source, lang), "target": tested.chain.label(one.target, lang)}
    short = SHORT.get(one.reason.key, "")
    first = _say(short, lang, **names, **one.reason.values) if short else one.reason.text(lang)
    said = (" " if lang == "en" else "").join([first, *(note.text(lang) for note in one.notes)])
    return said if short else _say("link", lang, **names, says=said)


def _others(tested: Tested, lang: str) -> str:
    """What else may explain it, and what was looked at."""
    leads = [one for one in tested.links if not math.isnan(one.lead_p)]
    controls = [one for one in tested.links if not math.isnan(one.control_p)]
    off = [one for one in tested.links if one.lead_p < OFF or one.control_p < OFF]
    parts = [_say("looked", lang, leads=len(leads), controls=len(controls), off=len(off))]
    if not tested.exposure.by_lot:
        unseen = [cause.label(lang) for cause in tested.chain.causes if cause.indicator is None]
        parts += [_say("unseen", lang, causes=_listed(unseen, lang))] if unseen else []
    return ("" if lang == "ja" else " ").join(parts)


def _reaches(tested: Tested, lang: str) -> str:
    """How far along the chain the claim goes."""
    chain, held = tested.chain, _steps(tested, SUPPORTED)
    reached = [node.id for node in chain.nodes if any(held.issuperset(way) for way in _ways(tested, node.id))]
    ends = [node.id for node in chain.nodes if node.level == "impact"]
    last = [name for name in reached if not any(a == name and b in reached for a, b in held)]
    nodes, impact = (_listed((chain.label(name, lang) for name in names), lang) for names in (last, ends))
    against = _steps(tested, CONTRADICTED)
    broken = all(against.intersection(way) for end in ends for way in _ways(tested, end))
    key = "whole" if {*ends} <= {*reached} else "nothing" if not reached else "broken" if broken else "open"
    parts = [_say(key, lang, chain=chain.title(lang), nodes=nodes, impact=impact)]
    parts += [] if tested.exposure.by_lot or key == "nothing" else [_say("chosen", lang)]
    return ("" if lang == "ja" else " ").join(parts)


def _steps(tested: Tested, verdict: str) -> set[tuple[str, str]]:
    """The links with a verdict."""
    return {(one.source, one.target) for one in tested.links if one.verdict == verdict}


def _ways(tested: Tested, node: str) -> list[list[tuple[str, str]]]:
    """The roads from the activity to a node, as links."""
    return [list(pairwise(way)) for way in roads(tested.chain, tested.chain.activity.id, node)]
