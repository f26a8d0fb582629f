"""How cells are written: exact, the same in every part, quoted where they must be."""

import csv
import io

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslab.sources.written import csv_bytes, csv_lines, texts


def column(kind: str, values: list[object], dtype: str | None = None) -> list[str]:
    """The text of a column of a kind; columns of ``accounts`` stand for the kinds."""
    name = {"money": "mrr0_amount", "rate": "trial_usage", "count": "employees", "date": "signed_on", "text": "x_any"}
    return texts("accounts", pd.DataFrame({name[kind]: pd.Series(values, dtype=dtype)}))[name[kind]]


@pytest.mark.parametrize(
    ("kind", "values", "dtype", "written"),
    [
        ("money", [1200.0, 99.5, np.nan, -0.0], None, ["1200", "99.5", "", "0"]),
        ("money", [1e22], None, ["1e+22"]),
        ("rate", [0.0, 1.0, 0.1 + 0.2], None, ["0.0", "1.0", "0.30000000000000004"]),
        ("count", [3, None], "Int64", ["3", ""]),
        ("date", [pd.Timestamp("2024-04-01"), pd.NaT], None, ["2024-04-01", ""]),
        ("text", [True, None, False], "boolean", ["true", "", "false"]),
        ("text", [True, None], "object", ["true", ""]),
        ("text", ["it", None, "it"], "category", ["it", "", "it"]),
        ("text", ["007", np.nan], "object", ["007", ""]),
        ("text", [-0.0, 2.0], None, ["0.0", "2.0"]),
    ],
)
def test_a_cell_is_written_so_that_it_is_read_back(kind, values, dtype, written):
    assert column(kind, values, dtype) == written


@settings(max_examples=30)
@given(st.lists(st.floats(allow_infinity=False) | st.none(), min_size=1), st.integers(0, 5))
def test_a_cell_is_the_same_text_whatever_stands_around_it(values, cut):
    for kind in ("money", "rate"):
        whole = column(kind, values, "float64")
        assert whole == column(kind, values[:cut], "float64") + column(kind, values[cut:], "float64")
        assert [float(text or "nan") for text in whole] == pytest.approx(np.array(values, float), rel=0, nan_ok=True)


@given(st.lists(st.lists(st.text(alphabet='a,"\n 株'), min_size=2, max_size=2), max_size=4))
def test_any_text_comes_back_from_between_the_commas(rows):
    text = csv_lines(["a", "b"], {"a": [row[0] for row in rows], "b": [row[1] for row in rows]})
    assert list(csv.reader(io.StringIO(text, newline=""))) == [["a", "b"], *rows]


def test_a_blank_cell_alone_in_its_row_is_a_row():
    assert csv_lines(["a"], {"a": ["", "x"]}) == 'a\n""\nx\n'


def test_many_rows_are_one_file(monkeypatch):
    from cslab.sources import written

    frame = pd.DataFrame({"account_id": [f"A{number}" for number in range(7)], "mrr0_amount": [1.0, 2.5] * 3 + [3.0]})
    whole = csv_bytes("accounts", frame)
    monkeypatch.setattr(written, "_ROWS", 2)
    assert csv_bytes("accounts", frame) == whole
    assert csv_bytes("accounts", frame.iloc[:0]) == b"account_id,mrr0_amount\n"
