"""An assigned homework when it comes back: collected, checked, and held against the truth of each one's company.

``begin`` collects and checks, ``finish`` looks up what was true, ``Results`` writes a sheet and the pages.
"""

from __future__ import annotations

from cslab.course.reveal.page import listed
from cslab.course.reveal.results import Results
from cslab.course.reveal.standing import Standing, Task, begin, finish

__all__ = ["Results", "Standing", "Task", "begin", "finish", "listed"]
