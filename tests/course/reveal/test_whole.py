"""The homework as a class lives it: handed out, computed in the notebook, written, handed in, revealed."""

from __future__ import annotations

from pathlib import Path

import pytest

import cslab
from cslab.course.assign import assign, ordered
from cslab.course.assign.companies import PRESETS
from cslab.course.kernels import execute, nbformat
from cslab.course.reveal import begin, finish
from cslab.course.reveal.standing import truth_of
from cslab.measure.lifecycle import focus
from tests.course.reveal.small_class import DEFINED, SAID, mission

SHOWN = {
    "stuck": "lifecycle.stuck_report(book, rules)",
    "gain": "focus.table(book, rules=rules, hours=hours, futures=2)",
    "journey": "journey.conformance(book, steps).steps",
}
HOURS = 500


@pytest.mark.slow
def test_in_each_kind_of_company_the_hours_gain_most_in_another_phase():
    best = {
        preset: truth_of("", f"synthetic:{preset}?seed=5&accounts=600", HOURS)[1].first("true_gain_amount")
        for preset in PRESETS
    }
    assert len(set(best.values())) == len(PRESETS)


@pytest.mark.course
def test_a_trainee_who_follows_the_notebook_has_a_mission_in_which_nothing_is_missing(tmp_path):
    (tmp_path / "class.txt").write_text("Sato\nAbe\n", encoding="utf-8")
    order = ordered("h1_mission", tmp_path / "class.txt", "en", accounts="300", hours=str(HOURS))
    folder = assign(order, tmp_path / "h1").trainees / "Sato"
    compute(folder)
    text = mission("Sato", "en", "renewal", "renewal_decided", "adoption", "300", "200")
    (folder / "h1_mission.md").write_text(text, encoding="utf-8")
    defined = "\n".join(f"- {field}: {SAID['en']['Metric']}" for field in DEFINED["en"])
    (folder / "charter.md").write_text(f"---\ntrainee: Sato\n---\n## Definition\n{defined}\n", encoding="utf-8")
    sato, abe = finish(begin(tmp_path / "h1" / "trainees", tmp_path / "h1"))
    assert (sato.outcome, sato.faults) == ("complete", ())
    assert sato.truth is not None and sato.regret is not None and 0 <= sato.regret.share < 1
    assert (abe.outcome, abe.regret) == ("incomplete", None)
    seen = focus.table(cslab.load(f"folder:{folder / 'data'}"), HOURS)
    assert seen["gain_amount"].tolist() == pytest.approx(sato.truth.table["gain_amount"].tolist())
    assert seen["true_gain_amount"].isna().all()


def compute(folder: Path) -> None:
    """Write a line into each cell of evidence and run the notebook where it lies."""
    path = folder / "h1_mission.ipynb"
    notebook = nbformat().read(path, as_version=4)
    for cell in notebook.cells:
        for name, line in SHOWN.items():
            if cell.cell_type == "code" and cell.source.startswith(f"# evidence: {name}"):
                cell.source = f"# evidence: {name}\n{line}"
    execute(notebook, folder)
    nbformat().write(notebook, path)
