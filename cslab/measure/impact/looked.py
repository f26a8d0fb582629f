"""A company's records as a chain asks for them: every series and every comparison made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.measure.effect.tried import tried
from cslab.measure.impact.contrast import Contrast, contrast, placebo
from cslab.measure.impact.exposure import Exposure, exposure, started, taking_part

if TYPE_CHECKING:
    import pandas as pd

    from cslab.measure.impact.chain import Chain
    from cslab.measure.impact.series import Records

CONTROL = "control"
"""The name of the negative control among a chain's indicators."""


class Looked:
    """A chain's nodes and causes as series of months, and who came under its programme.

    Parameters
    ----------
    chain : Chain
    records : Records
        That can serve it (:func:`checked`).

    >>> import cslab
    >>> from cslab.measure.impact import Records, shipped
    >>> book = cslab.load("synthetic:tiny?programs=faq&policy=program_rct")
    >>> Looked(shipped("faq"), Records(book)).exposure.how
    'lot'
    """

    def __init__(self, chain: Chain, records: Records) -> None:
        """Find out who came under the programme; nothing else is computed before it is asked for."""
        self.chain, self.records = chain, records
        self.exposure: Exposure = (
            exposure(records.book, chain.programme)
            if chain.starts is None
            else started(records.book, records.frame(chain.starts), chain.name)
        )
        self._made: dict[tuple[object, ...], Contrast | None] = {}
        self._taking: pd.DataFrame | None = None

    @property
    def last(self) -> pd.Timestamp:
        """The last month that is over."""
        import pandas as pd

        return pd.Timestamp(self.records.months[-1])

    def series(self, name: str) -> pd.DataFrame | None:
        """A node or cause, or the negative control, as months of customers.

        Parameters
        ----------
        name : str

        Returns
        -------
        DataFrame or None
            Taking part for the activity; None for what has no indicator.

        >>> import cslab
        >>> from cslab.measure.impact import Records, shipped
        >>> looked = Looked(shipped("faq"), Records(cslab.load("synthetic:tiny?programs=faq&policy=program_rct")))
        >>> looked.series("articles").shape == looked.series("tickets").shape, looked.series("fit") is None
        (True, True)
        """
        if name == self.chain.activity.id:
            if self._taking is None:
                self._taking = taking_part(self.exposure, self.records.frame("retained"))
            return self._taking
        indicator = self.chain.indicators.get(name)
        return None if indicator is None else self.records.frame(indicator)

    def turns(self, name: str) -> Exposure | None:
        """The turns beside which a node can be looked at.

        Parameters
        ----------
        name : str

        Returns
        -------
        Exposure or None
            Where comparisons come in later and the node has a value after leaving too: of groups drawn by lot, until
            the first comparison comes in; else nothing, since only those come in who have stayed.

        >>> import cslab
        >>> from cslab.measure.impact import Records, shipped
        >>> looked = Looked(shipped("faq"), Records(cslab.load("synthetic:tiny?programs=faq&policy=program_rct")))
        >>> looked.turns("retention") is looked.exposure
        True
        """
        indicator = self.chain.indicators.get(name)
        if indicator is None or not indicator.lasts or not self.exposure.waits:
            return self.exposure
        return self.exposure.together if self.exposure.how == "groups" else None

    def known(self, names: tuple[str, ...]) -> list[pd.DataFrame]:
        """Several of them, without those that are not seen.

        Parameters
        ----------
        names : tuple of str

        >>> import cslab
        >>> from cslab.measure.impact import Records, shipped
        >>> looked = Looked(shipped("faq"), Records(cslab.load("synthetic:tiny?programs=faq&policy=program_rct")))
        >>> len(looked.known(("fit", "size")))
        1
        """
        return [found for found in map(self.series, names) if found is not None]

    def change(self, name: str, due: int, controls: tuple[str, ...] = ()) -> Contrast | None:
        """What the programme changes in a node for one participant.

        Parameters
        ----------
        name : str
        due : int
            Months after the turn when the window begins.
        controls : tuple of str
            Held equal as they were before the turn.

        Returns
        -------
        Contrast or None
            Nothing for what has no indicator, or where nobody is to compare with.

        >>> import cslab
        >>> from cslab.measure.impact import Records, shipped
        >>> looked = Looked(shipped("faq"), Records(cslab.load("synthetic:tiny?programs=faq&policy=program_rct")))
        >>> looked.change("tickets", 3).n > 9, looked.change("fit", 3)
        (True, None)
        """
        asked = (name, due, controls)
        if asked not in self._made:
            series, turns = self.series(name), self.turns(name)
            held = [one for one in self.known(controls) if one is not self._taking]
            told = series is not None and turns is not None
            self._made[asked] = tried(contrast, series, turns, due, controls=held) if told else None
        return self._made[asked]

    def lead(self, name: str, controls: tuple[str, ...] = ()) -> Contrast | None:
        """The same in the three months before the turn.

        Parameters
        ----------
        name : str
        controls : tuple of str

        Returns
        -------
        Contrast or None
            Nothing where nothing was known before.

        >>> import cslab
        >>> from cslab.measure.impact import Records, shipped
        >>> looked = Looked(shipped("faq"), Records(cslab.load("synthetic:tiny?programs=faq&policy=program_rct")))
        >>> 0 < looked.lead("tickets").p < 1
        True
        """
        series = self.series(name)
        held = [one for one in self.known(controls) if one is not self._taking]
        return None if series is None else placebo(series, self.exposure, held)
