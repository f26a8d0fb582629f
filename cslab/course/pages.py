"""A lesson as one self-contained page: no script, no request, readable on a screen, on paper and by a screen reader."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape, unescape
from pathlib import Path
from string import Template
from typing import Any

from cslab import __version__
from cslab.course import outputs, shown
from cslab.course.lessons import Lesson, of_data
from cslab.course.source import last_heading
from cslab.words import word

TRACKS = ("core", "further")
_HEADING = re.compile(r"<h([123])>(.*?)</h\1>", re.DOTALL)
_PARAGRAPH = re.compile(r"<p>.*?</p>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


@dataclass
class _Contents:
    """What the page knows on the way down: the question of its head, the sections that are left out on these data, the
    section and the track it is in, the headings it has passed.
    """

    lang: str
    question: str
    left_out: frozenset[str] = frozenset()
    section: str = ""
    track: str = ""
    entries: list[tuple[int, str, str, str]] = field(default_factory=list)

    @property
    def look(self) -> str:
        """The class of what stands in a section that is left out; nothing in any other."""
        return " left-out" if self.section in self.left_out else ""


def page(notebook: dict[str, Any]) -> str:
    """The page of an executed lesson.

    Parameters
    ----------
    notebook : dict
        A lesson built by the kit, executed.

    Returns
    -------
    str
        HTML.

    >>> lesson = Lesson("05", "05_x", "When?", "いつ?", "", "", 40, 30, (), ())
    >>> html = page({"metadata": {"cslab": {"lesson": lesson.as_data(), "lang": "ja"}}, "cells": []})
    >>> "<html lang=\\"ja\\">" in html, "いつ?" in html
    (True, True)
    """
    about = notebook["metadata"]["cslab"]
    lesson, lang = of_data(about["lesson"]), about["lang"]
    left_out = (first(notebook, shown.REACH) or {"left_out": ()})["left_out"]
    contents = _Contents(lang, escape(lesson.question(lang), quote=False) or "\0", frozenset(left_out))
    body = "\n".join(filter(None, (_cell(cell, contents) for cell in _joined(notebook["cells"]))))
    card = first(notebook, shown.CARD)
    return filled(
        lang=lang,
        title=f"{lesson.number} {lesson.title(lang)}",
        banner=banner(card, lang),
        head=_head(lesson, card, lang),
        contents=_contents(contents),
        body=body,
    )


def filled(*, lang: str, title: str, banner: str, head: str, contents: str, body: str, style: str = "") -> str:
    """The skeleton that all pages share, with its blanks filled.

    Parameters
    ----------
    lang, title : str
        As text.
    banner, head, contents, body : str
        As HTML.
    style : str
        CSS of this page alone, which stands behind that of all pages.

    >>> filled(lang="en", title="a < b", banner="", head="", contents="", body="").count("a &lt; b")
    1
    """
    here = Path(__file__).parent
    skeleton = Template((here / "page.html").read_text(encoding="utf-8"))
    style = (here / "page.css").read_text(encoding="utf-8") + style
    foot = escape(word("page.made_with", lang, version=__version__))
    return skeleton.substitute(
        lang=lang, title=escape(title), style=style, banner=banner, head=head, contents=contents, body=body, foot=foot
    )


def banner(card: dict[str, Any] | None, lang: str) -> str:
    """The warning on a page that holds somebody's real data.

    >>> banner({}, "en"), "社外秘" in banner({"confidential": True}, "ja")
    ('', True)
    """
    if card is None or not card.get("confidential"):
        return ""
    return f'<p class="confidential" role="note">{escape(word("page.confidential", lang))}</p>'


def first(notebook: dict[str, Any], kind: str) -> dict[str, Any] | None:
    """The first record of a kind in a notebook.

    Parameters
    ----------
    notebook : dict
        Executed.
    kind : str
        A MIME type of ``cslab.course.shown``.

    >>> first({"cells": []}, shown.CARD) is None
    True
    """
    return next(iter(records(notebook, kind)), None)


def records(notebook: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """All records of a kind in a notebook, in order.

    >>> records({"cells": [{"outputs": [{"data": {shown.SAY: {"key": "a"}}}]}]}, shown.SAY)
    [{'key': 'a'}]
    """
    bundles = (output.get("data", {}) for cell in notebook["cells"] for output in cell.get("outputs", ()))
    return [bundle[kind] for bundle in bundles if kind in bundle]


def _head(lesson: Lesson, card: dict[str, Any] | None, lang: str) -> str:
    """Title, question and facts of a lesson."""
    minutes = word("page.minutes", lang, core=lesson.minutes_core, further=lesson.minutes_further)
    facts = [("page.time", minutes)]
    if card is not None:
        facts += [
            ("card.source", card["source"]),
            ("card.as_of", card["as_of"]),
            ("card.accounts", f"{card['accounts']:,}"),
        ]
    listed = "".join(f"<div><dt>{escape(word(key, lang))}</dt><dd>{escape(text)}</dd></div>" for key, text in facts)
    command = f"cslab open {lesson.number} --lang {lang}"
    number = escape(word("page.lesson", lang, number=lesson.number))
    return (
        f'<p class="number">{number}</p><h1>{escape(lesson.title(lang))}</h1>'
        f'<p class="question">{escape(lesson.question(lang))}</p><dl class="facts">{listed}</dl>'
        f'<p class="yourself">{escape(word("page.yourself", lang))} <code translate="no">{command}</code></p>'
    )


def _joined(cells: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The cells, neighbouring ones of code as one, so that a reader passes one fold instead of several."""
    joined = list[dict[str, Any]]()
    for cell in cells:
        if joined and _can_join(cell) and _can_join(before := joined[-1]):
            code = f"{_source(before)}\n\n{_source(cell)}".strip()
            joined[-1] = {**before, "source": code, "outputs": [*before["outputs"], *cell["outputs"]]}
        else:
            joined.append(cell)
    return joined


def _can_join(cell: dict[str, Any]) -> bool:
    """Whether a cell is plain code: no parameters, no open box, nothing that the data lack."""
    tags = {"parameters", "injected-parameters", "box"} & {*cell["metadata"].get("tags", ())}
    return cell["cell_type"] == "code" and not tags and not _lacks(cell)


def _lacks(cell: dict[str, Any]) -> bool:
    """Whether a cell says that the data lack what it needs."""
    return any(shown.LACK in output.get("data", {}) for output in cell["outputs"])


def _source(cell: dict[str, Any]) -> str:
    """The text of a cell, which a notebook file may hold as lines."""
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def _cell(cell: dict[str, Any], contents: _Contents) -> str:
    """One cell of the notebook."""
    tags = cell["metadata"].get("tags", ())
    source = _source(cell)
    if cell["cell_type"] == "markdown":
        contents.track = next((track for track in TRACKS if track in tags), contents.track)
        contents.section = last_heading(source) or contents.section
        html = _HEADING.sub(lambda match: _heading(match, contents), outputs.text_html(source))
        html = _PARAGRAPH.sub(lambda match: "" if contents.question in match[0] else match[0], html)
        return f'<section class="text{contents.look}">{html}</section>' if html.strip() else ""
    if cell["cell_type"] != "code" or not source.strip():
        return ""
    summary = next(
        (f"page.show_{name}" for name in ("parameters", "injected-parameters") if name in tags), "page.show_code"
    )
    lack = _lacks(cell)
    fold = outputs.code_html(source, contents.lang, opened="box" in tags and not lack, summary=summary)
    shown_below = "".join(outputs.output_html(output) for output in cell["outputs"])
    return f'<section class="cell{" lack" if lack else ""}{contents.look}">{fold}{shown_below}</section>'


def _heading(match: re.Match[str], contents: _Contents) -> str:
    """A heading with its place in the contents and, where a track begins, its badge; the title stands in the head."""
    level, html = int(match[1]), match[2]
    if level == 1:
        return ""
    name = f"s{len(contents.entries) + 1}"
    track = contents.track if level == 2 else ""
    contents.entries.append((level, name, unescape(_TAG.sub("", html)), track + contents.look))
    marks = [track] if track else []
    marks += ["left_out"] if level == 2 and contents.look else []
    badges = "".join(
        f' <span class="badge {mark}">{escape(word(f"page.{mark}", contents.lang))}</span>' for mark in marks
    )
    return f'<h{level} id="{name}">{html}{badges}</h{level}>'


def _contents(contents: _Contents) -> str:
    """The table of contents."""
    if not contents.entries:
        return ""
    lines = "".join(
        f'<li class="h{level}{f" {track}" if track else ""}"><a href="#{name}">{escape(text)}</a></li>'
        for level, name, text, track in contents.entries
    )
    heading = escape(word("page.contents", contents.lang))
    return f'<nav aria-label="{heading}"><p>{heading}</p><ol>{lines}</ol></nav>'
