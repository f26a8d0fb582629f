"""Customers who move between states: how likely each state is at each time, how long they stay in each.

The estimator is Aalen and Johansen's, for any states, with late entry, returns to a state, and ties kept as they are;
one implementation serves phases of the lifecycle, competing reasons to leave and the sales pipeline alike. A chain of
months says what a customer in each state is worth, and how that follows each move.
"""

from cslab.measure.multistate.chain import Chain
from cslab.measure.multistate.counts import Counts, counts_of
from cslab.measure.multistate.incidence import cumulative_incidence
from cslab.measure.multistate.moves import chain_of
from cslab.measure.multistate.stays import Stays, expected_time
from cslab.measure.multistate.transitions import Transitions, transition_probabilities

__all__ = [
    "Chain",
    "Counts",
    "Stays",
    "Transitions",
    "chain_of",
    "counts_of",
    "cumulative_incidence",
    "expected_time",
    "transition_probabilities",
]
