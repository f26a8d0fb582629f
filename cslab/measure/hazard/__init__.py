"""What makes customers leave: chances month by month, with the contract clock as their baseline.

Account-months are built from the book (``person_months``), renewals as they looked before they were decided
(``renewal_rows``); ``fit`` holds covariates against them. Its chances are those of rows that are there: what is not
known yet is never carried forward.
"""

from cslab.measure.hazard.blurred import Unveiled, blurred, unveiled
from cslab.measure.hazard.cox import CoxFit, cox
from cslab.measure.hazard.design import Coding, Design, design
from cslab.measure.hazard.discrete import fit
from cslab.measure.hazard.fitted import Fitted
from cslab.measure.hazard.months import PersonMonths, person_months
from cslab.measure.hazard.parametric import ParametricFit, parametric, smoothed
from cslab.measure.hazard.proportional import advice, proportional
from cslab.measure.hazard.renewal import renewal_rows
from cslab.measure.hazard.varying import time_varying

__all__ = [
    "Coding",
    "CoxFit",
    "Design",
    "Fitted",
    "ParametricFit",
    "PersonMonths",
    "Unveiled",
    "advice",
    "blurred",
    "cox",
    "design",
    "fit",
    "parametric",
    "person_months",
    "proportional",
    "renewal_rows",
    "smoothed",
    "time_varying",
    "unveiled",
]
