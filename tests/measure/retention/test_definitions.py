"""One book, many rates: those of the domain specification, side by side."""

import pandas as pd
import pytest

from cslab.book import Book
from cslab.measure.retention import definitions
from cslab.words import has_word

START, END = "2023-03-31", "2024-03-31"

# Domain specification 2.3, in thousands of yen or customers.
PRINTED = {
    ("nrr", "point_to_point"): (560, 650),
    ("nrr", "survivors_only"): (560, 550),
    ("nrr", "including_new"): (700, 650),
    ("grr", "point_to_point"): (520, 650),
    ("grr", "movement"): (430, 650),
    ("grr", "movement_with_returns"): (480, 650),
    ("logo_churn", "point_to_point"): (1, 6),
    ("logo_churn", "movement"): (2, 6),
    ("renewal_rate", "value"): (170, 300),
}
AS_PRINTED = [86.15, 101.8, 107.7, 80.0, 66.2, 73.8, 16.7, 33.3, 56.7]


@pytest.fixture
def rates(toy) -> pd.DataFrame:
    return definitions(toy, START, END).set_index(["metric", "definition"])


@pytest.mark.parametrize(("key", "parts"), PRINTED.items(), ids=lambda one: "-".join(map(str, one)))
def test_every_rate_of_the_specification_is_there_to_the_digit(rates, key, parts):
    scale = 1 if key[0] == "logo_churn" else 1000
    assert rates.loc[key, "part"] == parts[0] * scale
    assert rates.loc[key, "base"] == parts[1] * scale
    assert rates.loc[key, "estimate"] == pytest.approx(parts[0] / parts[1])


def test_in_per_cent_they_read_as_they_are_printed(rates):
    found = [100 * rates.loc[key, "estimate"] for key in PRINTED]
    assert [
        round(rate, 2 if shown == 86.15 else 1) for rate, shown in zip(found, AS_PRINTED, strict=True)
    ] == AS_PRINTED


def test_two_of_three_contracts_due_were_renewed(rates):
    assert rates.loc[("renewal_rate", "count"), ["part", "base"]].tolist() == [2, 3]


def test_those_that_mislead_are_marked_and_named_so(rates):
    faults = rates[rates["fault"]]
    assert {key[1] for key in faults.index} == {"survivors_only", "including_new"}
    assert not rates.loc[list(PRINTED), "fault"].drop(["survivors_only", "including_new"], level="definition").any()


def test_every_word_in_the_table_is_one_that_a_reader_has(toy):
    found = definitions(toy, START, END)
    words = {word for name in ("metric", "method", "numerator", "denominator") for word in found[name]}
    assert [word for word in words if not has_word(f"label.{word}")] == []


def test_every_estimate_lies_within_its_limits(rates):
    assert ((rates["low"] <= rates["estimate"]) & (rates["estimate"] <= rates["high"])).all()


def test_without_contracts_the_renewal_rates_are_left_out(toy):
    found = definitions(Book({"mrr_movements": toy.mrr_movements}, toy.as_of), START, END)
    assert "renewal_rate" not in set(found["metric"])
    assert len(found) == 14
