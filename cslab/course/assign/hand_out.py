"""The folder of one trainee: a company's tables, the declared files, the homework with its head filled in.

Nothing in it names a seed, a preset, the secret or the truth.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from cslab.course.assign.class_list import Trainee
from cslab.course.assign.key import Given
from cslab.course.assign.order import Order
from cslab.course.assign.starter import starter
from cslab.course.grading.unseen import write_tables
from cslab.course.homework import template
from cslab.course.pack.leaf import leaf, prose
from cslab.sources import shipped
from cslab.sources.findings import Findings
from cslab.sources.mark import read_mark
from cslab.words import word

_PLAIN = re.compile(r"\w[\w. -]*\w|\w")
"""What YAML takes for a text as it stands."""


def hand_out(order: Order, trainee: Trainee, folder: Path, jobs: int) -> Given:
    """Make the folder of one trainee.

    Parameters
    ----------
    order : Order
    trainee : Trainee
    folder : Path
        Not there yet.
    jobs : int
        Processes that simulate.

    Returns
    -------
    Given
        The last day of the data, and the hours that the team has.

    Raises
    ------
    UsageError
        With what the disk said.

    >>> import tempfile
    >>> from cslab.course.assign.order import ordered
    >>> with tempfile.TemporaryDirectory() as home:
    ...     _ = (Path(home) / "class.txt").write_text("Sato", encoding="utf-8")
    ...     order = ordered("h1_mission", Path(home) / "class.txt", "en", accounts="300")
    ...     given = hand_out(order, order.trainees[0], Path(home) / "Sato", 1)
    ...     sorted(path.name for path in (Path(home) / "Sato").iterdir())
    ['README.html', 'charter.md', 'data', 'h1_mission.ipynb', 'h1_mission.md', 'journey.yaml', 'rules.yaml']
    """
    folder.mkdir(parents=True)
    write_tables(order.company(trainee), folder / "data", jobs)
    kit, name, lang = order.kit, order.homework.name, trainee.lang
    given = _given(order, folder / "data")
    front = {"trainee": trainee.name, "as_of": given.as_of, "hours": f"{given.hours:g}"}
    for text in (*kit.texts, name):
        _write(folder / f"{text}.md", filled_in(template(text, lang).read_text(encoding="utf-8"), front))
    notebook = json.dumps(starter(kit, given.hours, lang), ensure_ascii=False, indent=1, sort_keys=True)
    _write(folder / f"{name}.ipynb", notebook + "\n")
    for file, rule in kit.files.items():
        _write(folder / file, shipped.text(rule))
    _write(folder / "README.html", start_page(order, given.hours, lang))
    return given


def filled_in(text: str, front: dict[str, str]) -> str:
    """A template whose front matter says some things already.

    Parameters
    ----------
    text : str
    front : dict of str to str
        What to say, by key.

    >>> filled_in("---\\ntrainee:\\nlang: ja\\n---\\n", {"trainee": "山田: 花子"})
    '---\\ntrainee: "山田: 花子"\\nlang: ja\\n---\\n'
    """
    said = {f"{key}:": value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False) for key, value in
            front.items()}  # fmt: skip
    return "\n".join(f"{line} {said[line]}" if line in said else line for line in text.split("\n"))


def start_page(order: Order, hours: float, lang: str) -> str:
    """The page that says how to start.

    Parameters
    ----------
    order : Order
    hours : float
        That the team has.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    str
        HTML that needs nothing but itself.

    >>> from cslab.course.lessons import project
    >>> from cslab.course.homework import find
    >>> "journey.yaml" in start_page(Order(find("h1_mission"), (), "a", 600, 500, project()), 500, "ja")
    True
    """
    setup, command = prose(order.root, lang, "setup_kit"), word("pack.command.kit", lang)
    blanks = {"setup": setup, "command": command, "hours": f"{hours:,g}"}
    return leaf(prose(order.root, lang, f"{order.homework.name}_start", **blanks), lang)


def _given(order: Order, data: Path) -> Given:
    """The last day of a company's data, and the hours of its team."""
    mark = read_mark(data, Findings())
    assert mark is not None  # just written
    hours = order.kit.hours(data) if order.hours is None else order.hours
    return Given(f"{mark.as_of:%Y-%m-%d}", hours)


def _write(path: Path, text: str) -> None:
    """Write a text file."""
    path.write_text(text, encoding="utf-8", newline="\n")
