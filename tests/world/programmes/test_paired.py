"""Two books of a company, with everybody in a programme and with nobody: what differs is the programme's doing."""

import pytest

import cslab
from cslab.faults import UsageError

KEY = ["account_id", "spell", "tenure"]


def pair(programme, **changes):
    """The two books of a small company that runs one programme."""
    options = {"accounts": 120, "programs": programme, "policy": "program_rct", **changes}
    source = "synthetic:tiny?" + "&".join(f"{name}={value}" for name, value in options.items())
    return cslab.load(source).truth.paired("faq" if programme == "faq,training" else programme)


def test_everybody_takes_part_in_one_and_nobody_in_the_other():
    with_, without = pair("training", program_effect=0)
    assert with_.program_enrolment["enrolled_on"].notna().mean() > 0.9 and without.program_enrolment.empty


def test_a_programme_that_does_nothing_leaves_every_other_table_as_it_is():
    with_, without = pair("user_meeting")
    for name in ("usage_monthly", "tickets", "contracts", "onboarding"):
        assert with_.tables[name].equals(without.tables[name]), name


def test_before_the_programme_begins_the_two_books_are_the_same():
    with_, without = (book.at("2022-03-31") for book in pair("faq", program_start=12))
    assert with_.tickets.equals(without.tickets) and with_.usage_monthly.equals(without.usage_monthly)


def test_answers_take_tickets_away_and_never_add_any():
    with_, without = (set(book.tickets["ticket_id"]) for book in pair("faq", accounts=300))
    assert len(with_) < len(without)


def test_the_other_programmes_go_on_as_they_are():
    with_, without = pair("faq,training")
    rest = [book.program_enrolment.query("program_id == 'training'") for book in (with_, without)]
    assert len(rest[0]) > 0
    joined = [rows.dropna(subset=["enrolled_on"])["account_id"].tolist() for rows in rest]
    assert joined[0] == joined[1]


def test_a_larger_company_can_be_asked_for():
    book = cslab.load("synthetic:tiny?programs=faq")
    with_, without = book.truth.paired("faq", accounts=200)
    assert len(with_.truth.accounts()) == len(without.truth.accounts()) == 200


def test_against_other_customers_members_of_the_community_gain_in_one_book_only():
    book = cslab.load("synthetic:tiny?accounts=600&community_lift=2&community_join=0.05&community_active=1")
    with_, without = book.truth.paired("community")
    value, before = (one.truth.hazard().set_index(KEY)["latent"] for one in (with_, without))
    gain = (value - before).dropna()
    joined = gain.index.get_level_values("account_id").isin(with_.community_members["account_id"])
    assert gain[joined].mean() - gain[~joined].mean() > 0.3
    assert with_.truth.accounts()["fit"].equals(without.truth.accounts()["fit"])


@pytest.mark.parametrize("name", ["trainning", "community"])
def test_what_the_company_does_not_run_is_refused(name):
    book = cslab.load("synthetic:tiny?programs=training&addons=none")
    with pytest.raises(UsageError, match="training"):
        book.truth.paired(name)
