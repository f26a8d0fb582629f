"""Which alerts are left alone on purpose: drawn by lot, and the same whoever draws."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from numpy.typing import NDArray

HOLDOUT = 0.1
"""Share of alerts left alone, where a playbook says nothing else."""


def is_held_out(account_id: str, rule_id: str, share: float = HOLDOUT) -> bool:
    """Whether an account is left alone when a rule fires for it.

    The lot is drawn from both names, not from a table of random numbers: it falls the same on every computer and on
    every day, so that nobody can draw again until the favourite customer is in, and an account stays where it is.

    Parameters
    ----------
    account_id, rule_id : str
    share : float
        Of accounts (0-1).

    >>> is_held_out("A000001", "usage_drop", 0.0), is_held_out("A000001", "usage_drop", 1.0)
    (False, True)
    """
    return lot(account_id, rule_id) < share


def lot(account_id: str, rule_id: str) -> float:
    """The lot of an account under a rule: a number from 0 up to 1, all equally likely.

    Parameters
    ----------
    account_id, rule_id : str

    >>> 0 <= lot("A000001", "usage_drop") < 1
    True
    """
    digest = blake2b(f"{rule_id}\n{account_id}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64


def held_out(account_ids: Iterable[str], rule_id: str, share: float) -> NDArray[np.bool_]:
    """Which of some accounts are left alone.

    Parameters
    ----------
    account_ids : iterable of str
    rule_id : str
    share : float

    Returns
    -------
    ndarray of bool

    >>> held_out(["A1", "A2"], "usage_drop", 1.0).tolist()
    [True, True]
    """
    return np.array([is_held_out(str(name), rule_id, share) for name in account_ids], dtype=bool)


def acted_on(fired: pd.DataFrame) -> pd.DataFrame:
    """The alerts that somebody acts on: all that are not left alone by lot.

    Parameters
    ----------
    fired : DataFrame
        Alerts; without ``held_out`` somebody acts on all.

    >>> import pandas as pd
    >>> acted_on(pd.DataFrame({"account_id": ["A1", "A2"], "held_out": [True, False]}))["account_id"].tolist()
    ['A2']
    """
    return fired[~fired["held_out"].astype(bool)] if "held_out" in fired else fired
