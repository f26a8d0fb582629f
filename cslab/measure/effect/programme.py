"""What a programme brought in both respects for which programmes are started: who stays, and what they pay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.faults import Fault, NotReady
from cslab.measure.effect.experiment import experiment
from cslab.measure.effect.start import turns_of
from cslab.measure.effect.trial import trial

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

BY_LOT = ("rct", "encouragement")
OUTCOMES = ("retained", "value")
NUMBERS = ("estimate", "low", "high", "n", "method")
GRACE = 30
"""Days after a customer's turn within which invitations go out."""


def programme_report(book: Book, programme: str = "", horizon: int = 12) -> pd.DataFrame:
    """What inviting to a programme changed in who stays and in what they bring, of a programme that draws by lot.

    Parameters
    ----------
    book : Book
        Needs ``programs.assignment``, ``program_enrolment``, ``contracts`` and amounts.
    programme : str
        Its id; empty: the first one on record.
    horizon : int
        Months after a customer's turn.

    Returns
    -------
    DataFrame
        A row an outcome: ``outcome`` (``retained``: share still a customer; ``value``: gross margin to that month),
        ``estimate`` (invited less not invited), ``low``, ``high``, ``n``, ``method``; ``attrs``: ``programme``.

    Raises
    ------
    NotReady
        Where the programme does not draw by lot, or nobody has been followed so long.
    UsageError
        For a programme that there is not.

    >>> import cslab
    >>> book = cslab.load("synthetic:sugar_high?accounts=300&policy=program_rct")
    >>> programme_report(book)["outcome"].tolist()
    ['retained', 'value']
    """
    import pandas as pd

    book.require("programs.assignment")
    name = str(turns_of(book, programme)["program_id"].iloc[0])
    how = book.programs.set_index("program_id")["assignment"].astype(str).to_dict().get(name, "")
    if how not in BY_LOT:
        raise NotReady(Fault("no_lot", {"known": ", ".join(BY_LOT)}))
    rows = []
    for outcome in OUTCOMES:
        turn = trial(book, f"invited:{name}", None, "eligible", GRACE, horizon, outcome, covariates=[])
        found = experiment(turn)
        rows.append({"outcome": outcome, **{number: getattr(found, number) for number in NUMBERS}})
    report = pd.DataFrame(rows)
    report.attrs["programme"] = name
    return report
