"""Questions of lesson 14: what comes due, limits that hold, whom to look after, and an export as it really comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cslab.course.questions import exported, renewing
from cslab.course.questions.kinds import Linted, Num, Set, Table
from cslab.course.questions.question import Material, Mistake, Question
from cslab.course.runnable import runs
from cslab.measure import renewal

if TYPE_CHECKING:
    import pandas as pd

HALF_A_YEAR = 6
DATED = ("calendar", "contracts.start", "contracts.end", "contracts.outcome", "contracts.mrr_amount")


def _ahead(material: Material) -> pd.DataFrame:
    """What comes due within half a year."""
    return material.once("renewals ahead", lambda: renewal.ahead(material.book, HALF_A_YEAR))


def _open(material: Material) -> pd.DataFrame:
    """Those of them about which nothing is decided, and notice can still be given."""
    now = _ahead(material)
    return now[~now["decided"] & (now["notice_by"] >= material.book.as_of)]


def _forecasts(material: Material, of: Any = "arr_amount") -> pd.DataFrame:
    """The forecasts of all quarters by the model and by the colours as they stand."""

    def seen() -> pd.DataFrame:
        return renewal.foreseen(material.book, ["colour_at_word", "model"])

    rows = material.once("renewals foreseen", seen)
    table: pd.DataFrame = material.once(("renewal forecasts", of), lambda: renewal.forecasts(rows, of))
    return table


def _held(material: Material, way: str = "model", interval: str = "shock", of: str = "arr_amount") -> float:
    """How often a way's limits held what came."""
    found = renewal.coverage(_forecasts(material, of))
    rows = found[(found["way"] == way) & (found["interval"] == interval)]
    return float(rows["estimate"].iloc[0])


def _next(material: Material, way: str = "model", lead: str = "") -> pd.DataFrame:
    """The limits of the next quarter, in contracts and in ARR."""
    import pandas as pd

    rows = []
    for of in ("contracts", "arr_amount"):
        found = renewal.next_quarter(_forecasts(material, of)).set_index("way")
        rows.append({"of": of, "low": found[f"{lead}low"][way], "high": found[f"{lead}high"][way]})
    return pd.DataFrame(rows)


def _first(material: Material, by: str) -> set[str]:
    """The customers that come first by a number."""
    rows = renewing.open_renewals(material.variant)
    rows = rows.assign(won=rows["arr_amount"] * rows["uplift"], at_risk=rows["arr_amount"] * rows["risk"])
    return {str(name) for name in rows[by].nlargest(renewing.HOURS_FOR).index}


def _beyond(material: Material, power: float = 0.5, luck: str = "binomial") -> float:
    """How many times as far quarters swing as luck alone would have it."""
    rows = renewing.quarters(material.variant)
    expected, due = float(rows["expected"].iloc[0]), float(rows["due"].iloc[0])
    by_luck = expected * (1 - expected / due) if luck == "binomial" else expected
    seen = float(((rows["renewed"] - rows["expected"]) ** 2).mean())
    return float((seen / by_luck) ** power)


def _silent(material: Material, among: str) -> float:
    """The share of some customers that had not answered: of those who left, or of all."""
    counts = renewing.answers(material.variant)[among]
    return float(counts["silent"] / counts.sum())


def _left(material: Material) -> float:
    """The share of those who had not answered that left."""
    rows = renewing.answers(material.variant)
    return float((rows["left"] / rows["customers"])["silent"])


def _runs(material: Material, state: str, heading: bool = True) -> set[str]:
    """Lessons that run on the export once it is mended, the heading of the segment included or not."""
    mapping = exported.mended(material.variant)
    read = mapping if heading else mapping.replace("segment =", "# segment =")

    def made() -> set[str]:
        return {*runs(exported.read(read, material.variant), state)}

    found: set[str] = material.once(("runs on the export", state, heading), made)
    return found


def _lessons(material: Material) -> list[str]:
    """Every lesson that runs on the export, wholly or in part, or not at all."""
    return sorted(_runs(material, "") | _runs(material, "not"))


QUESTIONS: tuple[Question, ...] = (
    Question(
        "arr_still_open", "E37c", "14", Num(1.0, "money"),
        lambda material: float(_open(material)["arr_amount"].sum()),
        (
            Mistake("all_due", lambda material: float(_ahead(material)["arr_amount"].sum())),
            Mistake("monthly", lambda material: float(_open(material)["arr_amount"].sum()) / 12),
            Mistake("counted", lambda material: float(len(_open(material)))),
        ),
        needs=DATED,
    ),
    Question(
        "limits_held", "E37", "14", Num(0.005),
        _held,
        (
            Mistake("by_colour", lambda material: _held(material, way="colour_at_word", interval="alone")),
            Mistake("in_contracts", lambda material: _held(material, of="contracts")),
        ),
        needs=(*DATED, "usage_monthly"),
    ),
    Question(
        "looked_after", "E37d", "14", Set(lambda material: renewing.open_renewals(material.variant).index),
        lambda material: _first(material, "won"),
        (
            Mistake("arr_at_risk", lambda material: _first(material, "at_risk")),
            Mistake("riskiest", lambda material: _first(material, "risk")),
            Mistake("uplift_alone", lambda material: _first(material, "uplift")),
            Mistake("largest", lambda material: _first(material, "arr_amount")),
        ),
        fixed=True,
    ),
    Question(
        "mended_mapping", "E38b", "14", Linted(lambda material, text: exported.left_to_mend(text, material.variant)),
        lambda material: exported.mended(material.variant),
        (
            Mistake("as_given", lambda material: exported.DRAFT),
            Mistake("nothing_missing", lambda material: _without_missing(material.variant)),
        ),
        fixed=True,
    ),
    Question(
        "still_runs", "E38", "14", Set(_lessons),
        lambda material: _runs(material, "whole"),
        (
            Mistake("in_part", lambda material: _runs(material, "")),
            Mistake("heading_left", lambda material: _runs(material, "whole", heading=False)),
        ),
        fixed=True,
    ),
    Question(
        "next_limits", "E37b", "14", Table(("of",), ("low", "high"), 1.0),
        _next,
        (
            Mistake("independent", lambda material: _next(material, lead="alone_")),
            Mistake("by_colour", lambda material: _next(material, "colour_at_word", "alone_")),
        ),
        needs=(*DATED, "usage_monthly"),
    ),
    Question(
        "beyond_luck", "E37e", "14", Num(0.03, "number"),
        _beyond,
        (
            Mistake("squared", lambda material: _beyond(material, power=1.0)),
            Mistake("poisson", lambda material: _beyond(material, luck="poisson")),
        ),
        fixed=True,
    ),
    Question(
        "never_seen", "E38c", "14", Num(0.005),
        lambda material: _silent(material, "left"),
        (
            Mistake("as_all_customers", lambda material: _silent(material, "customers")),
            Mistake("of_the_silent", _left),
        ),
        fixed=True,
    ),
)  # fmt: skip


def _without_missing(variant: int) -> str:
    """The mapping with its words translated and its blanks for missing values left open."""
    filled = exported.mended(variant)
    return filled.replace('missing = ["9999-12-31"]', 'missing = ["..."]').replace(
        'missing = ["未定", "N/A", "確認中"]', 'missing = ["..."]'
    )
