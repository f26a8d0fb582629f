"""An answer as plain JSON types and back.

An answer comes out of a learner's notebook, which nobody trusts. On the way out no method is called on an object whose
exact type is not known; on the way in everything is checked, and what is odd becomes :class:`Strange`, never an error.
"""

from __future__ import annotations

from typing import Any

from cslab.course.questions.answers.forms import LARGEST, Column, Frame, Strange
from cslab.course.questions.answers.inward import load, read
from cslab.course.questions.answers.outward import dump, write

__all__ = ["LARGEST", "Column", "Frame", "Strange", "dump", "load", "plain", "read", "write"]


def plain(answer: Any) -> Any:
    """An answer in plain Python types, as it would come back from a file.

    >>> import numpy as np
    >>> plain((np.float64(0.5), True))
    [0.5, True]
    """
    return load(dump(answer))
