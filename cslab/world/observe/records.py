"""What a company's records show of one chunk of accounts: each table is made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from cslab.world.care import Care, care
from cslab.world.observe.accounts import account_columns, exported
from cslab.world.observe.enquiries import Enquiries, enquiries
from cslab.world.observe.groups import Memberships
from cslab.world.observe.lost_deals import LostDeals, lost_deals
from cslab.world.observe.movements import seat_steps
from cslab.world.observe.presence import Attendance
from cslab.world.observe.steps import mrr_steps
from cslab.world.observe.vocabulary import Columns
from cslab.world.team import Team, teams

if TYPE_CHECKING:
    from cslab.world.history import History
    from cslab.world.luck import Flags
    from cslab.world.observe.steps import Steps

Maker = Callable[["Records"], Columns]
"""A function that makes the columns of one table."""


class Records(Mapping[str, Columns]):
    """The tables of one chunk by name, and what several of them rest on.

    Parameters
    ----------
    history : History
        What happened.
    makers : mapping of str to callable
        What makes each table, in the order of the tables.

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> records = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48))
    >>> records["accounts"] is records["accounts"], len(records.seen)
    (True, 60)
    """

    def __init__(self, history: History, makers: Mapping[str, Maker]) -> None:
        self.history, self._makers = history, makers
        self._made: dict[str, Columns] = {}

    def __getitem__(self, table: str) -> Columns:
        """The columns of a table: accounts by number, categories by their place in the vocabulary."""
        if table not in self._made:
            self._made[table] = self._makers[table](self)
        return self._made[table]

    def __iter__(self) -> Iterator[str]:
        """The names of the tables."""
        return iter(self._makers)

    def __len__(self) -> int:
        """How many tables there are."""
        return len(self._makers)

    @cached_property
    def seen(self) -> Flags:
        """Which accounts are exported."""
        return exported(self.history)

    @cached_property
    def described(self) -> Columns:
        """The columns of ``accounts`` for all customers drawn, exported or not."""
        return account_columns(self.history)

    @cached_property
    def there(self) -> Attendance:
        """The account-months of ``usage_monthly``, in its order."""
        return Attendance(self.history, self.seen)

    @cached_property
    def memberships(self) -> Memberships:
        """Who joined which group of the user community."""
        return Memberships.of(self.history)

    @cached_property
    def mrr(self) -> Steps:
        """MRR of each account from its signing on, as if it had stayed."""
        return mrr_steps(self.history)

    @cached_property
    def seats(self) -> Steps:
        """Paid seats of each account from a month on."""
        return seat_steps(self)

    @cached_property
    def enquiries(self) -> Enquiries:
        """What the accounts ask support."""
        return enquiries(self)

    @cached_property
    def lost_deals(self) -> LostDeals:
        """The deals that are lost, within the records or later."""
        return lost_deals(self.history)

    @cached_property
    def teams(self) -> list[Team]:
        """The CSMs of each office."""
        return teams(self.history)

    @cached_property
    def care(self) -> Care:
        """Which CSM looks after which account."""
        return care(self.history, self.teams)
