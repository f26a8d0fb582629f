"""A world like mine: the scenario whose simulated books look like a given one in what can be counted.

The method is indirect inference: the same statistics are read off the book and off simulated books, and parameters are
moved until the two agree. So whatever a way of counting does to a book (customers lost before its records, renewals
not yet decided, terms cut off at its end) it does to the simulated ones too. What no statistic tells, such as what
touch does, stays as the preset has it, and is said.

Source: Gouriéroux, Monfort and Renault (1993), Journal of Applied Econometrics 8:S85, grade A.
"""

from __future__ import annotations

from cslab.measure.fit.features import features
from cslab.measure.fit.fitting import Fitted, fit_scenario
from cslab.measure.fit.reading import Reading, reading_of

__all__ = ["Fitted", "Reading", "features", "fit_scenario", "reading_of"]
