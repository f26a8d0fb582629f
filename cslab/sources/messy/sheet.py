"""One table while it is being spoilt: its cells as text, where each row's luck lies, and which rows have had theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.sources.messy.kinds import Kind

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray


class Sheet:
    """The rows of one table for some whole offices, all cells text.

    Rows keep their place as their label: a row that is put in between (``put_in``) stands at a half, one that is
    ``lost`` leaves a gap, one that is ``cut`` ends after its first cells. ``headings`` take the place of ours.

    Parameters
    ----------
    cells : DataFrame of str
        Rows numbered from 0, with ``account_id``.

    >>> import pandas as pd
    >>> sheet = Sheet(pd.DataFrame({"account_id": ["A000007", "A000007"], "month": ["2024-04-01", "2024-05-01"]}))
    >>> sheet.number.tolist(), sheet.ordinal.tolist()
    ([7, 7], [0, 1])
    """

    def __init__(self, cells: pd.DataFrame) -> None:
        import pandas as pd

        self.cells = cells
        self.account = cells["account_id"].copy()
        codes, different = pd.factorize(self.account)
        self.number = np.array([int(one[1:]) for one in different], dtype=np.int64)[codes]
        self.ordinal = self.account.groupby(codes).cumcount().to_numpy()
        self.free = pd.Series(True, index=cells.index)
        self.put_in: dict[float, dict[str, str]] = {}
        self.lost: list[int] = []
        self.cut: list[int] = []
        self.headings: dict[str, str] = {}

    def last_of_account(self) -> pd.Series:
        """Whether each row is the last of its account.

        >>> import pandas as pd
        >>> Sheet(pd.DataFrame({"account_id": ["A000001", "A000001", "A000002"]})).last_of_account().tolist()
        [False, True, True]
        """
        return self.account != self.account.shift(-1)

    def row(self, label: int) -> dict[str, str]:
        """A row's cells by column.

        >>> import pandas as pd
        >>> Sheet(pd.DataFrame({"account_id": ["A000001"]})).row(0)
        {'account_id': 'A000001'}
        """
        return {str(name): str(cell) for name, cell in self.cells.loc[[label]].iloc[0].items()}

    def office(self, label: float) -> int:
        """The office of a row, also of one that was put in behind the last; -1 for what is done to all rows.

        >>> import pandas as pd
        >>> sheet = Sheet(pd.DataFrame({"account_id": ["A000001", "A001024"]}))
        >>> [sheet.office(label) for label in (-1, 0.5, 1, 2.0)]
        [-1, 0, 1, 1]
        """
        from cslab.world.luck import BLOCK

        return int(self.number[min(int(label), len(self.number) - 1)]) // BLOCK if label >= 0 else -1

    def pick(self, kind: Kind, seed: int, eligible: pd.Series) -> list[int]:
        """Rows to spoil, and mark as spoilt: a share of those that could be, and in every office the least lucky.

        Parameters
        ----------
        kind : Kind
        seed : int
            Of the company.
        eligible : Series of bool
            Rows that it could be done to.

        Returns
        -------
        list of int
            Labels.

        >>> import pandas as pd
        >>> sheet = Sheet(pd.DataFrame({"account_id": ["A000001", "A000002", "A001024"]}))
        >>> kind = Kind("missing", 1, "accounts", "industry", "blank_cells", 0.0)
        >>> rows = sheet.pick(kind, 1, sheet.free); len(rows), 2 in rows, sheet.pick(kind, 1, sheet.free == False)
        (2, True, [])
        """
        from cslab.world.luck import BLOCK, hashed

        rows = np.flatnonzero(eligible & self.free)
        draws = hashed(seed, f"messy.{kind.name}", self.number[rows], 0, self.ordinal[rows])
        office = self.number[rows] // BLOCK
        order = np.lexsort((draws, office))
        first = np.ones(len(rows), dtype=bool)
        first[1:] = office[order][1:] != office[order][:-1]
        chosen = draws < kind.share
        chosen[order[first]] = True
        self.free.iloc[rows[chosen]] = False
        return [int(row) for row in rows[chosen]]

    def forms(self, kind: Kind, seed: int, rows: list[int]) -> NDArray[np.float64]:
        """Draws that say how each of some rows is spoilt.

        >>> import pandas as pd
        >>> kind = Kind("missing", 1, "accounts", "industry", "blank_cells", 0.0)
        >>> Sheet(pd.DataFrame({"account_id": ["A000001"]})).forms(kind, 1, [0]).shape
        (1,)
        """
        from cslab.world.luck import hashed

        return hashed(seed, f"messy.{kind.name}.form", self.number[rows], 0, self.ordinal[rows])

    def whole(self) -> pd.DataFrame:
        """The cells with the rows that were put in and without those that were lost; labels as before.

        >>> import pandas as pd
        >>> sheet = Sheet(pd.DataFrame({"account_id": ["A000001", "A000002"]}))
        >>> sheet.put_in[0.5] = {"account_id": "A000009"}; sheet.lost.append(1)
        >>> sheet.whole()["account_id"].to_dict()
        {0.0: 'A000001', 0.5: 'A000009'}
        """
        import pandas as pd

        kept = self.cells.drop(index=self.lost)
        if not self.put_in:
            return kept
        more = pd.DataFrame.from_dict(self.put_in, orient="index", columns=kept.columns)
        return pd.concat([kept, more]).sort_index()
