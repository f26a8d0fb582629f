"""What a mapping may have a section for: the tables of the contract, and files from which such tables are derived."""
# ruff: noqa: E501 (one column, one line: the file is read as a table)
# fmt: off

from __future__ import annotations

from cslab.tables import TABLES, Column, Table

INVOICES = Table(
    "invoices",
    "one line of an invoice, or one invoice",
    "請求書の明細1行、または請求書1通",
    (),
    (
        Column("account_id", "id", "Account number", "顧客番号", need="required"),
        Column("amount", "money", "Amount without tax; below zero: a credit or refund", "税抜の請求額(マイナスは値引き・返金)", need="required", unit="currency"),
        Column("invoiced_on", "date", "Day of the invoice", "請求日"),
        Column("period_start", "date", "First day of the period it is for", "請求対象期間の初日"),
        Column("period_end", "date", "First day after that period", "請求対象期間の翌日"),
        Column("months", "count", "Months it is for, counted from period_start or invoiced_on", "請求対象の月数(period_start、なければ invoiced_on から数える)", unit="months", low=1),
        Column("term_months", "count", "Length of the contract behind it, where that is longer", "契約期間(請求対象の期間より長い場合)", unit="months", low=1),
        Column("product", "category", "Product or subscription", "製品、または契約"),
        Column("kind", "category", "Fee that comes again, or once", "継続の料金か、一度きりか", values=("recurring", "one_off")),
        Column("status", "category", "What became of the invoice", "請求書の状態", values=("paid", "open", "draft", "void", "uncollectible", "refunded")),
        Column("currency", "category", "Currency", "通貨"),
    ),
    parents=(("account_id", "accounts"),),
    after=(("period_end", "period_start"),),
)
"""Invoices: no table of a book, but contracts and what became of them can be read off them."""

SECTIONS: dict[str, Table] = {**TABLES, INVOICES.name: INVOICES}
"""Every section by name."""
