"""What the texts beside the chains show holds: the worked example is a chain, every indicator can be read."""

import re
from pathlib import Path

import pytest

import cslab
from cslab.measure.impact import Chain, faults, graph
from cslab.measure.impact.declared import FORM
from cslab.measure.impact.indicator import KINDS, parse
from cslab.measure.impact.names import contract_faults

FOLDER = Path(__file__).resolve().parents[3] / "datasets" / "chains"
TEXTS = [FOLDER / "README.md", FOLDER / "README.ja.md"]


def example(path: Path) -> Chain:
    """The worked example."""
    shown = re.findall(r"```yaml\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)
    assert len(shown) == 1
    return Chain.from_yaml(shown[0], path.name)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_the_worked_example_is_a_chain_that_records_can_serve(path: Path):
    chain = example(path)
    assert faults(chain, cslab.load("synthetic:tiny")) == []
    assert graph.due(chain, "retention") == 16


def test_both_languages_show_the_same_example():
    english, japanese = map(example, TEXTS)
    assert english.links == japanese.links
    assert english.nodes == japanese.nodes


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_kind_of_indicator_is_shown_and_can_be_read(path: Path):
    rows = re.findall(r"^\| `(.*?)` \|", path.read_text(encoding="utf-8").split("\n## ")[-1], re.MULTILINE)
    found = [parse(row) for row in rows]
    assert {indicator.kind for indicator in found} == {*KINDS}
    assert [fault for indicator in found for fault in contract_faults(indicator)] == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_key_of_the_file_is_explained(path: Path):
    text = path.read_text(encoding="utf-8")
    keys = [*FORM.keys, *FORM.keys["links"].each.keys, *FORM.keys["nodes"].each.keys]
    assert [key for key in keys if f"`{key}`" not in text] == []
