"""What a question is: the data it is about, the right answer and the usual wrong ones, each computed from that data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from cslab.book import Book
    from cslab.course.questions.kinds import Kind

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Material:
    """What a question is about.

    Parameters
    ----------
    book : Book
        The company, with its truth where the source carries one.
    variant : int
        Version of the fixed data, such as the toy book: 0 as printed, others for grading.
    memo : dict
        What has been computed from this material, so that no check computes it twice.

    >>> import cslab
    >>> Material(cslab.load("synthetic:tiny")).variant
    0
    """

    book: Book
    variant: int = 0
    memo: dict[Any, Any] = field(default_factory=dict, repr=False)

    def once(self, key: Any, make: Callable[[], T]) -> T:
        """What a function gives, computed the first time only.

        Parameters
        ----------
        key : hashable
            The name under which it is remembered.
        make : callable
            Without arguments.

        >>> import cslab
        >>> material = Material(cslab.load("synthetic:tiny"))
        >>> material.once("a", lambda: 1), material.once("a", lambda: 2)
        (1, 1)
        """
        if key not in self.memo:
            self.memo[key] = make()
        made: T = self.memo[key]
        return made


@dataclass(frozen=True)
class Sample:
    """A text as somebody might answer, the same for every company; as a formula it gives the English one.

    Parameters
    ----------
    en, ja : str

    >>> sample = Sample("The median.", "中央値です。")
    >>> sample(None), sample.ja
    ('The median.', '中央値です。')
    """

    en: str
    ja: str

    def __call__(self, material: Material | None) -> str:
        """What it gives where a formula is asked for.

        >>> Sample("The median.", "中央値です。")(None)
        'The median.'
        """
        return self.en


@dataclass(frozen=True)
class Mistake:
    """A registered misconception about one question.

    Parameters
    ----------
    name : str
        ``question.<id>.mistake.<name>`` in ``words.csv`` says what was done and why it misleads.
    answer : callable
        The wrong formula on a material.

    >>> Mistake("twelvefold", lambda material: 12 * 0.02).name
    'twelvefold'
    """

    name: str
    answer: Callable[[Material], Any]


@dataclass(frozen=True)
class Question:
    """One question of an exercise.

    Parameters
    ----------
    id : str
        Unique in the course; also the name of the variable that holds the answer, such as ``"nrr"``.
    exercise : str
        The exercise it belongs to, such as ``"E01"``.
    lesson : str
        Number of the lesson.
    kind : Kind
        The form of its answer (``cslab.course.questions.kinds``).
    reference : callable
        The right answer on a material.
    mistakes : tuple of Mistake
        The usual wrong ones.
    needs : tuple of str
        What the company's source must hold (see ``Book.has``).
    fixed : bool
        Whether it is about fixed data, the same for every company.

    >>> from cslab.course.questions.kinds import Num
    >>> Question("yearly", "E04", "01", Num(), lambda material: 1 - 0.98**12, fixed=True).id
    'yearly'
    """

    id: str
    exercise: str
    lesson: str
    kind: Kind
    reference: Callable[[Material], Any]
    mistakes: tuple[Mistake, ...] = ()
    needs: tuple[str, ...] = ()
    fixed: bool = False
