"""When a customer came under observation, how long it stayed and whether it left, read off contracts."""

import pandas as pd
import pytest

from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure.durations import durations, notes, period_reading


def spans(frame: pd.DataFrame) -> dict[str, tuple[int, int, bool]]:
    return {row.account_id: (row.entry, row.duration, row.event) for row in frame.itertuples()}


def test_a_churned_contract_is_an_exit_at_its_end_and_an_open_one_is_not(tiny):
    book = tiny(
        "2024-09-15",
        contracts="""
        account_id  start       end         outcome
        left        2023-04-01  2024-04-01  churned
        stays       2023-04-01  2024-04-01  renewed
        stays       2024-04-01  2025-04-01  open
        """,
    )
    assert spans(durations(book)) == {"left": (0, 12, True), "stays": (0, 17, False)}


def test_a_churn_that_is_decided_but_not_yet_in_effect_is_still_a_customer(tiny):
    contracts = """
    account_id  start       end         outcome
    A           2023-04-01  2024-04-01  churned
    """
    events = """
    account_id  decided_on  effective_on
    A           2024-02-01  2024-04-01
    """
    day_before = tiny("2024-03-31", contracts=contracts, churn_events=events)
    day_itself = tiny("2024-04-01", contracts=contracts, churn_events=events)
    assert spans(durations(day_before)) == {"A": (0, 11, False)}
    assert spans(durations(day_itself)) == {"A": (0, 12, True)}


def test_a_closure_in_mid_term_counts_on_the_day_it_took_effect_in_the_month_it_falls_into(tiny):
    book = tiny(
        "2024-12-31",
        contracts="""
        account_id  start       end         outcome
        A           2023-04-10  2024-04-10  churned
        """,
        churn_events="""
        account_id  decided_on  effective_on  reason_stated
        A           2023-08-20  2023-09-01    merged
        """,
    )
    frame = durations(book)
    assert spans(frame) == {"A": (0, 5, True)}
    assert frame["cause"].tolist() == ["merged"]


def test_who_had_left_before_the_records_and_came_back_is_left_out_and_said_so(tiny):
    book = tiny(
        "2024-12-31",
        accounts="""
        account_id  signed_on   observed_from
        back        2019-02-01  2023-06-01
        late        2019-02-01  2023-04-01
        new         2023-06-01  2023-06-01
        """,
        contracts="""
        account_id  start       end         outcome
        back        2023-06-01  2025-06-01  open
        late        2023-02-01  2025-02-01  open
        new         2023-06-01  2025-06-01  open
        """,
        mrr_movements="""
        account_id  month       type          amount
        back        2023-06-01  reactivation  100
        late        2023-04-01  opening       100
        new         2023-06-01  new           100
        """,
    )
    frame = durations(book)
    assert spans(frame) == {"late": (50, 70, False), "new": (0, 18, False)}
    assert frame.attrs["returned"] == 1 and "came back" in " ".join(note.text("en") for note in notes(frame))


def test_the_earliest_exit_counts_where_a_closure_overtakes_a_notice(tiny):
    book = tiny(
        "2024-12-31",
        contracts="""
        account_id  start       end         outcome
        A           2023-04-01  2024-04-01  churned
        """,
        churn_events="""
        account_id  decided_on  effective_on  reason_stated
        A           2024-02-01  2024-04-01    price
        A           2024-03-01  2024-03-01    merged
        """,
    )
    assert durations(book)[["duration", "cause"]].values.tolist() == [[11, "merged"]]


def test_a_renewal_signed_late_is_joined_and_counted_and_a_longer_gap_ends_the_first_spell(tiny):
    contracts = """
    account_id  start       end         outcome
    late        2022-04-01  2023-04-01  renewed
    late        2023-05-16  2024-05-16  open
    later       2022-04-01  2023-04-01  churned
    later       2023-05-17  2024-05-17  open
    """
    frame = durations(tiny("2024-03-31", contracts=contracts))
    assert spans(frame) == {"late": (0, 23, False), "later": (0, 12, True)}
    assert frame.attrs["joined"] == 1
    assert durations(tiny("2024-03-31", contracts=contracts), gap_days=0).attrs["joined"] == 0


def test_a_contract_within_another_does_not_end_the_spell(tiny):
    book = tiny(
        "2025-03-31",
        contracts="""
        account_id  product  start       end         outcome
        A           core     2022-04-01  2025-04-01  open
        A           addon    2022-06-01  2022-12-01  churned
        A           addon    2024-06-01  2025-06-01  open
        """,
    )
    assert spans(durations(book)) == {"A": (0, 35, False)}


def test_of_two_products_that_end_together_the_one_that_goes_on_counts(tiny):
    contracts = """
    account_id  product  start       end         outcome
    A           core     2022-04-01  2023-04-01  renewed
    A           addon    2022-04-01  2023-04-01  churned
    """
    assert spans(durations(tiny("2024-04-01", contracts=contracts))) == {"A": (0, 12, False)}


def test_an_exit_written_down_late_belongs_to_the_contract_that_has_just_ended(tiny):
    contracts = """
    account_id  start       end         outcome
    A           2022-04-01  2023-04-01  churned
    A           2024-04-01  2025-04-01  open
    """
    events = """
    account_id  decided_on  effective_on
    A           2023-02-01  2023-05-16
    """
    assert spans(durations(tiny("2024-06-30", contracts=contracts, churn_events=events))) == {"A": (0, 14, True)}


def test_a_customer_whose_contract_ended_long_ago_without_a_word_has_left_and_is_counted(tiny):
    contracts = """
    account_id  start       end         outcome
    silent      2022-04-01  2023-04-01  open
    """
    frame = durations(tiny("2023-05-17", contracts=contracts))
    assert spans(frame) == {"silent": (0, 12, True)}
    assert frame.attrs["silent"] == 1
    assert "1 customers count as having left without a word" in notes(frame)[0].text("en")


def test_an_undecided_renewal_says_nothing_about_the_month_of_the_renewal(tiny):
    contracts = """
    account_id  start       end         outcome
    pending     2022-04-01  2023-04-01  open
    """
    frame = durations(tiny("2023-05-16", contracts=contracts))
    assert spans(frame) == {"pending": (0, 11, False)}
    assert frame.attrs["pending"] == 1


def test_a_contract_marked_renewed_without_a_successor_is_followed_to_its_renewal(tiny):
    contracts = """
    account_id  start       end         outcome
    A           2022-04-01  2023-04-01  renewed
    """
    frame = durations(tiny("2024-04-01", contracts=contracts))
    assert spans(frame) == {"A": (0, 12, False)}
    assert frame.attrs["untracked"] == 1


def test_a_contract_without_an_end_runs_on(tiny):
    contracts = """
    account_id  start       end  outcome
    A           2022-04-01  -    open
    """
    assert spans(durations(tiny("2024-04-01", contracts=contracts))) == {"A": (0, 24, False)}


def test_a_legacy_customer_enters_at_the_tenure_it_had_when_the_records_began(tiny):
    book = tiny(
        "2022-12-31",
        accounts="""
        account_id  signed_on   observed_from  segment
        legacy      2019-10-15  2021-04-01     smb
        new         2022-01-15  2022-01-15     mid
        """,
        contracts="""
        account_id  start       end         outcome
        legacy      2020-10-15  2021-10-15  churned
        new         2022-02-01  2023-02-01  open
        """,
    )
    frame = durations(book)
    assert spans(frame) == {"legacy": (17, 24, True), "new": (0, 10, False)}
    assert frame["segment"].tolist() == ["smb", "mid"]
    assert frame.attrs["late_entry"] == 1


def test_without_accounts_everybody_counts_from_the_first_contract(tiny):
    contracts = """
    account_id  start       end
    A           2022-04-01  2024-04-01
    """
    frame = durations(tiny("2023-04-01", contracts=contracts))
    assert spans(frame) == {"A": (0, 12, False)}
    assert frame["term_months"].tolist() == [24]


def test_who_was_not_there_for_a_whole_month_is_set_aside_and_counted(tiny):
    contracts = """
    account_id  start       end         outcome
    new         2024-03-20  2025-03-20  open
    old         2023-03-20  2025-03-20  open
    """
    frame = durations(tiny("2024-04-10", contracts=contracts))
    assert frame["account_id"].tolist() == ["old"]
    assert frame.attrs["set_aside"] == 1


def test_days_are_counted_as_days(tiny):
    contracts = """
    account_id  start       end         outcome
    A           2024-01-01  2024-03-01  churned
    """
    frame = durations(tiny("2024-04-10", contracts=contracts), unit="day")
    assert spans(frame) == {"A": (0, 60, True)}


@pytest.mark.parametrize(
    ("start", "stop", "floor", "ceiling"),
    [
        ("2024-01-31", "2024-02-29", 1, 1),
        ("2024-01-31", "2024-03-30", 1, 2),
        ("2024-01-31", "2024-03-31", 2, 2),
        ("2024-02-29", "2025-02-28", 12, 12),
        ("2024-01-15", "2024-02-14", 0, 1),
        ("2024-01-15", "2024-02-15", 1, 1),
        ("2024-01-15", "2024-02-16", 1, 2),
    ],
)
def test_a_month_ends_on_the_same_day_of_the_next_or_on_its_last(tiny, start, stop, floor, ceiling):
    left = f"account_id start end outcome\nA {start} {stop} churned"
    stays = f"account_id start end outcome\nA {start} 2099-01-01 open"
    exits, still = durations(tiny("2098-01-01", contracts=left)), durations(tiny(stop, contracts=stays))
    assert exits["duration"].tolist() == [ceiling]
    assert still["duration"].tolist() == ([floor] if floor else [])


def test_a_shuffled_book_gives_the_same_durations(tiny):
    text = """
    account_id  start       end         outcome
    A           2022-04-01  2023-04-01  renewed
    B           2022-05-01  2023-05-01  churned
    A           2023-04-01  2024-04-01  churned
    """
    book = tiny("2024-06-30", contracts=text)
    shuffled = Book({"contracts": book.contracts.iloc[[2, 1, 0]].reset_index(drop=True)}, book.as_of)
    assert spans(durations(shuffled)) == spans(durations(book))


def stock(tenure: list[float], ended: list[bool]) -> Book:
    ids = [f"A{number}" for number in range(len(tenure))]
    contracts = pd.DataFrame({"account_id": ids, "tenure_months": tenure, "ended": ended})
    tables = {"accounts": pd.DataFrame({"account_id": ids, "x_plan": "basic"}), "contracts": contracts}
    return Book(tables, pd.Timestamp("2024-03-31"), stock_sample=True)


def test_a_stock_sample_uses_its_tenures_and_sets_aside_customers_of_zero_months():
    frame = durations(stock([0, 3.0, 12.0], [False, True, False]))
    assert spans(frame) == {"A1": (0, 3, True), "A2": (0, 12, False)}
    assert (frame.attrs["set_aside"], frame.attrs["stock_sample"]) == (1, True)
    assert frame["x_plan"].tolist() == ["basic", "basic"]


def test_a_stock_sample_sets_aside_what_it_does_not_know():
    frame = durations(stock([float("nan"), 5.0, 7.0], [True, None, True]))
    assert spans(frame) == {"A2": (0, 7, True)}
    assert frame.attrs["set_aside"] == 2


def test_a_stock_sample_has_no_days():
    with pytest.raises(NotReady):
        durations(stock([3.0], [True]), unit="day")


def test_the_period_reading_watches_each_customer_in_the_last_month_only():
    frame = period_reading(durations(stock([3.0, 12.0], [True, False])))
    assert spans(frame) == {"A0": (2, 3, True), "A1": (11, 12, False)}


def test_a_book_without_days_says_which_columns_it_lacks():
    book = Book({"contracts": pd.DataFrame({"account_id": ["A"]})}, pd.Timestamp("2024-03-31"))
    with pytest.raises(NotReady) as raised:
        durations(book)
    assert [fault.values["column"] for fault in raised.value.faults] == ["start", "end"]


def test_all_wrong_choices_are_named_at_once():
    with pytest.raises(UsageError) as raised:
        durations(stock([3.0], [True]), unit="moth", spell="last", gap_days=-1)
    assert [fault.key for fault in raised.value.faults] == ["unknown_choice", "unknown_choice", "negative_gap"]
    assert "month" in str(raised.value)


def test_a_book_before_its_first_contract_has_nobody(tiny):
    contracts = """
    account_id  start       end         outcome
    A           2024-01-01  2025-01-01  open
    """
    frame = durations(tiny("2023-06-30", contracts=contracts))
    assert frame.empty
    assert list(frame) == ["account_id", "entry", "duration", "event", "cause", "term_months"]


def test_each_note_says_what_was_done_in_both_languages(tiny):
    frame = durations(stock([3.0], [True]))
    kinds = ("late_entry", "joined", "silent", "pending", "untracked", "set_aside")
    frame.attrs.update(dict.fromkeys(kinds, 7))
    said = notes(frame)
    assert len(said) == len(kinds)
    assert all("7" in note.text(lang) for note in said for lang in ("en", "ja"))
