"""Whether this session has opened somebody's real data: pictures drawn from then on say that they are confidential."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cslab.book import Book

_SEEN: set[bool] = set()


def remember(book: Book) -> Book:
    """Note that a book was opened, and hand it on.

    Parameters
    ----------
    book : Book

    Returns
    -------
    Book
        The very same.

    >>> import cslab
    >>> remember(cslab.load("synthetic:tiny")).confidential, session_is_confidential()
    (False, False)
    """
    if book.confidential:
        _SEEN.add(True)
    return book


def session_is_confidential() -> bool:
    """Whether a book of real data has been opened in this process. It stays so: what was read can still be shown.

    >>> session_is_confidential()
    False
    """
    return bool(_SEEN)


def begin_anew() -> None:
    """Forget what was opened: for tests, and for a process that turns to another reader.

    >>> begin_anew()
    """
    _SEEN.clear()
