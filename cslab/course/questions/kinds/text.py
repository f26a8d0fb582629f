"""A short text: what has to be in it, what must not, and how long it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cslab.course.questions.kinds.kind import Kind, Remark, Slip, refuse

if TYPE_CHECKING:
    from cslab.course.questions.question import Material

OWN_WORDS = 0.1
"""The least share of a text's letters that are no keywords: a sentence joins them, a mere list says nothing."""

WORD = 6
"""Places that an English word takes, with the space behind it."""


@dataclass(frozen=True)
class Part:
    """Something that a text says or does not say.

    Parameters
    ----------
    name : str
        ``question.<id>.part.<name>`` in ``words.csv`` calls it by its name.
    keywords : tuple of str
        In both languages; any of them will do. A Latin one is a whole word, ``"skew*"`` the beginning of one.
    wanted : bool
        Whether it has to be there, or must not.

    >>> Part("median", ("median", "中央値")).stands_in("報告するのは中央値です。")
    True
    """

    name: str
    keywords: tuple[str, ...]
    wanted: bool = True

    def stands_in(self, text: str) -> bool:
        """Whether a text says it.

        Parameters
        ----------
        text : str

        >>> Part("mean", ("mean",)).stands_in("What is the meaning of it?")
        False
        """
        folded = _folded(text)
        return any(re.search(pattern, folded) for pattern in self.patterns())

    def patterns(self) -> Iterator[str]:
        """The keywords as patterns of a text without differences of width and case.

        >>> list(Part("median", ("median", "中央値")).patterns())
        ['(?<![a-z0-9])median(?![a-z0-9])', '中央値']
        """
        return map(_pattern, self.keywords)


@dataclass(frozen=True)
class Text(Kind):
    """A text with required parts.

    Parameters
    ----------
    parts : tuple of Part
    least : int
        Its least length in half-width places; a Japanese letter takes two.

    >>> Text((Part("median", ("median",)),), least=5).read("The median.", None)
    frozenset({'median'})
    """

    parts: tuple[Part, ...]
    least: int = 20

    def read(self, answer: Any, material: Material | None) -> frozenset[str]:
        """The names of the parts that the text says.

        Raises
        ------
        Slip
            For another type, a text that is too short to say anything, or one of hardly anything but keywords.

        >>> sorted(Text((Part("mean", ("mean",)), Part("median", ("median",))), least=1).read("The median!", None))
        ['median']
        """
        if not isinstance(answer, str):
            raise refuse("text", answer)
        if _full_width(_places(answer)) < _full_width(self.least):
            raise self._short(answer)
        found = frozenset(part.name for part in self.parts if part.stands_in(answer))
        if found and self._own_words(answer) < OWN_WORDS:
            raise Slip("only_keywords")
        return found

    def agrees(self, given: frozenset[str], target: frozenset[str], material: Material | None) -> bool:
        """Whether a text says all that another says, and the same of what it must not say.

        >>> Text((Part("a", ("a",)),)).agrees(frozenset(), frozenset({"a"}), None)
        False
        """
        unwanted = {part.name for part in self.parts if not part.wanted}
        return bool(target) and target <= given and given & unwanted == target & unwanted

    def differences(self, given: frozenset[str], target: frozenset[str], material: Material | None) -> list[Remark]:
        """Which parts are missing, and which must not be there.

        >>> Text((Part("a", ("a",)),)).differences(frozenset(), frozenset({"a"}), None)
        [Remark(key='parts_missing', values={'parts': ['a']})]
        """
        missing = [part.name for part in self.parts if part.wanted and part.name not in given]
        wrong = [part.name for part in self.parts if not part.wanted and part.name in given]
        found = {"parts_missing": missing, "parts_unwanted": wrong}
        return [Remark(key, {"parts": parts}) for key, parts in found.items() if parts]

    def _short(self, answer: str) -> Slip:
        """The slip of a text that is too short, counted as its language counts: in letters, or in words."""
        if any(unicodedata.east_asian_width(letter) in "WF" for letter in answer):
            return Slip("text_short", count=_full_width(_places(answer)), least=_full_width(self.least))
        words = len(answer.split())
        return Slip("text_short_words", count=words, least=max(round(self.least / WORD), words + 1))

    def _own_words(self, text: str) -> float:
        """The share of a text's letters that are no keywords."""
        rest = folded = _folded(text)
        for pattern in (pattern for part in self.parts for pattern in part.patterns()):
            rest = re.sub(pattern, "", rest)
        return _places(_letters(rest)) / _places(_letters(folded))


def _folded(text: str) -> str:
    """A text without differences of width, case and line ends."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _letters(text: str) -> str:
    """A text without spaces and signs."""
    return re.sub(r"\W", "", text)


def _pattern(keyword: str) -> str:
    """A keyword as a pattern; words of Latin letters do not begin or end in the middle of another."""
    start = keyword.endswith("*")
    bare = re.escape(_folded(keyword.removesuffix("*")))
    if not keyword.isascii():
        return bare
    return rf"(?<![a-z0-9]){bare}" + ("[a-z0-9]*" if start else r"(?![a-z0-9])")


def _full_width(places: int) -> int:
    """Half-width places as full-width ones, half a place being one."""
    return (places + 1) // 2


def _places(text: str) -> int:
    """How long a text is; a Japanese letter says as much as two Latin ones."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in " ".join(text.split()))
