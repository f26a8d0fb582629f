"""The charter of a dashboard: for each tile what it is held against, who answers, and what it decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from cslab.faults import Fault
from cslab.measure.dashboard.tile import NAMES, UNITS
from cslab.sources import declared as files
from cslab.sources import shipped
from cslab.sources.declared import Declared
from cslab.sources.form import Form

CADENCES = ("weekly", "monthly", "quarterly")
GRADES = ("A", "B", "C", "S")
_SAID = Form("section", keys={"en": Form("text", wanted=False), "ja": Form("text", wanted=False)}, wanted=False)
_ENTRY = {
    "target": Form("number", wanted=False),
    "grade": Form("text", choices=GRADES, wanted=False),
    "owner": Form("text", wanted=False),
    "cadence": Form("text", choices=CADENCES, wanted=False),
    "decision": _SAID,
    "biases": _SAID,
}
_TILES = Form("section", keys={name: Form("section", keys=_ENTRY, wanted=False) for name in NAMES})
_FORM = Form("section", keys={"name": Form("text"), "tiles": _TILES})


@dataclass(frozen=True)
class Entry:
    """What somebody has said of one metric.

    Parameters
    ----------
    target : float, optional
        In the unit of the metric; None for none.
    grade : str
        Of the evidence for the target (A to C, S the house's own choice).
    owner : str
        Who answers for it; empty where nobody does.
    cadence : str
        ``weekly``, ``monthly`` or ``quarterly``.
    decision, biases : mapping of str to str
        What is decided by it and what it does not show, by language.

    >>> Entry(0.18, "S", decision={"ja": "増員"}).said("decision", "en")
    '増員'
    """

    target: float | None = None
    grade: str = ""
    owner: str = ""
    cadence: str = ""
    decision: Mapping[str, str] = field(default_factory=dict)
    biases: Mapping[str, str] = field(default_factory=dict)

    def said(self, what: str, lang: str) -> str:
        """A text in a language, in the other one where that is all there is; empty where there is none.

        Parameters
        ----------
        what : str
            ``decision`` or ``biases``.
        lang : str
            ``"en"`` or ``"ja"``.

        >>> Entry().said("biases", "en")
        ''
        """
        texts: Mapping[str, str] = getattr(self, what)
        return texts.get(lang) or next((text for text in texts.values() if text), "")


@dataclass(frozen=True)
class Charter:
    """The entries of the five tiles.

    Parameters
    ----------
    name : str
    entries : mapping of str to Entry
        By tile; one that is not named has an empty entry.

    >>> charter_of("default").of("churn").target
    0.18
    """

    name: str
    entries: Mapping[str, Entry]

    def of(self, tile: str) -> Entry:
        """The entry of a tile.

        Parameters
        ----------
        tile : str

        >>> Charter("own", {}).of("churn").owner
        ''
        """
        return self.entries.get(tile, Entry())


def charter_of(name: str = "default") -> Charter:
    """The charter that comes with the kit, or the one of a file.

    Parameters
    ----------
    name : str
        ``default``, or the path of a ``.yaml`` file of one's own.

    Raises
    ------
    UsageError
        For another name, or a file that is not there.
    DataError
        As :func:`read_charter`.

    >>> charter_of().of("retention_cost").grade
    'C'
    """
    file = shipped.own(name)
    return _shipped(name) if file is None else _charter(files.read(file))


@cache
def _shipped(name: str) -> Charter:
    """The charter that comes with the kit, read once."""
    return _charter(shipped.read("dashboard_charter" if name == "default" else name))


def read_charter(content: str | bytes, name: str) -> Charter:
    """A charter as somebody wrote it; ``cslab/rules/dashboard_charter.yaml`` shows the form.

    Parameters
    ----------
    content : str or bytes
        YAML.
    name : str
        What to call it in messages: the file's name.

    Raises
    ------
    DataError
        With everything that is wrong, and its line: unknown keys, and targets out of range, such as 18 for 0.18.

    >>> read_charter("name: own\\ntiles:\\n  churn: {target: 0.1, owner: 営業部}\\n", "own.yaml").of("churn").owner
    '営業部'
    """
    return _charter(files.parse(content, name))


def _charter(found: Declared) -> Charter:
    """The charter that is declared, if nothing is wrong with it."""
    faults = found.faults(_FORM)
    if faults := faults or _out_of_range(found):
        raise found.refused(faults)
    return Charter(found.value["name"], {name: _entry(value or {}) for name, value in found.value["tiles"].items()})


def _entry(value: Mapping[str, Any]) -> Entry:
    """One tile's section."""
    target = value.get("target")
    grade, owner, cadence = (value.get(name) or "" for name in ("grade", "owner", "cadence"))
    decision, biases = ({**(value.get(name) or {})} for name in ("decision", "biases"))
    return Entry(None if target is None else float(target), grade, owner, cadence, decision, biases)


def _out_of_range(found: Declared) -> list[Fault]:
    """Targets that cannot be reached: a share above 1, a score above 100, anything below 0."""
    wrong = []
    for name, value in found.value["tiles"].items():
        target, most = (value or {}).get("target"), 100 if UNITS[name] == "score" else 1
        if target is not None and not 0 <= target <= most:
            told = {"tile": name, "target": target, "most": most, "percent": target / 100}
            key = "dashboard.percent" if most == 1 and 1 < target <= 100 else "dashboard.target"
            wrong.append(found.fault(key, "tiles", name, "target", **told))
    return wrong
