"""Faults: one form, all at once, in the reader's language."""

from cslab.faults import CslabError, DataError, Fault, nearest


def test_all_faults_stand_under_one_heading_with_what_was_left_undone():
    error = DataError(
        Fault("no_table", {"table": "touches"}),
        Fault("no_table", {"table": "tickets"}),
        subject="my export",
        ending="nothing_loaded",
    )
    lines = error.text("en").splitlines()
    assert lines[0] == "2 faults in my export"
    assert lines[1].strip().startswith("touches") and lines[2].strip().startswith("tickets")
    assert lines[3] == "Nothing was loaded."


def test_a_fault_speaks_the_language_it_is_asked_in():
    error = CslabError(Fault("no_table", {"table": "touches"}), subject="my export")
    assert error.text("en").startswith("1 fault in my export")
    assert error.text("ja").startswith("my export に問題が1件")


def test_the_plain_text_of_an_error_follows_the_chosen_language(monkeypatch):
    error = CslabError(Fault("no_table", {"table": "touches"}))
    monkeypatch.setenv("CSLAB_LANG", "ja")
    assert str(error) == error.text("ja")


def test_the_nearest_name_ignores_case_and_gives_up_on_nonsense():
    assert nearest("Contracts", ["accounts", "contracts"]) == "contracts"
    assert nearest("qqqq", ["accounts", "contracts"]) == ""
