"""The scores that come with the kit, and scores that people declare: read strictly, all that is wrong told at once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from cslab.faults import Fault, UsageError, nearest
from cslab.measure.health.declared import DEAR, STYLES, Bands, Declaration, Measure, Slope, Tiers
from cslab.measure.landmark import SETS
from cslab.measure.signals import SIGNALS
from cslab.sources import declared as files
from cslab.sources import shipped
from cslab.sources.declared import Declared
from cslab.sources.form import Form

SHIPPED = ("dear", "points", "bands", "model")
"""The scores that come with the kit."""

TOTAL = 100
"""What the points of a score of points add up to."""

_NUMBER = Form("number")
_WEIGHED = {"weight": Form("number", low=0.001), "nothing_at": _NUMBER, "all_at": _NUMBER}
_TIER = Form("section", keys={"up_to": Form("number", wanted=False), "points": Form("number", low=0)})
_MEASURES = {
    "dear": Form("section", keys={"part": Form("text", choices=DEAR), **_WEIGHED}),
    "bands": Form("section", keys=_WEIGHED),
    "points": Form("section", keys={"tiers": Form("list", each=_TIER)}),
}
_NULLS = ("ignore", "zero", "middle")
_HEAD = {
    "name": Form("text"),
    "style": Form("text", choices=STYLES),
    "high": Form("text", choices=("healthy", "risk")),
    "full": Form("number", low=1),
    "red": _NUMBER,
    "green": _NUMBER,
}


def declared(name: Declaration | str = "dear") -> Declaration:
    """A score that comes with the kit, or the one of a file.

    Parameters
    ----------
    name : Declaration or str
        ``dear``, ``points``, ``bands`` or ``model``; or the path of a ``.yaml`` file of one's own. A declaration is
        taken as it is.

    Raises
    ------
    UsageError
        For another name, or a file that is not there.
    DataError
        As :func:`read_score`.

    Source: DEAR after Gainsight, points that total 100 after ChurnZero, 0/5/10 after Vitally (vendor documentation,
    grade B); weights and limits are the kit's own (grade S).

    >>> [declared(name).style for name in SHIPPED]
    ['dear', 'points', 'bands', 'model']
    """
    if isinstance(name, Declaration):
        return name
    file = shipped.own(name)
    return _shipped(name) if file is None else _score(files.read(file))


@cache
def _shipped(name: str) -> Declaration:
    """A score that comes with the kit, read once."""
    if name not in SHIPPED:
        values = {"name": "score", "value": name, "near": nearest(name, SHIPPED), "known": ", ".join(SHIPPED)}
        raise UsageError(Fault("unknown_choice", values))
    return _score(shipped.read(f"health_{name}"))


def read_score(content: str | bytes, name: str) -> Declaration:
    """A score as somebody wrote it; ``cslab/rules/health_dear.yaml`` and its neighbours show the form.

    Parameters
    ----------
    content : str or bytes
        YAML.
    name : str
        What to call it in messages: the file's name.

    Raises
    ------
    DataError
        With everything that is wrong, and its line: a direction or a rule for gaps that is not said, a signal that
        there is not, points that do not total 100, tiers out of order, limits that say no direction.

    >>> text = '''
    ... name: own
    ... style: bands
    ... high: healthy
    ... full: 10
    ... nulls: ignore
    ... red: 4
    ... green: 7
    ... measures:
    ...   wau_ratio: {weight: 2, nothing_at: 0.25, all_at: 0.5}
    ... '''
    >>> read_score(text, "own.yaml").signals
    ('wau_ratio',)
    """
    return _score(files.parse(content, name))


def _score(found: Declared) -> Declaration:
    """The score that is declared, if nothing is wrong with it."""
    if faults := [*found.faults(_form(found)), *_wrong(found)]:
        raise found.refused(faults)
    value = found.value
    style, learnt = value["style"], value["style"] == "model"
    return Declaration(
        name=value["name"],
        style=style,
        high=value["high"],
        full=value["full"],
        nulls=value["nulls"],
        red=value["red"],
        green=value["green"],
        measures=() if learnt else tuple(_measure(style, *one) for one in value["measures"].items()),
        horizon=value.get("horizon") or 6,
        sets=tuple(value.get("sets") or ()),
    )


def _form(found: Declared) -> Form:
    """The form of a file of this style; where no style is said, of all that every style has."""
    style = found.value.get("style")
    if style == "model":
        own = {
            "nulls": Form("text", choices=("indicator",)),
            "horizon": Form("whole", low=1),
            "sets": Form("list", each=Form("text", choices=SETS)),
        }
        return Form("section", keys={**_HEAD, **own})
    each = _MEASURES.get(style, Form("any")) if isinstance(style, str) else Form("any")
    own = {"nulls": Form("text", choices=_NULLS), "measures": Form("sections", each=each)}
    return Form("section", keys={**_HEAD, **own})


def _measure(style: str, signal: str, value: dict[str, Any]) -> Measure:
    """One measure of its section."""
    if style == "points":
        tops = tuple(tier["up_to"] for tier in value["tiers"][:-1])
        points = tuple(tier["points"] for tier in value["tiers"])
        return Measure(signal, max(points), Tiers(tops, points))
    shape = (Slope if style == "dear" else Bands)(value["nothing_at"], value["all_at"])
    return Measure(signal, value["weight"], shape, value.get("part") or "")


def _wrong(found: Declared) -> Iterator[Fault]:
    """What no form can see."""
    yield from _limits_wrong(found)
    measures = found.value.get("measures")
    if not isinstance(measures, dict):
        return
    for signal, value in measures.items():
        if signal not in SIGNALS:
            near = nearest(signal, SIGNALS)
            given = {"signal": signal, "near": near, "known": ", ".join(SIGNALS)}
            yield found.fault("health.unknown_signal", "measures", signal, **given)
        if isinstance(value, dict) and _number(value.get("all_at")) and value.get("nothing_at") == value["all_at"]:
            yield found.fault("health.no_way", "measures", signal, signal=signal, value=value["all_at"])
    if found.value.get("style") == "points":
        yield from _points_wrong(found, measures)
    if found.value.get("style") == "dear":
        yield from _parts_wrong(found, measures)


def _limits_wrong(found: Declared) -> Iterator[Fault]:
    """Colours that run against the direction of the score."""
    red, green, high = (found.value.get(name) for name in ("red", "green", "high"))
    if red is None or green is None or not (_number(red) and _number(green)) or high not in ("healthy", "risk"):
        return
    if (red > green) if high == "healthy" else (red < green):
        yield found.fault("health.colours", "red", red=red, green=green, high=high)


def _points_wrong(found: Declared, measures: dict[str, Any]) -> Iterator[Fault]:
    """Tiers out of order, and points that do not total 100."""
    most: list[float] = []
    for signal, value in measures.items():
        tiers = value.get("tiers") if isinstance(value, dict) else None
        if not (isinstance(tiers, list) and tiers and all(_is_tier(one) for one in tiers)):
            return
        if not _in_order([one.get("up_to") for one in tiers]):
            yield found.fault("health.tiers", "measures", signal, "tiers", signal=signal)
        most.append(max(one["points"] for one in tiers))
    if most and abs(sum(most) - TOTAL) > 1e-9:
        yield found.fault("health.total", "measures", total=sum(most), apart=TOTAL - sum(most))


def _is_tier(value: Any) -> bool:
    """Whether something has points."""
    return isinstance(value, dict) and _number(value.get("points"))


def _in_order(tops: list[Any]) -> bool:
    """Whether there are two tiers or more, all but the last with a top, and the tops rise."""
    numbers = all(_number(top) for top in tops[:-1])
    return len(tops) > 1 and numbers and tops[-1] is None and all(one < two for one, two in pairwise(tops[:-1]))


def _parts_wrong(found: Declared, measures: dict[str, Any]) -> Iterator[Fault]:
    """Parts of a DEAR score without any measure."""
    given = {value.get("part") for value in measures.values() if isinstance(value, dict)}
    if missing := [part for part in DEAR if part not in given]:
        yield found.fault("health.parts", "measures", parts=", ".join(missing))


def _number(value: Any) -> bool:
    """Whether something is a number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)
