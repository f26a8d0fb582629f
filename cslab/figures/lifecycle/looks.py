"""One look a phase, the same on every picture of the lifecycle, and the name that readers know it by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cslab.figures.style import QUIET, Role, group_look, status_look
from cslab.words import label

if TYPE_CHECKING:
    import pandas as pd

NEW = "new"


def look_of(frame: pd.DataFrame, phase: str) -> Role:
    """The look of a phase: by its place in the lifecycle; those who left look as they do everywhere.

    Parameters
    ----------
    frame : DataFrame
        Whose ``attrs`` say the phases (``names``) and which of them are final.
    phase : str

    >>> import pandas as pd
    >>> look_of(pd.DataFrame(), "new").colour == QUIET
    True
    """
    phases = [name for name in phases_of(frame) if name not in final_of(frame)]
    if phase in final_of(frame):
        return status_look("left")
    return group_look(_PLACES[phases.index(phase) % len(_PLACES)]) if phase in phases else Role(QUIET, QUIET, "-", "o")


_PLACES = (4, 3, 1, 0, 2)
"""Which of the groups' looks the phases have, in the order of a life."""


def phases_of(frame: pd.DataFrame) -> list[str]:
    """The phases of a result, in the order of a customer's life.

    >>> import pandas as pd
    >>> phases_of(pd.DataFrame())
    []
    """
    return list(frame.attrs.get("names", {}).get("en", {}))


def final_of(frame: pd.DataFrame) -> Sequence[str]:
    """The phases of those who have left.

    >>> import pandas as pd
    >>> final_of(pd.DataFrame())
    []
    """
    final: list[str] = frame.attrs.get("final", [])
    return final


def name_of(frame: pd.DataFrame, phase: str, lang: str) -> str:
    """What readers call a phase: as its rules say, else by the kit's words.

    >>> import pandas as pd
    >>> name_of(pd.DataFrame(), "onboarding", "ja")
    'オンボーディング'
    """
    name: str = frame.attrs.get("names", {}).get(lang, {}).get(phase, "")
    return name or label(phase, lang)
