"""How support and success are doing: indicators by name, each with what it counts and of what.

``desk`` holds the tickets of a window, ``desk_figures`` what is made of them; ``support``, ``effort`` and ``success``
give one indicator each time, ``indicators`` all of them as tables. On these rest the ``scorecard`` and the ``tree``;
``causes`` says why tickets arise, ``fixes`` what removing a cause would be worth.
"""

from __future__ import annotations

from cslab.measure.kpis.indicators import KPIS, SUCCESS_KPIS, SUPPORT_KPIS, Kpi, success_kpis, support_kpis
from cslab.measure.kpis.scorecard import TARGETS, Target, scorecard
from cslab.measure.kpis.tree import TREE, kpi_tree

__all__ = [
    "KPIS",
    "SUCCESS_KPIS",
    "SUPPORT_KPIS",
    "TARGETS",
    "TREE",
    "Kpi",
    "Target",
    "kpi_tree",
    "scorecard",
    "success_kpis",
    "support_kpis",
]
