"""The matrix as people write it down: read strictly, or as a draft on which they still work."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from cslab.faults import CslabError, Fault, nearest
from cslab.measure.lifecycle.phases import folded
from cslab.measure.lifecycle.shipped import rules as lifecycle_rules
from cslab.measure.touch.bilingual import Bilingual, badly_said
from cslab.measure.touch.matrix import ORDER, Cell, Matrix, Occasion
from cslab.measure.touch.tiers import tier_of
from cslab.sources.declared import Declared
from cslab.sources.form import Form

TEXTS = ("problem", "activity", "goal", "metric", "tool")

_TEXT = Form("any", wanted=False)
_CELL = {
    "phase": Form("text"),
    "tier": Form("text"),
    **{name: _TEXT for name in TEXTS},
    "hours": Form("number", wanted=False, low=0),
    "touches": Form("sections", each=Form("number", low=0), wanted=False),
    "owner": Form("text", wanted=False),
    "supports": Form("list", each=Form("text"), wanted=False),
}
_OCCASION = {"occasion": Form("text"), "playbook": Form("text"), "means": Form("sections", each=_TEXT, wanted=False)}
FORM = Form(
    "section",
    keys={
        "matrix": Form("text"),
        "cells": Form("list", each=Form("section", keys=_CELL)),
        "occasions": Form("list", each=Form("section", keys=_OCCASION), wanted=False),
    },
)
"""What may stand in the file of a matrix."""


def made_out(found: Declared) -> tuple[Matrix, list[Fault]]:
    """The matrix as far as it can be told, and what is wrong with its form.

    Parameters
    ----------
    found : Declared

    >>> from cslab.sources.declared import parse
    >>> text = "matrix: own\\ncells:\\n- {phase: adoption, tier: ロータッチ, hours: 2}\\n"
    >>> made_out(parse(text, "own.yaml"))[0].cells[0].tier
    'mid'
    """
    if faults := list(found.faults(FORM)):
        return Matrix("", ()), faults
    faults = list(_wrong(found))
    if faults:
        return Matrix("", ()), faults
    cells = tuple(_cell(found, place, value) for place, value in enumerate(found.value["cells"]))
    return Matrix(found.value["matrix"], cells, tuple(_occasions(found))), []


def _wrong(found: Declared) -> Iterator[Fault]:
    """Phases and tiers that there are not, and texts that are none."""
    for place, value in enumerate(found.value["cells"]):
        path = ("cells", place)
        names = lifecycle_rules().names()
        if folded(value["phase"]) not in names:
            given = {"phase": value["phase"], "near": nearest(value["phase"], names)}
            yield found.fault("touch.phase_at", *path, "phase", **given, known=", ".join(lifecycle_rules().phases))
        yield from _tier_wrong(found, value["tier"], *path, "tier")
        for name in TEXTS:
            yield from badly_said(found, value.get(name), *path, name)
    for place, value in enumerate(found.value.get("occasions") or []):
        for tier, means in (value.get("means") or {}).items():
            yield from _tier_wrong(found, tier, "occasions", place, "means", tier)
            yield from badly_said(found, means, "occasions", place, "means", tier)


def _tier_wrong(found: Declared, value: str, *path: str | int) -> Iterator[Fault]:
    """The fault of a name that no tier goes by."""
    try:
        tier_of(value)
    except CslabError as error:
        yield found.fault("touch.tier_at", *path, value=value, near=error.faults[0].values["near"] or ORDER[0])


def _cell(found: Declared, place: int, value: dict[str, Any]) -> Cell:
    """One cell of its section."""
    hours = value.get("hours")
    return Cell(
        lifecycle_rules().phase_of(value["phase"]),
        tier_of(value["tier"]),
        **{name: Bilingual.of(value.get(name)) for name in TEXTS},
        hours=math.nan if hours is None else float(hours),
        touches=value.get("touches") or {},
        owner=(value.get("owner") or "").strip(),
        supports=tuple(value.get("supports") or ()),
        tool_first=_tool_first(value),
        line=found.line("cells", place),
    )


def _tool_first(value: dict[str, Any]) -> bool:
    """Whether a tool is named before anybody has said what the problem is."""
    said = [name for name in value if Bilingual.of(value[name]) and name in ("problem", "tool")]
    return said[:1] == ["tool"]


def _occasions(found: Declared) -> Iterator[Occasion]:
    """The occasions of their sections."""
    for place, value in enumerate(found.value.get("occasions") or []):
        means = {tier_of(tier): Bilingual.of(one) for tier, one in (value.get("means") or {}).items()}
        yield Occasion(value["occasion"], value["playbook"], means, found.line("occasions", place))
