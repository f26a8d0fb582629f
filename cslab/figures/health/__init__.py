"""Pictures of health scores: how well they tell, how they go wrong, who answers, and where the customers stand."""

from __future__ import annotations

from cslab.figures.health.marks import answers, compared, race, score_name, trapped
from cslab.figures.health.paths import paths
from cslab.figures.health.standing import actions, portfolio

__all__ = ["actions", "answers", "compared", "paths", "portfolio", "race", "score_name", "trapped"]
