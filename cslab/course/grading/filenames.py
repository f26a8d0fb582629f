"""File names made from people's names: the same on every system, none of them twice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 60
"""Letters; a Japanese one takes three bytes, and a file name has 255 of them."""
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\s]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)


def file_names(people: Iterable[str]) -> dict[str, str]:
    """A file name, without its ending, for each of some people.

    Two names that would be one file somewhere (``Sato`` and ``sato``, ``a/b`` and ``a:b``) get numbers, in the order of
    the names.

    Parameters
    ----------
    people : iterable of str
        Names as they were handed in.

    Returns
    -------
    dict of str to str
        File names by person.

    >>> file_names(["山田 花子", "a/b", "a:b", "con"])
    {'a/b': 'a_b', 'a:b': 'a_b-2', 'con': '_con', '山田 花子': '山田_花子'}
    """
    taken, names = set[str](), dict[str, str]()
    for person in sorted(set(people)):
        name, count = harmless_name(person), 1
        while _alike(numbered := name if count == 1 else f"{name}-{count}") in taken:
            count += 1
        taken.add(_alike(numbered))
        names[person] = numbered
    return names


def harmless_name(person: str) -> str:
    """A name without what a file name on Windows, macOS or Linux cannot hold or takes for something else.

    Parameters
    ----------
    person : str

    >>> harmless_name("../NUL.txt"), harmless_name("NUL.txt"), harmless_name(" . ")
    ('_NUL.txt', '_NUL.txt', '_')
    """
    composed = unicodedata.normalize("NFC", person)
    visible = "".join(letter for letter in composed if unicodedata.category(letter)[0] != "C" or letter in "\t\n\r")
    name = _FORBIDDEN.sub("_", visible.strip()).strip(".")[:LONGEST].rstrip(".") or "_"
    return f"_{name}" if _RESERVED.fullmatch(name) or name[0] in "-~" else name


def _alike(name: str) -> str:
    """The form in which two names are the same file where case, width and accents make no difference."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
