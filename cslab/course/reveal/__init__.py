"""An assigned homework when it comes back: collected, checked, and held against the truth of each one's company.

``begin`` collects and checks, ``finish`` looks up what was true, ``Results`` writes a sheet and the pages. What is
special to one homework stands in its judge (``judge``): missions for the first one, models for the second.
"""

from __future__ import annotations

from cslab.course.reveal.judges import judge_of
from cslab.course.reveal.page import heads, listed
from cslab.course.reveal.results import Results
from cslab.course.reveal.standing import Standing, Task, begin, finish

__all__ = ["Results", "Standing", "Task", "begin", "finish", "heads", "judge_of", "listed"]
