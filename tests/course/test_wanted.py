"""What a source lacks is told once, and those things first that open most of the course."""

from __future__ import annotations

from cslab.course.lessons import Lesson
from cslab.course.readiness import Part, Ready
from cslab.course.wanted import cures, wanted
from cslab.faults import Fault

CSM = Fault("no_table", {"table": "csm"})
END = Fault("no_column", {"table": "contracts", "column": "end", "en": "Last day", "ja": "最終日"})
TRUTH = Fault("no_truth")


def ready(number: str, *parts: tuple[Fault, ...], lacks: tuple[Fault, ...] = ()) -> Ready:
    lesson = Lesson(number, f"{number}_x", "", "", "", "", 1, 1, (), ())
    return Ready(lesson, lacks, tuple(Part(str(place), faults, True) for place, faults in enumerate(parts)))


def told(*found: Ready) -> list[tuple[str, int, int]]:
    return [(one.name("en"), one.handouts, one.parts) for one in wanted(found)]


def test_what_more_lessons_ask_for_comes_first_and_then_what_more_parts_ask_for() -> None:
    assert told(ready("01", (CSM,), (CSM,)), ready("02", (CSM, END)), ready("03", (END,))) == [
        ("csm", 2, 3),
        ("contracts.end", 2, 2),
    ]
    assert told(ready("01", (CSM,)), ready("02", (END,)), ready("03", (END,)))[0] == ("contracts.end", 2, 2)


def test_a_lesson_that_does_not_run_counts_as_one_part() -> None:
    assert told(ready("01", lacks=(CSM,))) == [("csm", 1, 1)]


def test_cures_name_every_table_and_column_with_what_it_is_and_opens() -> None:
    lines = cures([ready("01", (CSM, END))], "ja")
    assert lines[0] == "対処" and lines[-2:] == [
        "      csm: CSM1名 [章と演習1件・1か所]",
        "      contracts.end: 最終日 [章と演習1件・1か所]",
    ]


def test_what_is_neither_table_nor_column_has_its_own_cure_first() -> None:
    lines = cures([ready("01", (END, TRUTH))], "en")
    assert lines[1] == f"  - {TRUTH.text('en')}" and lines[-1].startswith("      contracts.end: Last day")
