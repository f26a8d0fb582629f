"""Parameters are checked before anything runs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cslab.course.lessons import lessons
from cslab.course.params import TYPES, Parameter, asked, parameters, with_options
from cslab.course.run import declared
from cslab.faults import Fault, UsageError
from cslab.words import LANGUAGES

KNOWN = [
    Parameter("source", "str", "synthetic:tiny", "where"),
    Parameter("horizon", "int", 36, "months"),
    Parameter("share", "float", 0.5, "a share"),
    Parameter("reveal_truth", "bool", True, "truth"),
    Parameter("churn_levels", "list[float]", [0.03, 0.1], "a year"),
]


def keys(wishes: list[str]) -> list[str]:
    with pytest.raises(UsageError) as caught:
        asked(KNOWN, wishes, {})
    return [fault.key for fault in caught.value.faults]


def test_a_value_is_read_in_the_type_of_its_parameter():
    wishes = ["horizon=48", "share=1", "reveal_truth=false", "churn_levels=0.05,0.2"]
    assert asked(KNOWN, wishes, {}) == {"horizon": 48, "share": 1.0, "reveal_truth": False, "churn_levels": [0.05, 0.2]}


def test_an_unknown_name_is_refused_with_the_nearest_one():
    with pytest.raises(UsageError, match="Did you mean horizon"):
        asked(KNOWN, ["hroizon=48"], {})


@pytest.mark.parametrize(
    ("wish", "key"),
    [
        ("horizon=long", "parameter_type.int"),
        ("horizon=4.5", "parameter_type.int"),
        ("reveal_truth=perhaps", "parameter_type.bool"),
        ("churn_levels=0.1,many", "parameter_type.list[float]"),
        ("horizon=0", "parameter_range"),
        ("horizon=-3", "parameter_range"),
        ("churn_levels=0.1,1.2", "parameter_range"),
        ("churn_levels=nan", "parameter_range"),
        ("churn_levels=[]", "parameter_empty"),
        ("horizon", "parameter_form"),
        ("=3", "parameter_form"),
        ("zzz=3", "parameter_unknown"),
    ],
)
def test_what_does_not_fit_is_refused(wish, key):
    assert keys([wish]) == [key]


def test_a_value_at_the_end_of_its_range_is_taken():
    assert asked(KNOWN, ["horizon=1", "churn_levels=0,1"], {}) == {"horizon": 1, "churn_levels": [0.0, 1.0]}


def test_every_number_that_a_lesson_takes_has_a_range():
    found = [parameter for lesson in lessons() for parameter in declared(lesson)]
    numbers = [parameter for parameter in found if "int" in parameter.type or "float" in parameter.type]
    assert numbers
    assert [parameter.name for parameter in numbers if parameter.bounds is None] == []
    assert [parameter.name for parameter in numbers if not parameter.holds(parameter.default)] == []


@pytest.mark.parametrize("type_", [*TYPES, "list[str]", "list[int]", "list[float]"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_wrong_type_is_named_in_plain_words(type_, lang):
    said = Fault(f"parameter_type.{type_}", {"where": "-p x=y", "default": 1}).text(lang)
    assert "x=y" in said and type_ not in said


def test_all_slips_are_told_at_once():
    assert keys(["horizon=long", "zzz=1", "x"]) == ["parameter_type.int", "parameter_unknown", "parameter_form"]


def test_an_option_of_the_source_changes_only_that_option():
    values = asked(KNOWN, ["source.seed=7"], {"source": "synthetic:default_jp?seed=1&accounts=50"})
    assert values["source"] == "synthetic:default_jp?seed=7&accounts=50"


def test_an_option_is_added_to_the_lessons_own_source_where_none_is_named():
    assert asked(KNOWN, ["source.seed=7"], {}) == {"source": "synthetic:tiny?seed=7"}


def test_an_option_of_another_company_of_the_lesson_is_set_in_that_company_alone():
    lot = Parameter("lot_source", "str", "synthetic:tiny?seed=3", "company that draws lots")
    assert asked([*KNOWN, lot], ["lot_source.seed=7"], {}) == {"lot_source": "synthetic:tiny?seed=7"}


def test_an_option_of_what_is_no_source_is_unknown():
    assert keys(["horizon.seed=7"]) == ["parameter_unknown_near"]


def test_a_path_keeps_its_spaces_and_letters_when_an_option_is_set():
    source = "folder:data/顧客 一覧?mapping=telco"
    assert with_options(source, {"mapping": "saas"}) == "folder:data/顧客 一覧?mapping=saas"


def test_a_parameters_cell_gives_name_type_default_and_words():
    found, faults = parameters('horizon: int = 36  # months to look at\nlang: str = "en"  # language')
    assert faults == []
    assert found[0] == Parameter("horizon", "int", 36, "months to look at")


def test_a_default_of_another_type_is_a_fault():
    assert [fault.key for fault in parameters("reveal_truth: bool = 1  # shown or not")[1]] == ["parameter_default"]


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=5))
def test_a_list_that_was_written_is_read_again(values):
    levels = Parameter("levels", "list[float]", [], "")
    assert levels.read(",".join(map(repr, values))) == values
