"""The data that a trainee had before their eyes: an answer that is right there and nowhere else was not computed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from cslab.course.exercise import own_source
from cslab.course.grading.unseen import VARIANTS, Unseen, same_company
from cslab.course.params import with_options
from cslab.course.questions.judge import judge
from cslab.course.questions.question import Material

if TYPE_CHECKING:
    from cslab.course.grading.submissions import Submission
    from cslab.course.questions.question import Question


def right_there(question: Question, answer: Any, submission: Submission, given: Unseen) -> bool:
    """Whether an answer is right on the data that the exercise, or its trainee's own copy, was about.

    Parameters
    ----------
    question : Question
    answer : object
        In plain types.
    submission : Submission
        Of what its own parameters say, only a seed, a name and a version are used.
    given : Unseen
        What the answer was computed from when it was graded.

    >>> import cslab
    >>> from pathlib import Path
    >>> from cslab.course.grading.submissions import Submission
    >>> from cslab.course.questions.kinds import Num
    >>> from cslab.course.questions.question import Question
    >>> question = Question("nrr", "E01", "01", Num(), lambda material: 0.5 + material.variant, fixed=True)
    >>> given = Unseen(Path("given"), 7, Material(cslab.load("synthetic:tiny"), 7), ())
    >>> right_there(question, 0.5, Submission("Sato", "01", "en", "a"), given)  # as printed in the exercise
    True
    """
    return any(judge(question, answer, seen).outcome == "correct" for seen in _materials(question, submission, given))


def sources(values: dict[str, Any], handed_out: tuple[str, ...]) -> list[str]:
    """The companies that a trainee may have looked at.

    Parameters
    ----------
    values : dict
        What the parameters of the trainee's notebook say.
    handed_out : tuple of str
        Those that the class had.

    >>> sources({"source": "synthetic:tiny?seed=5"}, ("synthetic:tiny?seed=1",))
    ['synthetic:tiny?seed=1', 'synthetic:tiny?seed=5']
    """
    trainee = str(values.get("trainee") or "")[:200]
    found = list(handed_out)
    for source in handed_out:
        seed = same_company(values.get("source"), source)
        own = with_options(source, {"seed": seed}) if seed else source
        found += [own, own_source(own, trainee)]
    return [*dict.fromkeys(found)]


def _materials(question: Question, submission: Submission, given: Unseen) -> Iterator[Material]:
    """The data that the trainee may have had, each made only as it is looked at."""
    if not question.fixed:
        yield from map(_material, sources(submission.values, given.handed_out))
        return
    book, once = given.material.book, given.material.once
    for variant in _variants(submission.values.get("variant")):
        yield once(("handed out", variant), partial(Material, book, variant))


def _variants(theirs: Any) -> list[int]:
    """The printed version of the fixed data, and the one that the trainee set."""
    own = theirs if type(theirs) is int and 0 <= theirs <= VARIANTS else 0
    return [*dict.fromkeys([0, own])]


@lru_cache(maxsize=3)
def _material(source: str) -> Material:
    """One company with its truth; few are kept, because each trainee may have another."""
    from cslab.sources import load

    return Material(load(source))
