"""What Python could not read, told to somebody who began last week: full-width letters, quotes, brackets, indents."""

from __future__ import annotations

import ast
import linecache
import re
import unicodedata
from typing import Any

Told = tuple[str, dict[str, Any]]
"""A key of ``words.csv`` without its leading ``python.``, and what fills its blanks."""

_HALF = {**dict.fromkeys("“”„‟″〝〟", '"'), **dict.fromkeys("‘’‛′", "'"), "　": " ", "−": "-", "–": "-", "—": "-"}
_HALF |= {"「": '"', "」": '"', "『": '"', "』": '"', "、": ",", "。": ".", "【": "[", "】": "]", "〔": "(", "〕": ")"}
_INVALID = re.compile(r"invalid (?:non-printable )?character .*?\(?U\+(?P<code>[0-9A-F]{4,6})\)?")
_BRACKETS = {
    "bracket_open": re.compile(r"'(?P<bracket>[(\[{])' was never closed"),
    "bracket_extra": re.compile(r"^(?:f-string: )?unmatched '(?P<bracket>[)\]}])'"),
    "bracket_pair": re.compile(r"parenthesis '(?P<bracket>.)' does not match opening parenthesis '(?P<open>.)'"),
}
_PHRASES = {
    "quote": ("unterminated string literal", "unterminated triple-quoted", "unterminated f-string"),
    "indent_extra": ("unexpected indent",),
    "indent_missing": ("expected an indented block",),
    "indent_uneven": ("unindent does not match", "inconsistent use of tabs"),
    "comma": ("Perhaps you forgot a comma",),
    "colon": ("expected ':'",),
    "equals": ("Maybe you meant '=='", 'perhaps you meant "=="'),
    "print": ("Missing parentheses in call",),
    "number": ("invalid decimal literal", "leading zeros in decimal"),
    "order": ("positional argument follows keyword argument",),
    "end": ("unexpected EOF", "incomplete input"),
}
_NUMBERS = {"percent": re.compile(r"\d\s*%\s*($|[,)\]}#])"), "number": re.compile(r"(?<!\w)\d[\d.]*[^\W\d_a-zA-Z]")}
"""A number with a percent sign or a unit behind it, such as 86 % or 12万."""


def told(error: SyntaxError) -> Told:
    """What is wrong with a line that Python cannot read.

    Parameters
    ----------
    error : SyntaxError
        With the line in it.

    Returns
    -------
    (str, dict)
        What to say, and what fills its blanks.

    >>> told(SyntaxError("invalid character '（' (U+FF08)", ("cell", 1, 7, "print（1）")))[1]["fixed"]
    'print(1)'
    >>> told(SyntaxError("'[' was never closed", ("cell", 1, 1, "[1, 2")))
    ('bracket_open', {'bracket': '[', 'closing': ']'})
    """
    message, line = str(error.msg), (error.text or "").rstrip()
    if found := _INVALID.search(message):
        return _wide(chr(int(found["code"], 16)), line)
    for key, pattern in _BRACKETS.items():
        if found := pattern.search(message):
            pairs = dict(zip("([{", ")]}", strict=True))
            return key, {**found.groupdict(), "closing": pairs.get(found.groupdict().get("open") or found["bracket"])}
    key = next((key for key, phrases in _PHRASES.items() if any(phrase in message for phrase in phrases)), "")
    key = key or next((key for key, pattern in _NUMBERS.items() if pattern.search(line)), "syntax")
    if key == "quote" and (wide := next((letter for letter in line if _HALF.get(letter) in ("'", '"')), "")):
        return _wide(wide, line)
    return key, {}


def read_again(error: SyntaxError) -> SyntaxError:
    """The error that Python gives for a whole cell, where IPython says only that its input is not complete.

    Parameters
    ----------
    error : SyntaxError
        Of a cell whose lines ``linecache`` knows.

    Returns
    -------
    SyntaxError
        The same one where there is nothing more to learn.

    >>> read_again(SyntaxError("invalid syntax", ("no_such_cell", 1, 1, "a b"))).msg
    'invalid syntax'
    """
    try:
        ast.parse("".join(linecache.getlines(error.filename or "")))
    except SyntaxError as again:
        return again
    return error


def half_width(line: str) -> str:
    """A line of code with its full-width letters in half width, but for those inside quotation marks.

    Parameters
    ----------
    line : str

    >>> half_width("ｘ　＝　“（株）”")
    'x = "（株）"'
    """
    written, quote = [], ""
    for letter in line:
        plain = _half(letter)
        if quote and plain != quote:
            written.append(letter)
            continue
        if plain in ("'", '"'):
            quote = "" if quote else plain
        written.append(plain)
    return "".join(written)


def _half(letter: str) -> str:
    """A letter in half width where there is one for it."""
    plain = _HALF.get(letter) or unicodedata.normalize("NFKC", letter)
    return plain if plain.isascii() else letter


def _wide(letter: str, line: str) -> Told:
    """A letter that Python does not know: of full width, or any other."""
    half = _half(letter)
    if half == letter:
        return "strange_letter", {"letter": letter}
    key = "wide_space" if half == " " else "wide_letter"
    return key, {"letter": letter, "half": half, "fixed": half_width(line).strip()}
