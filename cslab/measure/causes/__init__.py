"""Why customers leave: what share for each cause, and what no policy can prevent."""

from cslab.measure.causes.exits import exits
from cslab.measure.causes.incidence import (
    cumulative_incidence,
    incidence_beside,
    one_minus_kaplan_meier,
    truth_incidence,
)
from cslab.measure.causes.preventable import anyway, preventable, truth_unpreventable, unpreventable
from cslab.measure.causes.reasons import asked_again, said_by_notice, stated_reasons, truth_of_reasons
from cslab.measure.causes.spells import causes_of, notes, only, spells
from cslab.measure.causes.twice import confirmed

__all__ = [
    "anyway",
    "asked_again",
    "causes_of",
    "confirmed",
    "cumulative_incidence",
    "exits",
    "incidence_beside",
    "notes",
    "one_minus_kaplan_meier",
    "only",
    "preventable",
    "said_by_notice",
    "spells",
    "stated_reasons",
    "truth_incidence",
    "truth_of_reasons",
    "truth_unpreventable",
    "unpreventable",
]
