"""The sliders of lesson 00: for somebody at the notebook only; moving one runs the same customers again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from cslab.course import shown, sliders
from cslab.course.kernels import own_surroundings
from cslab.course.lesson import begin
from cslab.measure import thresholds
from cslab.world.truth import CompanyTruth

pytestmark = pytest.mark.slow

BEGIN = """\
from cslab.course.lesson import begin
from cslab.course.sliders import try_thresholds
from cslab.measure import thresholds
book = begin("00", "synthetic:tiny")
try_thresholds(book, thresholds.tried(book, [2.0], horizon=12))
"""
WIDGET, PICTURE = "application/vnd.jupyter.widget-view+json", "image/png"


class Screen:
    """What would be seen below a cell: things shown, and what later took the place of the first."""

    def __init__(self) -> None:
        self.shown: list[Any] = []
        self.updated: list[Any] = []

    def display(self, thing: Any, **how: Any) -> SimpleNamespace:
        self.shown.append(thing)
        return SimpleNamespace(update=self.updated.append)


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A book of sixty customers, in a lesson that has begun."""
    yield begin("00", "synthetic:tiny")


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """A screen in the place of a notebook."""
    seen = Screen()
    monkeypatch.setattr(sliders, "_displayed", seen.display)
    return seen


def try_some(book: Any) -> None:
    sliders.try_thresholds(book, thresholds.tried(book, [0.5, 2.0], horizon=12))


def test_where_nobody_sits_there_is_the_picture_alone(tiny: Any, screen: Screen) -> None:
    try_some(tiny)
    assert [type(thing).__name__ for thing in screen.shown] == ["Figure"]


def test_somebody_at_the_notebook_gets_two_sliders_below_the_picture(tiny, screen, monkeypatch) -> None:
    monkeypatch.setattr(shown, "attended", lambda: True)
    try_some(tiny)
    _, controls = screen.shown
    assert [slider.value for slider in controls.children] == [80_000, 400_000]
    assert [slider.label for slider in controls.children] == ["¥80k", "¥400k"]


def test_letting_go_of_a_slider_runs_the_customers_again_and_redraws(tiny, screen, monkeypatch) -> None:
    monkeypatch.setattr(shown, "attended", lambda: True)
    ran, rerun = [], CompanyTruth.rerun
    monkeypatch.setattr(CompanyTruth, "rerun", lambda truth, policy: ran.append(policy) or rerun(truth, policy))
    try_some(tiny)
    mid, _ = screen.shown[1].children
    ran.clear()
    mid.value = 160_000.0
    assert [policy.thresholds for policy in ran] == [(160_000.0, 400_000.0)]
    (redrawn,) = screen.updated
    names = [text.get_text() for text in redrawn.axes[0].child_axes[0].texts if text.get_gid() == "lines"]
    assert names[-1] == "¥160k / ¥400k\nyours" and len(names) == 4


def test_a_slider_in_the_way_of_the_other_gives_way_and_the_customers_run_once(tiny) -> None:
    heard = []
    mid, high = sliders.sliders(tiny, thresholds.tried(tiny, [], horizon=12), heard.append).children
    mid.value = 640_000.0
    high.value = 200_000.0
    lines = [tuple(now.iloc[-1][["mid_amount", "high_amount"]]) for now in heard]
    assert lines == [(640_000, 670_000), (190_000, 200_000)]
    assert (mid.value, high.value) == lines[-1]


def test_the_sentences_are_renewed_with_the_picture(tiny, screen, monkeypatch, capsys) -> None:
    monkeypatch.setattr(shown, "attended", lambda: True)
    shows, show = [], shown.show
    monkeypatch.setattr(shown, "show", lambda *given, **how: shows.append(how) or show(*given, **how))
    try_some(tiny)
    mid, _ = screen.shown[1].children
    shows.clear(), capsys.readouterr()
    mid.value = 160_000.0
    assert [(how["place"], how["renew"]) for how in shows] == [(sliders.BEST, True), (sliders.YOURS, True)]
    (hours,) = thresholds.under_lines(tiny, [(160e3, 400e3)], 12)["hours"]
    said = capsys.readouterr().out
    assert "Your lines, ¥160k / ¥400k" in said and f"the work of {hours / 130:.1f} CSMs" in said


def test_yours_are_named_where_they_leave_more_than_all_that_was_tried(tiny, capsys) -> None:
    tried = thresholds.tried(tiny, [2.0], horizon=12)
    yours = thresholds.under_lines(tiny, [(57e3, 800e3)], 12).assign(yours=True, left_amount=1e12)
    sliders._say_best(sliders._with_yours(tried, yours), renew=True)
    said = capsys.readouterr().out
    assert "most is left with ¥57k / ¥800k" in said and "tried, so" not in said


@pytest.mark.parametrize(("best", "words"), [(0, "may lie below"), (1, None), (2, "may lie above")])
def test_the_best_at_an_end_of_what_was_tried_may_lie_beyond(best, words, tiny, capsys) -> None:
    found = thresholds.tried(tiny, [0.5, 2.0], horizon=12)
    found["left_amount"] = [float(row == best) for row in range(3)]
    sliders._say_best(found)
    said = capsys.readouterr().out
    assert "may lie" not in said if words is None else words in said


def test_the_stops_of_a_slider_are_round_but_for_the_companys_own() -> None:
    stops = sliders._amounts(533.0)
    assert stops.count(533.0) == 1 and stops == sorted(stops) and len(stops) == 25
    assert all(float(f"{stop:.2g}") == stop for stop in stops if stop != 533.0)
    assert stops[0] == 130 and stops[-1] == 8500


def test_without_the_package_of_sliders_the_picture_is_enough(tiny, screen, monkeypatch) -> None:
    monkeypatch.setattr(shown, "attended", lambda: True)
    monkeypatch.setitem(__import__("sys").modules, "ipywidgets", None)
    try_some(tiny)
    assert [type(thing).__name__ for thing in screen.shown] == ["Figure"]


def test_the_sentence_says_which_lines_leave_most_or_that_its_own_do(tiny, capsys) -> None:
    found = thresholds.tried(tiny, [2.0], horizon=12)
    for left, words in (([1.0, 2.0], "most is left with ¥160k / ¥800k"), ([2.0, 1.0], "the company's own, ¥80k")):
        changed = found.assign(left_amount=left)
        changed.attrs.update(found.attrs)
        sliders.try_thresholds(tiny, changed)
        assert words in capsys.readouterr().out


@pytest.mark.parametrize(("allow", "expected"), [(True, True), (False, False), (None, False)])
def test_a_notebook_is_attended_where_a_cell_could_ask_for_input(allow, expected, monkeypatch) -> None:
    content = {} if allow is None else {"allow_stdin": allow}
    monkeypatch.setattr(shown, "shell", lambda: SimpleNamespace(get_parent=lambda: {"content": content}))
    assert shown.attended() is expected


def outputs(allow_stdin: bool) -> list[dict[str, Any]]:
    """What a real kernel shows of the lesson's cell to somebody who could answer, or to nobody."""
    from jupyter_client.manager import start_new_kernel

    found: list[dict[str, Any]] = []
    with own_surroundings():
        manager, client = start_new_kernel(kernel_name="python3")
        try:
            client.execute_interactive(
                BEGIN,
                allow_stdin=allow_stdin,
                timeout=120,
                output_hook=lambda message: found.append(message["content"].get("data", {})),
            )
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)
    return [data for data in found if data]


@pytest.mark.course
@pytest.mark.parametrize("attended", [True, False])
def test_a_real_kernel_tells_a_reader_from_a_runner(attended: bool) -> None:
    kinds = [kind for data in outputs(attended) for kind in data]
    assert kinds.count(PICTURE) == 1
    assert (WIDGET in kinds) is attended


@pytest.mark.course
def test_what_runs_by_itself_shows_the_same_twice() -> None:
    first, second = (json.dumps(outputs(allow_stdin=False), sort_keys=True) for _ in range(2))
    assert first == second and "widget" not in first
