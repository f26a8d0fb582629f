"""The notebook that a trainee begins with: the company loaded, a cell for each piece of evidence, still empty."""

from __future__ import annotations

from typing import Any

from cslab.course.assign.kits import Kit
from cslab.course.kernels import nbformat
from cslab.words import word


def starter(kit: Kit, hours: float, lang: str) -> dict[str, Any]:
    """The notebook to begin with.

    Parameters
    ----------
    kit : Kit
        Of the homework.
    hours : float
        That the team has.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    dict
        As Jupyter stores it. None of its cells counts as evidence before something is written into it.

    >>> from cslab.course.assign.kits import kit_of
    >>> [cell["cell_type"] for cell in starter(kit_of("h1_mission"), 500, "en")["cells"]][:3]
    ['markdown', 'code', 'markdown']
    """
    v4, words = nbformat().v4, f"homework.{kit.homework}.start"
    cells = [v4.new_markdown_cell(word(f"{words}.about", lang)), v4.new_code_cell(kit.loads.format(hours=hours))]
    for name in kit.evidence:
        cells.append(v4.new_markdown_cell(word(f"{words}.{name}", lang)))
        cells.append(v4.new_code_cell(f"# {word('homework.start.mark', lang)}: {name}\n"))
    for place, cell in enumerate(cells):
        cell["id"] = f"start-{place}"  # the same for everybody
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return dict(v4.new_notebook(cells=cells, metadata={"kernelspec": kernel, "language_info": {"name": "python"}}))
