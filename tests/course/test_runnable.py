"""Which lessons run on a source is a table and a set, for whoever computes with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

import cslab
from cslab.course.runnable import runnable, runs


@pytest.fixture
def book():
    return cslab.load("synthetic:tiny")


def test_a_lesson_whose_table_is_missing_does_not_run_and_names_it(course, book):
    course(("needs: [accounts]", "needs: [accounts, tickets]"))
    short = replace(book, tables={name: frame for name, frame in book.tables.items() if name != "tickets"})
    assert runnable(short)[["number", "state", "lacking"]].values.tolist() == [["99", "not", "tickets"]]
    assert (runs(short), runs(short, "not")) == (frozenset(), {"99"})


def test_a_lesson_that_runs_in_part_runs(course, book):
    course()
    assert (runs(book), runs(book, "whole")) == ({"99"}, frozenset())
    assert runnable(book, "ja")["title"].tolist() == ["小さな章"]
