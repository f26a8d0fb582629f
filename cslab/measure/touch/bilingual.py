"""A text that people declare in one language or in both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cslab.faults import Fault
    from cslab.sources.declared import Declared

LANGUAGES = ("en", "ja")


@dataclass(frozen=True)
class Bilingual:
    """What somebody wrote; one language stands for both where only one was written.

    Parameters
    ----------
    en, ja : str

    >>> Bilingual("visit", "訪問").text("ja"), Bilingual("visit").text("ja"), bool(Bilingual())
    ('訪問', 'visit', False)
    """

    en: str = ""
    ja: str = ""

    @classmethod
    def of(cls, value: Any) -> Bilingual:
        """What stands in a place of a declared file.

        Parameters
        ----------
        value : str, dict or None
            A plain text, or ``en`` and ``ja``.

        >>> Bilingual.of({"en": "visit"}), Bilingual.of(" visit "), Bilingual.of(None)
        (Bilingual(en='visit', ja=''), Bilingual(en='visit', ja='visit'), Bilingual(en='', ja=''))
        """
        if isinstance(value, dict):
            return cls(*(str(value.get(lang) or "").strip() for lang in LANGUAGES))
        return cls(*[str(value).strip()] * 2) if value is not None else cls()

    def __bool__(self) -> bool:
        """Whether anything is said."""
        return bool(self.en or self.ja)

    def text(self, lang: str = "en") -> str:
        """In a language; in the other one where nobody wrote it in this.

        Parameters
        ----------
        lang : str

        >>> Bilingual(ja="訪問").text("en")
        '訪問'
        """
        return (self.ja or self.en) if lang == "ja" else (self.en or self.ja)


NOTHING = Bilingual()
"""No text at all."""


def badly_said(declared: Declared, value: Any, *path: str | int) -> Iterator[Fault]:
    """The fault of a place that should hold a text, or one for each language.

    Parameters
    ----------
    declared : Declared
    value : object
        What stands there; nothing is no fault here.
    *path : str or int
        The way to it.

    >>> from cslab.sources.declared import parse
    >>> file = parse("goal: [a, b]\\n", "own.yaml")
    >>> [fault.values["key"] for fault in badly_said(file, file.value["goal"], "goal")]
    ['goal']
    """
    texts = list(value.values()) if isinstance(value, dict) else [value]
    known = not isinstance(value, dict) or set(value) <= set(LANGUAGES)
    if not known or any(isinstance(text, list | dict | bool) for text in texts):
        yield declared.fault("touch.said", *path, key=".".join(str(p + 1) if isinstance(p, int) else p for p in path))
