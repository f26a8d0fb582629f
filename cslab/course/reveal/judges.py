"""The homework that can be held against the truth."""

from __future__ import annotations

from cslab.course.reveal.judge import Judge
from cslab.course.reveal.missions import MISSIONS
from cslab.course.reveal.models import MODELS

JUDGES = (MISSIONS, MODELS)


def judge_of(homework: str) -> Judge:
    """How a homework is held against the truth.

    Parameters
    ----------
    homework : str
        Of those that are assigned.

    >>> judge_of("h1_mission").homework
    'h1_mission'
    """
    return next(judge for judge in JUDGES if judge.homework == homework)
