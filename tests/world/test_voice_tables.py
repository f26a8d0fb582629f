"""What customers say agrees with what happened to them, follows its distributions, and knows only the past."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from cslab import world
from cslab.book import Book
from cslab.world.observe import Records, observe
from cslab.world.observe.calendar import business_days
from cslab.world.observe.vocabulary.notes import FRAMES, NOTES_A_THEME, NOTES_EN, NOTES_JA, THEMES, first_note
from cslab.world.observe.vocabulary.voice import CATEGORIES
from cslab.world.policy import policy
from cslab.world.programmes.effects import Programmes
from cslab.world.rates import logistic
from cslab.world.simulate import simulate

pytestmark = pytest.mark.slow

TABLES = ("contacts", "tickets", "surveys", "lost_deals", "interviews")
SURE = stats.norm.ppf(0.9995)  # two-sided tests at the level .001


def near(values: pd.Series, expected: float) -> bool:
    """Whether a mean is what is expected, but for chance."""
    return abs(values.mean() - expected) < SURE * values.std() / len(values) ** 0.5


@pytest.fixture(scope="module")
def book() -> Book:
    return world.company("default_jp", seed=2, accounts=3000)


@pytest.fixture(scope="module")
def records() -> Records:
    return observe(simulate(world.preset("default_jp"), policy("rule"), 5, range(2), 2000, 48))


@pytest.fixture(scope="module")
def value(book) -> pd.Series:
    """Latent value by account and month."""
    return book.truth.hazard().set_index(["account_id", "month"])["latent"].groupby(level=[0, 1]).first()


def month(days: pd.Series) -> pd.Series:
    return days.dt.to_period("M").dt.to_timestamp()


def latent(value: pd.Series, table: pd.DataFrame, day: str) -> pd.Series:
    """Latent value of the account in the month of each row."""
    cells = pd.MultiIndex.from_arrays([table["account_id"], month(table[day])])
    return pd.Series(value.reindex(cells).to_numpy(), index=table.index)


def customer_on(book: Book, accounts: pd.Series, days: pd.Series) -> pd.Series:
    """Whether accounts were customers on some days: after a signature, and not between leaving and coming back."""
    events = book.churn_events[["account_id", "effective_on", "winback_on"]]
    rows = pd.DataFrame({"account_id": accounts, "day": days, "row": np.arange(len(accounts))})
    out = rows.merge(events, on="account_id")
    away = (out["day"] >= out["effective_on"]) & ~(out["day"] >= out["winback_on"])
    signed = accounts.map(book.accounts.set_index("account_id")["signed_on"])
    gone = np.zeros(len(accounts), dtype=bool)
    gone[out.loc[away, "row"]] = True
    return (days >= signed) & ~gone


# tickets


def test_tickets_of_a_month_are_negative_binomial_around_the_mean_that_is_written_down(records):
    history, asked, there = records.history, records.enquiries, records.there
    whole = there.month > history.customers.start[there.who]
    who, when = there.who[whole], there.month[whole]
    far = history.months + 1
    cells, counted = np.unique(asked.who * far + asked.each.month, return_counts=True)
    found = np.minimum(np.searchsorted(cells, who * far + when), len(cells) - 1)
    count = np.where(cells[found] == who * far + when, counted[found], 0)
    tenure, v = when - history.customers.start[who], history.value_at(who, when)
    mean = 0.3 + 0.02 * records.seats.at(who, when) ** 0.8
    mean *= (1 + 1.5 * np.exp(-(tenure - 1) / 2)) * 1.3 * np.exp(-0.4 * (v + 0.2) ** 2)
    mean *= np.where(history.customers.beginnings.high_effort[who], 1.4, 1.0)
    law = stats.nbinom(1.2, 1.2 / (1.2 + mean))
    below, at = law.cdf(count - 1), law.pmf(count)
    spread = below + at * np.random.default_rng(1).random(len(count))
    assert stats.kstest(spread, "uniform").pvalue > 0.001


def test_tickets_come_on_weekdays_while_the_account_is_a_customer_and_are_closed_later(book):
    tickets = book.tickets
    assert (tickets["opened_on"].dt.weekday < 5).all()
    assert customer_on(book, tickets["account_id"], tickets["opened_on"]).all()
    assert not (tickets["closed_on"] < tickets["opened_on"]).any()
    open_still = tickets["closed_on"].isna()
    learned = ["answered", "root_cause", "deflectable", "first_response_h", "resolved_h", "exchanges", "fcr", "csat"]
    assert open_still.any() and tickets.loc[open_still, learned].isna().all(axis=None)


def test_mails_wait_five_hours_and_twelve_on_average(book):
    mails = book.tickets[book.tickets["channel"].isin(["email", "form"])]["first_response_h"].dropna()
    assert near(np.log(mails.clip(lower=0.01)), np.log(5))
    assert near(mails, 5 * np.exp(1.323**2 / 2))


def test_a_ticket_solved_in_the_first_contact_takes_two_messages_and_no_more_time(book):
    answered = book.tickets[book.tickets["answered"].eq(True)]
    first = answered["fcr"].astype(bool)
    assert (answered["exchanges"][first] == 2).all() and (answered["exchanges"][~first] >= 3).all()
    assert (answered["resolved_h"][first] == answered["first_response_h"][first]).all()
    assert (answered["resolved_h"][~first] > answered["first_response_h"][~first]).all()
    assert not answered["reopened"][first].any()
    assert abs(first.mean() - 0.70) < 0.02 and abs(answered["exchanges"].mean() - 2.4) < 0.1
    assert near(book.tickets["answered"].dropna().astype(float), 0.96)


def test_effort_means_more_tickets_and_more_messages(records):
    history, asked = records.history, records.enquiries
    effort = history.customers.beginnings.high_effort
    rate = [np.isin(asked.who, np.flatnonzero(rows)).sum() / rows.sum() for rows in (effort, ~effort)]
    messages = pd.Series(records["tickets"]["exchanges"])
    assert rate[0] > 1.2 * rate[1]
    assert messages[effort[asked.who]].mean() > messages[~effort[asked.who]].mean() + 0.2


def test_what_is_asked_shifts_from_setup_to_defects(book):
    signed = book.tickets["account_id"].map(book.accounts.set_index("account_id")["signed_on"])
    age = (book.tickets["opened_on"] - signed).dt.days
    share = pd.crosstab(age > 365, book.tickets["category"], normalize="index")
    assert share.loc[False, "setup"] > 2 * share.loc[True, "setup"]
    assert share.loc[True, "bug"] > share.loc[False, "bug"]


def test_ratings_are_good_where_value_is_high_and_the_wait_was_short(book, value):
    rated = book.tickets.dropna(subset=["csat"])
    pleased = (rated["csat"] >= 4).astype(float)
    assert stats.pearsonr(pleased, latent(value, rated, "opened_on")).pvalue < 0.001
    assert stats.spearmanr(rated["csat"], rated["first_response_h"]).statistic < -SURE / len(rated) ** 0.5
    assert near(pleased, 0.78)


def test_an_article_leaves_out_some_tickets_of_its_category_and_moves_nothing_else(records, monkeypatch):
    monkeypatch.setattr(
        Programmes,
        "factor",
        lambda self, acts, month, who, about: 0.75 * np.ones(len(who)) if about == "how_to" else 1.0,
    )
    columns, fewer = (
        ["account_id", "opened_on", "category", "channel", "closed_on", "resolved_h"],
        observe(records.history),
    )
    all_rows, rest = (pd.DataFrame({name: part["tickets"][name] for name in columns}) for part in (records, fewer))
    about = all_rows["category"] == CATEGORIES.index("how_to")
    assert len(rest.merge(all_rows, on=columns).drop_duplicates()) == len(rest.drop_duplicates())
    assert (rest["category"] != CATEGORIES.index("how_to")).sum() == (~about).sum()
    kept = (rest["category"] == CATEGORIES.index("how_to")).sum()
    assert stats.binomtest(int(kept), int(about.sum()), 0.75).pvalue > 0.001


@given(st.integers(0, 120), st.floats(0, 0.999999))
def test_a_business_day_is_a_weekday_of_its_month(month, draw):
    day = pd.Timestamp(business_days(world.preset("tiny"), np.array([month]), np.array([draw]))[0])
    first = pd.Timestamp("2017-12-01") + pd.DateOffset(months=month)
    assert day.weekday() < 5 and first <= day < first + pd.DateOffset(months=1)


# surveys


def test_unhappy_customers_answer_less_and_one_in_eight_answers_at_value_zero(book, value):
    sent = book.surveys[
        (book.surveys["type"] == "nps") & (book.surveys["sent_on"] < book.as_of - pd.Timedelta(days=11))
    ]
    v, heard = latent(value, sent, "sent_on"), sent["responded_on"].notna()
    v, heard = v[v.notna()], heard[v.notna()]
    assert stats.ttest_ind(v[heard], v[~heard], alternative="greater").pvalue < 0.001
    chance = pd.Series(logistic(-2 + 0.8 * v.to_numpy()))
    spread = (chance * (1 - chance)).sum() ** 0.5
    assert abs(heard.sum() - chance.sum()) < SURE * spread
    assert 0.10 < heard.mean() < 0.20


def test_nps_in_japan_is_about_minus_17(book):
    answers = book.surveys[book.surveys["type"] == "nps"]["score"].dropna()
    assert near((answers >= 9).astype(float) - (answers <= 6), -0.17)


def test_csat_is_asked_only_after_a_ticket_and_both_tables_hold_the_same_answers(book):
    asked = book.surveys[book.surveys["type"] == "csat"]
    keys = asked[["account_id", "sent_on"]].rename(columns={"sent_on": "closed_on"})
    closed = book.tickets[["account_id", "closed_on"]].drop_duplicates()
    assert len(keys.merge(closed)) == len(keys)
    early = book.as_of - pd.Timedelta(days=7)
    said = asked[asked["sent_on"] <= early].groupby(["account_id", "sent_on"])["score"].sum()
    rated = book.tickets.groupby(["account_id", "closed_on"])["csat"].sum()
    assert (
        said[said > 0].sort_index().equals(rated[rated > 0].sort_index().rename("score").rename_axis(said.index.names))
    )


def test_nothing_is_sent_after_leaving_and_answers_come_while_the_customer_is_there(book):
    surveys = book.surveys
    assert customer_on(book, surveys["account_id"], surveys["sent_on"]).all()
    answered = surveys.dropna(subset=["responded_on"])
    assert customer_on(book, answered["account_id"], answered["responded_on"]).all()
    assert (answered["responded_on"] >= answered["sent_on"]).all()
    assert (surveys["score"].isna() == surveys["responded_on"].isna()).all()
    assert surveys.loc[surveys["score"].isna(), "comment_theme"].isna().all()


def test_the_first_month_tells_of_the_first_impression_and_effort_of_effort(book, records):
    first = book.surveys[book.surveys["type"] == "day30"].dropna(subset=["score"])
    impression = first["account_id"].map(book.truth.accounts().set_index("account_id")["first_impression"])
    assert stats.spearmanr(first["score"], impression).statistic > 0.3
    table = pd.DataFrame(records["surveys"])
    ease = table[table["type"] == 2].dropna(subset=["score"])
    first_rows = records.history.first
    effort = pd.Series(
        records.history.customers.beginnings.high_effort[first_rows], records.history.customers.number[first_rows]
    )
    hard = ease["account_id"].map(effort).astype(bool)
    assert stats.ttest_ind(ease["score"][hard], ease["score"][~hard], alternative="less").pvalue < 0.001


# deals that were lost, and interviews


def test_three_deals_are_lost_for_one_that_is_won_and_most_in_march(book):
    won, lost = (~book.accounts["is_legacy"]).sum(), len(book.lost_deals)
    assert abs(np.log(lost / won / 3)) < SURE * (1 / lost + 1 / won) ** 0.5
    by_month = book.lost_deals.groupby(book.lost_deals["lost_on"].dt.month).size()
    assert by_month.idxmax() == 3 and "account_id" not in book.lost_deals


def test_each_interview_is_with_somebody_of_whom_the_other_tables_know(book):
    interviews = book.interviews
    assert set(interviews["frame"]) == set(FRAMES) and interviews["interview_id"].is_unique
    assert (interviews["account_id"].isna() == (interviews["frame"] == "lost")).all()
    lost = interviews[interviews["frame"] == "lost"].merge(book.lost_deals, on="deal_id", how="left")
    assert (lost["held_on"] > lost["lost_on"]).all()
    left = interviews[interviews["frame"] == "churned"].merge(book.churn_events, on="account_id")
    left = left[
        (left["held_on"] > left["effective_on"]) & (left["held_on"] <= left["effective_on"] + pd.Timedelta("31D"))
    ]
    assert left["interview_id"].nunique() == (interviews["frame"] == "churned").sum()
    assert left.groupby("interview_id")["interview_done"].any().all()
    there = interviews[~interviews["frame"].isin(["lost", "churned"])]
    assert customer_on(book, there["account_id"], there["held_on"]).all()


def test_silent_accounts_have_been_silent_and_champions_are_in_charge_that_day(book):
    interviews = book.interviews
    silent = interviews[interviews["frame"] == "silent"].merge(book.tickets, on="account_id")
    first = month(silent["held_on"])
    assert not ((silent["opened_on"] < first) & (silent["opened_on"] >= first - pd.DateOffset(months=6))).any()
    champions = interviews[interviews["frame"] == "champion"].merge(book.contacts, on="account_id")
    active = (champions["active_from"] <= champions["held_on"]) & ~(champions["active_to"] < champions["held_on"])
    there = champions[active & champions["is_champion"]]
    assert there["interview_id"].nunique() == (interviews["frame"] == "champion").sum() > 0


def test_happy_accounts_said_so_or_use_the_product_much(book):
    happy = book.interviews[book.interviews["frame"] == "happy"]
    first = month(happy["held_on"])
    answers = book.surveys[(book.surveys["type"] == "nps") & (book.surveys["score"] >= 9)]
    said = happy.assign(first=first).merge(answers, on="account_id")
    lately = (said["responded_on"] < said["first"]) & (said["responded_on"] >= said["first"] - pd.DateOffset(months=6))
    glad = happy["interview_id"].isin(said.loc[lately, "interview_id"])
    use = book.usage_monthly.set_index(["account_id", "month"])["wau_ratio"]
    cells = pd.MultiIndex.from_arrays([happy["account_id"], first - pd.DateOffset(months=1)])
    assert (glad.to_numpy() | (use.reindex(cells).to_numpy() >= 0.75)).all() and glad.any() and not glad.all()


def test_six_in_ten_who_were_lost_for_another_cause_than_the_price_say_so(records):
    table, deals = records["interviews"], records.lost_deals
    cause = pd.Series(deals.cause, deals.number)
    lost = pd.DataFrame({"deal": table["deal_id"], "theme": table["themes"]})[table["deal_id"] >= 0]
    true = lost["deal"].map(cause)
    other = true > 0
    assert stats.binomtest(int((lost["theme"] == true)[other].sum()), int(other.sum()), 0.6).pvalue > 0.001


def test_the_notes_speak_of_the_theme_in_both_languages(book):
    for row in book.interviews.itertuples():
        first = first_note(row.frame, row.themes)
        place = NOTES_JA.index(row.notes_ja)
        assert 0 <= first <= place < first + NOTES_A_THEME and NOTES_EN[place] == row.notes_en
    assert len(set(NOTES_JA)) == len(NOTES_JA) == len(set(NOTES_EN)) == len(NOTES_EN)
    assert {theme for theme in THEMES if any(first_note(frame, theme) >= 0 for frame in FRAMES)} == set(THEMES)


# people


def test_nobody_logs_in_more_than_the_account_and_those_known_before_the_records_have_no_count(book):
    people = book.contacts
    old = people["active_from"] < book.window_start
    young = people["active_from"] + pd.Timedelta(days=92) > book.as_of
    assert (people["logins"].isna() == (old | young)).all()
    months = people.assign(first=month(people["active_from"])).merge(book.usage_monthly, on="account_id")
    inside = (months["month"] >= months["first"]) & (months["month"] < months["first"] + pd.DateOffset(months=3))
    total = months[inside].groupby("contact_id")["logins_y"].sum().reindex(people["contact_id"], fill_value=0)
    known = people["logins"].notna().to_numpy()
    assert (people["logins"].to_numpy()[known] <= total.to_numpy()[known]).all()


def test_only_champions_recommend_and_only_while_they_are_there(book):
    people = book.contacts
    assert (people["is_advocate"] == people["advocate_on"].notna()).all() and people["is_advocate"].any()
    advocates = people[people["is_advocate"]]
    assert advocates["is_champion"].all()
    assert (advocates["advocate_on"] >= advocates["active_from"]).all()
    assert not (advocates["advocate_on"] >= advocates["active_to"]).any()


def test_the_community_makes_advocates_of_active_members_and_of_nobody_else():
    more, none = (
        world.company(world.preset("default_jp").with_(accounts=1500, advocate_community=times)).contacts
        for times in (60, 1)
    )
    changed = ~(
        (more["advocate_on"] == none["advocate_on"]) | (more["advocate_on"].isna() & none["advocate_on"].isna())
    )
    history = simulate(world.preset("default_jp"), policy("rule"), 1, range(2), 1500, 48)
    active = history.customers.beginnings.community_active & (history.member_since < history.months)
    members = {f"A{number:06d}" for number in history.customers.number[active]}
    assert set(more["account_id"][changed]) <= members and more["is_advocate"].sum() > none["is_advocate"].sum()


# contract of the simulator


@pytest.mark.parametrize("months", [1, 23, 35])
def test_a_book_as_of_a_month_is_the_book_of_a_shorter_simulation(months):
    longer, shorter = (world.company("default_jp", seed=9, accounts=400, months=m) for m in (36, months))
    cut = longer.at(shorter.as_of)
    for name in TABLES:
        pd.testing.assert_frame_equal(cut.tables[name], shorter.tables[name], check_exact=True)


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 400))
def test_on_any_day_no_cell_tells_of_a_later_one(seed, days):
    book = world.company("tiny", seed=seed, months=14)
    day = book.as_of - pd.Timedelta(days=days)
    for name in TABLES:
        cut = book.at(day).tables[name]
        assert all((cut[column].dropna() <= day).all() for column in cut.select_dtypes("datetime"))


def test_nothing_changes_with_the_chunks_and_an_office_does_not_depend_on_the_next():
    whole, single, alone = (
        world.company("default_jp", seed=4, accounts=n, months=8, chunk=chunk)
        for n, chunk in ((1500, 16), (1500, 1), (1024, 16))
    )
    for name in TABLES:
        pd.testing.assert_frame_equal(whole.tables[name], single.tables[name], check_exact=True)
        begins = whole.tables[name].iloc[: len(alone.tables[name])]
        pd.testing.assert_frame_equal(begins, alone.tables[name], check_exact=True)


def test_the_first_accounts_say_the_same_however_many_follow():
    few, many = (world.company("default_jp", seed=4, accounts=n, months=8) for n in (300, 900))
    for name in ("contacts", "tickets", "surveys"):
        begins = many.tables[name][many.tables[name]["account_id"] < "A000300"]
        pd.testing.assert_frame_equal(begins.reset_index(drop=True), few.tables[name], check_exact=True)
