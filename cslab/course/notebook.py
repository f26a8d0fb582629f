"""What a built notebook is: cells with ids from place and text, nothing of the run or the machine that made it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cslab.course.kernels import nbformat
from cslab.course.params import TOLD
from cslab.course.source import Cell, Source
from cslab.course.speaker import without_notes

SPEAKS = re.compile(r'^lang: str = "\w+"', re.MULTILINE)
NOTED = re.compile(rf"^(\w+: .+?  # )(.+)\n{TOLD}(.+)$", re.MULTILINE)
"""A parameter, and what it means in both languages."""


@dataclass(frozen=True)
class Built:
    """What became of one notebook.

    Parameters
    ----------
    shelf : str
        ``notebooks``, ``exercises`` or ``exercises/solutions``.
    name, lang : str
        Of the lesson or exercise.
    state : str
        ``built``, ``unchanged``, ``stale`` (only looked at) or ``failed``.
    reason : str
        What failed.

    >>> Built("exercises", "05_x", "ja", "unchanged").reason
    ''
    """

    shelf: str
    name: str
    lang: str
    state: str
    reason: str = ""


def fresh(source: Source[Any], lang: str) -> Any:
    """The notebook of a lesson or exercise in a language, not yet executed, without its speaker notes.

    Parameters
    ----------
    source : Source
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    NotebookNode
        Cell ids come from place and text, the same on every build.

    >>> from cslab.course.lessons import Lesson
    >>> cells = (Cell(1, {"en": "a", "ja": "b"}, (), False),)
    >>> fresh(Source(Lesson("05", "05_x", "", "", "", "", 1, 1, (), ()), cells, ""), "ja").cells[0].source
    'b'
    """
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        "cslab": {source.head.kind: source.head.as_data(), "lang": lang},
    }
    cells = [_notebook_cell(cell, place, lang) for place, cell in enumerate(without_notes(source).cells)]
    return nbformat().from_dict({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def tidy(notebook: Any) -> Any:
    """An executed notebook without what differs from run to run or machine to machine.

    Parameters
    ----------
    notebook : NotebookNode
        Changed in place.

    Returns
    -------
    NotebookNode

    >>> notebook = nbformat().v4.new_notebook(metadata={"language_info": {"name": "python", "version": "3.11"}})
    >>> tidy(notebook).metadata
    {'language_info': {'name': 'python'}}
    """
    notebook.metadata["language_info"] = {"name": "python"}
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        cell["metadata"] = {name: cell["metadata"][name] for name in ("tags",) if name in cell["metadata"]}
    return notebook


def text_of(notebook: Any) -> str:
    """A notebook as the text of its file, the same to the byte for the same notebook.

    Parameters
    ----------
    notebook : NotebookNode

    >>> text_of(nbformat().v4.new_notebook()).endswith("}\\n")
    True
    """
    return str(nbformat().writes(notebook)) + "\n"


def write(path: Path, text: str) -> None:
    """Write a notebook's file, whole or not at all.

    Parameters
    ----------
    path : Path
        Its folder is made where it is not there yet.
    text : str

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write(Path(folder) / "en" / "a.ipynb", "{}")
    ...     [path.name for path in Path(folder).rglob("*.*")]
    ['a.ipynb']
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    partial.write_text(text, encoding="utf-8", newline="\n")
    partial.replace(path)


def _notebook_cell(cell: Cell, place: int, lang: str) -> dict[str, Any]:
    """One cell of the notebook; the languages' code differs in what :func:`bare` takes off."""
    text = cell.texts[lang]
    name = f"{place:03d}-{hashlib.sha256(text.encode('utf-8')).hexdigest()[:10]}"
    shared = {"id": name, "metadata": {"tags": list(cell.tags)} if cell.tags else {}}
    if not cell.is_code:
        return {**shared, "cell_type": "markdown", "source": text}
    code = _spoken(text, lang) if "parameters" in cell.tags else text
    return {**shared, "cell_type": "code", "source": code, "execution_count": None, "outputs": []}


def _spoken(code: str, lang: str) -> str:
    """The parameters with their notes, and the default of ``lang``, in one language."""
    return SPEAKS.sub(f'lang: str = "{lang}"', NOTED.sub(r"\1\3" if lang == "ja" else r"\1\2", code))


def bare(code: str) -> str:
    """A cell's code without what differs between the languages: the default of ``lang``, the notes of parameters.

    Parameters
    ----------
    code : str

    >>> bare('lang: str = "ja"  # en か ja'), bare("n: int = 3  # 月"), bare("n = 3  # months")
    ('', 'n: int = 3', 'n = 3  # months')
    """
    return SPEAKS.sub("", re.sub(r"^(\w+: .+?)  # .*$", r"\1", code, flags=re.MULTILINE))
