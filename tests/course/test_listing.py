"""Tables on a terminal and in a file."""

from __future__ import annotations

import sys

from cslab.course.listing import listing, plain_table, progress, time_left


def test_columns_stand_under_each_other_though_japanese_letters_are_wide():
    lines = plain_table([["章", "題名", "x"], ["05", "いつ", "y"], ["00", "a", "z"]]).splitlines()
    assert lines == ["章  題名  x", "05  いつ  y", "00  a     z"]


def test_on_a_terminal_the_same_words_are_drawn(monkeypatch, capsys):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    listing(["no", "title"], [["05", "[b]When[/b]"]])
    assert "[b]When[/b]" in capsys.readouterr().out


def test_without_a_terminal_each_thing_that_is_done_is_a_line(capsys):
    with progress("demo", 2) as advance:
        advance("05 en")
        advance("05 ja")
    assert capsys.readouterr().out == "[1/2] 05 en\n[2/2] 05 ja\n"


def test_on_a_terminal_there_is_one_bar(monkeypatch, capsys):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    with progress("demo", 1) as advance:
        advance("05 [en]")
    assert "1/1" in capsys.readouterr().out


def test_on_a_terminal_the_bar_says_how_long_the_rest_will_take(monkeypatch, capsys):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    with progress("demo", 2) as advance:
        advance("05 [en]")
        assert time_left(0, 1, 2, "en") == "0:00 left"
    assert "left" in capsys.readouterr().out


def test_the_time_left_is_what_the_rest_takes_at_the_pace_so_far():
    assert time_left(10, 1, 8, "en") == "1:10 left"
    assert time_left(100, 8, 8, "en") == ""
    assert time_left(60, 1, 61, "ja") == "残り 60:00"
