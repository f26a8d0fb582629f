"""What a file of playbooks may hold: the form of a playbook, and of each kind of condition."""

from __future__ import annotations

from cslab.measure.alerts.playbooks import TARGETS
from cslab.sources.form import Form
from cslab.tables import TABLES

SEVERITIES = ("low", "medium", "high")

_TABLE = Form("text", choices=tuple(TABLES))
_TEXT, _OPTIONAL = Form("text"), Form("text", wanted=False)
_TEXTS = Form("list", each=Form("text"), wanted=False)
_FLAG = Form("flag", wanted=False)
_POSITIVE, _COUNT = Form("number", low=0), Form("whole", low=1)
_WAY = Form(
    "section", keys={"table": _TABLE, "column": _TEXT, "where": Form("sections", each=Form("any"), wanted=False)}
)
CONDITIONS = {
    "written": _WAY,
    "late": Form(
        "section", keys={"table": _TABLE, "since": _TEXT, "planned": _TEXT, "done": _TEXT, "times": _POSITIVE}
    ),
    "fall": Form(
        "section",
        keys={
            "table": _TABLE,
            "column": _TEXT,
            "by": _POSITIVE,
            "months": Form("whole", wanted=False, low=1),
            "baseline": Form("whole", wanted=False, low=1),
            "seasonal": _FLAG,
        },
    ),
    "level": Form(
        "section",
        keys={
            "table": _TABLE,
            "column": _TEXT,
            "value": _TEXT,
            "per": _OPTIONAL,
            "first_days": Form("whole", wanted=False, low=1),
        },
    ),
    "burst": Form(
        "section", keys={"table": _TABLE, "column": _TEXT, "sd": _POSITIVE, "least": _COUNT, "history": _COUNT}
    ),
    "silence": Form("section", keys={"days": _COUNT, "signs": Form("list", each=_WAY)}),
    "near": Form(
        "section",
        keys={
            "days_before": Form("list", each=_COUNT),
            "value": _TEXT,
            "table": Form("text", choices=tuple(TABLES), wanted=False),
            "column": _OPTIONAL,
            "signal": _OPTIONAL,
            "least_term": Form("whole", wanted=False, low=1),
        },
    ),
    "supplied": Form("section", keys={"signal": _TEXT, "value": _TEXT}),
}
"""By the kind of a condition."""

_ONLY = Form(
    "section",
    wanted=False,
    keys={
        "tiers": _TEXTS,
        "people": _OPTIONAL,
        "new_department_days": Form("whole", wanted=False, low=1),
        "calm_days": Form("whole", wanted=False, low=1),
    },
)
_PLAYBOOK = Form(
    "section",
    keys={
        "when": Form("list", each=Form("any")),
        "otherwise": Form("list", each=Form("any"), wanted=False),
        "only": _ONLY,
        "target": Form("text", wanted=False, choices=TARGETS),
        "severity": Form("text", choices=SEVERITIES),
        "owner": _TEXT,
        "sla_days": _COUNT,
        "hours": _POSITIVE,
        "rest_days": Form("whole", wanted=False, low=1),
        "holdout": _POSITIVE,
        "lead_months": Form("list", each=_POSITIVE, wanted=False),
        "evidence": _TEXTS,
        **{f"{name}{lang}": _OPTIONAL for name in ("", "play_", "success_") for lang in ("en", "ja")},
    },
)
FORM = Form("section", keys={"name": _TEXT, "playbooks": Form("sections", each=_PLAYBOOK)})
"""Of the whole file."""
