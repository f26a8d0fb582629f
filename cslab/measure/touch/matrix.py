"""The matrix of lifecycle and touch: for each phase and tier what is done, to which end, and who answers for it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cslab.measure.lifecycle.shipped import rules as lifecycle_rules
from cslab.measure.touch.bilingual import NOTHING, Bilingual
from cslab.measure.touch.cadence import cadence as shipped_cadence
from cslab.measure.touch.tiers import COMMUNITY
from cslab.words import label
from cslab.world.touch import TIERS

if TYPE_CHECKING:
    import pandas as pd

    from cslab.measure.touch.cadence import Cadence

ORDER = (*reversed(TIERS), COMMUNITY)
"""Tiers from the most touch to the least, community beside them."""


@dataclass(frozen=True)
class Cell:
    """What is done for customers of one tier in one phase.

    Parameters
    ----------
    phase, tier : str
    problem, activity, goal, metric : Bilingual
        What the customers cannot do yet; what is done; what they can do then; by what one sees it.
    hours : float
        Of the team, a customer and month in this phase; missing where touches say it.
    touches : mapping of str to float
        Times a month by touch of the cadence.
    owner : str
        The department that answers for it.
    supports : tuple of str
        Departments that help.
    tool : Bilingual
    tool_first : bool
        A tool is named without a problem, or above it.
    line : int
        Where it stands in its file.

    >>> Cell("adoption", "mid", hours=1.5).monthly()
    1.5
    """

    phase: str
    tier: str
    problem: Bilingual = NOTHING
    activity: Bilingual = NOTHING
    goal: Bilingual = NOTHING
    metric: Bilingual = NOTHING
    hours: float = math.nan
    touches: Mapping[str, float] = field(default_factory=dict)
    owner: str = ""
    supports: tuple[str, ...] = ()
    tool: Bilingual = NOTHING
    tool_first: bool = False
    line: int = 0

    def monthly(self, cadence: Cadence | None = None) -> float:
        """Hours of a customer and month; missing where nothing says it.

        Parameters
        ----------
        cadence : Cadence, optional
            Whose unit hours count; the shipped one where not given.

        Raises
        ------
        UsageError
            For a touch without hours.

        >>> Cell("adoption", "mid", touches={"call": 2}).monthly()
        1.5
        """
        if not self.touches:
            return self.hours
        return (cadence or shipped_cadence()).monthly(self.touches)


@dataclass(frozen=True)
class Occasion:
    """Something that calls for action, and the means of each tier.

    Parameters
    ----------
    name : str
    playbook : str
        The rule of the playbooks that notices it.
    means : mapping of str to Bilingual
        By tier.
    line : int

    >>> Occasion("renewal", "renewal_at_risk", {"tech": Bilingual("in-product note")}).means["tech"].en
    'in-product note'
    """

    name: str
    playbook: str
    means: Mapping[str, Bilingual]
    line: int = 0


@dataclass(frozen=True)
class Matrix:
    """A company's matrix of lifecycle and touch.

    Parameters
    ----------
    name : str
    cells : tuple of Cell
    occasions : tuple of Occasion

    >>> Matrix("own", (Cell("adoption", "high", hours=6.0),)).hours()["hours"].tolist()
    [6.0]
    """

    name: str
    cells: tuple[Cell, ...]
    occasions: tuple[Occasion, ...] = ()

    @property
    def phases(self) -> list[str]:
        """The phases it speaks of, in the order of a customer's life. For an example see :meth:`cell`."""
        there = {cell.phase for cell in self.cells}
        return [phase for phase in lifecycle_rules().phases if phase in there]

    @property
    def tiers(self) -> list[str]:
        """The tiers it speaks of, from the most touch to the least. For an example see :meth:`cell`."""
        there = {cell.tier for cell in self.cells}
        return [tier for tier in ORDER if tier in there]

    def cell(self, phase: str, tier: str) -> Cell | None:
        """The cell of a phase and tier, if there is one.

        Parameters
        ----------
        phase, tier : str

        >>> own = Matrix("own", (Cell("adoption", "high", hours=6.0),))
        >>> own.cell("adoption", "high").hours, own.cell("adoption", "mid"), own.phases, own.tiers
        (6.0, None, ['adoption'], ['high'])
        """
        return next((one for one in self.cells if (one.phase, one.tier) == (phase, tier)), None)

    def hours(self, cadence: Cadence | None = None) -> pd.DataFrame:
        """The hours of each cell.

        Parameters
        ----------
        cadence : Cadence, optional
            Whose unit hours count; the shipped one where not given.

        Returns
        -------
        DataFrame
            ``phase``, ``tier``, ``hours`` (a customer and month), ``owner``; in the order of life and tiers.

        Raises
        ------
        UsageError
            For a touch without hours.

        >>> Matrix("own", (Cell("adoption", "mid"), Cell("adoption", "high"))).hours()["tier"].tolist()
        ['high', 'mid']
        """
        import pandas as pd

        ordered = [self.cell(phase, tier) for phase in self.phases for tier in self.tiers]
        rows = [(one.phase, one.tier, one.monthly(cadence), one.owner) for one in ordered if one]
        return pd.DataFrame(rows, columns=["phase", "tier", "hours", "owner"])

    def table(self, lang: str = "en") -> pd.DataFrame:
        """The matrix to be read, a row a cell.

        Parameters
        ----------
        lang : str

        Returns
        -------
        DataFrame
            ``phase``, ``tier``, ``problem``, ``activity``, ``goal``, ``metric``, ``hours`` (a customer and month),
            ``owner``.

        >>> Matrix("own", (Cell("adoption", "high", goal=Bilingual("we report ourselves")),)).table()["goal"].tolist()
        ['we report ourselves']
        """
        import pandas as pd

        rows = [
            {
                "phase": label(one.phase, lang),
                "tier": label(f"touch_tier.{one.tier}", lang),
                **{name: getattr(one, name).text(lang) for name in ("problem", "activity", "goal", "metric")},
                "hours": one.monthly(),
                "owner": label(one.owner, lang),
            }
            for phase in self.phases
            for tier in self.tiers
            if (one := self.cell(phase, tier))
        ]
        return pd.DataFrame(rows)
