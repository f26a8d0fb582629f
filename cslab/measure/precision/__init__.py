"""What can be concluded with so many customers: for each main conclusion an interval's width or the smallest effect."""

from __future__ import annotations

from cslab.measure.precision.curves import powers
from cslab.measure.precision.declared import CONCLUSIONS, conclusions, table, with_lacking
from cslab.measure.precision.result import Precision

__all__ = ["CONCLUSIONS", "Precision", "conclusions", "powers", "table", "with_lacking"]
