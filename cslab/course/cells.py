"""How cells behave in a lesson: what a source cannot say is skipped in words, errors come without a traceback, those
of beginners with an explanation, and a figure carries a text for those who cannot see it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from functools import partial
from html import escape
from importlib import import_module
from typing import Any

from cslab.course import beginners, shown
from cslab.faults import CslabError, Fault, UsageError
from cslab.words import has_word, word

MAGIC = "%%needs"
INLINE = "matplotlib_inline.backend_inline"
Lacks = Callable[..., list[Fault]]
_asked: list[tuple[Lacks, str]] = []
_told: set[str] = set()
_last: list[str] = []


def prepare(lacks: Lacks, lang: str) -> None:
    """Teach the running notebook how a lesson's cells behave. Does nothing in plain Python.

    Parameters
    ----------
    lacks : callable
        What is missing of some needs, as ``Book.lacks``.
    lang : str
        The lesson's language, in which messages come from here on.

    >>> prepare(lambda *needs: [], "en")
    """
    _asked[:] = [(lacks, lang)]
    _told.clear()
    _last.clear()
    if (shell := shown.shell()) is None:
        return
    os.environ["CSLAB_LANG"] = lang
    if skip_what_is_lacking not in shell.input_transformers_cleanup:
        shell.input_transformers_cleanup.append(skip_what_is_lacking)
    shell.set_custom_exc((CslabError, *beginners.KINDS), _tell)
    shell.SyntaxTB.structured_traceback = partial(_unread, shell)
    if not shown.unwatched():
        _show_figures_inline()
    formatters = shell.display_formatter.formatters
    formatters["text/plain"].for_type_by_name("matplotlib.figure", "Figure", lambda fig, p, _: p.text(describe(fig)))
    shell.display_formatter.ipython_display_formatter.for_type_by_name(
        "matplotlib.axes._axes", "Axes", lambda axes: None
    )


def skip_what_is_lacking(lines: list[str]) -> list[str]:
    """Turn a cell that begins with ``%%needs`` into a plain cell, or into one that says what cannot be known.

    The cell itself stays an ordinary cell, so that its last value, its figures and its errors appear as in any other.

    Parameters
    ----------
    lines : list of str
        A cell's lines, each with its line end.

    Returns
    -------
    list of str
        As many lines, or one that calls :func:`cannot_know`.

    >>> prepare(lambda *needs: [], "en")
    >>> skip_what_is_lacking(["%%needs contracts.end\\n", "1 + 1\\n"])
    ['\\n', '1 + 1\\n']
    """
    if not lines or lines[0].split()[:1] != [MAGIC]:
        return lines
    needs = tuple(lines[0].split()[1:])
    lacks, _ = _asked[0]
    if not lacks(*needs):
        return ["\n", *lines[1:]]
    return [f"__import__('cslab.course.cells', fromlist=['_']).cannot_know{needs!r}\n"]


def cannot_know(*needs: str) -> None:
    """Say in a manager's words what this source cannot tell, and what would be needed for it; in short the second time.

    Parameters
    ----------
    *needs : str
        As for ``Book.has``.

    Raises
    ------
    UsageError
        For a need that is not in the contract: the lesson's own mistake.

    >>> prepare(lambda *needs: [Fault("no_calendar")], "en")
    >>> cannot_know("calendar")  # doctest: +ELLIPSIS
    This part is left out...
    """
    lacks, lang = _asked[0]
    missing = {need: faults[0] for need in needs if (faults := lacks(need))}
    if unknown := [fault for fault in missing.values() if fault.key == "unknown_need"]:
        raise UsageError(*unknown)
    new = {need: fault for need, fault in missing.items() if need not in _told}
    _told.update(missing)
    record = {"needs": list(needs), "lacks": list(missing)}
    if set(missing) == {"stock_sample"}:  # of no use to anybody else, so one line will do, once
        text = "".join(fault.text(lang) for fault in new.values())
        shown.show(text, shown.paragraphs(text, "cslab-aside"), shown.LACK, record)
    elif new:
        _explain(new, record, lang)
    else:
        reasons = word("lesson.needs.and", lang).join(in_short(missing, lang))
        text = word("lesson.needs.same" if _last == list(missing) else "lesson.needs.again", lang, reasons=reasons)
        shown.show(text, shown.paragraphs(text, "cslab-aside"), shown.LACK, record)
    _last[:] = missing


def in_short(needs: Iterable[str], lang: str) -> list[str]:
    """Lacks in two words each, as a manager says them; two that read the same once.

    Parameters
    ----------
    needs : iterable of str
        As for ``Book.has``.
    lang : str
        ``"en"`` or ``"ja"``.

    >>> in_short(["handoffs.days_gap", "handoffs.handed_on"], "en")
    ['no hand-offs']
    """
    keys = {need: f"lesson.need.{need}.short" for need in needs}
    return list(dict.fromkeys(word(key, lang) if has_word(key) else need for need, key in keys.items()))


def describe(figure: Any) -> str:
    """A matplotlib figure in words: its titles, axes and legend. The alternative text of its picture.

    Parameters
    ----------
    figure : matplotlib Figure

    >>> from matplotlib.figure import Figure
    >>> axes = Figure().subplots()
    >>> _ = axes.set(title="Churn", xlabel="month", ylabel="hazard")
    >>> describe(axes.figure)
    'Figure: Churn (month; hazard)'
    """
    lang = _asked[0][1] if _asked else "en"
    parts = []
    for axes in figure.axes:
        title = next((text for place in ("left", "center", "right") if (text := axes.get_title(loc=place))), "")
        names = [name for name in (axes.get_xlabel(), axes.get_ylabel()) if name]
        parts.append(" ".join([title, *([f"({'; '.join(names)})"] if names else [])]).strip())
    whole = [figure.get_suptitle(), *parts]
    return word("lesson.figure", lang, text=" | ".join(" ".join(part.split()) for part in whole if part))


def _show_figures_inline() -> None:
    """Let figures appear below their cell, also where the surroundings ask for none to be shown."""
    import matplotlib as mpl

    if os.environ.get("MPLBACKEND", "").lower() == "agg":
        mpl.use(f"module://{INLINE}")
    import_module(INLINE)  # on its first import it forgets all formatters of figures, so it comes before ours


def _tell(shell: Any, kind: type, error: Exception, trace: Any, tb_offset: int | None = None) -> list[str]:
    """Show an error in a few lines. The shell itself marks the cell as failed, so papermill stops there."""
    sys.last_type, sys.last_value, sys.last_traceback = kind, error, trace  # for %tb
    if isinstance(error, CslabError):
        lines = error.text(_asked[0][1]).splitlines()
    else:
        lines = _explained(shell, error, trace)
        lines = lines or shell.InteractiveTB.structured_traceback(kind, error, trace, tb_offset=tb_offset)
    shell._showtraceback(kind, error, lines)
    return lines


def _unread(shell: Any, kind: type, error: Exception, *rest: Any) -> list[str]:
    """The lines of an error in what Python could not read; IPython shows them by itself."""
    usual = type(shell.SyntaxTB).structured_traceback
    return _explained(shell, error, error.__traceback__) or usual(shell.SyntaxTB, kind, error, *rest)


def _explained(shell: Any, error: Exception, trace: Any) -> list[str]:
    """An error in plain words; nothing where that fails: an explanation must not hide the error that it explains."""
    try:
        return beginners.explained(error, trace, shell.user_ns, _asked[0][1])
    except Exception:
        return []


def _explain(missing: dict[str, Fault], record: dict[str, Any], lang: str) -> None:
    """Say what a lack means, and what would cure it."""
    heading = word("lesson.needs.heading", lang)
    keys = [key for need in missing if has_word(key := f"lesson.need.{need}")]
    meanings = list(dict.fromkeys(word(key, lang) for key in keys))
    cures = list(dict.fromkeys(fault.text(lang) for fault in missing.values()))  # two columns of a table that is absent
    text = "\n".join([heading, *(f"  {line}" for line in [*meanings, *cures])])
    shown.show(text, _lack_html(heading, meanings, cures), shown.LACK, record)


def _lack_html(heading: str, meanings: list[str], cures: list[str]) -> str:
    """What cannot be known, as a box: the meaning first, the cure below it."""
    above = "".join(f"<p>{escape(line)}</p>" for line in meanings)
    below = "".join(f"<li>{escape(line)}</li>" for line in cures)
    return f'<div class="cslab-lack"><p><strong>{escape(heading)}</strong></p>{above}<ul>{below}</ul></div>'
