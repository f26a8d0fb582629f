"""The starter set of content: what a CS team of the simulated company has made, and when."""
# ruff: noqa: E501 (one piece, one line: the file is read as a table)
# fmt: off

from __future__ import annotations

from typing import NamedTuple


class Piece(NamedTuple):
    """One piece of content; hours and reach are the team's own figures."""

    content_id: str
    title_ja: str
    title_en: str
    phase: str
    maturity: tuple[int, int]
    abstraction: int
    guess: int
    create_h: float
    run_h: float
    reach: int
    dept: str
    month: int
    parent: str = ""


PIECES = (
    Piece("faq_article", "よくある質問", "Frequently asked questions", "onboarding", (1, 2), 1, 2, 6, 1, 2000, "support", -24),
    Piece("in_app_guide", "アプリ内ガイド", "In-app guide", "onboarding", (1, 2), 1, 3, 40, 2, 2000, "product", -18),
    Piece("onboarding_webinar", "はじめての方向けウェビナー", "Webinar for beginners", "onboarding", (1, 2), 1, 4, 16, 12, 40, "cs", -20),
    Piece("recorded_course", "オンデマンド講座", "Recorded course", "onboarding", (1, 3), 1, 3, 30, 1, 2000, "cs", 4, "onboarding_webinar"),
    Piece("template_pack", "設定テンプレート集", "Pack of templates", "adoption", (1, 3), 2, 3, 24, 1, 2000, "cs", -14),
    Piece("office_hours", "個別相談会", "Office hours", "adoption", (1, 3), 2, 3, 4, 8, 30, "cs", 8),
    Piece("user_story", "活用事例", "User story", "adoption", (2, 4), 3, 4, 20, 1, 1500, "marketing", -10),
    Piece("newsletter", "メールマガジン", "Newsletter", "adoption", (1, 5), 2, 4, 8, 16, 3000, "marketing", -30),
    Piece("use_case_workshop", "活用ワークショップ", "Use-case workshop", "adoption", (3, 4), 3, 5, 30, 12, 12, "cs", 12, "user_story"),
    Piece("user_group_session", "分科会", "User-group session", "adoption", (3, 5), 3, 3, 10, 10, 6, "cs", 6),
    Piece("benchmark_report", "ベンチマークレポート", "Benchmark report", "renewal", (3, 5), 4, 4, 40, 4, 400, "product", 16),
    Piece("quarterly_review", "四半期レビュー資料", "Quarterly review pack", "renewal", (3, 5), 4, 5, 16, 4, 1, "cs", -12),
    Piece("on_site_training", "訪問研修", "On-site training", "adoption", (2, 4), 2, 5, 20, 6, 10, "cs", -8),
    Piece("strategy_workshop", "戦略ワークショップ", "Strategy workshop", "renewal", (4, 5), 5, 4, 40, 16, 5, "cs", 22, "quarterly_review"),
    Piece("advisory_board", "アドバイザリーボード", "Advisory board", "renewal", (4, 5), 5, 3, 40, 40, 10, "product", 28),
)
"""Months are those of publication, from the start of the records."""
