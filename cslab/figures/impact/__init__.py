"""Impact chains: a chain with its verdicts, months to impact, a portfolio, lags, an effect by the month, regret."""

from __future__ import annotations

from cslab.figures.impact.diagram import diagram
from cslab.figures.impact.lags import lags
from cslab.figures.impact.path import effect_path
from cslab.figures.impact.portfolio import portfolio
from cslab.figures.impact.regret import regret
from cslab.figures.impact.ribbon import ribbon

__all__ = ["diagram", "effect_path", "lags", "portfolio", "regret", "ribbon"]
