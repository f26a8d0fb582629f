"""What of a chain's test is evidence: the nodes that are due, where only the programme can have made the difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.measure.impact.belief import Seen
from cslab.measure.impact.contrast import covariance
from cslab.measure.impact.verdict import BEFORE_AFTER, NOT_YET_DUE, OFF, LinkTest

if TYPE_CHECKING:
    from cslab.measure.impact.contrast import Contrast
    from cslab.measure.impact.links import Tested


def seen(tested: Tested) -> Seen | None:
    """What the records show of the nodes that are due, where nothing but the programme can have made the difference.

    Parameters
    ----------
    tested : Tested

    Returns
    -------
    Seen or None
        Changes for one participant, by whatever road, and how luck ties them together; None where nothing is due.

    >>> import cslab
    >>> from cslab.measure import impact
    >>> book = cslab.load("synthetic:tiny?programs=faq&policy=program_rct&accounts=600")
    >>> seen(impact.test_links(book, impact.shipped("faq"))).nodes[0]
    'tickets'
    """
    by_lot = tested.exposure.by_lot
    found = {
        one.target: one.whole
        for one in tested.links
        if one.whole and _tells(one, one.whole) and (by_lot or one.identified == BEFORE_AFTER)
    }
    if not found:
        return None
    wholes = list(found.values())
    estimates = np.array([one.intention.estimate / one.rise for one in wholes])
    ties = np.array([[covariance(a, b) / (a.rise * b.rise) for b in wholes] for a in wholes])
    return Seen(tuple(found), estimates, ties)


def _tells(one: LinkTest, whole: Contrast) -> bool:
    """Whether a link's target is due, something is declared for it, and the comparison is a fair one."""
    due = one.verdict != NOT_YET_DUE and whole.std_error > 0 and whole.rise != 0
    declared = one.declared == one.declared and one.declared != 0
    return due and declared and not (one.lead_p < OFF or one.control_p < OFF)
