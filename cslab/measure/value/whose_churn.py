"""Whose fault is it? A rule of thumb as a hypothesis: who leaves at the first renewal was sold wrongly, later it is CS.

If the rule held, what was known as a customer signed would tell who leaves at the first renewal, and no longer at later
ones; there it would be what the customer has done with the product since.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, NotReady
from cslab.measure.decisions import month_of, renewal_decisions
from cslab.measure.estimate import Estimate, normal
from cslab.measure.landmark import crossed, decisions, features_at
from cslab.measure.landmark.day import NOTICE_MONTHS
from cslab.measure.scores.rows import Rows, read
from cslab.measure.scores.separation import separated
from cslab.measure.signed import known as known_at_signing
from cslab.measure.spells import origins
from cslab.measure.value.contest import enough

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Draws = list[NDArray[np.float64]]

MONTHS_BEFORE = 3
"""Months before the decision at which a customer is looked at."""

METHOD = "auc_difference"

BEHAVIOUR = ("usage", "onboarding")
FIRST, LATER = "first", "later"
DRAWS = 10
"""Draws of the lots, over which AUCs are averaged, never scores: one draw moves that of some hundred rows by .03."""

SOON = 31
"""Days after the beginning within which a contract still is the first one."""


def whose_churn(book: Book, months_before: int = MONTHS_BEFORE) -> pd.DataFrame:
    """How well signing and behaviour tell who leaves, at first renewals and at later ones.

    Each by one model of all renewals, first and later ones, so that both are told by the same score; tried on other
    accounts than it learned from, in several draws of them.

    Parameters
    ----------
    book : Book
        Needs ``contracts`` with decided renewals and ``accounts``; whatever tells of behaviour.
    months_before : int
        Months before the decision at which behaviour is looked at.

    Returns
    -------
    DataFrame
        ``renewal`` (``first``, ``later``), ``known`` (``signing``, ``behaviour``; where the truth is known also
        ``hidden_fit``, the fit drawn at signing, and ``hidden_value``, the value as it stood then), ``estimate``
        (AUC), ``low``, ``high``, ``n`` (renewals), ``method``, ``left`` (of them, refused). No number where fewer than
        ten left or stayed. ``attrs["sales_rule"]``: see ``sales_rule``.

    Raises
    ------
    NotReady
        Without the tables above, or where nothing is known of behaviour.

    Source: a rule of thumb of the field (grade C), put to the test.

    >>> import cslab
    >>> found = whose_churn(cslab.load("synthetic:default_jp?seed=1&accounts=300"))
    >>> found["known"].unique().tolist()
    ['signing', 'behaviour', 'hidden_fit', 'hidden_value']
    """
    import pandas as pd

    book.require("accounts")
    rows = _numbered(book, months_before)
    horizon = months_before + NOTICE_MONTHS
    scores = _told(book, rows, horizon) | _hidden(book, rows)
    lines = [
        {"renewal": renewal, "known": name, **_line(rows, renewal, draws, horizon)}
        for renewal in (FIRST, LATER)
        for name, draws in scores.items()
    ]
    frame = pd.DataFrame(lines)
    rule = _apart(rows, scores["signing"], horizon)
    frame.attrs = {"as_of": book.as_of, "months_before": months_before, "sales_rule": rule}
    return frame


def sales_rule(found: pd.DataFrame) -> Estimate:
    """What the rule says, as one number: signing tells more at first renewals than at later ones.

    Parameters
    ----------
    found : DataFrame
        As ``whose_churn`` makes it.

    Returns
    -------
    Estimate
        AUC of signing at first renewals less that at later ones, by the same score: above 0 if the rule holds. An
        account that stands on both sides counts once in the limits, which take the score as given. Missing where either
        side has fewer than ten who left or stayed.

    One company does not settle it: the limits of some thousand accounts are wide. Where the truth is known,
    ``hidden_fit``, which nobody has to learn, says better how much signing could tell at first renewals and later.

    >>> import cslab
    >>> found = whose_churn(cslab.load("synthetic:default_jp?seed=1&accounts=300"))
    >>> -1 <= sales_rule(found).low < sales_rule(found).high <= 1
    True
    """
    one: Estimate = found.attrs["sales_rule"]
    return one


def _line(rows: pd.DataFrame, renewal: str, draws: Draws, horizon: int) -> dict[str, Any]:
    """How well scores tell the leavers of some renewals, as the columns of a table."""
    part = (rows["renewal"] == renewal).to_numpy()
    found = Estimate(np.nan, np.nan, np.nan, int(part.sum()), "auc_ipcw")
    if enough(rows[part]):
        area, pull = _area(rows, part, draws, horizon)
        found = normal(area, _clusters(rows).error(pull), _clusters(rows[part]).n, "auc_ipcw", 0.0, 1.0)
    return {**found.cells(), "left": int(rows.loc[part, "event"].sum())}


def _apart(rows: pd.DataFrame, draws: Draws, horizon: int) -> Estimate:
    """The AUC of a score at first renewals less that at later ones, with accounts as what varies."""
    if not all(enough(rows[rows["renewal"] == renewal]) for renewal in (FIRST, LATER)):
        return Estimate(np.nan, np.nan, np.nan, len(rows), METHOD)
    first, clusters = (rows["renewal"] == FIRST).to_numpy(), _clusters(rows)
    (early, pull), (late, other) = (_area(rows, part, draws, horizon) for part in (first, ~first))
    return normal(early - late, clusters.error(pull - other), clusters.n, METHOD, -1.0, 1.0)


def _area(rows: pd.DataFrame, part: Any, draws: Draws, horizon: int) -> tuple[float, Any]:
    """The AUC within some rows, and by how much each row moves it: the mean of several draws of a score."""
    seen = _clusters(rows[part])
    known = seen.censoring.known(horizon)
    found = [separated(seen, known, score[part]) for score in draws]
    pull = np.zeros(len(rows))
    pull[part] = np.mean([own for _, own in found], axis=0)
    return float(np.mean([area for area, _ in found])), pull


def _clusters(rows: pd.DataFrame) -> Rows:
    """Renewals as rows of accounts."""
    return read(rows.assign(risk=0.0), "risk")[0]


def _numbered(book: Book, months_before: int) -> pd.DataFrame:
    """Decided renewals as landmarks, each the first of its customer or a later one."""
    import pandas as pd

    rows = decisions(book, months_before)
    settled = renewal_decisions(book)
    month = month_of(settled["decided_on"]).to_numpy().astype("datetime64[M]") - months_before + 1
    asked = settled[["account_id", "start"]].assign(as_of=pd.Series(month.astype("datetime64[ns]")))
    asked["as_of"] = asked["as_of"] - pd.Timedelta(days=1)
    asked = asked.sort_values("start", kind="stable").drop_duplicates(["account_id", "as_of"])
    found = rows.merge(asked, on=["account_id", "as_of"], how="left")
    since = (found["start"] - found["account_id"].map(origins(book))).dt.days
    return found.assign(renewal=np.where(since <= SOON, FIRST, LATER)).drop(columns="start")


def _told(book: Book, rows: pd.DataFrame, horizon: int) -> dict[str, Draws]:
    """How likely each renewal was to be refused, by what was known at signing, and by behaviour."""
    known = {"signing": known_at_signing(book, rows), "behaviour": features_at(book, rows, BEHAVIOUR, horizon)}
    if missing := [name for name, frame in known.items() if not frame.shape[1]]:
        raise NotReady(Fault(f"nothing_of_{missing[0]}"))
    if not enough(rows):
        return {name: [] for name in known}
    return {name: _places(rows, frame, horizon) for name, frame in known.items()}


def _places(rows: pd.DataFrame, features: pd.DataFrame, horizon: int) -> Draws:
    """The place of each renewal by models of other accounts, in several draws of the lots."""
    rng, found = np.random.default_rng(0), []
    for _ in range(DRAWS):
        order = rng.permutation(len(rows))
        place = np.empty(len(rows))
        place[order] = crossed(rows.iloc[order], features.iloc[order], horizon)["place"].to_numpy()
        found.append(place)
    return found


def _hidden(book: Book, rows: pd.DataFrame) -> dict[str, Draws]:
    """How poorly the product fits each customer and how little value it got by then, where anybody knows."""
    if book.truth is None:
        return {}
    fit = book.truth.accounts().set_index("account_id")["fit"]
    cells = book.truth.hazard()[["account_id", "month", "latent"]]
    latent = rows.assign(month=month_of(rows["as_of"])).merge(cells, on=["account_id", "month"], how="left")["latent"]
    return {"hidden_fit": [-rows["account_id"].map(fit).to_numpy(float)], "hidden_value": [-latent.to_numpy(float)]}
