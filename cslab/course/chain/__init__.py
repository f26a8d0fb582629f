"""An impact chain before people: what is to be mended on it, and a page with the verdict on each link."""

from cslab.course.chain.checks import Checked, looked_over
from cslab.course.chain.page import HEADS, chain_page, counted, rows

__all__ = ["HEADS", "Checked", "chain_page", "counted", "looked_over", "rows"]
