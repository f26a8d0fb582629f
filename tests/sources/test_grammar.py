"""The source string: what it means, and what is said when it means nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cslab.faults import UsageError
from cslab.sources import parse


def said(text: str, lang: str = "en") -> str:
    with pytest.raises(UsageError) as error:
        parse(text)
    return error.value.text(lang)


@pytest.mark.parametrize(
    "path",
    [
        "my data/2024",
        "顧客 一覧/書き出し",
        "who left?/why?",
        r"C:\Users\花子\export",
        r"\\server\share\a@b",
        "~/x",
        "a=b",
    ],
)
def test_a_path_may_hold_anything_that_a_folder_may(path):
    assert (parse(f"folder:{path}").name, dict(parse(f"folder:{path}").params)) == (path, {})


def test_only_a_last_question_mark_with_name_and_value_begins_options():
    source = parse("folder:why?/export?mapping=telco")
    assert (source.name, source.params["mapping"]) == ("why?/export", "telco")


@given(st.text(alphabet=st.characters(exclude_characters="?"), min_size=1).filter(lambda text: text == text.strip()))
def test_any_path_without_a_question_mark_comes_back_as_it_was(path):
    try:
        assert parse(f"folder:{path}").name == path
    except UsageError as error:
        assert error.faults[0].key == "source_secret"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("default_jp", "synthetic:default_jp"),
        ("tiny?seed=3", "synthetic:tiny?seed=3"),
        ("data/export", "folder:data/export"),
        ("./export", "folder:./export"),
        (r"C:\data\export", r"folder:C:\data\export"),
        ("synthetc:tiny", "synthetic:tiny"),
        ("Folder:export", "folder:export"),
        ("synthetic：tiny", "synthetic:tiny"),
    ],
)
def test_a_near_miss_is_answered_with_the_right_spelling(written, meant):
    assert f'Write "{meant}"' in said(written)
    assert f"「{meant}」と書いてください" in said(written, "ja")


def test_an_unknown_word_is_answered_with_the_known_forms():
    assert all(form in said("warehouse") for form in ("synthetic:", "folder:", "public:", "database:"))


@pytest.mark.parametrize("text", ["", "folder:", "synthetic: "])
def test_nothing_behind_the_colon_is_told_with_an_example(text):
    assert "folder:path/to/export" in said(text) or "synthetic:default_jp" in said(text)


@pytest.mark.parametrize("text", ["synthetic:tiny?seed", "synthetic:tiny?seed=1&seed=2", "synthetic:tiny?=3"])
def test_an_option_must_be_a_name_with_a_value_and_stand_once(text):
    assert "name=value" in said(text)


def test_a_mistyped_option_of_a_folder_is_told_with_the_known_one():
    assert "maping" in said("folder:x?maping=telco")
    assert "known: mapping" in said("folder:x?maping=telco")


@pytest.mark.parametrize(
    "text",
    [
        "database:dwh?password=hunter2",
        "postgresql://me:hunter2@host/dwh",
        "https://hunter2@host/x",
        "folder:export?token=hunter2",
        "synthetic:tiny?api_key=hunter2",
        "folder:x?PWD = hunter2",
        "database:me:hunter2@host",
        "database:dwh パスワード：hunter2",
    ],
)
def test_a_secret_is_refused_and_not_repeated(text):
    for lang in ("en", "ja"):
        assert "hunter2" not in said(text, lang)
    assert "password" in said(text)
    with pytest.raises(UsageError) as error:
        parse(text)
    assert "hunter2" not in repr(error.value) + str(error.value.args)
