"""Which means for which occasion: what the playbooks notice, and what each tier then gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.measure.alerts.shipped import playbooks as shipped_playbooks
from cslab.measure.touch.tiers import COMMUNITY
from cslab.words import label

if TYPE_CHECKING:
    import pandas as pd

    from cslab.measure.alerts.playbooks import Playbooks
    from cslab.measure.touch.matrix import Matrix


def occasions(matrix: Matrix, playbooks: Playbooks | None = None, lang: str = "en") -> pd.DataFrame:
    """The occasions of a matrix to be read: what notices each, who acts by when, with which means.

    Parameters
    ----------
    matrix : Matrix
    playbooks : Playbooks, optional
        The shipped ones where not given.
    lang : str

    Returns
    -------
    DataFrame
        ``occasion`` (what the playbook looks for), ``owner``, ``sla_days`` (working days), ``lead_months`` (before the
        decision, the latest; missing: none in particular), then a column a tier with its means. Occasions that no
        playbook notices are left out: ``lint`` names them.

    Source: triggers of the playbooks; means are the company's (grade S).

    >>> from cslab.measure.touch.lint import matrix_of
    >>> occasions(matrix_of())["occasion"].iloc[0]
    'onboarding milestone late'
    """
    import pandas as pd

    known = (playbooks or shipped_playbooks()).playbooks
    rows = [
        {
            "occasion": known[one.playbook].label(lang),
            "owner": label(known[one.playbook].owner, lang),
            "sla_days": known[one.playbook].sla_days,
            "lead_months": max(known[one.playbook].lead_months, default=None),
            **{t: one.means[t].text(lang) if t in one.means else "" for t in matrix.tiers if t != COMMUNITY},
        }
        for one in matrix.occasions
        if one.playbook in known
    ]
    return pd.DataFrame(rows).astype({"lead_months": float}) if rows else pd.DataFrame(columns=["occasion"])
