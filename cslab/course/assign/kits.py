"""What a homework hands out beside its text: which companies, which files, how many hours, a notebook to begin with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil
from pathlib import Path

MISSION = """\
from pathlib import Path

import cslab
from cslab.measure import journey, lifecycle
from cslab.measure.lifecycle import focus

book = cslab.load("folder:data")
rules = lifecycle.read_rules(Path("rules.yaml").read_bytes(), "rules.yaml")
steps = journey.read_map(Path("journey.yaml").read_bytes(), "journey.yaml")
hours = {hours:g}
book.as_of"""
MODEL = """\
import cslab
from cslab.measure import capacity, touch

book = cslab.load("folder:data")
cadence = touch.cadence("cadence.yaml")
matrix = touch.matrix_of("touch_matrix.yaml", cadence)
rule = touch.tier_rule("tier_rule.yaml")
hours = {hours:g}
book.as_of"""


@dataclass(frozen=True)
class Kit:
    """What lies in the folder of each trainee.

    Parameters
    ----------
    homework : str
    presets : tuple of str
        The kinds of company among which the lot falls.
    files : mapping of str to str
        Declared files by their names in the folder, and the shipped ones that they are copies of.
    returned : tuple of str
        Files that come back beside the text and its notebook.
    texts : tuple of str
        Further homework texts handed out.
    evidence : tuple of str
        The cells of evidence in the notebook to begin with.
    loads : str
        Its first cell.
    hours : callable
        The hours of the team, from the folder of the company's tables, where the instructor does not say.

    >>> kit_of("h1_mission").texts
    ('charter',)
    """

    homework: str
    presets: tuple[str, ...]
    files: Mapping[str, str]
    returned: tuple[str, ...]
    texts: tuple[str, ...]
    evidence: tuple[str, ...]
    loads: str
    hours: Callable[[Path], float]


def kit_of(homework: str) -> Kit:
    """What a homework hands out.

    Parameters
    ----------
    homework : str
        Of those that are assigned.

    >>> kit_of("h2_engagement_model").returned
    ('touch_matrix.yaml', 'tier_rule.yaml', 'cadence.yaml')
    """
    return next(kit for kit in KITS if kit.homework == homework)


def a_year(data: Path) -> float:
    """Hours a year for a mission: the same in every company, so that the class can compare.

    Parameters
    ----------
    data : Path
        The company's tables.

    >>> a_year(Path("data"))
    500.0
    """
    return 500.0


def a_month(data: Path) -> float:
    """Hours a month that the company's own tiers take now, at the usual hours of a tier, rounded up to tens.

    Parameters
    ----------
    data : Path
        The company's tables.

    >>> import tempfile
    >>> from cslab.course.grading.unseen import write_tables
    >>> with tempfile.TemporaryDirectory() as home:
    ...     write_tables("synthetic:tiny?seed=7", Path(home) / "data")
    ...     a_month(Path(home) / "data") % 10
    0.0
    """
    from cslab.measure import touch
    from cslab.measure.plans import TIER_HOURS
    from cslab.sources import load

    tiers = touch.assign(load(f"folder:{data}"), touch.tier_rule("tier_rule"))["present"].dropna()
    taken = float(tiers.map(TIER_HOURS).sum())
    return 10.0 * ceil(round(taken, 6) / 10)


KITS = (
    Kit(
        "h1_mission",
        presets=("default_jp", "slow_burn", "smb_heavy"),  # in each an hour gains most in another phase
        files={"rules.yaml": "lifecycle_default", "journey.yaml": "journey"},
        returned=("charter.md",),
        texts=("charter",),
        evidence=("stuck", "gain", "journey"),
        loads=MISSION,
        hours=a_year,
    ),
    Kit(
        "h2_engagement_model",
        presets=("default_jp", "smb_heavy", "enterprise"),  # mixed, mostly tech touch, mostly high touch
        files={"touch_matrix.yaml": "touch_matrix", "tier_rule.yaml": "tier_rule", "cadence.yaml": "cadence"},
        returned=("touch_matrix.yaml", "tier_rule.yaml", "cadence.yaml"),
        texts=(),
        evidence=("tiers", "load", "break_even", "power"),
        loads=MODEL,
        hours=a_month,
    ),
)
"""All homework for which each trainee gets a company of one's own."""
