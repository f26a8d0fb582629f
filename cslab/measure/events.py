"""From the product's log to its months: how a log is counted belongs to the contract, and is asked for here."""

from cslab.tables.counting import COUNTED, USED, monthly_usage

__all__ = ["COUNTED", "USED", "monthly_usage"]
