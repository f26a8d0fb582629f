"""What keeps slopes from being told: columns that follow from others, and columns that tell who left with certainty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cslab.measure.hazard.coding import Cells

    Floats = NDArray[np.floating[Any]]
    Flags = NDArray[np.bool_]

LEFT_OVER = 1e-9
"""What is left of a column's variance beside the others, below which it follows from them."""


def dependent(gram: Floats, names: Sequence[str]) -> list[tuple[str, ...]]:
    """Sets of columns of which the first follows from the others.

    Parameters
    ----------
    gram : ndarray of float, shape (columns, columns)
        Sums of squares and products of the columns.
    names : sequence of str
        What each is called; several columns may have one name.

    Returns
    -------
    list of tuple of str

    >>> matrix = np.array([[1.0, 0.0, 2.0], [1.0, 1.0, 2.0], [1.0, 2.0, 2.0]])
    >>> dependent(matrix.T @ matrix, ["constant", "tenure", "two"])
    [('two', 'constant')]
    """
    size = np.sqrt(np.diag(gram))
    scaled = gram / np.outer(np.where(size > 0, size, 1), np.where(size > 0, size, 1))
    kept: list[int] = []
    sets = []
    for column in range(len(names)):
        weights = np.linalg.solve(scaled[np.ix_(kept, kept)], scaled[kept, column])
        if scaled[column, column] - weights @ scaled[kept, column] > LEFT_OVER:
            kept.append(column)
            continue
        others = [names[place] for place, weight in zip(kept, weights, strict=True) if abs(weight) > 1e-6]
        sets.append(tuple(dict.fromkeys([names[column], *others])))
    return sets


def collinear(names: Sequence[str]) -> Fault:
    """The fault of a column that follows from others.

    Parameters
    ----------
    names : sequence of str
        The column and those that it follows from; what belongs to the model itself has an empty name.

    >>> collinear(["b", "", "a"]).values, collinear(["b", ""]).key
    ({'name': 'b', 'others': 'a'}, 'design.implied')
    """
    others = ", ".join(name for name in names[1:] if name and name != names[0])
    return Fault("design.collinear" if others else "design.implied", {"name": names[0], "others": others})


def separated(cells: Cells, kept: Flags, event: Flags) -> list[Fault]:
    """The faults of a column that tells who left with certainty, so that its slope has no end.

    Parameters
    ----------
    cells : Cells
    kept : ndarray of bool, shape (rows,)
        Rows that are looked at.
    event : ndarray of bool, shape (rows,)
        Who left; where nobody or everybody did, that is not the column's fault.

    Returns
    -------
    list of Fault
        A value that everybody has who left or nobody has, or numbers that lie apart.

    >>> from cslab.measure.hazard.coding import Cells
    >>> cells = Cells("plan", np.array([0, 0, 1, 1]), ("basic", "pro"))
    >>> separated(cells, np.ones(4, bool), np.array([True, False, False, False]))[0].values
    {'name': 'plan', 'value': 'pro', 'count': 2}
    """
    inside = kept & ~cells.missing
    values, gone = cells.values[inside], event[inside]
    if not gone.any() or gone.all():
        return []
    if cells.levels:
        places, names = values, cells.levels
    elif ((values == values.min()) | (values == values.max())).all():
        places, names = (values == values.max()).astype(int), (f"{values.min():g}", f"{values.max():g}")
    else:
        apart = values[gone].min() > values[~gone].max() or values[gone].max() < values[~gone].min()
        return [Fault("design.separates_number", {"name": cells.name})] if apart else []
    return _one_sided(cells.name, np.bincount(places, minlength=len(names)), np.bincount(places[gone]), names)


def _one_sided(name: str, counts: Any, gone: Any, values: tuple[str, ...]) -> list[Fault]:
    """The values of a column of which everybody left, or nobody."""
    gone = np.pad(gone, (0, len(values) - len(gone)))
    keys = np.where(counts == 0, "", np.where(gone == 0, "none", np.where(gone == counts, "all", "")))
    rows = zip(keys, values, counts, strict=True)
    return [
        Fault(f"design.separates_{key}", {"name": name, "value": value, "count": int(count)})
        for key, value, count in rows
        if key
    ]
