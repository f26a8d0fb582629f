"""How much of the next touch is left to chance: the entropy of each CSM's sequence of touches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.measure.estimate import Z95

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Floats = NDArray[np.float64]


def touch_entropy(book: Book) -> pd.DataFrame:
    """How unpredictable each CSM's next touch is, given the last one to the same customer.

    0 bits: after every kind of touch always the same kind follows. The more bits, the more it depends on the day; a
    map of the journey should make it smaller. Two CSMs compare only if their customers get the same tier of touch.

    Parameters
    ----------
    book : Book
        Needs ``touches`` with ``type``, ``touched_on`` and ``csm_id``; touches in answer to a problem are left out
        where ``reactive`` says so.

    Returns
    -------
    DataFrame
        One row a CSM, most touches first: ``csm_id``, ``touches`` (pairs of touches that follow one another),
        ``estimate`` (bits), ``low``, ``high`` (jackknife of accounts), ``n`` (accounts), ``method``.

    Raises
    ------
    NotReady
        Naming the columns that are missing.

    Source: conditional entropy, Shannon (1948), with the correction for small counts of Miller (1955), grade A.

    >>> import cslab
    >>> bool((touch_entropy(cslab.load("synthetic:tiny"))["estimate"] >= 0).all())
    True
    """
    import pandas as pd

    book.require("touches.type", "touches.touched_on", "touches.csm_id")
    pairs = _pairs(book.touches)
    kinds = sorted({*pairs["last"], *pairs["next"]})
    place = {kind: number for number, kind in enumerate(kinds)}
    pairs = pairs.assign(cell=pairs["last"].map(place) * len(kinds) + pairs["next"].map(place))
    rows = [{"csm_id": name, **_one(rows, len(kinds))} for name, rows in pairs.groupby("csm_id")]
    table = pd.DataFrame(rows, columns=["csm_id", "touches", "estimate", "low", "high", "n"])
    table = table.sort_values(["touches", "csm_id"], ascending=[False, True], ignore_index=True)
    return table.assign(method="conditional_entropy")


def _pairs(touches: pd.DataFrame) -> pd.DataFrame:
    """Touches by name with the one before, of the same CSM to the same customer."""
    kept = touches[touches["csm_id"].notna() & touches["type"].notna()]
    kept = kept[~kept["reactive"].astype("boolean").fillna(False)] if "reactive" in kept else kept
    kept = kept.sort_values(["csm_id", "account_id", "touched_on", "touch_id"], kind="stable")
    last = kept.groupby(["csm_id", "account_id"], sort=False)["type"].shift()
    pairs = kept.assign(last=last, next=kept["type"])
    return pairs.loc[last.notna(), ["csm_id", "account_id", "last", "next"]]


def _one(rows: pd.DataFrame, kinds: int) -> dict[str, Any]:
    """The entropy of one CSM's pairs."""
    import pandas as pd

    account, names = pd.factorize(rows["account_id"])
    counts = np.zeros((len(names), kinds**2))
    np.add.at(counts, (account, rows["cell"].to_numpy(int)), 1)
    whole = counts.sum(axis=0)
    value = float(_entropy(whole[None, :], kinds)[0])
    n = len(names)
    without = _entropy(whole[None, :] - counts, kinds) if n > 1 else np.full(1, np.nan)
    error = float(np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum())) if n > 1 else np.nan
    low, high = max(value - Z95 * error, 0.0), value + Z95 * error
    return {"touches": len(rows), "estimate": value, "low": low, "high": high, "n": n}


def _entropy(counts: Floats, kinds: int) -> Floats:
    """Bits of the next kind given the last, of rows of counts of pairs; never below 0."""
    pairs = counts.reshape(len(counts), kinds, kinds)
    found = _plain(pairs.reshape(len(counts), -1)) - _plain(pairs.sum(axis=2))
    return np.asarray(np.maximum(found, 0.0))


def _plain(counts: Floats) -> Floats:
    """Bits of rows of counts, corrected for how few they are."""
    total = np.maximum(counts.sum(axis=1, keepdims=True), 1)
    share = counts / total
    with np.errstate(divide="ignore", invalid="ignore"):
        bits = -np.nansum(np.where(share > 0, share * np.log2(share), 0.0), axis=1)
    return np.asarray(bits + ((counts > 0).sum(axis=1) - 1) / (2 * total[:, 0] * np.log(2)))
