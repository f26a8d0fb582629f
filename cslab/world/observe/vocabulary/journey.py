"""The words of renewals, the journey, content and the user community."""

from __future__ import annotations

from cslab.world.observe.vocabulary.content import PIECES

FORECASTS = ("at_risk", "likely", "commit")

PHASES = ("purchase", "onboarding", "adoption", "renewal", "expansion", "churn")
STEPS = (
    "contract_signed",
    "goal_agreed",
    "kickoff",
    "data_connected",
    "team_trained",
    "first_value",
    "habit_formed",
    "second_team_joined",
    "result_shared",
    "renewal_discussed",
    "renewal_decided",
    "scope_widened",
    "notice_given",
)
STEP_PHASES = (0, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5)
"""The phase of each step, by its place."""

STEP_OWNERS = ("sales", "onboarding", "cs", "customer")
OWNER_OF_STEP = (0, 2, 1, 3, 1, 1, 2, 2, 2, 2, 2, 2, 2)
STEP_CHANNELS = ("meeting", "call", "email", "product")
CHANNEL_OF_STEP = (0, 1, 0, 3, 0, 3, 3, 2, 0, 1, 2, 1, 2)
EVENTS = ("reached", "skipped", "repeated")

CONTENT_PHASES = ("onboarding", "adoption", "renewal")
CONTENT_CHANNELS = ("email", "in_app", "webinar", "meeting")
THEMES = ("getting_started", "sales_use", "operations", "data_use", "organisation")
FORMATS = ("slack", "meetup", "workshop")
MEMBER_ROLES = ("lurker", "active", "star")

_ORIGINS = tuple(dict.fromkeys(piece.dept for piece in PIECES))

WORDS: dict[str, tuple[str, ...]] = {
    "csm_forecast": FORECASTS,
    "journey_events.phase": PHASES,
    "step_id": STEPS,
    "event": EVENTS,
    "journey_events.owner_dept": STEP_OWNERS,
    "journey_events.channel": STEP_CHANNELS,
    "content_id": tuple(piece.content_id for piece in PIECES),
    "parent_content_id": tuple(piece.content_id for piece in PIECES),
    "title_ja": tuple(piece.title_ja for piece in PIECES),
    "title_en": tuple(piece.title_en for piece in PIECES),
    "content.phase": CONTENT_PHASES,
    "origin_dept": _ORIGINS,
    "content_exposure.channel": CONTENT_CHANNELS,
    "theme": THEMES,
    "format": FORMATS,
    "community_members.role": MEMBER_ROLES,
}
"""By column, or by ``table.column`` where tables differ."""
