"""A notebook that was handed in is held against the one that was handed out, by the ids of its cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cslab.course.grading.handed import Changes, Handed, HandedCell, changes
from cslab.course.grading.rerun import with_parameters


def notebook(names: str) -> list[HandedCell]:
    """A notebook whose code cells are called by single letters."""
    return [HandedCell(place, name, True, (), f"{name} = 1") for place, name in enumerate(names, 1)]


@pytest.mark.parametrize(
    ("back", "expected"),
    [
        ("abcde", Changes()),
        ("abde", Changes(deleted=(3,))),
        ("abbcde", Changes(duplicated=(3,))),
        ("acbde", Changes(reordered=(2,))),
        ("eabcd", Changes(reordered=(1,))),
        ("abxcde", Changes()),
        ("xyz", Changes(compared=False)),
        ("", Changes(compared=False)),
    ],
)
def test_deleted_repeated_and_moved_cells_are_told_by_their_numbers(back: str, expected: Changes):
    found = changes(notebook(back), notebook("abcde"))
    assert (found.compared, found.deleted, found.duplicated) == (
        expected.compared,
        expected.deleted,
        expected.duplicated,
    )
    assert len(found.reordered) == len(expected.reordered)


def test_a_cell_copied_under_a_new_id_is_a_repeated_one():
    copied = HandedCell(6, "new", True, (), "b = 1")
    assert changes([*notebook("abc"), copied], notebook("abc")).duplicated == (4,)


def test_cells_that_are_equal_as_handed_out_are_not_repeated():
    twins = [HandedCell(place, name, True, (), "x") for place, name in enumerate("ab", 1)]
    assert changes(twins, twins) == Changes()


@given(st.permutations("abcdef"))
def test_putting_the_moved_cells_aside_leaves_the_rest_in_order(names: list[str]):
    found = changes(notebook("".join(names)), notebook("abcdef"))
    rest = [name for number, name in enumerate(names, 1) if number not in found.reordered]
    assert rest == sorted(rest) and (found.deleted, found.duplicated) == ((), ())
    assert (found.reordered == ()) == (names == sorted(names))


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_what_was_changed_is_told_in_words_and_nothing_where_nothing_was(lang: str):
    assert Changes().fault() is None
    fault = Changes(deleted=(3,), duplicated=(5, 6)).fault()
    assert fault is not None and "3" in fault.text(lang) and "5, 6" in fault.text(lang)


def order(*cells: HandedCell) -> list[int]:
    """In which order a notebook's cells and ours (0) are run."""
    return [cell["number"] for cell in with_parameters(cells)]


def test_our_values_come_behind_every_cell_that_says_where_the_data_come_from():
    plain, tagged = HandedCell(1, "", True, (), "x = 1"), HandedCell(2, "", True, ("parameters",), "variant = 0")
    untagged = HandedCell(3, "", True, (), '# mine\nsource: str = "synthetic:tiny?seed=1"  # here')
    assert order(plain, tagged, plain) == [1, 2, 0, 3]
    assert order(plain, untagged, plain, tagged) == [1, 2, 0, 3, 4, 0]
    assert order(plain) == [0, 1]
    assert order() == [0]


def test_a_source_that_is_only_compared_or_used_is_no_parameter():
    assert not HandedCell(1, "", True, (), "source == 1\nload(source=source)\n  source = 1").sets_parameters


def test_the_values_of_a_notebook_are_plain_literals_or_not_told():
    code = (
        'source: str = "synthetic:tiny"  # a, b\ntrainee = "佐藤"\nvariant: int = open("x")\nlang = ["en"]\nas_of = ('
    )
    assert Handed((HandedCell(1, "", True, (), code),), "", "", "").values == {
        "source": "synthetic:tiny",
        "trainee": "佐藤",
    }
