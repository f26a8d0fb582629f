"""The words of tiers, touches, CSMs, their time and alerts."""

from __future__ import annotations

from cslab.world.team import SPECIALTIES
from cslab.world.touch import DECIDERS, TIERS

TOUCHES = (
    "qbr",
    "f2f",
    "call",
    "email",
    "webinar",
    "training",
    "newsletter",
    "community",
    "advisory",
    "survey",
)
DIRECTIONS = ("outbound", "inbound")
WORK = ("onboarding", "regular", "qbr", "one_to_many", "admin")

RULES = (
    "usage_drop",
    "onboarding_late",
    "slow_start",
    "champion_left",
    "unhappy",
    "ticket_burst",
    "renewal_at_risk",
    "silent",
    "room_to_grow",
)
PLAYS = (
    "usage_review",
    "rescue_plan",
    "guided_session",
    "new_contacts",
    "close_the_loop",
    "joint_plan",
    "renewal_plan",
    "check_in",
    "expansion_offer",
)
"""What is done about each rule, in the order of the rules."""

ALERT_SEVERITIES = ("low", "medium", "high")
ALERT_OUTCOMES = ("open", "recovered", "unchanged", "expanded", "lost")

WORDS: dict[str, tuple[str, ...]] = {
    "touch_tier": TIERS,
    "assigned_by": DECIDERS,
    "touches.type": TOUCHES,
    "direction": DIRECTIONS,
    "specialty": SPECIALTIES,
    "csm_time.category": WORK,
    "rule_id": RULES,
    "alerts.severity": ALERT_SEVERITIES,
    "play_id": PLAYS,
    "alerts.outcome": ALERT_OUTCOMES,
}
"""By column, or by ``table.column`` where tables differ."""
