"""Roles: which specialities reach the customers of each phase, and who is responsible for what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.faults import Fault, NotReady
from cslab.measure.estimate import proportion
from cslab.measure.lifecycle.spells import spells
from cslab.measure.touch.matrix import ORDER
from cslab.words import label

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book
    from cslab.measure.touch.matrix import Matrix

METHOD = "wilson"


def role_coverage(book: Book, months: int = 12) -> pd.DataFrame:
    """Which share of the customers of each phase heard from which speciality.

    Parameters
    ----------
    book : Book
        Needs ``touches`` (``csm_id``, ``touched_on``), ``csm.specialty`` and what the phases need.
    months : int
        Looked back from the book's last day.

    Returns
    -------
    DataFrame
        ``phase``, ``specialty``, ``estimate`` (share of the customers who were in the phase in these months), ``low``,
        ``high``, ``n`` (customers of the phase), ``method``. ``attrs``: ``as_of``, ``months``, ``roles`` (specialities
        that a customer heard from, on average).

    Raises
    ------
    NotReady
        Naming the columns that are missing; where nobody with a speciality touched anybody.

    >>> import cslab
    >>> found = role_coverage(cslab.load("synthetic:tiny"))
    >>> bool(found["estimate"].between(0, 1).all())
    True
    """
    import pandas as pd

    book.require("touches.csm_id", "touches.touched_on", "csm.specialty")
    since = book.as_of - pd.DateOffset(months=months)
    stays = spells(book)
    stays = stays[(stays["ends"].isna() | (stays["ends"] > since)) & stays["next"].notna() | stays["ends"].isna()]
    touched = _touched(book, since, stays)
    if touched.empty:
        raise NotReady(Fault("touch.no_roles"))
    n = stays.groupby("phase", observed=True)["account_id"].nunique()
    pairs = touched.drop_duplicates(["phase", "specialty", "account_id"])
    reached = pairs.groupby(["phase", "specialty"], observed=True).size()
    rows = [
        {
            "phase": phase,
            "specialty": role,
            **proportion(reached.get((phase, role), 0), n[phase], n[phase], METHOD).cells(),
        }
        for phase in n.index
        if phase in set(touched["phase"])
        for role in sorted(touched["specialty"].unique())
    ]
    found = pd.DataFrame(rows)
    roles = touched.groupby("account_id")["specialty"].nunique().mean()
    found.attrs.update(as_of=book.as_of, months=months, roles=float(roles))
    return found


def _touched(book: Book, since: pd.Timestamp, stays: pd.DataFrame) -> pd.DataFrame:
    """Touches since a day with the speciality of who made them and the phase the customer was in."""
    import pandas as pd

    touches = book.touches.dropna(subset=["csm_id", "touched_on"])
    touches = touches[touches["touched_on"] > since]
    touches = touches.assign(specialty=touches["csm_id"].map(book.csm.set_index("csm_id")["specialty"]))
    touches = touches.dropna(subset=["specialty"])[["account_id", "touched_on", "specialty"]]
    rows = touches.sort_values("touched_on", kind="stable")
    begun = stays[["account_id", "begins", "ends", "phase"]].sort_values("begins", kind="stable")
    found = pd.merge_asof(rows, begun, left_on="touched_on", right_on="begins", by="account_id")
    return found[found["phase"].notna() & ~(found["ends"] <= found["touched_on"])]


def raci(matrix: Matrix, lang: str = "en") -> pd.DataFrame:
    """Who answers for each phase and who helps, as the matrix says it.

    Parameters
    ----------
    matrix : Matrix
    lang : str

    Returns
    -------
    DataFrame
        ``phase``, then a column a department: ``A`` and the tiers for which it answers, ``C`` and those in which it
        helps, empty otherwise.

    Source: a RACI chart with one accountable department a cell (grade S).

    >>> from cslab.measure.touch.matrix import Cell, Matrix
    >>> raci(Matrix("own", (Cell("adoption", "high", owner="cs", supports=("sales",)),)))["Sales"].tolist()
    ['C: high touch']
    """
    import pandas as pd

    departments = dict.fromkeys(name for one in matrix.cells for name in (one.owner, *one.supports) if name)
    rows = [
        {
            "phase": label(phase, lang),
            **{label(name, lang): _part(matrix, phase, name, lang) for name in departments},
        }
        for phase in matrix.phases
    ]
    return pd.DataFrame(rows)


def _part(matrix: Matrix, phase: str, department: str, lang: str) -> str:
    """What a department does in a phase."""
    cells = [one for tier in ORDER if (one := matrix.cell(phase, tier))]
    owns = [one.tier for one in cells if one.owner == department]
    helps = [one.tier for one in cells if department in one.supports]
    named = {"A": owns, "C": helps}
    lines = [
        f"{part}: {', '.join(label(f'touch_tier.{t}', lang) for t in tiers)}" for part, tiers in named.items() if tiers
    ]
    return "\n".join(lines)
