"""The log behind ``usage_monthly``: single events, made so that counting them gives the table's numbers back exactly.

Made an office and a month at a time, from that month's rows of the table and draws addressed by account, month and
ordinal: no event depends on what comes later, or on how the work is shared out. Which columns come back, and by which
definitions, says ``cslab.measure.events``.

The month of a signature is logged from its first day: the trial comes before the contract.
"""

from cslab.world.events.kinds import FEATURES, WORDS
from cslab.world.events.month import OfficeMonth, office_months

__all__ = ["FEATURES", "WORDS", "OfficeMonth", "office_months"]
