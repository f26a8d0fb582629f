"""One lesson over a grid of scenarios: a page a run, and an index that compares what they found.

``read`` checks a grid's file whole, ``begin`` says which runs are still to come, ``finish`` carries them out and writes
the index. ``datasets/GRIDS.md`` describes the file.
"""

from __future__ import annotations

from cslab.course.grid.grid import Grid, Run, read
from cslab.course.grid.names import title_of
from cslab.course.grid.runs import Work, begin, finish

__all__ = ["Grid", "Run", "Work", "begin", "finish", "read", "title_of"]
