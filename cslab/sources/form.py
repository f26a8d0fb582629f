"""The form that a declared file should have: which keys, and which kinds of values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cslab.faults import Fault, nearest

if TYPE_CHECKING:
    from cslab.sources.declared import Declared

_KINDS: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "number": (int, float),
    "whole": (int,),
    "flag": (bool,),
    "day": (dt.date,),
    "plain": (str, int, float, bool, dt.date),
    "any": (object,),
    "list": (list,),
    "texts": (str, list),
    "section": (dict,),
    "sections": (dict,),
}
"""By the kind of a value: the types it may have."""


@dataclass(frozen=True)
class Form:
    """What may stand in one place of a declared file.

    Parameters
    ----------
    kind : str
        ``text``, ``number``, ``whole``, ``flag``, ``day``, ``plain`` (any of these), ``any``, ``list``, ``texts`` (one
        text or a list), ``section`` (known keys) or ``sections`` (free keys, one form for all).
    keys : mapping of str to Form
        The keys of a section.
    each : Form, optional
        Of every item of a list, or of every one of the sections.
    wanted : bool
        Whether it must be there, and not be empty.
    choices : tuple of str
        The texts that are allowed; any when empty.
    low : float, optional
        The least number that is allowed.

    >>> Form("section", keys={"days": Form("whole", low=1)}).kind
    'section'
    """

    kind: str
    keys: Mapping[str, Form] = field(default_factory=dict)
    each: Form | None = None
    wanted: bool = True
    choices: tuple[str, ...] = ()
    low: float | None = None

    def faults(self, declared: Declared, value: Any = None, path: tuple[str | int, ...] = ()) -> Iterator[Fault]:
        """Everything in which a declared file, or what stands in one place of it, differs from this form.

        Parameters
        ----------
        declared : Declared
        value : object
            What stands in that place; the whole file, where not given.
        path : tuple
            The way to it.

        >>> from cslab.sources.declared import parse
        >>> form = Form("section", keys={"days": Form("whole", low=1)})
        >>> [fault.text("en") for fault in form.faults(parse("days: soon\\n", "rules.yaml"))]
        ['line 1: days = soon: should be a whole number.']
        """
        yield from self._within(declared, value if path else declared.value, path)

    def _within(self, declared: Declared, value: Any, path: tuple[str | int, ...]) -> Iterator[Fault]:
        """The faults of a value and of all that is in it."""
        if not self._fits(value) or (self.wanted and self._blank(value)):
            kind = "one_text" if self.kind == "text" and isinstance(value, list | dict) else self.kind
            yield declared.fault(f"declared.wanted.{kind}", *path, key=_named(path), value=_shown(value))
        elif isinstance(value, dict):
            yield from self._section(declared, value, path)
        elif isinstance(value, list) and self.each:
            for place, item in enumerate(value):
                yield from self.each._within(declared, item, (*path, place))
        elif self.choices and value not in self.choices:
            given = {"value": value, "near": nearest(value, self.choices), "known": ", ".join(self.choices)}
            yield declared.fault("declared.choice", *path, key=_named(path), **given)
        elif self.low is not None and value < self.low:
            yield declared.fault("declared.low", *path, key=_named(path), value=value, low=self.low)

    def _fits(self, value: Any) -> bool:
        """Whether a value is of this kind; true and false are no numbers."""
        of_kind = isinstance(value, _KINDS[self.kind])
        return of_kind and (not isinstance(value, bool) or self.kind in ("flag", "plain", "any"))

    def _blank(self, value: Any) -> bool:
        """Whether a text has no letters, or a list no items."""
        return self.kind in ("text", "texts", "list") and not (value.strip() if isinstance(value, str) else value)

    def _section(self, declared: Declared, value: dict[str, Any], path: tuple[str | int, ...]) -> Iterator[Fault]:
        """The faults of the keys of a section, and of their values."""
        for key, inner in value.items():
            form = self.each if self.kind == "sections" else self.keys.get(key)
            if form and (inner is not None or form.wanted):
                yield from form._within(declared, inner, (*path, key))
            elif self.kind == "section" and not form:
                given = {"near": nearest(key, self.keys), "known": ", ".join(self.keys)}
                yield declared.fault("declared.unknown_key", *path, key, key=key, **given)
        for key, form in self.keys.items():
            if form.wanted and key not in value:
                yield declared.fault("declared.missing_key", *path, key=key, place=_named(path) or declared.name)


def _named(path: tuple[str | int, ...]) -> str:
    """The way to a place as people write it: ``phases.trial.target_days``, items counted from 1."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path)


def _shown(value: Any) -> str:
    """A value as it may stand in a message."""
    if isinstance(value, dict):
        return "{…}"
    return "[…]" if isinstance(value, list) else "" if value is None else str(value)[:60]
