"""Whoever opens real data in a notebook of the kit itself is told to save it elsewhere."""

from dataclasses import replace
from pathlib import Path

import pytest

import cslab
from cslab.course import shown
from cslab.course.card import show_card
from cslab.requirements import clone

BOOK = cslab.load("synthetic:tiny")
REAL = replace(BOOK, synthetic=False)


@pytest.fixture
def said(monkeypatch, capsys):
    """What the card of a book says in a notebook that lies in a folder, with or without somebody at it."""

    def said(book, folder, attended=True):
        monkeypatch.chdir(folder)
        monkeypatch.setattr(shown, "attended", lambda: attended)
        show_card(book, "en", reveal_truth=True)
        return capsys.readouterr().out

    return said


def test_a_notebook_in_the_kit_is_to_be_saved_elsewhere(said, tmp_path):
    kit = clone()
    if kit is None:
        pytest.skip("cslab runs from an installed wheel")
    warning = str(Path.home() / "cslab")
    assert warning in said(REAL, kit)
    assert warning not in said(BOOK, kit) + said(REAL, tmp_path) + said(REAL, kit, attended=False)
