"""How a lesson's cells behave in a real IPython."""

from __future__ import annotations

import pytest
from IPython.core.interactiveshell import InteractiveShell

from cslab.course import cells, shown
from cslab.course.lessons import lessons, notebook_data
from cslab.course.source import needs_of
from cslab.faults import Fault, NotReady, UsageError
from cslab.words import has_word


@pytest.fixture
def shell(monkeypatch):
    """An IPython in which a source lacks contract ends and a calendar."""
    running = InteractiveShell()
    running.kept = []
    monkeypatch.setattr(shown, "shell", lambda: running)
    monkeypatch.setattr(shown, "show", lambda text, html="", kind="", data=None: running.kept.append((text, data)))
    lacking = {"contracts.end": Fault("no_table", {"table": "contracts"}), "calendar": Fault("no_calendar"),
               "stock_sample": Fault("no_stock_sample")}  # fmt: skip
    unknown = Fault("unknown_need", {"need": "contracts.ends", "near": "contracts.end"})
    known = {**lacking, "contracts.ends": unknown}
    cells.prepare(lambda *needs: [known[need] for need in needs if need in known], "en")
    yield running
    InteractiveShell.clear_instance()


def test_a_cell_whose_needs_are_met_runs_like_any_other(shell):
    result = shell.run_cell("%%needs accounts\nx = 2\nx + 1")
    assert (result.success, result.result) == (True, 3)


def test_a_cell_whose_needs_are_not_met_is_skipped_in_words_without_an_error(shell):
    result = shell.run_cell("%%needs contracts.end calendar\nx = 1 / 0")
    assert result.success
    assert "x" not in shell.user_ns
    text, record = shell.kept[0]
    assert text.startswith("This part is left out")
    assert record == {"needs": ["contracts.end", "calendar"], "lacks": ["contracts.end", "calendar"]}


def test_a_lack_is_explained_once_and_named_in_short_afterwards(shell):
    for need in ("calendar", "contracts.end", "calendar", "calendar"):
        shell.run_cell(f"%%needs {need}\n1")
    assert "which renewals come due" in shell.kept[0][0]
    assert shell.kept[2][0] == "Left out as well, for the reason given above (no real dates)."


def test_the_next_cell_that_lacks_the_same_is_left_out_in_four_words(shell):
    for _ in range(3):
        shell.run_cell("%%needs calendar\n1")
    assert [text for text, _ in shell.kept[1:]] == ["Left out as well."] * 2


def test_two_needs_that_mean_the_same_to_a_manager_are_told_once(shell):
    lacking = [Fault("no_table", {"table": "usage_monthly"})]
    cells.prepare(lambda *needs: lacking, "en")
    shell.run_cell("%%needs usage_monthly usage_monthly.wau_ratio\n1")
    assert shell.kept[0][0].count("Your data hold no usage.") == 1


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.number)
def test_every_need_of_a_lesson_is_told_in_a_managers_words_at_length_and_in_short(lesson):
    code = ["".join(cell["source"]) for cell in notebook_data(lesson.notebook("en"))["cells"]]
    needs = {need for source in code for need in needs_of(source)} - {"stock_sample"}  # which is told in one line
    keys = {f"lesson.need.{need}{short}" for need in needs for short in ("", ".short")}
    assert sorted(key for key in keys if not has_word(key)) == []


def test_a_table_that_several_needs_lack_is_named_once(shell):
    cells.prepare(lambda *needs: [Fault("no_table", {"table": "tickets"}) for _ in needs], "en")
    shell.run_cell("%%needs tickets.csat tickets.closed_on\n1")
    assert shell.kept[0][0].count("tickets: this source has no such table") == 1


def test_a_part_about_stock_samples_is_left_out_in_one_line(shell):
    shell.run_cell("%%needs stock_sample\n1")
    assert shell.kept[0][0].startswith("This part is about stock samples")


def test_a_need_that_nobody_knows_is_the_lessons_own_mistake(shell):
    result = shell.run_cell("%%needs contracts.ends\n1")
    assert isinstance(result.error_in_exec, UsageError)


def test_the_errors_of_a_cell_with_needs_point_to_its_own_lines(shell):
    result = shell.run_cell("%%needs accounts\n\n1 / 0")
    assert result.error_in_exec.__traceback__.tb_next.tb_lineno == 3


def test_our_own_error_is_shown_without_a_traceback_and_still_fails_the_cell(shell, capsys):
    shell.user_ns["fault"] = NotReady(Fault("no_calendar"))
    result = shell.run_cell("raise fault")
    printed = capsys.readouterr().out
    assert not result.success
    assert "Traceback" not in printed
    assert printed.strip() == NotReady(Fault("no_calendar")).text("en")


def test_beginning_twice_does_not_skip_twice(shell):
    cells.prepare(lambda *needs: [], "en")
    assert shell.input_transformers_cleanup.count(cells.skip_what_is_lacking) == 1


def test_a_figure_is_described_by_its_titles_and_axes():
    from matplotlib.figure import Figure

    axes = Figure().subplots(1, 2)
    axes[0].set(title="Left", xlabel="month")
    axes[1].set(ylabel="share")
    axes[0].figure.suptitle("Whole")
    assert cells.describe(axes[0].figure) == "Figure: Whole | Left (month) | (share)"
