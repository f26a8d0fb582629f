"""What a company's records show of its customers: histories become tables with real days.

Nothing hidden is written down: fit, latent value and true causes show only through the numbers that follow from them.
Months before the records begin, and customers lost by then, are not in the tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.tables import TABLES
from cslab.world.observe.accounts import account_columns, exported, exported_columns
from cslab.world.observe.alerts import alert_columns
from cslab.world.observe.churn import churn_columns
from cslab.world.observe.contacts import contact_columns
from cslab.world.observe.content import content_columns, exposure_columns
from cslab.world.observe.contracts import contract_columns
from cslab.world.observe.csms import csm_columns, time_columns
from cslab.world.observe.deals import deal_columns
from cslab.world.observe.groups import group_columns, member_columns
from cslab.world.observe.handoffs import handoff_columns
from cslab.world.observe.incidents import incident_columns
from cslab.world.observe.interviews import interview_columns
from cslab.world.observe.journey import journey_columns
from cslab.world.observe.lost_deals import lost_deal_columns
from cslab.world.observe.maturity import maturity_columns
from cslab.world.observe.movements import movement_columns
from cslab.world.observe.onboarding import onboarding_columns
from cslab.world.observe.programs import enrolment_columns, program_columns
from cslab.world.observe.records import Maker, Records
from cslab.world.observe.renewals import renewal_columns
from cslab.world.observe.surveys import survey_columns
from cslab.world.observe.tickets import ticket_columns
from cslab.world.observe.tiers import tier_columns
from cslab.world.observe.touches import touch_columns
from cslab.world.observe.usage import usage_columns

if TYPE_CHECKING:
    from cslab.world.history import History
    from cslab.world.scenario import Scenario

__all__ = ["Records", "account_columns", "exported", "observe", "tables_of"]

MAKERS: dict[str, Maker] = {
    "accounts": exported_columns,
    "contracts": contract_columns,
    "mrr_movements": movement_columns,
    "renewals": renewal_columns,
    "deals": deal_columns,
    "usage_monthly": usage_columns,
    "churn_events": churn_columns,
    "onboarding": onboarding_columns,
    "handoffs": handoff_columns,
    "contacts": contact_columns,
    "tickets": ticket_columns,
    "surveys": survey_columns,
    "lost_deals": lost_deal_columns,
    "interviews": interview_columns,
    "incidents": incident_columns,
    "maturity": maturity_columns,
    "journey_events": journey_columns,
    "tier_history": tier_columns,
    "touches": touch_columns,
    "csm": csm_columns,
    "csm_time": time_columns,
    "alerts": alert_columns,
    "programs": program_columns,
    "program_enrolment": enrolment_columns,
    "content": content_columns,
    "content_exposure": exposure_columns,
    "community_groups": group_columns,
    "community_members": member_columns,
}
"""What makes each table, in the order of the tables."""

_BY_ADDON = {
    "incidents": "incidents",
    "maturity": "maturity",
    "community_groups": "community",
    "community_members": "community",
}
"""Tables that there are only where an add-on is on."""


def tables_of(scenario: Scenario) -> tuple[str, ...]:
    """The tables that the records of a company hold.

    >>> from cslab.world.scenario import preset
    >>> "incidents" in tables_of(preset("calibration"))
    False
    """
    kept = {table for table in MAKERS if table not in _BY_ADDON or scenario.on(_BY_ADDON[table])}
    kept -= set() if scenario.programs else {"programs", "program_enrolment"}
    return tuple(table for table in TABLES if table in kept)


def observe(history: History) -> Records:
    """The tables of a chunk, each made when it is asked for.

    Parameters
    ----------
    history : History

    Returns
    -------
    Records
        Columns by table: accounts by number, categories by their place in the vocabulary; ``frames`` makes words.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> tiny = preset("tiny")
    >>> tables = observe(simulate(tiny, policy("rule"), 1, range(1), accounts=60, months=48))
    >>> list(tables)[:3], len(tables["accounts"]["account_id"]) <= 60
    (['accounts', 'contracts', 'mrr_movements'], True)
    """
    return Records(history, {table: MAKERS[table] for table in tables_of(history.scenario)})
