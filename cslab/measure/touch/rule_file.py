"""The tier rule as people write it down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cslab.faults import CslabError, Fault
from cslab.measure.touch.bilingual import Bilingual, badly_said
from cslab.measure.touch.rule import NOW, SIGNING, Exemption, TierRule
from cslab.measure.touch.tiers import COMMUNITY, tier_of
from cslab.sources import declared, shipped
from cslab.sources.declared import Declared
from cslab.sources.form import Form
from cslab.tables import TABLES

_EXCEPTION = {
    "because": Form("any"),
    "when": Form("sections", each=Form("any")),
    "tier": Form("text", wanted=False),
    "move": Form("whole", wanted=False),
}
_LINES = {"mid": Form("number", low=0), "high": Form("number", low=0)}
FORM = Form(
    "section",
    keys={
        "rule": Form("text"),
        "currency": Form("text", wanted=False),
        "amount": Form("text", choices=(SIGNING, NOW), wanted=False),
        "lines": Form("section", keys=_LINES),
        "onboarding": Form("text", wanted=False),
        "exceptions": Form("list", each=Form("section", keys=_EXCEPTION), wanted=False),
    },
)
"""What may stand in the file of a tier rule."""


def tier_rule(name: str = "tier_rule") -> TierRule:
    """The tier rule that comes with the kit, or that of a file.

    Parameters
    ----------
    name : str
        ``tier_rule``, or the path of a ``.yaml`` file of one's own.

    Raises
    ------
    UsageError
        For another name, or a file that is not there.
    DataError
        As :func:`read_tier_rule`.

    >>> tier_rule().mid, tier_rule().amount
    (80000.0, 'signing')
    """
    file = shipped.own(name)
    return _rule(declared.read(file) if file else shipped.read(name))


def read_tier_rule(content: str | bytes, name: str = "tier_rule.yaml") -> TierRule:
    """A tier rule as somebody wrote it; ``cslab/rules/tier_rule.yaml`` shows the form.

    Parameters
    ----------
    content : str or bytes
        YAML.
    name : str
        What to call it in messages.

    Raises
    ------
    DataError
        With everything that is wrong, and its line.

    >>> read_tier_rule("rule: own\\nlines: {mid: 100000, high: 500000}\\nonboarding: ハイタッチ\\n").onboarding
    'high'
    """
    return _rule(declared.parse(content, name))


def _rule(found: Declared) -> TierRule:
    """The rule of a file, or the error with everything that is wrong with it."""
    faults = list(found.faults(FORM)) or list(_wrong(found))
    if faults:
        raise found.refused(faults)
    value = found.value
    return TierRule(
        value["rule"],
        float(value["lines"]["mid"]),
        float(value["lines"]["high"]),
        value.get("amount") or SIGNING,
        tier_of(value["onboarding"]) if value.get("onboarding") else "",
        tuple(_exemption(one) for one in value.get("exceptions") or []),
        value.get("currency") or "",
    )


def _exemption(value: Mapping[str, Any]) -> Exemption:
    """One exception of its section."""
    tier = tier_of(value["tier"]) if value.get("tier") else ""
    return Exemption(Bilingual.of(value["because"]), value["when"], tier, int(value.get("move") or 0))


def _wrong(found: Declared) -> Iterator[Fault]:
    """What is wrong beyond the form: tiers, lines in the wrong order, columns, exceptions that change nothing."""
    lines = found.value["lines"]
    if lines["mid"] > lines["high"]:
        yield found.fault("touch.lines_at", "lines", mid=lines["mid"], high=lines["high"])
    yield from _tier_wrong(found, "onboarding")
    for place, one in enumerate(found.value.get("exceptions") or []):
        path = ("exceptions", place)
        yield from badly_said(found, one["because"], *path, "because")
        yield from _tier_wrong(found, *path, "tier")
        if bool(one.get("tier")) == bool(one.get("move")):
            yield found.fault("touch.exception", *path, number=place + 1)
        for column in one["when"]:
            if column not in TABLES["accounts"].names and not column.startswith("x_"):
                yield found.fault("touch.exception_column", *path, "when", column, column=column)


def _tier_wrong(found: Declared, *path: str | int) -> Iterator[Fault]:
    """The fault of a place that should name a tier."""
    value: Any = found.value
    for part in path:
        value = value.get(part) if isinstance(value, dict) else value[part]
    if value is None:
        return
    try:
        wrong = tier_of(str(value)) == COMMUNITY
        near = "high"
    except CslabError as error:
        wrong, near = True, str(error.faults[0].values["near"])
    if wrong:
        yield found.fault("touch.tier_at", *path, value=value, near=near)
