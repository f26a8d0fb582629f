"""Tables of the CS team's work: tiers, touches, CSMs, their time, alerts."""
# ruff: noqa: E501 (one column, one line: the file is read as a table)
# fmt: off

from __future__ import annotations

from cslab.tables.column import Column as C
from cslab.tables.column import Table

_ACCOUNT = C("account_id", "id", "Account number", "顧客番号", need="required", personal="key")

TABLES = (
    Table(
        "tier_history",
        "one account in one touch tier for a while",
        "1顧客が1つのタッチ層に属した期間1つ",
        ("account_id", "valid_from"),
        (
            _ACCOUNT,
            C("touch_tier", "category", "Touch tier", "タッチ層", values=("high", "mid", "tech")),
            C("valid_from", "date", "First day", "開始日", need="required"),
            C("valid_to", "date", "Last day; missing: still so", "終了日(空欄は継続中)", known_from=("valid_to+1d",)),
            C("assigned_by", "category", "What decided it", "タッチ層の決め方", values=("rule", "csm", "rct")),
            C("csm_id", "id", "CSM; missing: nobody by name", "担当CSM(空欄は個別の担当なし)", personal="key"),
        ),
        parents=(("account_id", "accounts"),),
        known_from=("valid_from",),
        after=(("valid_to", "valid_from"),),
    ),
    Table(
        "touches",
        "one contact with one account",
        "1顧客との接点1件",
        ("touch_id",),
        (
            C("touch_id", "id", "Number of the contact", "接点番号", need="required", personal="key"),
            _ACCOUNT,
            C("touched_on", "date", "Day", "接点のあった日", need="required"),
            C("type", "category", "Kind of contact", "接点の種類", values=("qbr", "f2f", "call", "email", "webinar", "training", "newsletter", "community", "advisory", "survey")),
            C("direction", "category", "Who began it", "どちらからの連絡か", values=("outbound", "inbound")),
            C("reactive", "flag", "In answer to a problem", "問題への対応か(受け身か)"),
            C("csm_id", "id", "CSM; missing: nobody by name", "担当CSM(空欄は個別の担当なし)", personal="key"),
            C("minutes", "number", "The team's minutes, with preparation; shared ones by head", "対応時間(準備を含む。一対多の接点は1社あたりに按分)", unit="minutes", low=0),
            C("cost_amount", "money", "What these minutes cost", "対応コスト(対応時間の費用)", unit="currency", low=0),
            C("program_id", "category", "Programme it belongs to", "属する施策"),
            C("content_id", "category", "Content it used", "使ったコンテンツ"),
        ),
        parents=(("account_id", "accounts"),),
        known_from=("touched_on",),
    ),
    Table(
        "csm",
        "one CSM",
        "CSM1名",
        ("csm_id",),
        (
            C("csm_id", "id", "Number of the CSM", "CSM番号", need="required", personal="key"),
            C("specialty", "category", "Main task", "主な担当領域"),
            C("joined_on", "date", "First day", "着任日"),
            C("left_on", "date", "Last day; missing: still there", "離任日(空欄は在籍中)", known_from=("left_on+1d",)),
            C("cost_amount", "money", "Full cost a month", "月あたりの人件費(諸経費込み)", unit="currency a month", low=0),
            C("capacity_h", "number", "Hours for customers in a full month", "顧客対応に使える月間時間", unit="hours a month", low=0),
        ),
        known_from=("joined_on",),
        after=(("left_on", "joined_on"),),
    ),
    Table(
        "csm_time",
        "one CSM's hours of one kind in one week",
        "CSM1名の、1週間・1業務の時間",
        ("csm_id", "week", "category", "reactive"),
        (
            C("csm_id", "id", "Number of the CSM", "CSM番号", need="required", personal="key"),
            C("week", "date", "Monday of the week", "週の月曜日", need="required"),
            C("category", "category", "Kind of work", "業務の種類"),
            C("reactive", "flag", "In answer to problems", "問題への対応か(受け身か)"),
            C("hours", "number", "Hours", "時間", unit="hours", low=0),
        ),
        parents=(("csm_id", "csm"),),
        known_from=("week+6d",),
    ),
    Table(
        "alerts",
        "one early warning",
        "早期警戒アラート1件",
        ("alert_id",),
        (
            C("alert_id", "id", "Number of the alert", "アラート番号", need="required", personal="key"),
            _ACCOUNT,
            C("rule_id", "category", "Rule that fired", "アラートを出したルール"),
            C("fired_on", "date", "Day it fired", "アラートが出た日", need="required"),
            C("severity", "category", "Severity", "深刻度", values=("low", "medium", "high")),
            C("held_out", "flag", "Left alone on purpose, for comparison", "比較のため意図的に対応しなかったか"),
            C("acted_on", "date", "Day somebody acted; missing: nobody", "対応日(空欄は未対応)", known_from=("acted_on",)),
            C("play_id", "category", "What was done; missing: nothing", "実施した打ち手(プレイ。空欄は未対応)", known_from=("acted_on",)),
            C("closed_on", "date", "Day it was closed", "クローズ日", known_from=("closed_on",)),
            C("outcome", "category", "What became of it", "結果", known_from=("closed_on",), blank="open", values=("open", "recovered", "unchanged", "expanded", "lost")),
        ),
        parents=(("account_id", "accounts"),),
        known_from=("fired_on",),
        after=(("acted_on", "fired_on"), ("closed_on", "fired_on")),
    ),
)
