"""The folder in which an export is made, beside the one that it will be: what is finished in it survives any ending."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cslab.faults import Fault, UsageError
from cslab.sources.place import refusal
from cslab.sources.simulate.plan import Plan, made_with

RECORD = "unfinished.toml"
"""Says what is being made; written before anything else."""


@dataclass(frozen=True)
class Unfinished:
    """The folder of an export that is not finished yet.

    Parameters
    ----------
    target : Path
        Where the export will appear.

    >>> Unfinished(Path("out/jp")).folder.name
    'jp.unfinished'
    """

    target: Path

    @property
    def folder(self) -> Path:
        """The folder itself, beside the target."""
        return self.target.with_name(f"{self.target.name}.unfinished")

    @property
    def draft(self) -> Path:
        """The export as far as its tables are put together."""
        return self.folder / "draft"

    def part(self, blocks: Sequence[int]) -> Path:
        """Where the tables of some offices go; it is there once they are finished.

        >>> Unfinished(Path("jp")).part(range(4, 8)).as_posix()
        'jp.unfinished/offices/000004'
        """
        return self.folder / "offices" / f"{blocks[0]:06d}"

    def finished(self) -> list[Path]:
        """The parts that are finished, in order of their offices.

        >>> Unfinished(Path("no such folder")).finished()
        []
        """
        return sorted(path for path in self.part([0]).parent.glob("*") if not path.name.startswith("."))

    def begin(self, plan: Plan) -> None:
        """Make the folder, or take up what an earlier run of the same plan left in it.

        Parameters
        ----------
        plan : Plan

        Raises
        ------
        UsageError
            Where the target holds something, or the folder a half-finished run of another plan.
        OSError
            From the disk.

        >>> import tempfile
        >>> from cslab.sources.simulate.plan import planned
        >>> with tempfile.TemporaryDirectory() as home:
        ...     Unfinished(Path(home) / "jp").begin(planned("tiny"))
        ...     [path.name for path in Path(home).iterdir()]
        ['jp.unfinished']
        """
        if fault := refusal(self.target) or self._in_the_way(plan):
            raise UsageError(fault, ending="nothing_written")
        if self.folder.exists() and self._record().get("fingerprint") != plan.fingerprint:
            shutil.rmtree(self.folder)
        self.folder.mkdir(exist_ok=True)
        (self.folder / RECORD).write_text(_record_text(plan), encoding="utf-8", newline="\n")
        self.part([0]).parent.mkdir(exist_ok=True)
        for left in self.part([0]).parent.glob(".*"):
            shutil.rmtree(left)
        for draft in self.draft.glob(".*"):
            draft.unlink()

    def _in_the_way(self, plan: Plan) -> Fault | None:
        """Why the folder cannot be used, if so; a run that has finished nothing is no loss."""
        if not self.folder.exists():
            return None
        record = self._record()
        if "fingerprint" not in record and {path.name for path in self.folder.iterdir()} - {RECORD}:
            return refusal(self.folder)
        if record.get("fingerprint") == plan.fingerprint or not self.finished():
            return None
        keys = ("source", "form", "messy", "events", "made_with")
        differing = [key for key in keys if record.get(key) != _facts(plan)[key]] or ["source"]
        there, here = (", ".join(f"{key} = {told.get(key)}" for key in differing) for told in (record, _facts(plan)))
        return Fault("unfinished_other", {"folder": str(self.folder), "there": there, "here": here})

    def _record(self) -> dict[str, object]:
        """What the folder says of itself; nothing where it is none of ours."""
        try:
            return tomllib.loads((self.folder / RECORD).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}


def _facts(plan: Plan) -> dict[str, object]:
    """What a person may want to know of a half-finished run."""
    told = {"source": plan.source, "form": plan.form, "messy": plan.messy, "events": plan.events}
    return {**told, "made_with": made_with(), "fingerprint": plan.fingerprint}


def _record_text(plan: Plan) -> str:
    """The record of a run."""
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in _facts(plan).items()]
    opening = '# A half-finished run of "cslab simulate". The same command goes on with it; it may be deleted.'
    return "\n".join([opening, *lines]) + "\n"
