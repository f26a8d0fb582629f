"""The homework as a class lives it: handed out, computed in the notebook, written, handed in, revealed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

import cslab
from cslab.course.assign import Held, assign, ordered, read_key
from cslab.course.assign.kits import kit_of
from cslab.course.assign.starter import starter
from cslab.course.kernels import execute, nbformat
from cslab.course.reveal import begin, finish
from cslab.course.reveal.missions import truth_of
from cslab.course.reveal.ranking import ranks
from cslab.measure import touch
from cslab.measure.lifecycle import focus
from tests.course.homework.small_model import RULE, matrix, model
from tests.course.reveal.small_class import DEFINED, SAID, mission

SHOWN = {
    "stuck": "lifecycle.stuck_report(book, rules)",
    "gain": "focus.table(book, rules=rules, hours=hours, futures=2)",
    "journey": "journey.conformance(book, steps).steps",
}
HOURS = 500


@pytest.mark.slow
def test_in_each_kind_of_company_the_hours_gain_most_in_another_phase():
    presets = kit_of("h1_mission").presets
    best = {
        preset: truth_of(f"synthetic:{preset}?seed=5&accounts=600", HOURS).first("true_gain_amount")
        for preset in presets
    }
    assert len(set(best.values())) == len(presets)


@pytest.mark.course
def test_a_trainee_who_follows_the_notebook_has_a_mission_in_which_nothing_is_missing(tmp_path):
    (tmp_path / "class.txt").write_text("Sato\nAbe\n", encoding="utf-8")
    order = ordered("h1_mission", tmp_path / "class.txt", "en", accounts="300", hours=str(HOURS))
    folder = assign(order, tmp_path / "h1").trainees / "Sato"
    compute(folder, "h1_mission.ipynb", SHOWN)
    text = mission("Sato", "en", "renewal", "renewal_decided", "adoption", "300", "200")
    (folder / "h1_mission.md").write_text(text, encoding="utf-8")
    defined = "\n".join(f"- {field}: {SAID['en']['Metric']}" for field in DEFINED["en"])
    (folder / "charter.md").write_text(f"---\ntrainee: Sato\n---\n## Definition\n{defined}\n", encoding="utf-8")
    sato, abe = finish(begin(tmp_path / "h1" / "trainees", read_key(tmp_path / "h1")))
    assert (sato.outcome, sato.faults) == ("complete", ())
    assert sato.found.regret is not None and 0 <= sato.found.regret.share < 1
    assert (abe.outcome, abe.found.regret) == ("incomplete", None)
    seen = focus.table(cslab.load(f"folder:{folder / 'data'}"), HOURS)
    assert seen["gain_amount"].tolist() == pytest.approx(sato.found.truth.table["gain_amount"].tolist())
    assert seen["true_gain_amount"].isna().all()


@pytest.mark.course
def test_a_trainee_who_follows_the_notebook_has_a_model_that_is_scored_and_ranked(tmp_path):
    (tmp_path / "講師 class.txt").write_text("佐藤 花\nAbe\n", encoding="utf-8")
    order = ordered("h2_engagement_model", tmp_path / "講師 class.txt", "ja", accounts="300")
    assign(order, tmp_path / "h2")
    key, folder = read_key(tmp_path / "h2"), tmp_path / "h2" / "trainees" / "佐藤_花"
    held = key.find("佐藤 花")
    cells = [
        cell["source"] for cell in starter(order.kit, held.hours, "ja")["cells"] if cell["cell_type"] == "markdown"
    ]
    codes = [re.findall(r"```python\n(.*?)\n```", text, re.DOTALL)[0] for text in cells[1:]]
    shown = dict(zip(order.kit.evidence, codes, strict=True))
    (folder / "touch_matrix.yaml").write_text(matrix(hours="0.1"), encoding="utf-8")
    (folder / "tier_rule.yaml").write_text(RULE.replace("mid: 0", "mid: 1.0e+12"), encoding="utf-8")
    compute(folder, "h2_engagement_model.ipynb", shown)
    (folder / "h2_engagement_model.md").write_text(modelled(folder, held), encoding="utf-8")
    sato, abe = finish(begin(tmp_path / "h2" / "trainees", key))
    assert (sato.outcome, sato.faults) == ("complete", ())
    assert sato.found.ranked and sato.found.judged.score < 1 and ranks([sato, abe]) == {"佐藤 花": 1}
    assert sato.found.judged.net("submitted") == sato.found.judged.net("all_tech")
    assert (abe.outcome, abe.found.judged) == ("incomplete", None)  # as it was handed out


def modelled(folder: Path, held: Held) -> str:
    """The text of a model with tech touch for all."""
    book = cslab.load(f"folder:{folder / 'data'}")
    tiers = touch.tier_rule(str(folder / "tier_rule.yaml")).tiers(book)
    load = touch.matrix_load(touch.matrix_of(str(folder / "touch_matrix.yaml")), touch.counts(book, tiers))
    top, hours = load.iloc[int(load["load_hours"].argmax())], load["load_hours"].sum()
    changed = {"trainee": held.name, "hours": f"{held.hours:g}", "model": "tech touch", "tier_mid": "0"}
    changed |= {"tier_tech": str(len(tiers)), "costliest": f"{top['phase']} × {top['tier']}"}
    for times in (1, 2, 3):
        changed |= {f"load_{times}": f"{times * hours:.1f}", f"csms_{times}": "9"}
    return model(**changed)


def compute(folder: Path, file: str, shown: Mapping[str, str]) -> None:
    """Write a line into each cell of evidence and run the notebook where it lies."""
    path = folder / file
    notebook = nbformat().read(path, as_version=4)
    for cell in notebook.cells:
        for name, line in shown.items():
            if cell.cell_type == "code" and re.match(rf"# \w+: {name}$", cell.source.strip()):
                cell.source = f"# evidence: {name}\n{line}"
    execute(notebook, folder)
    nbformat().write(notebook, path)
