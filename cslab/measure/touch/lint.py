"""What is still wrong with a matrix: cells without a goal, a metric or an owner; a tool before there is a problem."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cslab.faults import Fault, nearest
from cslab.measure.alerts.shipped import playbooks as shipped_playbooks
from cslab.measure.lifecycle.shipped import rules as lifecycle_rules
from cslab.measure.touch.cadence import cadence as shipped_cadence
from cslab.measure.touch.matrix import Cell, Matrix
from cslab.measure.touch.matrix_file import made_out
from cslab.measure.touch.tiers import COMMUNITY
from cslab.sources import declared, shipped
from cslab.sources.declared import Declared, refusal

if TYPE_CHECKING:
    import pandas as pd

    from cslab.measure.alerts.playbooks import Playbooks
    from cslab.measure.touch.cadence import Cadence

ADVICE = frozenset({"phase_missing", "means_missing", "problem_missing"})
"""What does not keep a matrix from being used; everything else does."""

_RULE = "touch.lint."


def lint(
    matrix: Matrix, lang: str = "en", cadence: Cadence | None = None, playbooks: Playbooks | None = None
) -> pd.DataFrame:
    """Everything that is to be mended on a matrix.

    Parameters
    ----------
    matrix : Matrix
        As :func:`read_matrix_draft` or :func:`read_matrix` makes it.
    lang : str
        ``"en"`` or ``"ja"``, of what is said.
    cadence : Cadence, optional
        Whose touches count; the shipped one where not given.
    playbooks : Playbooks, optional
        Those that occasions refer to; the shipped ones where not given.

    Returns
    -------
    DataFrame
        One row a finding, by line: ``line``, ``phase``, ``tier`` (empty where it is no cell), ``rule``, ``serious`` (a
        matrix that has such is refused by :func:`read_matrix`), ``says``. Empty: nothing to mend.

    Source: every cell with a goal and a metric, a problem before a tool: the domain specification (grade S).

    >>> len(lint(matrix_of("touch_matrix")))
    0
    """
    import pandas as pd

    rows = [
        {
            "line": fault.values["line"],
            "phase": fault.values.get("phase", ""),
            "tier": fault.values.get("tier", ""),
            "rule": fault.key.removeprefix(_RULE),
            "serious": fault.key.removeprefix(_RULE) not in ADVICE,
            "says": fault.text(lang),
        }
        for fault in findings(matrix, cadence, playbooks)
    ]
    return pd.DataFrame(rows, columns=["line", "phase", "tier", "rule", "serious", "says"])


def findings(matrix: Matrix, cadence: Cadence | None = None, playbooks: Playbooks | None = None) -> list[Fault]:
    """The same as faults, by line.

    Parameters
    ----------
    matrix, cadence, playbooks
        As for :func:`lint`.

    >>> [fault.key for fault in findings(Matrix("own", (Cell("adoption", "high", hours=2.0, line=3),)))][:2]
    ['touch.lint.phase_missing', 'touch.lint.phase_missing']
    """
    found = [*_whole(matrix), *_means(matrix, playbooks or shipped_playbooks())]
    pace = cadence or shipped_cadence()
    for cell in matrix.cells:
        found += _cell(cell, pace)
    return sorted(found, key=lambda fault: int(fault.values["line"]))


def matrix_of(name: str = "touch_matrix", cadence: Cadence | None = None) -> Matrix:
    """The matrix that comes with the kit, or that of a file.

    Parameters
    ----------
    name : str
        ``touch_matrix``, or the path of a ``.yaml`` file of one's own.
    cadence : Cadence, optional
        Whose touches there are; the shipped one where not given.

    Raises
    ------
    UsageError
        For another name, or a file that is not there.
    DataError
        As :func:`read_matrix`.

    >>> matrix_of().tiers
    ['high', 'mid', 'tech', 'community']
    """
    file = shipped.own(name)
    return _sound(declared.read(file) if file else shipped.read(name), cadence)


def read_matrix(content: str | bytes, name: str = "touch_matrix.yaml", cadence: Cadence | None = None) -> Matrix:
    """A matrix that can be used: of the right form, and without serious findings.

    Parameters
    ----------
    content : str or bytes
        YAML; ``cslab/rules/touch_matrix.yaml`` shows and explains its form.
    name : str
        What to call it in messages.
    cadence : Cadence, optional
        As for :func:`matrix_of`.

    Raises
    ------
    DataError
        With every fault of its form, and then with every cell that is missing, is there twice, or has no activity,
        goal, metric, hours or owner, every tool named before a problem, each with its line.

    >>> read_matrix("matrix: own\\ncells:\\n- {phase: adoption, tier: mid, tool: chat}\\n")
    Traceback (most recent call last):
    cslab.faults.DataError: ...
    """
    return _sound(declared.parse(content, name), cadence)


def read_matrix_draft(content: str | bytes, name: str = "touch_matrix.yaml") -> Matrix:
    """A matrix on which people still work: its form must be right, what it says may be incomplete (``lint`` tells).

    Parameters
    ----------
    content, name
        As for :func:`read_matrix`.

    Raises
    ------
    DataError
        With every fault of its form, and its line.

    >>> read_matrix_draft("matrix: own\\ncells:\\n- {phase: adoption, tier: mid}\\n").cells[0].owner
    ''
    """
    matrix, faults = made_out(declared.parse(content, name))
    if faults:
        raise refusal(name, faults)
    return matrix


def _sound(found: Declared, cadence: Cadence | None) -> Matrix:
    """The matrix of a file without serious findings."""
    matrix, faults = made_out(found)
    faults = faults or [one for one in findings(matrix, cadence) if one.key.removeprefix(_RULE) not in ADVICE]
    if faults:
        raise found.refused(faults)
    return matrix


def _whole(matrix: Matrix) -> Iterator[Fault]:
    """Phases and cells that are not there, and cells that are there twice."""
    line = matrix.cells[0].line if matrix.cells else 1
    for phase in lifecycle_rules().phases:
        if phase not in matrix.phases and phase not in lifecycle_rules().final:
            yield _finding("phase_missing", line, phase=phase)
    tiers = [tier for tier in matrix.tiers if tier != COMMUNITY]
    for phase in matrix.phases:
        near = next(cell.line for cell in matrix.cells if cell.phase == phase)
        for tier in tiers:
            if not matrix.cell(phase, tier):
                yield _finding("cell_missing", near, phase=phase, tier=tier)
    seen: set[tuple[str, str]] = set()
    for cell in matrix.cells:
        if (cell.phase, cell.tier) in seen:
            yield _finding("cell_twice", cell.line, phase=cell.phase, tier=cell.tier)
        seen.add((cell.phase, cell.tier))


def _cell(cell: Cell, cadence: Cadence) -> Iterator[Fault]:
    """What one cell lacks."""
    where = {"phase": cell.phase, "tier": cell.tier}
    for name in ("problem", "activity", "goal", "metric", "owner"):
        if not getattr(cell, name):
            yield _finding(f"{name}_missing", cell.line, **where)
    if math.isnan(cell.hours) and not cell.touches:
        yield _finding("hours_missing", cell.line, **where)
    if cell.tool_first:
        yield _finding("tool_first", cell.line, **where, tool=cell.tool.text())
    for name in cell.touches:
        if name not in cadence.touches:
            given = {"touch": name, "near": nearest(name, cadence.touches), "known": ", ".join(cadence.touches)}
            yield _finding("touch_unknown", cell.line, **where, **given)


def _means(matrix: Matrix, playbooks: Playbooks) -> Iterator[Fault]:
    """Occasions that nothing notices, and tiers without means."""
    for one in matrix.occasions:
        if one.playbook not in playbooks.playbooks:
            known = ", ".join(playbooks.playbooks)
            given = {"playbook": one.playbook, "near": nearest(one.playbook, playbooks.playbooks), "known": known}
            yield _finding("playbook_unknown", one.line, occasion=one.name, **given)
        for tier in matrix.tiers:
            if tier != COMMUNITY and not one.means.get(tier):
                yield _finding("means_missing", one.line, occasion=one.name, tier=tier)


def _finding(rule: str, line: int, **values: object) -> Fault:
    """One finding."""
    return Fault(_RULE + rule, {"line": line, **values})
