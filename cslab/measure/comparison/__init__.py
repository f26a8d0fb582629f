"""Those who left beside those who stayed, feature by feature, and which differences last under a fair look."""

from __future__ import annotations

from cslab.measure.comparison.groups import FINDINGS, compare_groups

__all__ = ["FINDINGS", "compare_groups"]
