"""One covariate: how the cells of a column become the numbers that a model can use, and when they cannot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from cslab.faults import Fault, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]
    Flags = NDArray[np.bool_]

MOST_LEVELS = 50
"""More different words than this are names rather than groups."""

NOT_KNOWN = "not_known"
"""The level of a covariate's own column for cells that are missing."""


class Columns(Protocol):
    """A frame, or whatever hands out its columns by name."""

    def __len__(self) -> int:
        """How many rows there are."""
        ...

    def __contains__(self, name: object, /) -> bool:
        """Whether there is such a column."""
        ...

    def __iter__(self) -> Iterator[Any]:
        """The names that are known."""
        ...

    def __getitem__(self, name: str, /) -> pd.Series:
        """The column."""
        ...


@dataclass(frozen=True)
class Cells:
    """A column of a model as it stands in the rows.

    Parameters
    ----------
    name : str
        As it was asked for.
    values : ndarray, shape (rows,)
        Numbers, missing (NaN) where the cell is; or places among the levels, -1 where the cell is missing.
    levels : tuple of str
        The words of a column of words; empty for numbers.

    >>> Cells("plan", np.array([0, -1]), ("basic",)).missing.tolist()
    [False, True]
    """

    name: str
    values: NDArray[Any]
    levels: tuple[str, ...] = ()

    @property
    def missing(self) -> Flags:
        """Which cells are missing."""
        return np.asarray(self.values < 0 if self.levels else np.isnan(self.values))


def unknown(name: str, columns: Columns) -> Fault:
    """The fault of a column that is not there.

    Parameters
    ----------
    name : str
    columns : Columns

    >>> import pandas as pd
    >>> unknown("segmnt", pd.DataFrame({"segment": ["smb"]})).values["near"]
    'segment'
    """
    known = [str(one) for one in columns]
    return Fault("design.unknown", {"name": name, "near": nearest(name, known), "known": ", ".join(known)})


def read(columns: Columns, name: str) -> Cells | Fault:
    """A column as numbers or as places among its words.

    Parameters
    ----------
    columns : Columns
        A frame, or what hands out columns by name.
    name : str
        A column, or ``log(column)`` for its natural logarithm. Flags count as 0 and 1; what is infinite is missing.

    Returns
    -------
    Cells or Fault
        A fault for a column that is not there, for days, or for a logarithm of words or of amounts not above 0.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"plan": ["basic", None], "mrr": [1.0, 10.0]})
    >>> read(frame, "plan").values.tolist(), read(frame, "log(mrr)").values.round(1).tolist()
    ([0, -1], [0.0, 2.3])
    """
    import pandas as pd

    inner = name[4:-1] if name.startswith("log(") and name.endswith(")") else name
    if inner not in columns:
        return unknown(inner, columns)
    cells = columns[inner]
    if pd.api.types.is_datetime64_any_dtype(cells):
        return Fault("design.dates", {"name": inner})
    if not _numeric(cells):
        return Fault("design.log_words", {"name": inner}) if inner != name else _words(cells, name)
    values = cells.to_numpy(float, na_value=np.nan)
    if inner != name and (low := int((values <= 0).sum())):
        return Fault("design.log", {"name": inner, "count": low})
    values = np.log(values) if inner != name else values
    return Cells(name, np.where(np.isfinite(values), values, np.nan))


@dataclass(frozen=True)
class Covariate:
    """How one column becomes columns of numbers.

    Parameters
    ----------
    name : str
        As it was asked for.
    levels : tuple of str
        The words of a column of words, the one that the others are compared with first; empty for numbers.
    centre, scale : float
        Mean and standard deviation of numbers.
    gap : bool
        Whether missing cells have a column of their own; the number then counts as the mean.
    shared : bool
        Whether the column of another covariate, which is missing in the same rows, says so for this one.

    >>> Covariate("plan", ("basic", "pro", "team")).parts
    ('pro', 'team')
    """

    name: str
    levels: tuple[str, ...] = ()
    centre: float = 0.0
    scale: float = 1.0
    gap: bool = False
    shared: bool = False

    @property
    def parts(self) -> tuple[str, ...]:
        """The level of each column that it becomes; empty for the number itself.

        >>> Covariate("mrr", gap=True).parts
        ('', 'not_known')
        """
        parts = self.levels[1:] if self.levels else ("",)
        return (*parts, NOT_KNOWN) if self.gap else parts

    @property
    def scales(self) -> tuple[float, ...]:
        """What a column's numbers were divided by.

        >>> Covariate("mrr", scale=2.0, gap=True).scales
        (2.0, 1.0)
        """
        return (1.0 if self.levels else self.scale, *(1.0,) * (len(self.parts) - 1))

    def unseen(self, cells: Cells) -> Fault | None:
        """The fault of words that were not there when the model was made.

        Parameters
        ----------
        cells : Cells

        >>> plan = Covariate("plan", ("basic", "pro"))
        >>> plan.unseen(Cells("plan", np.array([0, 1]), ("pro", "team"))).values["values"]
        'team'
        """
        if bool(cells.levels) != bool(self.levels) and not cells.missing.all():
            return Fault("design.was_words" if self.levels else "design.was_numbers", {"name": self.name})
        used = [cells.levels[place] for place in np.unique(cells.values) if place >= 0] if cells.levels else []
        if not (new := [level for level in used if level not in self.levels]):
            return None
        return Fault("design.unseen", {"name": self.name, "values": _few(new), "known": _few(self.levels)})

    def fill(self, cells: Cells, into: Floats) -> None:
        """Write its columns.

        Parameters
        ----------
        cells : Cells
            Without words that were not there when the model was made.
        into : ndarray of float, shape (rows, columns)
            Missing (NaN) where a cell is, and missing cells have no column of their own.

        >>> into = np.empty((2, 1))
        >>> Covariate("mrr", centre=2.0, scale=2.0).fill(Cells("mrr", np.array([2.0, 6.0])), into)
        >>> into.ravel().tolist()
        [0.0, 2.0]
        """
        missing = cells.missing
        if self.levels:
            places = np.array([self.levels.index(one) if one in self.levels else -1 for one in (*cells.levels, "")])
            place = places[cells.values]
            for column in range(len(self.levels) - 1):
                into[:, column] = place == column + 1
        else:
            into[:, 0] = (cells.values - self.centre) / self.scale
        if missing.any():
            into[missing] = 0.0 if self.gap or self.shared else np.nan
        if self.gap:
            into[:, -1] = missing


def coded(cells: Cells, kept: Flags, gaps: bool) -> Covariate | Fault:
    """How a column becomes numbers, by what stands in the rows that are kept.

    Parameters
    ----------
    cells : Cells
    kept : ndarray of bool, shape (rows,)
    gaps : bool
        Whether missing cells get a column of their own.

    Returns
    -------
    Covariate or Fault
        The most frequent word is the one that the others are compared with. A fault where all cells are the same, or
        too many words differ.

    >>> kept = np.array([True, True, True])
    >>> coded(Cells("plan", np.array([0, 1, 1]), ("basic", "pro")), kept, False).levels
    ('pro', 'basic')
    """
    missing = cells.missing
    gap = gaps and bool(missing[kept].any())
    values = cells.values[kept & ~missing]
    same = {"name": cells.name, "count": len(values)}
    if cells.levels:
        counts = np.bincount(values, minlength=len(cells.levels))
        order = [int(place) for place in np.argsort(-counts, kind="stable") if counts[place]]
        levels = tuple(cells.levels[place] for place in order)
        if len(levels) < 2:
            return Fault("design.constant", {**same, "value": levels[0]})
        if len(levels) > MOST_LEVELS:
            return Fault("design.levels", {"name": cells.name, "count": len(levels), "most": MOST_LEVELS})
        return Covariate(cells.name, levels, gap=gap)
    centre, scale = float(values.mean()), float(values.std())
    if scale <= 1e-12 * max(1.0, abs(centre)):
        return Fault("design.constant", {**same, "value": f"{centre:g}"})
    return Covariate(cells.name, (), centre, scale, gap)


def _numeric(cells: pd.Series) -> bool:
    """Whether a column holds numbers or flags, also where missing ones made Python objects of them."""
    import pandas as pd

    if pd.api.types.is_numeric_dtype(cells):
        return True
    numbers = ("boolean", "integer", "floating", "mixed-integer-float", "empty")
    return cells.dtype == object and pd.api.types.infer_dtype(cells, skipna=True) in numbers


def _words(cells: pd.Series, name: str) -> Cells:
    """A column of words as places among them."""
    import pandas as pd

    words = pd.Categorical(cells)
    return Cells(name, np.asarray(words.codes, np.int16), tuple(map(str, words.categories)))


def _few(words: list[str] | tuple[str, ...]) -> str:
    """The first words of many."""
    return ", ".join(words[:8]) + (" …" if len(words) > 8 else "")
