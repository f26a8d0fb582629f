"""How a homework is held against the truth: what of it is read, what is looked up, and how that is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cslab.course.assign.key import Held
    from cslab.course.homework.paper import Paper
    from cslab.course.reveal.standing import Standing

Cells = list[str | int | float]
"""Of one line of a sheet."""


@dataclass(frozen=True)
class Judge:
    """One homework as the reveal sees it. What it decides and what was found are its own kinds of thing.

    Parameters
    ----------
    homework : str
        Its own words stand in ``words.csv`` under ``reveal.<homework>``.
    decided : callable
        What a paper decides, as far as it can be read.
    found : callable
        What was true of the company that the key tells of, beside that decision; slow, so done in a process of its own.
    columns, line : tuple of str, callable
        What the sheet says of one trainee beside outcome and faults.
    company_columns, company_lines : tuple of str, callable
        What the sheet of companies says, after the trainee.
    heads, listed : tuple of str, callable
        What the list of the class says after trainee and outcome; its heads stand under ``reveal.<head>``.
    told : callable
        What the trainee's page says of the truth, as HTML.
    summary : callable
        What is projected, as HTML without anybody's name.
    company : callable
        What stands behind the fold of one trainee's company, as HTML.

    >>> from cslab.course.reveal.judges import judge_of
    >>> judge_of("h1_mission").heads
    ('chosen', 'best', 'regret')
    """

    homework: str
    decided: Callable[[Paper], Any]
    found: Callable[[Held, Any], Any]
    columns: tuple[str, ...]
    line: Callable[[Standing], Cells]
    company_columns: tuple[str, ...]
    company_lines: Callable[[Standing], Iterator[Cells]]
    heads: tuple[str, ...]
    listed: Callable[[Sequence[Standing], str], list[list[str]]]
    told: Callable[[Standing, str], Iterator[str]]
    summary: Callable[[Sequence[Standing], str], str]
    company: Callable[[Standing, str], str]
