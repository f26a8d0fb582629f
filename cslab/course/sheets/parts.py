"""Where a question stands in its sheet: the number of the part, as the reader sees it in the notebook."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cslab.course.lessons import notebook_data
from cslab.course.sheets.exercises import ExerciseSheet
from cslab.faults import UsageError

_HEADING = re.compile(r"^## (\d+[a-z]?)\. ", re.MULTILINE)
_CHECK = re.compile(r"""^check\(["'](\w+)["']""", re.MULTILINE)


def parts(sheet: ExerciseSheet, lang: str) -> dict[str, str]:
    """The number of the part in which each question of a sheet is asked.

    Parameters
    ----------
    sheet : ExerciseSheet
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    dict of str to str
        By question, in the order of the sheet; empty where its notebook is not there.

    >>> parts(ExerciseSheet("99", "99_not_built", "", "", 15, (), ("nrr",)), "en")
    {}
    """
    try:
        cells = notebook_data(sheet.notebook(lang))["cells"]
    except UsageError:
        return {}
    return dict(_numbered(["".join(cell["source"]) for cell in cells]))


def _numbered(texts: list[str]) -> Iterator[tuple[str, str]]:
    """Each question that is checked, with the number of the last heading above it."""
    number = ""
    for text in texts:
        if found := _HEADING.search(text):
            number = found[1]
        for question in _CHECK.findall(text):
            yield question, number
