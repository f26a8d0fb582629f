"""What a company's records show of its customers: histories become tables with real days.

Nothing hidden is written down: fit, latent value and true causes show only through the numbers that follow from them.
Months before the records begin, and customers lost by then, are not in the tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.world.observe.accounts import account_columns, exported
from cslab.world.observe.churn import churn_columns
from cslab.world.observe.contacts import contact_columns
from cslab.world.observe.contracts import contract_columns
from cslab.world.observe.handoffs import handoff_columns
from cslab.world.observe.incidents import incident_columns
from cslab.world.observe.maturity import maturity_columns
from cslab.world.observe.movements import movement_columns
from cslab.world.observe.onboarding import onboarding_columns
from cslab.world.observe.usage import usage_columns
from cslab.world.observe.vocabulary import Columns

if TYPE_CHECKING:
    from cslab.world.history import History

__all__ = ["account_columns", "exported", "observe"]


def observe(history: History) -> dict[str, Columns]:
    """The tables of a chunk, column by column; incidents and maturity where those add-ons are on.

    Parameters
    ----------
    history : History

    Returns
    -------
    dict of str to dict of str to ndarray
        Accounts by number, categories by their place in the vocabulary; ``firm`` turns them into words.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> tiny = preset("tiny")
    >>> tables = observe(simulate(tiny, policy("rule"), 1, range(1), accounts=60, months=48))
    >>> sorted(tables)  # doctest: +ELLIPSIS
    ['accounts', 'churn_events', 'contacts', 'contracts', ..., 'usage_monthly']
    """
    seen = exported(history)
    accounts = {name: values[seen] for name, values in account_columns(history).items()}
    movements, seats = movement_columns(history, seen, accounts["seats0"])
    tables = {
        "accounts": accounts,
        "contracts": contract_columns(history, seen),
        "mrr_movements": movements,
        "usage_monthly": usage_columns(history, seen, seats),
        "churn_events": churn_columns(history, seen),
        "onboarding": onboarding_columns(history, seen),
        "handoffs": handoff_columns(history, seen),
        "contacts": contact_columns(history, seen),
    }
    if history.scenario.on("incidents"):
        tables["incidents"] = incident_columns(history, seen)
    if history.scenario.on("maturity"):
        tables["maturity"] = maturity_columns(history, seen)
    return tables
