"""What a log of usage events can be asked: a promise that the doors keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import pandas as pd

    from cslab.faults import Fault


class EventLog(Protocol):
    """The product's log, too large for a frame."""

    def lack(self) -> Fault | None:
        """Why it cannot be opened, if so."""
        ...

    def table(self) -> Any:
        """The events that are known, as one Ibis table."""
        ...

    def until(self, last: pd.Timestamp) -> EventLog:
        """The log as it was known at the end of a day."""
        ...
