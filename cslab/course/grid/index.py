"""The index of a grid: what varies, every verdict over all runs as a picture, and every number with its page."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from cslab.course import pages
from cslab.course.grid.grid import Grid
from cslab.course.grid.names import fixed_in_words, name_of, varying_in_words
from cslab.course.grid.numbers import Found, frame, gathered, misconceptions, write_csv
from cslab.course.run import Outcome
from cslab.words import word

if TYPE_CHECKING:
    from cslab.course.verdicts import Verdict

INDEX, TABLE = "index.html", "runs.csv"
NAMED = 5
"""Runs that a sentence names."""


def write_index(grid: Grid, outcomes: Sequence[Outcome], others: Iterable[Path], folder: Path) -> None:
    """Write the index and the table of numbers of a grid.

    Parameters
    ----------
    grid : Grid
    outcomes : sequence of Outcome
        One a run, in order.
    others : iterable of Path
        Runs in the folder that are no longer part of the grid.
    folder : Path

    >>> import tempfile
    >>> from cslab.course.grid.grid import Run
    >>> from cslab.course.lessons import Lesson
    >>> lesson = Lesson("05", "05_x", "When?", "", "", "", 40, 30, (), ())
    >>> grid = Grid(lesson, "en", (Run({}, {"source": "tiny"}),))
    >>> with tempfile.TemporaryDirectory() as home:
    ...     write_index(grid, [Outcome(lesson, "en", Path("tiny"), None, None, error="no")], [], Path(home))
    ...     sorted(path.name for path in Path(home).iterdir())
    ['index.html', 'runs.csv']
    """
    found = gathered(grid, outcomes)
    write_csv(grid, found, folder / TABLE)
    (folder / INDEX).write_text(index_page(grid, found, others), encoding="utf-8", newline="\n")


def index_page(grid: Grid, found: Sequence[Found], others: Iterable[Path]) -> str:
    """The index as a page that needs nothing but the pages beside it.

    Parameters
    ----------
    grid : Grid
    found : sequence of Found
        One a run, in order.
    others : iterable of Path
        Runs in the folder that are no longer part of the grid.

    Returns
    -------
    str
        HTML.

    >>> from cslab.course.lessons import Lesson
    >>> lesson = Lesson("05", "05_x", "When?", "", "", "", 40, 30, (), ())
    >>> "<h1>When?</h1>" in index_page(Grid(lesson, "en", ()), [], [])
    True
    """
    lang, claims = grid.lang, misconceptions(found)
    body = _glance(grid, found, claims) + "".join(_section(grid, found, claim) for claim in claims)
    cards = (one.outcome.record.get("card") for one in found)
    real = next((card for card in cards if card and card.get("confidential")), None)
    html = pages.filled(
        lang=lang,
        title=f"{grid.lesson.number} {grid.lesson.title(lang)}",
        banner=pages.banner(real, lang),
        head=_head(grid, found),
        contents="",
        body=f"{body}{_others([*others], lang)}",
    )
    return html.replace('<div class="sheet">', '<div class="sheet index grid">')


def _head(grid: Grid, found: Sequence[Found]) -> str:
    """Title, question, what varies, what does not, how many went well."""
    lang, lesson, count = grid.lang, grid.lesson, len(found)
    number = word(f"page.grid.number{'_one' if count == 1 else ''}", lang, number=lesson.number, n=count)
    good = sum(not one.outcome.failed for one in found)
    facts = [
        ("page.grid.varies", varying_in_words(grid, lang)),
        ("page.grid.same", " · ".join(fixed_in_words(grid, lang)) if found else ""),
        ("page.grid.runs", word("page.grid.good", lang, good=good, n=count)),
    ]
    listed = "".join(
        f"<div><dt>{escape(word(key, lang))}</dt><dd>{escape(text)}</dd></div>" for key, text in facts if text
    )
    return (
        f'<p class="number">{escape(number)}</p><h1>{escape(lesson.title(lang))}</h1>'
        f'<p class="question">{escape(lesson.question(lang))}</p><dl class="facts">{listed}</dl>'
    )


def _glance(grid: Grid, found: Sequence[Found], claims: Sequence[str]) -> str:
    """A row a run with the lesson's number for each misconception, and the way to its page."""
    lang = grid.lang
    more = grid.varying if any(run.label for run in grid.runs) else ()
    heads = [word("page.grid.runs", lang), *(name_of(name, lang) for name in more)]
    first = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    first += "".join(f'<th scope="col" class="n"><a href="#{claim}">{claim}</a></th>' for claim in claims)
    rows = "".join(f"<tr>{_row(one, more, claims, lang)}</tr>" for one in found)
    table = f'<div class="table"><table><thead><tr>{first}</tr></thead><tbody>{rows}</tbody></table></div>'
    legend = f"<p>{escape(word('page.grid.legend', lang))}</p>" if claims else ""
    file = f'<a href="{TABLE}">{TABLE}</a>'
    return (
        f"<section><h2>{escape(word('page.grid.glance', lang))}</h2>{table}"
        f'<div class="small">{legend}<p>{word("page.grid.csv", lang, file=file)}</p></div></section>'
    )


def _row(one: Found, more: Iterable[str], claims: Sequence[str], lang: str) -> str:
    """One run at a glance; a failed one says where it stopped and why."""
    facts, title = "".join(f"<td>{escape(one.facts.get(name, ''))}</td>" for name in more), escape(one.title)
    if one.outcome.failed:
        return f'<th scope="row">{title}</th>{facts}<td colspan="{len(claims) or 1}">{_failure(one, lang)}</td>'
    head = f'<th scope="row"><a href="{_address(one.outcome.page, one)}">{title}</a></th>'
    return head + facts + "".join(f'<td class="n">{_cell(one.verdicts.get(claim), lang)}</td>' for claim in claims)


def _cell(verdict: Verdict | None, lang: str) -> str:
    """The lesson's number with the sign of the verdict."""
    if verdict is None:
        return word("verdict.none", lang)
    return f"{_sign(verdict, lang)} {escape(verdict.lines(lang)[1][1])}"


def _sign(verdict: Verdict, lang: str) -> str:
    """The sign with which the verdict's sentence begins."""
    return verdict.mark(lang)[0]


def _failure(one: Found, lang: str) -> str:
    """Where a run stopped, what the cell said, and the notebook as far as it came."""
    said = word("page.grid.failed", lang, cell=one.outcome.cell or "–", error=one.outcome.error)
    link = ""
    if one.outcome.notebook:
        text = escape(word("page.grid.far_as", lang))
        link = f'<br><a href="{_address(one.outcome.notebook, one)}">{text}</a>'
    return f'<p class="failed">✘ {escape(said)}{link}</p>'


def _section(grid: Grid, found: Sequence[Found], claim: str) -> str:
    """One misconception over all runs: what many believe, the picture, what came of it, the numbers, what to do."""
    lang, verdicts = grid.lang, [(one.title, one.verdicts[claim]) for one in found if claim in one.verdicts]
    sentences = [*_held(verdicts, lang), *_farther(verdicts, lang)]
    fix = word("verdict.instead", lang, fix=word(f"verdict.{claim}.fix", lang))
    said = "".join(f"<p>{escape(text)}</p>" for text in [*sentences, fix])
    title = f"<strong>{claim}</strong> {escape(word(f'verdict.{claim}.claim', lang))}"
    return (
        f'<section class="claim" id="{claim}"><h2>{title}</h2>{_picture(grid, found, claim)}'
        f'<div class="small">{said}</div>{_numbers(found, claim, lang)}</section>'
    )


def _held(verdicts: Sequence[tuple[str, Verdict]], lang: str) -> list[str]:
    """In how many runs the interval contains the truth, another company's number once; nothing without a truth."""
    each = {str(one.record()) if one.elsewhere else title: one for title, one in verdicts}
    judged = [verdict.holds_truth for verdict in each.values() if verdict.holds_truth is not None]
    same = [word("page.grid.same_company", lang)] if len(each) < len(verdicts) else []
    return [*same, word("page.grid.held", lang, held=sum(judged), n=len(judged))] if judged else same


def _farther(verdicts: Sequence[tuple[str, Verdict]], lang: str) -> list[str]:
    """The runs in which the naive number happens to lie nearer."""
    titles = [title for title, verdict in verdicts if verdict.nearer is False]
    names = word("page.grid.between", lang).join(titles[:NAMED]) + (" …" if len(titles) > NAMED else "")
    return [word("page.grid.farther", lang, names=names)] if titles else []


def _picture(grid: Grid, found: Sequence[Found], claim: str) -> str:
    """The picture of one misconception, embedded."""
    import matplotlib.pyplot as plt

    from cslab.figures import grid as figures
    from cslab.figures.png import small_png

    ax = figures.runs(frame(grid, found, claim), lang=grid.lang)
    text = f"{word(f'verdict.{claim}.claim', grid.lang)} {ax.get_title(loc='left')}"
    figure = ax.get_figure(root=True)
    assert figure is not None  # the axes of a picture always stand on one
    png = base64.b64encode(small_png(figure)).decode("ascii")
    plt.close(figure)
    return f'<figure tabindex="0"><img alt="{escape(text)}" src="data:image/png;base64,{png}"></figure>'


def _numbers(found: Sequence[Found], claim: str, lang: str) -> str:
    """All numbers of one misconception behind a fold."""
    heads = [word("page.grid.runs", lang), *(word(f"verdict.{role}", lang) for role in ("naive", "better"))]
    heads += [word("page.grid.interval", lang), word("verdict.truth", lang), ""]
    rows = ""
    for one in found:
        if verdict := one.verdicts.get(claim):
            naive, better, truth = verdict.lines(lang)
            cells = (naive[1], better[1], _limits(better[2]), truth[1], _sign(verdict, lang))
            rows += f'<tr><th scope="row">{escape(one.title)}</th>'
            rows += "".join(f'<td class="n">{escape(cell)}</td>' for cell in cells) + "</tr>"
    first = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    table = f'<div class="table"><table><thead><tr>{first}</tr></thead><tbody>{rows}</tbody></table></div>'
    return f"<details><summary>{escape(word('page.grid.numbers', lang))}</summary>{table}</details>"


def _limits(spread: str) -> str:
    """An interval without the words before it, which stand in the column's head."""
    return re.sub(r"^[^::]*[::]\s*", "", spread)


def _others(others: Sequence[Path], lang: str) -> str:
    """The runs in the folder that are no longer part of the grid."""
    if not others:
        return ""
    names = "".join(f"<li>{escape(path.name)}</li>" for path in others)
    heading, about = (escape(word(f"page.grid.others{piece}", lang)) for piece in ("", "_about"))
    return f"<section><h2>{heading}</h2><p>{about}</p><ul>{names}</ul></section>"


def _address(path: Path | None, one: Found) -> str:
    """Where a file of a run stands, seen from the index."""
    assert path is not None
    return escape(quote(f"{one.outcome.folder.name}/{path.name}"))
