"""Impact chains as pictures: what stands where, and what tells a verdict without its colour."""

from __future__ import annotations

from dataclasses import replace

import matplotlib.colors as colours
import pytest
from matplotlib.axes import Axes
from matplotlib.text import Text

from cslab.faults import NotReady, UsageError
from cslab.figures.impact import diagram, effect_path, lags, portfolio, regret, ribbon
from cslab.figures.impact.verdict_looks import LOOKS
from cslab.figures.sheet import note_of
from cslab.measure.impact import Chain
from tests.figures.impact_frames import by_month, chain, chosen, decisions, lagged, times, verdicts


def written(ax: Axes, kind: str) -> list[str]:
    """Words of a kind on the picture."""
    return [text.get_text() for text in ax.texts if text.get_gid() == kind]


def grey(colour: str) -> float:
    """How light a colour is once printed in grey."""
    return float(sum(share * part for share, part in zip((0.299, 0.587, 0.114), colours.to_rgb(colour), strict=True)))


def test_each_link_has_its_lag_and_each_tested_one_its_mark() -> None:
    ax = diagram(chain(), verdicts())
    assert written(ax, "lag") == ["0–0–1", "+ 0–1–2", "+ 1–2–4", "+ 1–2–4", "+ 6–9–12", "+ 6–9–12"]
    in_key = [look.sign for look in LOOKS.values()]
    assert sorted(written(ax, "badge")) == sorted(["✓", "×", "?", "…", "?", *in_key])


def test_verdicts_are_told_apart_without_colour() -> None:
    assert len({(look.sign, look.shape, look.dash) for look in LOOKS.values()}) == 4
    assert all(abs(grey(look.fill) - grey(look.ink)) > 0.35 for look in LOOKS.values())


def test_levels_are_columns_and_what_goes_in_shares_one_with_what_is_done() -> None:
    ax = diagram(chain())
    assert written(ax, "level") == ["input · activity", "output", "outcome", "impact"]
    across = {text.get_text(): text.get_position()[0] for text in ax.texts if text.get_gid() == "node"}
    assert across["hours"] == across["visits"] < across["visits held\nso far"] < across["trust"]


def test_no_box_text_runs_over_its_edge_in_either_language() -> None:
    for lang in ("en", "ja"):
        ax = diagram(chain(), verdicts(), lang=lang)
        ax.figure.canvas.draw()
        boxes = [box.get_window_extent() for box in ax.patches if box.get_gid() == "box"]
        names = [Text.get_window_extent(text) for text in ax.texts if text.get_gid() == "node"]
        for box, name in zip(boxes, names, strict=True):
            assert box.x0 <= name.x0 and name.x1 <= box.x1 and box.y0 <= name.y0 and name.y1 <= box.y1


def test_a_node_that_nothing_shows_has_a_broken_edge_and_the_note_says_so() -> None:
    ax = diagram(chain())
    broken = [box for box in ax.patches if box.get_gid() == "box" and box.get_linestyle() != "-"]
    assert len(broken) == 1
    assert "broken edge" in note_of(ax) and "broken edge" not in note_of(diagram(chain_with_all_shown()))


def chain_with_all_shown() -> Chain:
    """The same without the node that nothing shows."""
    whole = chain()
    nodes = tuple(node for node in whole.nodes if node.id != "trust")
    links = tuple(link for link in whole.links if "trust" not in (link.source, link.target))
    return replace(whole, nodes=nodes, links=links)


def test_common_causes_are_letters_on_the_boxes_they_act_on() -> None:
    ax = diagram(chain())
    assert sorted(written(ax, "cause mark")) == ["a", "a", "b", "b"]
    assert written(ax, "cause")[0] == "a  common cause: fit (in no table)"


def test_the_month_of_the_decision_is_drawn_beside_the_months_to_impact() -> None:
    ax = ribbon(times(), decide=4)
    assert written(ax, "decide") == ["month 4"]
    assert written(ax, "number") == ["3 (2–5)", "12 (9–17)", "30 (20–44)"]


def test_what_is_taken_is_filled_and_a_part_of_a_programme_says_so() -> None:
    ax = portfolio(chosen())
    filled = [
        tuple(mark.get_facecolor()[0]) != (1.0, 1.0, 1.0, 1.0) for mark in ax.collections if mark.get_gid() == "mark"
    ]
    assert filled == [True, True, False]
    assert written(ax, "end")[1] == "Visits · 30%, 50% of it taken"
    assert "¥4.5M" in note_of(ax)


def test_a_link_without_an_estimate_shows_what_was_declared_alone() -> None:
    ax = lags(lagged(), chain())
    assert len([line for line in ax.get_lines() if line.get_gid() == "estimate"]) == 1
    assert [patch.get_width() for patch in ax.patches] == [2, 3]


def test_the_months_until_an_effect_is_due_are_shaded_and_the_declared_effect_is_a_line() -> None:
    ax = effect_path(by_month(), chain(), "use")
    shaded = next(patch for patch in ax.patches if patch.get_gid() == "waiting")
    assert shaded.get_x() + shaded.get_width() == 6
    assert written(ax, "end") == ["declared"]


def test_the_advised_action_is_filled_and_one_that_cannot_be_had_has_no_bar() -> None:
    ax = regret(decisions())
    assert written(ax, "number") == ["¥5.0M", "¥9.0M", "¥4.0M · advised", "¥8.0M", "¥0 · advised"]
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names == ["go on", "stop", "wait: not due yet", "go on", "stop"]


def test_nothing_to_draw_and_columns_that_are_missing_are_refused() -> None:
    with pytest.raises(NotReady):
        ribbon(times()[:0])
    with pytest.raises(NotReady):
        regret([])
    with pytest.raises(UsageError, match="verdict"):
        diagram(chain(), verdicts().drop(columns="verdict"))
