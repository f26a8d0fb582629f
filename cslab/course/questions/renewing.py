"""What the exercises about renewals rest on: ten open renewals, quarters that swing, and answers that are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

HOURS_FOR = 3
"""Customers for whom there are hours."""

_OPEN = (
    (
        ("Aoba", 24_000_000, 0.30, 0.00),
        ("Benten", 9_000_000, 0.45, 0.02),
        ("Chitose", 6_000_000, 0.20, 0.09),
        ("Daikoku", 4_800_000, 0.35, 0.14),
        ("Ebisu", 3_600_000, 0.50, 0.16),
        ("Fuji", 2_400_000, 0.60, 0.11),
        ("Ginza", 1_800_000, 0.40, 0.20),
        ("Hikari", 1_200_000, 0.85, 0.04),
        ("Izumi", 900_000, 0.90, 0.03),
        ("Jumonji", 600_000, 0.50, 0.24),
    ),
    (
        ("Kita", 18_000_000, 0.28, 0.01),
        ("Lily", 12_000_000, 0.40, 0.00),
        ("Minato", 7_200_000, 0.18, 0.08),
        ("Nagi", 5_400_000, 0.30, 0.12),
        ("Otowa", 3_000_000, 0.55, 0.17),
        ("Sakura", 2_400_000, 0.70, 0.12),
        ("Tama", 1_500_000, 0.45, 0.22),
        ("Ueno", 1_200_000, 0.88, 0.05),
        ("Wakaba", 800_000, 0.92, 0.02),
        ("Yume", 500_000, 0.50, 0.25),
    ),
)
"""Customer, ARR, chance of leaving, chance of renewing that attention wins: the largest have all attention already."""

DUE = 120
"""Renewals of each quarter."""

_CAME = ((104, 93, 109, 88, 101, 111, 90, 104), (97, 110, 91, 106, 87, 103, 112, 94))
"""Renewed, where 100 of 120 were expected each time."""

_ANSWERED = ({"answered": (250, 20), "silent": (150, 33)}, {"answered": (310, 31), "silent": (190, 46)})
"""Customers who answered the survey before, and who did not; how many of them left within the year."""


def open_renewals(variant: int = 0) -> pd.DataFrame:
    """Ten renewals that are open.

    Parameters
    ----------
    variant : int
        Version of the fixed data.

    Returns
    -------
    DataFrame
        By customer: ``arr_amount`` (currency a year), ``risk`` (of leaving, 0-1), ``uplift`` (chance of renewing that
        attention from now on wins, 0-1).

    >>> open_renewals()["uplift"].idxmax()
    'Jumonji'
    """
    import pandas as pd

    rows = _OPEN[variant % len(_OPEN)]
    return pd.DataFrame(rows, columns=["customer", "arr_amount", "risk", "uplift"]).set_index("customer")


def quarters(variant: int = 0) -> pd.DataFrame:
    """Eight quarters with the same number due and expected.

    Parameters
    ----------
    variant : int
        Version of the fixed data.

    Returns
    -------
    DataFrame
        ``quarter`` (1-8), ``due``, ``expected``, ``renewed``.

    >>> quarters()["due"].tolist() == [DUE] * 8
    True
    """
    import pandas as pd

    came = _CAME[variant % len(_CAME)]
    return pd.DataFrame({"quarter": range(1, len(came) + 1), "due": DUE, "expected": 100, "renewed": came})


def answers(variant: int = 0) -> pd.DataFrame:
    """Who answered last year's survey, and who has left since.

    Parameters
    ----------
    variant : int
        Version of the fixed data.

    Returns
    -------
    DataFrame
        By ``answered`` and ``silent``: ``customers``, ``left``.

    >>> answers().loc["silent", "customers"].item()
    150
    """
    import pandas as pd

    return pd.DataFrame(_ANSWERED[variant % len(_ANSWERED)], index=["customers", "left"]).T
