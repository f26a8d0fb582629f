"""Customers who move between states: how likely each state is at each time, how long they stay in each.

The estimator is Aalen and Johansen's, for any states, with late entry, returns to a state, and ties kept as they are;
one implementation serves phases of the lifecycle, competing reasons to leave and the sales pipeline alike.
"""

from cslab.measure.multistate.counts import Counts, counts_of
from cslab.measure.multistate.transitions import Transitions, transition_probabilities

__all__ = ["Counts", "Transitions", "counts_of", "transition_probabilities"]
