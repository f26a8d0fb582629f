"""From a file of YAML to a chain: its form, what its names must agree with, and every fault with its line."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from cslab.faults import DataError, Fault
from cslab.measure.impact import indicator
from cslab.measure.impact.agreement import apart, disagreements, lag_faults, too_many
from cslab.measure.impact.chain import Chain
from cslab.measure.impact.indicator import Indicator
from cslab.measure.impact.names import contract_faults
from cslab.measure.impact.parts import LEVELS, Cause, Link, Node
from cslab.sources import shipped as files
from cslab.sources.declared import Declared, content, parse
from cslab.sources.form import Form

CHAINS = "chains"
"""What the kit's own chains are called among the files that it carries."""
GRADES = ("A", "B", "C", "S")
POWERS = ("strong", "weak", "hopeless")
SIGNS = {"+": 1, "-": -1}

_NAMED = {"en": Form("text", wanted=False), "ja": Form("text", wanted=False)}
_SAID = Form("section", wanted=False, keys=_NAMED)
_TEXT = Form("text", wanted=False)
_NODE = Form(
    "section",
    keys={
        "level": Form("text", choices=LEVELS),
        **_NAMED,
        "indicator": _TEXT,
        "unit": _SAID,
        "worth": Form("number", wanted=False),
    },
)
_CAUSE = Form("section", keys={**_NAMED, "acts_on": Form("texts", each=Form("text")), "indicator": _TEXT})
_LINK = Form(
    "section",
    keys={
        "from": Form("text"),
        "to": Form("text"),
        "sign": Form("text", wanted=False, choices=tuple(SIGNS)),
        "effect": Form("number", wanted=False, low=0),
        "lag_months": Form("list", each=Form("number", low=0)),
        "assumption": _SAID,
        "owner": _TEXT,
        "grade": Form("text", wanted=False, choices=GRADES),
        "power": Form("text", wanted=False, choices=POWERS),
    },
)
FORM = Form(
    "section",
    keys={
        "name": Form("text"),
        **_NAMED,
        "programme": _TEXT,
        "starts": _TEXT,
        "hours": Form("number", wanted=False, low=0),
        "reach": Form("number", wanted=False, low=0),
        "nodes": Form("sections", each=_NODE),
        "links": Form("list", each=_LINK),
        "causes": Form("sections", each=_CAUSE, wanted=False),
        "control": _TEXT,
    },
)
"""What may stand in the file of a chain."""


def shipped(name: str) -> Chain:
    """A chain that the kit carries.

    Parameters
    ----------
    name : str
        Such as ``"faq"``.

    Raises
    ------
    UsageError
        For a name that there is not, with the nearest.

    >>> shipped("faq").activity.id
    'articles'
    """
    return Chain.from_yaml(files.text(name, CHAINS), f"{name}.yaml")


def shipped_names() -> list[str]:
    """The names of the chains that the kit carries.

    >>> "faq" in shipped_names()
    True
    """
    return files.names(CHAINS)


def named(name: str) -> Chain:
    """A shipped chain, or one of somebody's own.

    Parameters
    ----------
    name : str
        A path says that it is one's own by its ending, ``.yaml`` or ``.yml``, or by a ``/``.

    Raises
    ------
    UsageError
        For a name or file that there is not, with the nearest.
    DataError
        With everything that is wrong in the file.

    >>> named("faq").name
    'faq'
    """
    path = files.own(name)
    return Chain.from_yaml(content(path), path.name) if path else shipped(name)


def made_out(text: str | bytes, name: str) -> tuple[Chain, list[Fault]]:
    """A chain as far as it can be made out, and everything that is wrong.

    Parameters
    ----------
    text : str or bytes
        YAML.
    name : str
        What to call the file in messages.

    Returns
    -------
    tuple of Chain, list of Fault
        Where something is wrong, the chain holds what is of the right form, so that the rest can be looked at in the
        same go: it may lack an activity, name nodes that are not there, or run in a circle.

    Raises
    ------
    DataError
        For what is no plain YAML.

    >>> text = "name: faq\\nprogramme: faq\\nnodes: {a: {level: activity}}\\nlinks: []\\n"
    >>> chain, faults = made_out(text, "faq.yaml")
    >>> chain.activity.id, [fault.key for fault in faults]
    ('a', ['declared.wanted.list'])
    """
    declared = parse(text, name)
    if faults := list(too_many(declared)):
        raise declared.refused(faults)
    faults = declared.faults(FORM)
    chain = _Made(declared, faults).chain()
    faults += disagreements(chain, declared)
    return chain, faults or list(apart(chain))


class _Made:
    """Makes a chain of what is of the right form in a file; faults of its indicators join those of its form."""

    def __init__(self, declared: Declared, faults: list[Fault]) -> None:
        """Remember the file."""
        self._declared, self._faults = declared, faults

    def chain(self) -> Chain:
        """The chain."""
        value = self._declared.value
        return Chain(
            name=_text(value, "name"),
            en=_text(value, "en"),
            ja=_text(value, "ja"),
            programme=_text(value, "programme"),
            starts=self._indicator(value, "starts"),
            hours=_number(value, "hours"),
            reach=_number(value, "reach"),
            nodes=tuple(self._nodes(value.get("nodes"))),
            links=tuple(self._links(value.get("links"))),
            causes=tuple(self._causes(value.get("causes"))),
            control=self._indicator(value, "control"),
            programme_line=self._declared.line("programme"),
            file=self._declared.name,
        )

    def _sound(self, form: Form, value: Any, *path: str | int) -> bool:
        """Whether what stands in a place has the right form, but for unknown keys."""
        return all(fault.key == "declared.unknown_key" for fault in form.faults(self._declared, value, path))

    def _nodes(self, nodes: Any) -> Iterator[Node]:
        """The nodes of the right form."""
        for name, node in nodes.items() if isinstance(nodes, dict) else ():
            indicator = self._indicator(node, "indicator", "nodes", name)
            if self._sound(_NODE, node, "nodes", name):
                yield _node(name, node, indicator, self._declared.line("nodes", name))

    def _causes(self, causes: Any) -> Iterator[Cause]:
        """The common causes of the right form."""
        for name, cause in causes.items() if isinstance(causes, dict) else ():
            seen, line = self._indicator(cause, "indicator", "causes", name), self._declared.line("causes", name)
            if self._sound(_CAUSE, cause, "causes", name):
                acts_on = [cause["acts_on"]] if isinstance(cause["acts_on"], str) else cause["acts_on"]
                yield Cause(name, _text(cause, "en"), _text(cause, "ja"), tuple(acts_on), seen, line)

    def _links(self, links: Any) -> Iterator[Link]:
        """The links of the right form."""
        for place, link in enumerate(links if isinstance(links, list) else ()):
            if self._sound(_LINK, link, "links", place) and not list(lag_faults(link, self._declared, place)):
                yield _link(link, self._declared.line("links", place))

    def _indicator(self, value: Any, key: str, *path: str | int) -> Indicator | None:
        """An indicator that can be read; what cannot is a fault."""
        if not (text := _text(value, key)):
            return None
        try:
            found = indicator.parse(text, self._declared.line(*path, key))
        except DataError as error:
            self._faults += error.faults
            return None
        self._faults += contract_faults(found)
        return found


def _node(name: str, node: dict[str, Any], indicator: Indicator | None, line: int) -> Node:
    """A node of the right form."""
    unit = node.get("unit") or {}
    return Node(
        id=name,
        level=node["level"],
        en=_text(node, "en"),
        ja=_text(node, "ja"),
        indicator=indicator,
        unit_en=_text(unit, "en"),
        unit_ja=_text(unit, "ja"),
        worth=_number(node, "worth"),
        line=line,
    )


def _link(link: dict[str, Any], line: int) -> Link:
    """A link of the right form."""
    least, likeliest, largest = (float(months) for months in link["lag_months"])
    assumption = link.get("assumption") or {}
    return Link(
        source=link["from"],
        target=link["to"],
        sign=SIGNS.get(_text(link, "sign"), 0),
        effect=_number(link, "effect"),
        lag=(least, likeliest, largest),
        assumption_en=_text(assumption, "en"),
        assumption_ja=_text(assumption, "ja"),
        owner=_text(link, "owner"),
        grade=_text(link, "grade"),
        power=_text(link, "power"),
        line=line,
    )


def _text(value: Any, key: str) -> str:
    """A text; empty where there is none."""
    found = value.get(key) if isinstance(value, dict) else None
    return found.strip() if isinstance(found, str) else ""


def _number(value: dict[str, Any], key: str) -> float:
    """A number; missing where there is none."""
    found = value.get(key)
    return float(found) if isinstance(found, int | float) and not isinstance(found, bool) else math.nan
