"""Tables of the product in use: monthly usage and incidents."""
# ruff: noqa: E501 (one column, one line: the file is read as a table)
# fmt: off

from __future__ import annotations

from cslab.tables.column import Column as C
from cslab.tables.column import Table

_ACCOUNT = C("account_id", "id", "Account number", "顧客番号", need="required", personal="key")

TABLES = (
    Table(
        "usage_monthly",
        "one account in one month",
        "1顧客の1か月",
        ("account_id", "month"),
        (
            _ACCOUNT,
            C("month", "month", "Month", "月", need="required"),
            C("seats", "count", "Paid seats", "有償ライセンス数", unit="seats", low=0),
            C("wau", "number", "People active in a week, mean over the month", "週間利用者数(月平均)", unit="people", low=0),
            C("wau_ratio", "rate", "Weekly active people over paid seats", "稼働率(週間利用者数÷有償ライセンス数)", low=0, high=1),
            C("logins", "count", "Logins", "ログイン回数", unit="logins", low=0),
            C("core_actions", "count", "Uses of the core function", "主要機能の利用回数", unit="actions", low=0),
            C("features_basic", "count", "Basic features used", "使った基本機能の数", unit="features", low=0),
            C("features_adv", "count", "Advanced features used", "使った高度な機能の数", unit="features", low=0),
            C("features_relevant", "count", "Used features that fit the account's use case", "使った機能のうち、用途に合うものの数", unit="features", low=0),
            C("integrations", "count", "Connected systems", "連携システム数", unit="systems", low=0),
            C("training_views", "count", "Training videos watched", "研修動画の視聴数", unit="views", low=0),
            C("community_logins", "count", "Logins to the user community", "コミュニティへのログイン回数", unit="logins", low=0),
        ),
        parents=(("account_id", "accounts"),),
        known_from=("month_end",),
    ),
    Table(
        "incidents",
        "one incident of the product and one customer at the time",
        "製品障害1件と、発生時の顧客1社の組",
        ("incident_id", "account_id"),
        (
            C("incident_id", "id", "Number of the incident", "障害番号", need="required"),
            _ACCOUNT,
            C("started", "date", "Day of the incident", "障害の発生日"),
            C("minutes", "count", "How long it lasted", "障害の継続時間", unit="minutes", low=0),
            C("severity", "category", "Severity", "深刻度", values=("minor", "major", "critical")),
            C("hit", "flag", "Whether the account was affected", "この顧客が影響を受けたか"),
        ),
        parents=(("account_id", "accounts"),),
        known_from=("started",),
    ),
)
