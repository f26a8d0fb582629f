"""The matrix of a model's covariates: what each column means, and all that keeps it from telling anything."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.estimate import Z95, unknown_choice
from cslab.measure.hazard.coding import NOT_KNOWN, Cells, Columns, Covariate, coded, read
from cslab.measure.hazard.grown import grown
from cslab.measure.hazard.identified import collinear, dependent, separated

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]
    Flags = NDArray[np.bool_]

Missing = Literal["drop", "indicator"]


@dataclass(frozen=True)
class Coding:
    """How columns become the matrix of a model: kept, so that other rows can be read the same way.

    Parameters
    ----------
    covariates : tuple of Covariate

    >>> Coding((Covariate("mrr"), Covariate("plan", ("basic", "pro")))).columns
    [('mrr', ''), ('plan', 'pro')]
    """

    covariates: tuple[Covariate, ...]

    @property
    def columns(self) -> list[tuple[str, str]]:
        """Covariate and level of each column of the matrix.

        >>> Coding((Covariate("mrr", gap=True),)).columns
        [('mrr', ''), ('mrr', 'not_known')]
        """
        return [(one.name, part) for one in self.covariates for part in one.parts]

    @property
    def scales(self) -> Floats:
        """What each column was divided by: a slope of the matrix over its scale is one of the covariate itself.

        >>> Coding((Covariate("mrr", scale=2.0),)).scales.tolist()
        [2.0]
        """
        return np.array([scale for one in self.covariates for scale in one.scales])

    def matrix(self, columns: Columns) -> Floats:
        """The matrix of other rows.

        Parameters
        ----------
        columns : Columns
            A frame, or what hands out columns by name.

        Returns
        -------
        ndarray of float, shape (rows, columns)
            Centred and scaled as the matrix that the model was made of; missing (NaN) where a cell is, and the model
            has no column for that.

        Raises
        ------
        UsageError
            Naming all columns that are not there and all words that were not there when the model was made.

        >>> import pandas as pd
        >>> coding = Coding((Covariate("plan", ("basic", "pro")),))
        >>> coding.matrix(pd.DataFrame({"plan": ["pro", "basic"]})).ravel().tolist()
        [1.0, 0.0]
        """
        found = [read(columns, one.name) for one in self.covariates]
        faults = [one for one in found if isinstance(one, Fault)]
        cells = [one for one in found if isinstance(one, Cells)]
        if not faults:
            pairs = zip(self.covariates, cells, strict=True)
            faults = [fault for one, part in pairs if (fault := one.unseen(part))]
        if faults:
            raise UsageError(*faults)
        return _filled(self.covariates, cells, len(columns))

    def table(self, slopes: Floats, covariance: Floats, **facts: Any) -> pd.DataFrame:
        """Slopes of the matrix as those of the covariates themselves, with their limits.

        Parameters
        ----------
        slopes : ndarray of float, shape (columns,)
        covariance : ndarray of float, shape (columns, columns)
        **facts
            Columns that are the same in every row: ``n``, ``events``, ``method``.

        Returns
        -------
        DataFrame
            ``name``, ``level`` (empty for a number), ``reference`` (the level it is compared with), ``estimate`` (for
            one unit of the number), ``low``, ``high``, ``std_error``, ``ratio``, ``ratio_low``, ``ratio_high`` (their
            exponentials), ``spread`` (standard deviation of the number, 1 for a level), and the facts.

        >>> coding = Coding((Covariate("mrr", scale=2.0),))
        >>> coding.table(np.array([1.0]), np.array([[0.04]]), n=9)["estimate"].tolist()
        [0.5]
        """
        import pandas as pd

        estimate, error = slopes / self.scales, np.sqrt(np.diag(covariance)) / self.scales
        limits = {"estimate": estimate, "low": estimate - Z95 * error, "high": estimate + Z95 * error}
        with np.errstate(over="ignore"):
            ratios = {name: np.exp(values) for name, values in zip(RATIOS, limits.values(), strict=True)}
        names = pd.DataFrame(self.columns, columns=["name", "level"])
        reference = [one.levels[0] if one.levels and part != NOT_KNOWN else "" for one, part in self._parts()]
        numbers = {**limits, "std_error": error, **ratios, "spread": self.scales}
        return names.assign(reference=reference, **numbers, **facts)

    def _parts(self) -> list[tuple[Covariate, str]]:
        """Each covariate with the level of each of its columns."""
        return [(one, part) for one in self.covariates for part in one.parts]


RATIOS = ("ratio", "ratio_low", "ratio_high")


@dataclass(frozen=True)
class Design:
    """The matrix of a model and what was done to get it.

    Parameters
    ----------
    coding : Coding
        What each column means.
    matrix : ndarray of float, shape (kept rows, columns)
        Numbers centred and scaled, a 0/1 column for each level but the most frequent.
    kept : ndarray of bool, shape (rows,)
        Rows without a missing cell; all of them where missing cells have columns of their own.
    missing : dict of str to int
        How many cells each covariate lacks, where it lacks any.

    >>> import pandas as pd
    >>> design(pd.DataFrame({"mrr": [1.0, 2.0, None]}), ["mrr"]).missing
    {'mrr': 1}
    """

    coding: Coding
    matrix: Floats
    kept: Flags
    missing: dict[str, int]


def design(columns: Columns, covariates: Sequence[str], event: Any = None, missing: Missing = "drop") -> Design:
    """The matrix of some covariates, or everything that keeps it from telling anything.

    Parameters
    ----------
    columns : Columns
        A frame, or what hands out columns by name.
    covariates : sequence of str
        Columns, or ``log(column)``. Words become a 0/1 column a level, compared with the most frequent one.
    event : ndarray of bool, shape (rows,), optional
        What is to be explained: given, a level or number that tells it with certainty is refused.
    missing : str
        ``"drop"``: rows with a missing cell are left out; ``"indicator"``: they stay, with a column that says so.

    Returns
    -------
    Design

    Raises
    ------
    UsageError
        Naming, all at once: columns that are not there, hold days, are the same for all or missing for all, hold names
        rather than groups, follow from others, separate those who left from those who stayed perfectly, or in a list
        without dates rise with tenure (see ``grown``).

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"plan": ["basic", "basic", "pro"], "mrr": [1.0, 2.0, 6.0]})
    >>> design(frame, ["plan", "mrr"]).coding.columns
    [('plan', 'pro'), ('mrr', '')]
    """
    if missing not in ("drop", "indicator"):
        raise UsageError(unknown_choice("missing", missing, ("drop", "indicator")))
    found = [read(columns, name) for name in dict.fromkeys(covariates)]
    faults = [one for one in found if isinstance(one, Fault)]
    cells = [one for one in found if isinstance(one, Cells)]
    faults += [Fault("design.empty", {"name": one.name}) for one in cells if one.missing.all()]
    cells = [one for one in cells if not one.missing.all()]
    faults += grown(columns, cells)
    kept = _kept(cells, len(columns), missing)
    shaped = [coded(one, kept, missing == "indicator") for one in cells] if kept.any() else [_no_row(cells)]
    faults += [one for one in shaped if isinstance(one, Fault)]
    if faults:
        raise UsageError(*faults)
    coding = Coding(_told_once([one for one in shaped if isinstance(one, Covariate)], cells))
    matrix = _filled(coding.covariates, cells, len(columns))
    matrix = matrix if kept.all() else matrix[kept]
    faults = _dependent(coding, matrix)
    if event is not None:
        faults += [fault for one in cells for fault in separated(one, kept, np.asarray(event, bool))]
    if faults:
        raise UsageError(*faults)
    counts = {one.name: int(one.missing.sum()) for one in cells}
    return Design(coding, matrix, kept, {name: count for name, count in counts.items() if count})


def _filled(covariates: Sequence[Covariate], cells: Sequence[Cells], rows: int) -> Floats:
    """The matrix of some covariates."""
    ends = np.cumsum([0, *(len(one.parts) for one in covariates)])
    matrix = np.empty((rows, ends[-1]))
    for one, part, first, last in zip(covariates, cells, ends, ends[1:], strict=False):
        one.fill(part, matrix[:, first:last])
    return matrix


def _kept(cells: Sequence[Cells], rows: int, missing: str) -> Flags:
    """Which rows the model can use."""
    kept = np.ones(rows, bool)
    for one in cells if missing == "drop" else ():
        kept &= ~one.missing
    return kept


def _no_row(cells: Sequence[Cells]) -> Fault:
    """That no row is without a missing cell."""
    counts = ", ".join(f"{one.name} {int(one.missing.sum()):,}" for one in cells)
    return Fault("design.no_row", {"columns": counts})


def _told_once(covariates: Sequence[Covariate], cells: Sequence[Cells]) -> tuple[Covariate, ...]:
    """Of covariates that are missing in the same rows, only the first has a column that says so."""
    patterns: set[bytes] = set()
    told = []
    for one, part in zip(covariates, cells, strict=True):
        pattern = np.packbits(part.missing).tobytes() if one.gap else b""
        told.append(replace(one, gap=False, shared=True) if pattern in patterns and one.gap else one)
        patterns.add(pattern)
    return tuple(told)


def _dependent(coding: Coding, matrix: Floats) -> list[Fault]:
    """Columns that follow from others or from the constant."""
    names = ["", *(name for name, _ in coding.columns)]
    whole = np.empty((len(names), len(names)))
    whole[1:, 1:], whole[0, 0] = matrix.T @ matrix, len(matrix)
    whole[0, 1:] = whole[1:, 0] = matrix.sum(axis=0)
    return [collinear(one) for one in dependent(whole, names)]
