"""The funnel tells people who differ from chance."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

import cslab
from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure.journey import touch_entropy, variability
from cslab.measure.journey.variability import _counts


def asked(shares: dict[str, tuple[int, int]]) -> Book:
    """Hand-offs of representatives: how many of how many customers were asked again."""
    rows = [(name, place < again) for name, (again, n) in shares.items() for place in range(n)]
    ids = [f"A{number}" for number in range(len(rows))]
    handoffs = {
        "account_id": ids,
        "customer_repeat_info": [again for _, again in rows],
        "handed_on": pd.Timestamp("2024-01-09"),
    }
    people = {"account_id": ids, "sales_rep_id": [name for name, _ in rows]}
    return Book({"handoffs": pd.DataFrame(handoffs), "accounts": pd.DataFrame(people)}, pd.Timestamp("2024-12-31"))


def test_who_lies_far_off_stands_outside_the_funnel_and_the_others_within():
    alike = {f"r{number}": (10, 40) for number in range(1, 7)}
    found = variability(asked({**alike, "r7": (34, 40)})).set_index("person")["outside"]
    assert found.to_dict() == {**dict.fromkeys(alike, ""), "r7": "998"}


def test_differences_beyond_chance_leave_a_spread():
    found = variability(asked({"r1": (10, 40), "r2": (30, 40)}))
    assert found.attrs["spread"].low > 0


def test_people_who_are_all_alike_show_no_spread():
    found = variability(asked({"r1": (10, 40), "r2": (10, 40), "r3": (10, 40)}))
    assert found.attrs["spread"].estimate == 0
    assert (found["shrunk"] == 0.25).all()


def test_few_cases_are_drawn_further_to_the_mean():
    found = variability(asked({"r1": (4, 5), "r2": (80, 100), "r3": (20, 100), "r4": (20, 100)})).set_index("person")
    assert found.loc["r1", "shrunk"] < found.loc["r2", "shrunk"]
    assert found.loc["r1", "crude"] == found.loc["r2", "crude"] == 0.8


def test_a_harder_mix_of_customers_excuses():
    hard = {"r1": (24, 40), "r2": (24, 40), "r3": (6, 40), "r4": (6, 40)}
    book = asked(hard)
    segment = np.where(book.accounts["sales_rep_id"].isin(["r1", "r2"]), "smb", "mid")
    accounts = book.accounts.assign(segment=segment)
    found = variability(Book({**book.tables, "accounts": accounts}, book.as_of))
    assert (found["outside"] == "").all()
    assert found["estimate"].max() - found["estimate"].min() < 0.1


def test_control_limits_of_equal_chances_are_those_of_the_binomial():
    assert _counts(np.full(30, 0.2)) == pytest.approx(binom.pmf(range(31), 30, 0.2))


def test_people_with_a_handful_of_cases_are_left_out():
    assert variability(asked({"r1": (10, 40), "r2": (9, 40), "r3": (1, 4)}))["person"].tolist() == ["r1", "r2"]


def test_one_person_alone_cannot_be_compared():
    with pytest.raises(NotReady):
        variability(asked({"r1": (10, 40)}))


def test_another_kind_of_person_is_refused_with_the_nearest():
    with pytest.raises(UsageError, match="csm"):
        variability(asked({"r1": (10, 40)}), "cms")


def test_of_two_in_charge_on_the_day_of_the_decision_it_is_the_later_one_in_any_order_of_rows():
    ids, day = [f"A{number}" for number in range(20)], pd.Timestamp("2024-11-01")
    first, end = pd.Timestamp("2024-01-01"), pd.Timestamp("2025-01-01")
    contracts = pd.DataFrame({"account_id": ids, "start": first, "end": end, "term_months": 12, "decided_on": day})
    contracts["outcome"] = ["churned", "renewed"] * 10
    before = pd.DataFrame({"account_id": ids, "csm_id": "c1", "touch_tier": "high", "valid_from": first})
    before["valid_to"] = day
    later = before.assign(csm_id=np.where(np.arange(20) < 10, "c2", "c3"), valid_from=day, valid_to=end)
    for charge in ([before, later], [later, before]):
        tables = {"contracts": contracts, "tier_history": pd.concat(charge, ignore_index=True)}
        assert set(variability(Book(tables, pd.Timestamp("2025-03-31")), "csm")["person"]) == {"c2", "c3"}
    tables["tier_history"] = tables["tier_history"].drop(columns="touch_tier")  # a source need not have it
    assert len(variability(Book(tables, pd.Timestamp("2025-03-31")), "csm")) == 2


def touched(sequences: dict[str, str]) -> Book:
    """Touches of customers of one CSM, a letter a day."""
    kinds = {"c": "call", "e": "email", "q": "qbr"}
    rows = [
        (f"{account}-{day}", account, pd.Timestamp("2024-01-01") + pd.Timedelta(days=day), kinds[letter], "M1")
        for account, letters in sequences.items()
        for day, letter in enumerate(letters)
    ]
    names = ["touch_id", "account_id", "touched_on", "type", "csm_id"]
    return Book({"touches": pd.DataFrame(rows, columns=names)}, pd.Timestamp("2024-12-31"))


def test_a_fixed_rhythm_has_no_entropy():
    assert touch_entropy(touched({"A": "cececece", "B": "cececece"}))["estimate"].item() == pytest.approx(0, abs=0.05)


def test_a_coin_between_two_kinds_is_one_bit():
    luck = np.random.default_rng(1)
    sequences = {f"A{number}": "".join(luck.choice(["c", "e"], 100)) for number in range(40)}
    found = touch_entropy(touched(sequences)).iloc[0]
    assert found["estimate"] == pytest.approx(1, abs=0.01)
    assert found["low"] < found["estimate"] < found["high"]


@pytest.mark.slow
def test_in_the_simulated_company_representatives_differ_and_csms_do_not():
    reps, csms = [], []
    for seed in range(1, 21):
        book = cslab.load(f"synthetic:default_jp?seed={seed}")
        reps.append(variability(book, "rep").attrs["p_value"])
        csms.append(variability(book, "csm").attrs["p_value"])
    assert sum(p < 0.05 for p in reps) >= 15
    assert sum(p < 0.05 for p in csms) <= binom.ppf(0.999, 20, 0.05)
