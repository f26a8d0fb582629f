"""Puts the lessons into the wheel, so that the verbs work from an installed package in an empty folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CARRIED = ("notebooks/source", "notebooks/en", "notebooks/ja")


class Lessons(BuildHookInterface):
    """Carries the notebooks as data of ``cslab.course``; an editable install reads them where they lie."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name what the wheel holds beside the package itself."""
        if version == "editable":
            return
        for folder in CARRIED:
            for path in sorted((Path(self.root) / folder).glob("[0-9][0-9]_*.*")):
                build_data["force_include"][str(path)] = f"cslab/course/{folder}/{path.name}"
