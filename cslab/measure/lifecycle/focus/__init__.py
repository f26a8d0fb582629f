"""Where help raises lifetime value most: each phase's departures made rarer, in the fitted chain and in the true world.

A chain of phases says what a customer saved is worth if it is like all others in its state. The paired worlds of the
simulator save those who would have left: they are smaller and weaker, and at risk again the month after. Both answer
the same question with the same effect, hours and terms, so their difference is what the chain does not know.
"""

from __future__ import annotations

from cslab.measure.lifecycle.focus.decision import DECISIONS, Decision, decide
from cslab.measure.lifecycle.focus.entrants import entrants
from cslab.measure.lifecycle.focus.experiment import experiment
from cslab.measure.lifecycle.focus.table import Regret, regret, spent, table

__all__ = ["DECISIONS", "Decision", "Regret", "decide", "entrants", "experiment", "regret", "spent", "table"]
