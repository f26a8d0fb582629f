"""Rows of totals: set aside where it is certain that they are, told where it is not."""

import pandas as pd
import pytest

from cslab.sources.findings import Findings
from cslab.sources.totals import without_totals


def left(rows: list[list[str]]) -> tuple[list[int], list[str]]:
    """The row numbers that stay, and the keys of what was found."""
    cells = pd.DataFrame(rows, columns=["id", "name", "fee"], index=range(2, 2 + len(rows)), dtype=object)
    findings = Findings()
    kept = without_totals(cells, "a.csv", findings).index.tolist()
    return kept, [*(fault.key for fault in findings.faults), *(note.key for note in findings.notes)]


ROWS = [["A1", "x", "1,000"], ["A2", "y", "2,000"]]


@pytest.mark.parametrize(
    "row",
    [
        ["合計", "", "3,000"],
        ["【合計】", "", "3000円"],
        ["", "総計", "¥3,000"],
        ["Total:", "", "3000"],
        ["平均", "", "1500"],
        ["計", "", "２"],
        ["合計", "", ""],
    ],
)
def test_a_row_that_says_so_and_adds_up_is_set_aside_and_counted(row):
    assert left([*ROWS, row]) == ([2, 3], ["totals_set_aside"])


def test_several_of_them_below_each_other_are_set_aside():
    assert left([*ROWS, ["合計", "", "3000"], ["平均", "", "1500"]]) == ([2, 3], ["totals_set_aside"])


def test_a_row_that_says_so_and_does_not_add_up_is_told():
    assert left([*ROWS, ["Total", "", "77"]])[1] == ["totals_doubtful"]


def test_totals_of_parts_between_the_rows_are_told():
    assert left([ROWS[0], ["小計", "", "1000"], ROWS[1]])[1] == ["totals_inside"]


@pytest.mark.parametrize("row", [["A3", "Total", "3000"], ["合計商事", "", "3000"], ["A3", "", "3000"]])
def test_a_customer_of_such_a_name_with_an_id_stays(row):
    assert left([*ROWS, row]) == ([2, 3, 4], [])


def test_a_folder_with_a_row_of_totals_loads_without_it(opened):
    book = opened(contracts="account_id,start,end,mrr_amount\nA1,2023-04-01,2024-04-01,5\n合計,,,5\n")
    assert len(book.contracts) == 1
    assert any("row 3" in note.text("en") for note in book.notes if note.key == "totals_set_aside")
