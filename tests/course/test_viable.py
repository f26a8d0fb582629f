"""What the next lesson takes: those first that do not run and lack least."""

from __future__ import annotations

from cslab.course.lessons import Lesson
from cslab.course.readiness import Part, Ready
from cslab.course.viable import viable
from cslab.faults import Fault

CSM, TOUCHES = Fault("no_table", {"table": "csm"}), Fault("no_table", {"table": "touches"})


def ready(number: str, lacks: tuple[Fault, ...] = (), parts: tuple[Fault, ...] = (), few: int | None = None) -> Ready:
    lesson = Lesson(number, f"{number}_x", "", "", "", "", 1, 1, (), ())
    return Ready(lesson, lacks, (Part("1", parts, True),) if parts else (), few)


def told(*found: Ready) -> list[tuple[str, int, str]]:
    return [(one.handout.number, one.opens, one.names("en")) for one in viable(found)]


def test_a_lesson_that_does_not_run_comes_before_one_that_runs_in_part_and_the_shorter_list_first() -> None:
    found = ready("01", parts=(CSM,)), ready("02", (CSM, TOUCHES)), ready("03", (TOUCHES,)), ready("04")
    assert told(*found) == [("03", 0, "touches"), ("02", 0, "csm, touches"), ("01", 1, "csm")]


def test_of_a_lesson_that_runs_in_part_the_least_is_told_that_opens_a_section_and_how_many_it_opens() -> None:
    one = ready("01")
    parts = Part("1", (CSM, TOUCHES), True), Part("2", (TOUCHES,), True), Part("3", (TOUCHES,), False)
    assert told(Ready(one.handout, (), parts)) == [("01", 2, "touches")]


def test_a_lesson_shown_on_another_company_takes_more_departures() -> None:
    assert told(ready("07", few=64)) == [("07", 1, "36 more departures")]
