"""Puts lessons, exercises and chains into the wheel: the verbs work from an installed package in an empty folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CARRIED = {
    "notebooks/en": "course/notebooks/en",
    "notebooks/ja": "course/notebooks/ja",
    "exercises/en": "course/notebooks/exercises/en",
    "exercises/ja": "course/notebooks/exercises/ja",
    "exercises/homework/en": "course/notebooks/exercises/homework/en",
    "exercises/homework/ja": "course/notebooks/exercises/homework/ja",
    "datasets/chains": "chains",
}
"""Never a source: it holds solutions and speaker notes, and no verb of an installed package reads it."""


class Lessons(BuildHookInterface):
    """Carries what lies beside the package as its data; an editable install reads it where it lies."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name what the wheel holds beside the package itself."""
        if version == "editable":
            return
        for folder, place in CARRIED.items():
            found = (Path(self.root) / folder).glob("*.*")
            for path in sorted(path for path in found if path.suffix in (".ipynb", ".md", ".yaml")):
                build_data["force_include"][str(path)] = f"cslab/{place}/{path.name}"
