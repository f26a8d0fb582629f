"""A cell's text, code and outputs as HTML, calm to read and nothing in it from elsewhere."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import Any

from cslab.course.selfcontained import cleaned
from cslab.words import word

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_STYLE = re.compile(r"<style[^>]*>.*?</style>", re.DOTALL | re.IGNORECASE)
_NUMBER = re.compile(r"<td>(\s*[-+−]?[¥$]?[\d,]*\.?\d+(?:e[-+]?\d+)?\s*[%％]?\s*|NaN|NaT|—)</td>")
_HEAD = re.compile(r"<thead>.*?</thead>", re.DOTALL)
_HEAD_CELL = re.compile(r"<th>(.*?)</th>", re.DOTALL)
_NAMELESS = re.compile(r"^<(Axes|Figure|matplotlib|\w+\.\w+)")


def text_html(markdown: str) -> str:
    """A text cell as HTML: CommonMark with tables.

    Parameters
    ----------
    markdown : str
        The cell's text.

    >>> text_html("**When** do they leave?")
    '<p><strong>When</strong> do they leave?</p>\\n'
    """
    return cleaned(_markdown().render(markdown))


def code_html(code: str, lang: str, *, opened: bool = False, summary: str = "page.show_code") -> str:
    """A code cell behind a fold that works without a script.

    Parameters
    ----------
    code : str
    lang : str
        ``"en"`` or ``"ja"``, for the words on the fold.
    opened : bool
        Whether the fold is open at first.
    summary : str
        The key of the words on the fold.

    >>> code_html("1 + 1", "en").startswith('<details class="code"><summary>')
    True
    """
    from pygments import highlight  # type: ignore[import-untyped]
    from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped]
    from pygments.lexers import PythonLexer  # type: ignore[import-untyped]

    coloured = highlight(code, PythonLexer(), HtmlFormatter(nowrap=True))
    head = f'<details class="code"{" open" if opened else ""}><summary>{escape(word(summary, lang))}</summary>'
    return f'{head}<pre><code translate="no">{coloured.rstrip()}</code></pre></details>'


def output_html(output: dict[str, Any]) -> str:
    """One output of a cell as HTML: a picture, HTML, or text; empty for what only a notebook can use.

    Parameters
    ----------
    output : dict
        As it stands in a notebook.

    >>> output_html({"output_type": "stream", "name": "stdout", "text": "a < b"})
    '<pre class="out">a &lt; b</pre>'
    """
    kind = output["output_type"]
    if kind == "stream":
        return _preformatted(output["text"], "out" if output["name"] == "stdout" else "out aside")
    if kind == "error":
        return _preformatted("\n".join(output["traceback"]), "out error")
    data = output["data"]
    if "image/png" in data:
        return _picture(data)
    if "text/html" in data:
        return _block(_whole(data["text/html"]))
    text = _whole(data.get("text/plain", ""))
    return "" if not text or _NAMELESS.match(text) else _preformatted(text, "out")


def pictures(notebook: dict[str, Any]) -> list[tuple[str, str]]:
    """The pictures of a notebook, in order.

    Parameters
    ----------
    notebook : dict
        Executed.

    Returns
    -------
    list of (str, str)
        PNG in base64, and its alternative text.

    >>> pictures({"cells": []})
    []
    """
    found = []
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            if "image/png" in output.get("data", {}):
                found.append((_base64(output["data"]), _alternative(output["data"])))
    return found


@cache
def _markdown() -> Any:
    """The reader of Markdown."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def _whole(text: str | list[str]) -> str:
    """A text that a notebook file may hold as lines."""
    return text if isinstance(text, str) else "".join(text)


def _preformatted(text: str | list[str], css: str) -> str:
    """Plain text as it was printed, without terminal colours."""
    plain = _COLOURS.sub("", _whole(text)).rstrip()
    return f'<pre class="{css}">{escape(plain, quote=False)}</pre>' if plain else ""


def _base64(data: dict[str, Any]) -> str:
    """A picture's bytes as one line."""
    return "".join(_whole(data["image/png"]).split())


def _alternative(data: dict[str, Any]) -> str:
    """A picture in words."""
    text = _whole(data.get("text/plain", "")).strip()
    return "" if text.startswith("<") else text


def _picture(data: dict[str, Any]) -> str:
    """A picture, embedded, with its alternative text; the focus lets a keyboard scroll it where it is too wide."""
    source = f"data:image/png;base64,{_base64(data)}"
    return f'<figure tabindex="0"><img alt="{escape(_alternative(data))}" src="{source}"></figure>'


def _block(html: str) -> str:
    """HTML of an output; a table can be wider than the page and its numbers stand to the right."""
    body = cleaned(_STYLE.sub("", html)).strip()
    if '<table class="dataframe' not in body.replace(' border="1"', ""):
        return body
    calm = _without_bare_index(_HEAD.sub(_one_head_row, body.replace(' border="1"', "")))
    aligned = _NUMBER.sub(r'<td class="n">\1</td>', calm)
    return f'<div class="table">{aligned}</div>'


def _one_head_row(match: re.Match[str]) -> str:
    """The head of a pandas table with the names of its index beside those of its columns, not below them."""
    rows = [_HEAD_CELL.findall(row) for row in match[0].split("</tr>")]
    first, second = [*rows, [], []][:2]
    if len(first) != len(second) or "<th " in match[0] or not any(second):
        return match[0]
    names = [below or above for above, below in zip(first, second, strict=True)]
    marks = [' class="name"' if place and below else "" for place, below in enumerate(second)]
    row = "".join(f"<th{mark}>{name}</th>" for mark, name in zip(marks, names, strict=True))
    return f"<thead><tr>{row}</tr></thead>"


def _without_bare_index(table: str) -> str:
    """A table of pandas without row numbers, where they are nothing but row numbers."""
    heads, body = table.partition("</thead>")[::2]
    rows = len(re.findall(r"<tr[^>]*>\s*<th></th>", heads))
    if rows != 1 or heads.count("<tr") != 1 or not re.search(r"<tr[^>]*>\s*<th>\d+</th>", body):
        return table
    if re.search(r"<th>(?!\d+</th>)", body):
        return table
    return re.sub(r"(<tr[^>]*>\s*)<th>\d*</th>", r"\1", table)
