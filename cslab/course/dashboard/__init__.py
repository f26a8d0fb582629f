"""The executive dashboard as one page, and a company's tables, pictures and numbers as files for other programs."""

from __future__ import annotations

from cslab.course.dashboard.export import Exported, export
from cslab.course.dashboard.page import dashboard_page

__all__ = ["Exported", "dashboard_page", "export"]
