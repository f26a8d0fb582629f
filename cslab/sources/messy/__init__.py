"""Exports spoilt as real ones are: which cell is spoilt is addressed luck, and every one is written down.

Level 1 is read all the same and counted in notes. Level 2 needs a ``mapping.toml``, or leaves findings to think about.
Level 3 must be refused, with everything listed, and repaired at its source. Each level holds the ones below it.
"""

from __future__ import annotations

from cslab.sources.messy.kinds import KINDS, Kind, kinds_of
from cslab.sources.messy.spoil import Spoilt, spoil

__all__ = ["KINDS", "Kind", "Spoilt", "kinds_of", "spoil"]
