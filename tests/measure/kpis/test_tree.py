"""The tree of indicators."""

import pytest

import cslab
from cslab.measure.kpis import support_kpis
from cslab.measure.kpis.tree import TREE, kpi_tree
from cslab.measure.retention import bridge, grr, nrr
from cslab.words import has_word

YEAR = ("2024-04-01", "2025-04-01")


@pytest.fixture(scope="module")
def tree():
    return kpi_tree(cslab.load("synthetic:default_jp?seed=3&accounts=300"), *YEAR).set_index("node")


def test_it_is_one_tree_with_each_parent_before_its_children():
    names = [node.name for node in TREE]
    assert names.count("arr") == 1 and [node.name for node in TREE if not node.parent] == ["arr"]
    assert all(node.parent in names[:place] for place, node in enumerate(TREE) if node.parent)


def test_there_is_a_word_for_every_node_and_branch(tree):
    words = {*tree.index, *tree["branch"], *tree["unit"], *tree["definition"], *tree["method"]}
    assert [word for word in words if not has_word(f"label.{word}")] == []


def test_its_numbers_are_those_of_their_measures(tree):
    book = cslab.load("synthetic:default_jp?seed=3&accounts=300")
    days = ("2024-03-31", "2025-03-31")
    assert tree.loc["nrr", "estimate"] == nrr(book, *days).estimate
    assert tree.loc["grr", "low"] == grr(book, *days).low
    assert tree.loc["arr", "estimate"] == bridge(book, *days, unit="arr")["closing"].item()
    alone = support_kpis(book, *YEAR).set_index("kpi")
    assert tree.loc["fcr", ["estimate", "n"]].tolist() == alone.loc["fcr", ["estimate", "n"]].tolist()
