"""What people declare in YAML: read strictly, every fault with its line, all of them at once."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cslab.faults import DataError
from cslab.sources import declared


def told(content: str | bytes, lang: str = "en") -> list[str]:
    """The keys of the faults of a text, with their lines."""
    with pytest.raises(DataError) as caught:
        declared.parse(content, "rules.yaml")
    assert caught.value.text(lang).splitlines()[0].count("rules.yaml") == 1
    return [f"{fault.values.get('line', '-')} {fault.key.removeprefix('declared.')}" for fault in caught.value.faults]


def test_values_are_plain_and_words_stay_words():
    text = "on: yes\nclock: 12:30\nflag: true\ndays: -120\nshare: .5\nsince: 2024-04-01\nempty:\nquoted: '3'\n2: two\n"
    assert declared.parse(text, "rules.yaml").value == {
        "on": "yes",
        "clock": "12:30",
        "flag": True,
        "days": -120,
        "share": 0.5,
        "since": dt.date(2024, 4, 1),
        "empty": None,
        "quoted": "3",
        "2": "two",
    }


def test_a_day_that_the_calendar_lacks_stays_a_text():
    assert declared.parse("since: 2024-02-30", "rules.yaml").value == {"since": "2024-02-30"}


def test_a_number_beyond_all_measure_stays_a_text():
    assert declared.parse("days: 1e999\nhours: -2e18\n", "rules.yaml").value == {"days": "1e999", "hours": "-2e18"}


def test_of_endless_faults_the_first_hundred_are_told_and_the_rest_counted():
    with pytest.raises(DataError) as caught:
        declared.parse("a: 1\n" * 251, "rules.yaml")
    assert len(caught.value.faults) == 101
    assert caught.value.text("en").splitlines()[-2].strip() == "… and 150 more. Mend these first."


def test_full_width_spaces_within_a_text_are_kept():
    assert declared.parse("ja: お客様\u3000成功", "rules.yaml").value == {"ja": "お客様\u3000成功"}


def test_each_key_and_item_knows_its_line_and_what_is_absent_that_of_its_section():
    found = declared.parse("# a remark\nphases:\n  trial:\n    until:\n    - signed\n    - left\n", "rules.yaml")
    assert found.line("phases", "trial", "until", 1) == 6
    assert found.line("phases", "trial", "target_days") == 3
    assert found.line("marks") == 1


def test_everything_that_is_wrong_is_told_at_once_in_the_order_of_the_lines():
    text = "a: &first 1\nb: *first\nc: !!int 3\nd:\t4\nd: 5\n\u3000e: 6\n"
    assert told(text)[:5] == ["1 alias", "2 alias", "3 tag", "4 tab", "5 key_twice"]
    assert "6 wide_space" in told(text)


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        ("", ["1 empty"]),
        ("# only a remark\n", ["1 empty"]),
        ("- a\n- b\n", ["1 no_section"]),
        ("a: 1\n---\nb: 2\n", ["2 documents"]),
        ("a: [1, 2\nb: 3\n", ["2 not_yaml"]),
        ("a: \x00\n", ["1 not_yaml"]),
        ("? [a, b]\n: 3\n", ["1 key_not_plain"]),
        ("a: " + "[" * 40 + "]" * 40, ["1 too_deep"]),
        ("a" * (declared.LARGEST + 1), ["- too_large"]),
        ("a: 1\nb: お客様\n".encode("cp932"), ["2 cp932"]),
        ("a: 1\n".encode("utf-16"), ["1 utf16"]),
        (b"a: 1\nb: \x81\xff\n", ["2 not_utf8"]),
    ],
)
def test_what_is_no_plain_declaration_is_refused_with_its_line(content: str | bytes, faults: list[str]):
    assert told(content) == faults == told(content, "ja")


def test_a_file_with_a_byte_order_mark_or_windows_line_ends_is_read_as_any_other(tmp_path: Path):
    path = tmp_path / "rules.yaml"
    path.write_bytes("\ufeffa: 1\r\nb: お客様\r\n".encode())
    assert declared.read(path).value == {"a": 1, "b": "お客様"}
    assert declared.read(path).line("b") == 2


def test_a_file_that_is_not_there_is_told_by_name(tmp_path: Path):
    with pytest.raises(DataError, match=r"rules\.yaml"):
        declared.read(tmp_path / "rules.yaml")


def test_a_huge_file_is_refused_before_it_is_read_through(tmp_path: Path):
    path = tmp_path / "rules.yaml"
    with path.open("wb") as file:
        file.truncate(10**12)  # a hole: costs nothing on the disk
    with pytest.raises(DataError, match="1 MB"):
        declared.read(path)


@given(st.text(max_size=60))
def test_any_text_is_either_read_or_refused_in_both_languages(text: str):
    try:
        assert isinstance(declared.parse(text, "rules.yaml").value, dict)
    except DataError as error:
        assert error.text("en") and error.text("ja")
