"""A ranking: the right things in the right order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cslab.course.questions.kinds.choice import alike, in_part, items_of, known, named
from cslab.course.questions.kinds.kind import Kind, Remark, Slip, listed

if TYPE_CHECKING:
    from cslab.course.questions.kinds.choice import Choices
    from cslab.course.questions.question import Material

    Order = tuple[Hashable, ...]


@dataclass(frozen=True)
class Rank(Kind):
    """A ranking.

    Parameters
    ----------
    at_least : float
        The rank correlation (Spearman's rho) with the right order that is enough; 1 for that very order.
    choices : iterable, or callable of a material
        What may stand in it, which can be more than what belongs in it; empty for anything.

    Source: Spearman (1904), American Journal of Psychology 15:72.

    >>> Rank(0.7).agrees(("a", "b", "c", "e", "d"), ("a", "b", "c", "d", "e"), None)
    True
    """

    at_least: float = 1.0
    choices: Choices = ()

    def read(self, answer: Any, material: Material | None) -> Order:
        """The things in the order given.

        Raises
        ------
        Slip
            For a set, which has no order, another type, a thing that stands in it twice or is none of the choices.

        >>> Rank().read(["B", "a"], None)
        ('b', 'a')
        """
        if isinstance(answer, frozenset):
            raise Slip("set_for_list")
        order = tuple(named(items_of(answer, "list"), known(self.choices, material)))
        if twice := [item for item, count in Counter(order).items() if count > 1]:
            raise Slip("items_twice", items=listed(twice))
        return order

    def agrees(self, given: Order, target: Order, material: Material | None) -> bool:
        """Whether the order is near enough to the right one, with all its things and no others.

        >>> Rank().agrees(("a", "b"), ("b", "a"), None)
        False
        """
        return set(given) == set(target) and rho(given, target) >= self.at_least - 1e-9

    def same(self, given: Order, wrong: Order, material: Material | None) -> bool:
        """Whether it is that very order.

        >>> Rank().same(("a", "b"), ("a", "b"), None)
        True
        """
        return given == wrong

    def otherwise(self, given: Order) -> Iterator[tuple[Remark, Order]]:
        """The order read from the other end.

        >>> [order for _, order in Rank().otherwise(("a", "b"))]
        [('b', 'a')]
        """
        yield Remark("reversed"), given[::-1]

    def differences(self, given: Order, target: Order, material: Material | None) -> list[Remark]:
        """How many things belong in it; where all do, how many stand in their place.

        What is missing is named only where everything that can be named belongs in the ranking.

        >>> Rank().differences(("a", "c", "b"), ("a", "b", "c"), None)
        [Remark(key='places_right', values={'right': 1, 'count': 3})]
        """
        if set(given) == set(target):
            right = sum(a == b for a, b in zip(given, target, strict=True))
            return [Remark("places_right", {"right": right, "count": len(target)})]
        choices = known(self.choices, material)
        if set(target) == set(map(alike, choices.values())):
            missing = [choices[item] for item in target if item not in given]
            return [Remark("items_missing", {"items": listed(missing), "count": len(missing)})]
        return [in_part(given, target)]


def rho(given: Order, target: Order) -> float:
    """Spearman's rank correlation of two orders of the same things.

    Parameters
    ----------
    given, target : tuple
        The same things, none of them twice.

    Returns
    -------
    float
        From -1, the other way round, to 1, the same; 1 for fewer than two things.

    >>> rho(("a", "b", "c"), ("c", "b", "a"))
    -1.0
    """
    n = len(target)
    if n < 2:
        return 1.0
    places = {item: place for place, item in enumerate(given)}
    squares = sum((place - places[item]) ** 2 for place, item in enumerate(target))
    return 1 - 6 * squares / (n * (n * n - 1))
