"""The words of tickets, surveys, interviews and lost deals."""

from __future__ import annotations

from cslab.world.observe.vocabulary.notes import FRAMES, NOTES_EN, NOTES_JA, THEMES

CATEGORIES = ("how_to", "setup", "account", "data", "integration", "bug", "billing", "request")
EARLY_SHARES = (0.28, 0.30, 0.12, 0.12, 0.08, 0.05, 0.03, 0.02)
LATE_SHARES = (0.26, 0.06, 0.12, 0.14, 0.11, 0.14, 0.08, 0.09)
CAUSES = (
    "unclear_screen",
    "no_guide",
    "not_trained",
    "settings",
    "data_quality",
    "other_system",
    "defect",
    "contract_terms",
    "missing_feature",
)
CAUSE_SHARES = (
    (0.45, 0.25, 0.25, 0.00, 0.00, 0.00, 0.00, 0.00, 0.05),  # how_to
    (0.15, 0.30, 0.15, 0.35, 0.00, 0.05, 0.00, 0.00, 0.00),  # setup
    (0.25, 0.20, 0.15, 0.35, 0.00, 0.00, 0.05, 0.00, 0.00),  # account
    (0.15, 0.15, 0.05, 0.05, 0.45, 0.05, 0.10, 0.00, 0.00),  # data
    (0.00, 0.15, 0.00, 0.30, 0.05, 0.40, 0.10, 0.00, 0.00),  # integration
    (0.05, 0.00, 0.00, 0.10, 0.10, 0.10, 0.65, 0.00, 0.00),  # bug
    (0.10, 0.15, 0.00, 0.05, 0.00, 0.00, 0.00, 0.70, 0.00),  # billing
    (0.10, 0.00, 0.05, 0.00, 0.00, 0.00, 0.00, 0.00, 0.85),  # request
)
DEFLECTABLE_SHARES = (0.75, 0.60, 0.65, 0.20, 0.10, 0.02, 0.30, 0.00)
"""Share of the tickets of each category that an article could have answered."""

CHANNELS = ("email", "form", "chat", "phone")
CHANNEL_SHARES = (0.55, 0.25, 0.12, 0.08)

SURVEYS = ("nps", "csat", "ces", "day30")
TRIGGERS = ("half_year", "ticket", "year", "day_30")
"""Why each kind of survey is sent, in the order of ``SURVEYS``."""
COMMENTS = ("price", "features", "ease_of_use", "onboarding", "support", "results", "stability")

LOST_REASONS = ("price", "missing_features", "competitor", "timing")

WORDS: dict[str, tuple[str, ...]] = {
    "tickets.category": CATEGORIES,
    "tickets.root_cause": CAUSES,
    "tickets.channel": CHANNELS,
    "surveys.type": SURVEYS,
    "surveys.trigger": TRIGGERS,
    "surveys.comment_theme": COMMENTS,
    "lost_deals.reason": LOST_REASONS,
    "interviews.frame": FRAMES,
    "interviews.themes": THEMES,
    "interviews.notes_ja": NOTES_JA,
    "interviews.notes_en": NOTES_EN,
}
"""By ``table.column``."""
