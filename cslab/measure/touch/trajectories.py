"""Where two companies stood on the map of price × headcount: illustrations with their sources, never data."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from cslab.measure.touch.bilingual import Bilingual
from cslab.sources import shipped

if TYPE_CHECKING:
    import pandas as pd


def trajectories(lang: str = "en") -> pd.DataFrame:
    """The points of the companies, in order.

    Parameters
    ----------
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    DataFrame
        ``company``, ``when``, ``heads`` (people in customer success), ``customers`` (missing where nobody has said),
        ``price_amount`` (an assumption: neither price is public), ``price_grade``, ``grade``, ``says``, ``source``.

    Source: ``cslab/rules/trajectories.yaml``, point by point; grades B (named press), C (retold) and S (ours).

    >>> trajectories().groupby("company", sort=False)["heads"].apply(list).to_dict()
    {'SmartHR': [1, 10, 20], 'Sansan': [40]}
    """
    import pandas as pd

    rows = [
        {
            "company": company["called"],
            "when": Bilingual.of(point["when"]).text(lang),
            "heads": point["heads"],
            "customers": point.get("customers"),
            "price_amount": company["price_amount"],
            "price_grade": company["price_grade"],
            "grade": point["grade"],
            "says": Bilingual.of(point["says"]).text(lang),
            "source": company["source"],
        }
        for company in _companies().values()
        for point in company["points"]
    ]
    return pd.DataFrame(rows).astype({"customers": float})


@cache
def _companies() -> dict[str, Any]:
    """The companies as declared, read once."""
    found: dict[str, Any] = shipped.read("trajectories").value["companies"]
    return found
