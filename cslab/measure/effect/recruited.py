"""Who is in a trial: step by step, everybody who is left out counted with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault
from cslab.measure.effect.assigned import PROGRAMME, arms_of, by_lot, named
from cslab.measure.effect.covariates import among
from cslab.measure.effect.start import starts, turns_of
from cslab.words import LANGUAGES, word

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book


class Sieve:
    """Rows that are kept step by step, and how many were left out for which reason.

    Parameters
    ----------
    rows : DataFrame
    out : mapping of str to int
        Who is left out already.

    >>> import pandas as pd
    >>> sieve = Sieve(pd.DataFrame({"account_id": ["A1", "A2"]}), {})
    >>> sieve.keep([True, False], "no_arm")
    >>> len(sieve.rows), sieve.told("en")
    (1, 'in none of the arms: 1')
    """

    def __init__(self, rows: pd.DataFrame, out: Mapping[str, int]) -> None:
        """Begin with all."""
        self.rows, self.out = rows, dict(out)

    def keep(self, which: Any, reason: str) -> None:
        """Keep some of the rows.

        Parameters
        ----------
        which : array of bool, shape (rows,)
        reason : str
            Why the others are left out.

        >>> import pandas as pd
        >>> sieve = Sieve(pd.DataFrame({"account_id": ["A1"]}), {"no_arm": 2})
        >>> sieve.keep([False], "no_arm")
        >>> sieve.out
        {'no_arm': 3}
        """
        mask = np.asarray(which, bool)
        self.out[reason] = self.out.get(reason, 0) + int((~mask).sum())
        self.rows = self.rows[mask].reset_index(drop=True)

    def told(self, lang: str) -> str:
        """Who is left out, in one line of the reader's words.

        Parameters
        ----------
        lang : str

        >>> import pandas as pd
        >>> Sieve(pd.DataFrame(), {"no_arm": 1_200, "not_eligible": 0}).told("en")
        'in none of the arms: 1,200'
        """
        counts = {reason: count for reason, count in self.out.items() if count}
        return "; ".join(f"{word(f'effect.left_out.{reason}', lang)}: {count:,}" for reason, count in counts.items())

    def nobody(self, day: pd.Timestamp) -> Fault:
        """What is said where nobody is left.

        Parameters
        ----------
        day : Timestamp
            The last one on record.

        >>> import pandas as pd
        >>> Sieve(pd.DataFrame(), {}).nobody(pd.Timestamp("2024-12-31")).key
        'effect.nobody_then'
        """
        if not any(self.out.values()):
            return Fault("effect.nobody_then", {"day": day.date()})
        return Fault("effect.nobody", {"day": day.date(), **{lang: self.told(lang) for lang in LANGUAGES}})


def recruited(
    book: Book,
    strategies: str | pd.DataFrame,
    eligible: Any,
    time_zero: str | pd.Timestamp,
    grace: int,
    extra: pd.DataFrame | None,
) -> Sieve:
    """Who could take part and is in an arm on the day on which it is read.

    Parameters
    ----------
    book, strategies, eligible, time_zero, grace, extra
        As for ``trial``.

    Returns
    -------
    Sieve
        Rows as ``starts`` gives them, with ``arm``.

    >>> import cslab
    >>> found = recruited(cslab.load("synthetic:tiny"), "tier", None, "signing", 45, None)
    >>> sorted(found.rows["arm"].unique()), "left_in_grace" in found.out
    (['high', 'mid', 'tech'], True)
    """
    import pandas as pd

    kind, programme = named(strategies) if isinstance(strategies, str) else ("", "")
    sieve = Sieve(*starts(book, time_zero, programme))
    sieve.keep(among(book, sieve.rows, eligible, extra), "not_eligible")
    if kind == PROGRAMME:
        sieve.keep(~_already(book, sieve.rows, programme), "already_enrolled")
    read = sieve.rows["since"] + pd.Timedelta(days=grace)
    day = read.to_numpy("datetime64[D]").astype(np.int64)
    lost = sieve.rows["gone"] & (sieve.rows["stop"] <= day) & (not by_lot(strategies))
    rows = sieve.rows.assign(read=read, lost=lost)
    sieve.rows = rows.assign(arm=arms_of(book, strategies, rows, read))
    sieve.keep(~sieve.rows["lost"], "left_in_grace")
    sieve.keep(sieve.rows["read"] <= book.as_of, "not_observed_yet")
    sieve.keep(sieve.rows["arm"].notna(), "no_arm")
    return sieve


def _already(book: Book, rows: pd.DataFrame, programme: str) -> Any:
    """Who took part before time zero: what is known of them then is what the programme has made of them."""
    turns = turns_of(book, programme).drop_duplicates("account_id").set_index("account_id")
    return (rows["account_id"].map(turns["enrolled_on"]) < rows["since"]).to_numpy(bool)
