"""What an engagement model must agree with: matrix, rule of tiers, the company's customers and hours, its own test."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cslab.course.homework.beside import MATRIX, TIER_RULE, cadence, find_phase, phase_rules, tier_rule, touch_matrix
from cslab.course.homework.crew import NEAR, csm_hours, too_few
from cslab.course.homework.document import Answer, normal
from cslab.course.homework.fields import Given
from cslab.course.homework.paper import Paper, read_number
from cslab.course.homework.rules import reports_uncertainty
from cslab.faults import CslabError, DataError, Fault, UsageError
from cslab.words import LANGUAGES, label, word

if TYPE_CHECKING:
    import pandas as pd

    from cslab.measure.touch import Matrix

KINDS = ("high_touch", "tech_touch", "mixed")
"""What an engagement model can be; the words stand under ``homework.model``."""
GROWN = (("load_1", "csms_1"), ("load_2", "csms_2"), ("load_3", "csms_3"))
"""Hours a month and CSMs at once, twice and three times as many customers as today."""
TEST = ("test_outcome", "per_arm", "base", "effect", "power")
"""The parts of a test plan."""
BREAK_EVENS = ("break_even_mid", "break_even_high")
TIERS = ("tier_high", "tier_mid", "tier_tech")
POINTS = 5
"""How far a chance may lie beside what is computed again (percentage points)."""
_BETWEEN = re.compile(r"\s*[×/|,、・]\s*|\s+x\s+")


def files_there(paper: Paper) -> Iterator[Fault]:
    """That the trainee's own matrix and rule lie beside the text.

    Parameters
    ----------
    paper : Paper

    >>> [fault.values["file"] for fault in files_there(Paper({}, {}, Path("no such folder")))]
    ['touch_matrix.yaml', 'tier_rule.yaml']
    """
    for file in (MATRIX, TIER_RULE):
        if not (paper.folder / file).is_file():
            yield Fault("homework_file_missing", {"file": file})


def model_known(paper: Paper) -> Iterator[Fault]:
    """That the model is called high-touch, tech-touch or mixed, in either language.

    Parameters
    ----------
    paper : Paper

    >>> from pathlib import Path
    >>> list(model_known(Paper({}, {}, Path("."))))
    []
    """
    if (one := paper.given("model", "model")) and not find_model(one.value):
        known = {lang: ", ".join(word(f"homework.model.{kind}", lang) for kind in KINDS) for lang in LANGUAGES}
        yield Fault("homework_model_unknown", {"line": one.line, "value": one.value} | known)


def find_model(name: str) -> str:
    """Which kind of model somebody means; empty for none of ``KINDS``.

    Parameters
    ----------
    name : str

    >>> find_model("ハイタッチ"), find_model("Mixed"), find_model("both")
    ('high_touch', 'mixed', '')
    """
    names = {word(f"homework.model.{kind}", lang): kind for kind in KINDS for lang in LANGUAGES}
    return {_joined(word): kind for word, kind in names.items()}.get(_joined(name), "")


def load_as_said(paper: Paper) -> Iterator[Fault]:
    """That the matrix is the trainee's own, and that costliest cell, hours and CSMs are what follows from it.

    Parameters
    ----------
    paper : Paper

    >>> list(load_as_said(Paper({}, {}, Path("."))))
    []
    """
    cell, hours = paper.given("matrix", "costliest"), [paper.given("capacity", name) for pair in GROWN for name in pair]
    if not (cell or any(hours)):
        return
    matrix = touch_matrix(paper.folder)
    load = _load(paper, matrix)
    if cell:
        yield from _cell_faults(cell, matrix, load)
    yield from _capacity_faults(paper, float(load["load_hours"].sum()))


def customers_counted(paper: Paper) -> Iterator[Fault]:
    """That the customers of each tier are those whom the rule in the file gives that tier.

    Parameters
    ----------
    paper : Paper

    >>> from pathlib import Path
    >>> list(customers_counted(Paper({}, {}, Path("."))))
    []
    """
    found = [one for field in TIERS if (one := paper.given("tiers", field))]
    if not found:
        return
    counts = tiers_ruled(paper).value_counts()
    for one in found:
        tier = one.field.removeprefix("tier_")
        yield from _other(one, float(counts.get(tier, 0)), "homework_customers_other", tolerance=0.0)


def break_even_sure(paper: Paper) -> Iterator[Fault]:
    """That each break-even MRR stands with its interval.

    Parameters
    ----------
    paper : Paper

    >>> from pathlib import Path
    >>> list(break_even_sure(Paper({}, {}, Path("."))))
    []
    """
    said = paper.front.get("lang")
    lang = said.value if said and said.value in LANGUAGES else LANGUAGES[0]
    for field in BREAK_EVENS:
        if one := paper.given("economics", field):
            heading = word(f"homework.field.{field}", lang)
            yield from reports_uncertainty(Answer(heading, one.line, ((one.line, one.value),)))


def onboarding_as_ruled(paper: Paper) -> Iterator[Fault]:
    """That the onboarding policy of the text is the one in the file of the rule.

    Parameters
    ----------
    paper : Paper

    >>> from pathlib import Path
    >>> list(onboarding_as_ruled(Paper({}, {}, Path("."))))
    []
    """
    if (one := paper.given("onboarding", "onboarding_touch")) is None:
        return
    ruled, later = tier_rule(paper.folder).onboarding, {normal(word("homework.as_later", lang)) for lang in LANGUAGES}
    if ruled != ("" if normal(one.value) in later else find_tier(one.value) or "?"):
        said = {lang: label(f"touch_tier.{ruled}", lang) if ruled else word("homework.as_later", lang)
                for lang in LANGUAGES}  # fmt: skip
        yield Fault("homework_onboarding_other", {"line": one.line, "value": one.value} | said)


def power_known(paper: Paper) -> Iterator[Fault]:
    """That the test would find the effect as surely as the text says, computed again from share, effect and size.

    Parameters
    ----------
    paper : Paper

    >>> from pathlib import Path
    >>> list(power_known(Paper({}, {}, Path("."))))
    []
    """
    from cslab.measure.effect.power import power

    found = {field: one for field in TEST[1:] if (one := paper.given("test", field))}
    numbers = {field: read_number(one.value) for field, one in found.items()}
    for field, number in numbers.items():
        if number is None:
            yield Fault("homework_number", {"line": found[field].line, "value": found[field].value})
    if len(found) < len(TEST) - 1 or None in numbers.values():
        return
    per_arm, base, effect, said = (numbers[field] or 0.0 for field in TEST[1:])
    try:
        true = 100 * power(base / 100, effect / 100, per_arm)
    except CslabError as error:
        raise DataError(*error.faults, subject=word("homework.field.power", LANGUAGES[0])) from error
    if abs(true - said) > POINTS:
        yield Fault("homework_power_other", {"line": found["power"].line, "said": said, "true": true})


def tiers_ruled(paper: Paper) -> pd.Series:
    """The tier of each customer by the rule in the file, by ``account_id``.

    Parameters
    ----------
    paper : Paper

    Raises
    ------
    DataError
        Where rule or data cannot be read, or do not go together.

    >>> bool(tiers_ruled(Paper({}, {}, Path("."), "synthetic:tiny")).notna().all())
    True
    """
    try:
        return tier_rule(paper.folder).tiers(paper.company)
    except DataError:
        raise
    except CslabError as error:
        raise DataError(*error.faults, subject=TIER_RULE) from error


def find_tier(name: str) -> str:
    """The tier that somebody means; empty for none.

    Parameters
    ----------
    name : str

    >>> find_tier("ロータッチ"), find_tier("high touch"), find_tier("everybody")
    ('mid', 'high', '')
    """
    from cslab.measure import touch

    try:
        return touch.tier_of(name.strip())
    except UsageError:
        return ""


def _joined(name: str) -> str:
    """A name for comparing, without what stands between its words."""
    return re.sub(r"[-_]", "", normal(name))


def _load(paper: Paper, matrix: Matrix) -> pd.DataFrame:
    """What the matrix takes of the team today, cell by cell."""
    from cslab.measure import touch

    tiers, pace = tiers_ruled(paper), cadence(paper.folder)
    try:
        return touch.matrix_load(matrix, touch.counts(paper.company, tiers), cadence=pace)
    except CslabError as error:
        raise DataError(*error.faults, subject=MATRIX) from error


def _cell_faults(one: Given, matrix: Matrix, load: pd.DataFrame) -> Iterator[Fault]:
    """That the matrix is the kit's, or another cell takes most hours."""
    from cslab.measure import touch

    if _said(matrix) == _said(touch.matrix_of()):
        yield Fault("homework_matrix_unchanged", {"line": one.line, "file": MATRIX})
    top = load.iloc[int(load["load_hours"].argmax())]
    if not _names_cell(one.value, top):
        told = {"line": one.line, "value": one.value, "hours": top["load_hours"]}
        cell = {lang: f"{label(top['phase'], lang)} × {label('touch_tier.' + top['tier'], lang)}" for lang in LANGUAGES}
        yield Fault("homework_cell_other", told | cell)


def _capacity_faults(paper: Paper, today: float) -> Iterator[Fault]:
    """Hours that are not those of matrix and rule, or are not there today; CSMs who do not suffice later."""
    hours, pairs = paper.number("hours"), [[paper.given("capacity", name) for name in pair] for pair in GROWN]
    if hours is not None and today > hours * (1 + NEAR) and pairs[0][0]:
        yield Fault("homework_hours_short", {"line": pairs[0][0].line, "load": today, "hours": hours})
    for growth, (load, csms) in enumerate(pairs, 1):
        if load:
            yield from _other(load, growth * today, "homework_load_other", tolerance=NEAR)
        if csms:
            yield from too_few(csms, growth, growth * today, csm_hours(paper))


def _said(matrix: Matrix) -> list[tuple[str, ...]]:
    """What a matrix says, cell by cell, without its lines."""
    names = ("phase", "tier", "activity", "goal", "metric", "hours", "touches", "owner")
    return [tuple(str(getattr(cell, name)) for name in names) for cell in matrix.cells]


def _names_cell(value: str, cell: pd.Series) -> bool:
    """Whether a text names the phase and the tier of a cell, by any names they go by."""
    phases = phase_rules(Path("."))
    parts = [part for part in _BETWEEN.split(unicodedata.normalize("NFKC", value)) if part]
    return cell["tier"] in map(find_tier, parts) and cell["phase"] in (find_phase(phases, part) for part in parts)


def _other(one: Given, true: float, key: str, tolerance: float) -> Iterator[Fault]:
    """The fault of a number that is none, or another than what is computed again."""
    number = read_number(one.value)
    if number is None:
        yield Fault("homework_number", {"line": one.line, "value": one.value})
    elif abs(number - true) > tolerance * max(abs(true), 1.0) + 0.5:
        names = {lang: word(f"homework.field.{one.field}", lang) for lang in LANGUAGES}
        yield Fault(key, {"line": one.line, "said": number, "true": true} | names)
