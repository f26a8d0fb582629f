"""Puts the built lessons and exercises into the wheel: the verbs work from an installed package in an empty folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CARRIED = {
    "notebooks/en": "notebooks/en",
    "notebooks/ja": "notebooks/ja",
    "exercises/en": "notebooks/exercises/en",
    "exercises/ja": "notebooks/exercises/ja",
    "exercises/homework/en": "notebooks/exercises/homework/en",
    "exercises/homework/ja": "notebooks/exercises/homework/ja",
}
"""Never a source: it holds solutions and speaker notes, and no verb of an installed package reads it."""


class Lessons(BuildHookInterface):
    """Carries the notebooks as data of ``cslab.course``; an editable install reads them where they lie."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name what the wheel holds beside the package itself."""
        if version == "editable":
            return
        for folder, place in CARRIED.items():
            found = (Path(self.root) / folder).glob("*.*")
            for path in sorted(path for path in found if path.suffix in (".ipynb", ".md")):
                build_data["force_include"][str(path)] = f"cslab/course/{place}/{path.name}"
