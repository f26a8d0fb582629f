"""The chance of leaving month by month: a discrete-time hazard whose baseline knows when renewal is due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from cslab.book import Note
from cslab.faults import Fault, UsageError
from cslab.measure.estimate import unknown_choice
from cslab.measure.hazard import baseline as clocks
from cslab.measure.hazard import links
from cslab.measure.hazard.baseline import Baseline, baseline_of
from cslab.measure.hazard.design import Design, Missing, design
from cslab.measure.hazard.enough import few, too_few
from cslab.measure.hazard.fitted import Fitted
from cslab.measure.hazard.identified import collinear, dependent
from cslab.measure.hazard.links import LINKS
from cslab.measure.hazard.sandwich import information, sandwich
from cslab.measure.hazard.scoring import Scored, scored

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cslab.measure.hazard.months import PersonMonths

    Floats = NDArray[np.floating[Any]]
    Flags = NDArray[np.bool_]

RUNAWAY = 30.0
"""Standard errors, on the scale of the score, beyond which a slope has no end."""


def fit(
    rows: PersonMonths,
    covariates: Sequence[str],
    link: links.Name = "logit",
    baseline: clocks.Kind = "renewal",
    missing: Missing = "drop",
) -> Fitted:
    """Fit a discrete-time hazard.

    Parameters
    ----------
    rows : PersonMonths
        Of ``person_months``, or renewals of ``renewal_rows``. What moves a decision moves it in the months in which
        one is due: ``months.where(months.due)`` tells it undiluted by departures that nobody decides.
    covariates : sequence of str
        Columns, or ``log(column)``; words are compared with their most frequent one.
    link : str
        ``"logit"``: odds; ``"cloglog"``: proportional hazards.
    baseline : str
        ``"renewal"``: renewal due by term, other months apart; ``"tenure"``: a smooth curve of tenure, which smears the
        cliff (for the contrast); ``"constant"``.
    missing : str
        ``"drop"``: rows with a missing cell are left out, and told; ``"indicator"``: a column says so.

    Returns
    -------
    Fitted
        With errors clustered by account.

    Raises
    ------
    UsageError
        Naming all covariates that cannot be used (see ``design``), too few departures, or slopes without an end.

    Source: Allison (1982), Sociological Methodology 13:61; Singer and Willett (1993), Journal of Educational Statistics
    18:155; Tutz and Schmid (2016), *Modeling Discrete Time-to-Event Data*, grade A.

    >>> import cslab
    >>> from cslab.measure import hazard
    >>> months = hazard.person_months(cslab.load("synthetic:tiny?accounts=300"))
    >>> hazard.fit(months.where(months.due), ["wau_ratio"]).coefficient("wau_ratio").high < 0
    True
    """
    _check_choices(link, baseline)
    made = _designed(rows, covariates, missing)
    used = rows.where(made.kept)
    clock = baseline_of(used, baseline)
    inside = clock.place(used) >= 0 if clock.cells else np.ones(len(used), bool)
    used = used.where(inside)
    matrix = np.concatenate([clock.matrix(used), made.matrix if inside.all() else made.matrix[inside]], axis=1)
    names = ["" for _ in range(clock.columns)] + [name for name, _ in made.coding.columns]
    _check_enough(used.event, matrix, names)
    found = scored(matrix, used.event, LINKS[link], _start(clock, used.event, matrix.shape[1], LINKS[link]))
    _check_end(found, names)
    covariance = sandwich(found.bread, matrix, LINKS[link].pull(matrix @ found.slopes, used.event), used.account)
    counts = used.accounts, len(used), int(used.event.sum())
    notes = (*rows.notes, *_told(clock, made, used, len(names)))
    return Fitted(link, clock, made.coding, found.slopes, covariance, *counts, made.missing, rows.as_of, notes)


def _check_choices(link: str, baseline: str) -> None:
    """Refuse what the arguments do not know, all at once."""
    choices = (("link", link, tuple(LINKS)), ("baseline", baseline, get_args(clocks.Kind)))
    if faults := [unknown_choice(name, value, known) for name, value, known in choices if value not in known]:
        raise UsageError(*faults)


def _designed(rows: PersonMonths, covariates: Sequence[str], missing: Missing) -> Design:
    """The covariates of the rows, or everything that is wrong with them and with who left."""
    if not len(rows):
        raise UsageError(Fault("hazard.no_rows"))
    gone, faults = int(rows.event.sum()), []
    if gone < 2 or gone == len(rows):
        key = "everybody" if gone and gone == len(rows) else ("no_events", "one_event")[gone]
        faults = [Fault(f"hazard.{key}", {"count": len(rows), "accounts": rows.accounts})]
    try:
        made = design(rows, covariates, rows.event, missing)
    except UsageError as error:
        faults += error.faults
    if faults:
        raise UsageError(*faults)
    return made


def _check_enough(event: Flags, matrix: Floats, names: Sequence[str]) -> None:
    """Refuse columns that follow from the baseline, and more numbers than departures."""
    faults = [collinear(one) for one in dependent(information(matrix, np.ones(len(matrix))), names)]
    faults += too_few(int(event.sum()), len(names))
    if faults:
        raise UsageError(*faults)


def _start(clock: Baseline, event: Flags, columns: int, link: links.Link) -> Floats:
    """Slopes to begin with: everybody leaves at the mean rate."""
    start = np.zeros(columns)
    rate = float(event.mean())
    score = float(np.log(-np.log1p(-rate))) if link is LINKS["cloglog"] else float(np.log(rate / (1 - rate)))
    start[: clock.columns if clock.kind == "renewal" else 1] = score
    return start


def _check_end(found: Scored, names: Sequence[str]) -> None:
    """Refuse slopes that run away: of columns that together tell who left with certainty."""
    try:
        errors = np.sqrt(np.diag(np.linalg.inv(found.bread)))
    except np.linalg.LinAlgError:
        errors = np.abs(found.slopes) * RUNAWAY
    if found.ended and not (errors > RUNAWAY).any():
        return
    wild = errors > RUNAWAY if (errors > RUNAWAY).any() else np.abs(found.slopes) >= np.abs(found.slopes).max()
    named = dict.fromkeys(name for name, one in zip(names, wild, strict=True) if one and name)
    raise UsageError(Fault("hazard.runaway", {"columns": ", ".join(named) or ", ".join(dict.fromkeys(names))}))


def _told(clock: Baseline, made: Design, used: PersonMonths, columns: int) -> list[Note]:
    """What was joined and left out, and whether there is enough to go by."""
    told = []
    if made.missing:
        cells = ", ".join(f"{name} {count:,}" for name, count in made.missing.items())
        key = "hazard_dropped" if (dropped := int((~made.kept).sum())) else "hazard_indicated"
        told.append(Note(key, {"columns": cells, "count": dropped}))
    joined = [cell.name for cell in clock.cells if cell.due and cell.shortest != cell.longest]
    if joined:
        told.append(Note("hazard_joined", {"terms": ", ".join(joined)}))
    if clock.kind == "renewal" and all(cell.due for cell in clock.cells):
        told.append(Note("hazard_only_due", {}))
    return [*told, *few(int(used.event.sum()), columns)]
