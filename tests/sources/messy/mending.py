"""What mends a spoilt export: the mapping by which level 2 is read."""

from __future__ import annotations

CURED = ("spelling", "placeholder", "far_end", "day_first")
"""Of level 2: what is refused until a mapping explains it."""
MAPPING = """
[accounts]
segment = "Segment"

[contracts]
billing = { values = { "per month" = "monthly", "月払い" = "monthly", "yearly" = "annual", "年払い" = "annual" } }
notice_days = { missing = ["未定", "N/A", "確認中"] }
end = { missing = ["9999-12-31"]%s }

[contacts]
active_from = { date_format = "DD/MM/YYYY" }
"""
