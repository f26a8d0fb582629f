"""The notebook that a trainee begins with: the company loaded, a cell for each piece of evidence, still empty."""

from __future__ import annotations

from typing import Any

from cslab.course.kernels import nbformat
from cslab.words import word

LOADS = """\
from pathlib import Path

import cslab
from cslab.measure import journey, lifecycle
from cslab.measure.lifecycle import focus

book = cslab.load("folder:data")
rules = lifecycle.read_rules(Path("rules.yaml").read_bytes(), "rules.yaml")
steps = journey.read_map(Path("journey.yaml").read_bytes(), "journey.yaml")
hours = {hours:g}
book.as_of"""
"""The first cell: everything that lies beside the notebook."""
EVIDENCE = ("stuck", "gain", "journey")
"""The pieces of evidence to which the template refers."""


def starter(hours: float, lang: str) -> dict[str, Any]:
    """The notebook to begin with.

    Parameters
    ----------
    hours : float
        That the team can spend in a year.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    dict
        As Jupyter stores it. None of its cells counts as evidence before something is written into it.

    >>> [cell["cell_type"] for cell in starter(500, "en")["cells"]][:3]
    ['markdown', 'code', 'markdown']
    """
    v4 = nbformat().v4
    cells = [v4.new_markdown_cell(word("homework.h1_mission.start.about", lang))]
    cells.append(v4.new_code_cell(LOADS.format(hours=hours)))
    for name in EVIDENCE:
        cells.append(v4.new_markdown_cell(word(f"homework.h1_mission.start.{name}", lang)))
        cells.append(v4.new_code_cell(f"# {word('homework.h1_mission.start.mark', lang)}: {name}\n"))
    for place, cell in enumerate(cells):
        cell["id"] = f"start-{place}"  # the same for everybody
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return dict(v4.new_notebook(cells=cells, metadata={"kernelspec": kernel, "language_info": {"name": "python"}}))
