"""Tables of a customer's way: onboarding, hand-offs, journey, maturity, leaving."""
# ruff: noqa: E501 (one column, one line: the file is read as a table)
# fmt: off

from __future__ import annotations

from cslab.tables.column import Column as C
from cslab.tables.column import Table

_ACCOUNT = C("account_id", "id", "Account number", "顧客番号", need="required", personal="key")

TABLES = (
    Table(
        "onboarding",
        "one milestone of one account's onboarding",
        "1顧客のオンボーディングのマイルストーン1つ",
        ("account_id", "milestone"),
        (
            _ACCOUNT,
            C("milestone", "category", "Milestone", "マイルストーン", need="required"),
            C("kind", "category", "Kind of milestone", "マイルストーンの種類", values=("setup", "skill", "value")),
            C("owner_dept", "category", "Who has to bring it about", "担当部署"),
            C("started", "date", "Day onboarding began", "オンボーディングの開始日"),
            C("planned", "date", "Day planned", "予定日"),
            C("done", "date", "Day reached; missing: not yet, or never", "達成日(空欄は未達成)", known_from=("done",)),
            C("used_properly", "flag", "Uses the product properly", "正しく使えているか", known_from=("done",)),
            C("felt_benefit", "flag", "Feels the benefit", "効果を実感しているか", known_from=("done",)),
        ),
        parents=(("account_id", "accounts"),),
        known_from=("started",),
        after=(("done", "started"),),
    ),
    Table(
        "handoffs",
        "one hand-off of one account from a department to the next",
        "1顧客の部署間の引き継ぎ1件",
        ("account_id", "from_dept"),
        (
            _ACCOUNT,
            C("from_dept", "category", "Department that hands over", "引き継ぎ元の部署", need="required"),
            C("to_dept", "category", "Department that takes over", "引き継ぎ先の部署"),
            C("handed_on", "date", "Day of the first contact by the department that takes over", "引き継ぎ先が最初に連絡した日"),
            C("days_gap", "count", "Days without anybody in charge", "担当者が不在だった日数", unit="days", low=0),
            C("info_complete", "rate", "Share of the information handed over", "引き継がれた情報の割合", low=0, high=1),
            C("customer_repeat_info", "flag", "The customer had to say it again", "顧客に同じ説明を求めたか"),
            C("quality", "number", "Rating by those who take over (1-5)", "引き継ぎの質(引き継ぎ先による評価、1〜5)", low=1, high=5),
        ),
        parents=(("account_id", "accounts"),),
        known_from=("handed_on",),
    ),
    Table(
        "maturity",
        "one assessment of one account's maturity",
        "1顧客の成熟度の評価1件",
        ("account_id", "assessed_on", "assessor"),
        (
            _ACCOUNT,
            C("assessed_on", "date", "Day of the assessment", "評価日", need="required"),
            C("assessor", "category", "Who assessed: the first person or a second one", "評価者(1人目・2人目)"),
            C("strategy", "count", "Strategy (1-5)", "戦略(1〜5)", low=1, high=5),
            C("org_data", "count", "Organisation and data (1-5)", "組織・データ(1〜5)", low=1, high=5),
            C("people", "count", "People (1-5)", "人材(1〜5)", low=1, high=5),
            C("level", "count", "Level (1-5)", "成熟度レベル(1〜5)", low=1, high=5),
        ),
        parents=(("account_id", "accounts"),),
        known_from=("assessed_on",),
    ),
    Table(
        "churn_events",
        "one notice that an account leaves",
        "1顧客の解約の申し出1件",
        ("account_id", "decided_on"),
        (
            _ACCOUNT,
            C("decided_on", "date", "Day of the notice", "解約が決まった日(申し出の日)", need="required"),
            C("effective_on", "date", "Day the account leaves", "解約日(利用が終わる日)", need="required"),
            C("reason_stated", "category", "Reason given", "申告された解約理由"),
            C("offboarding_steps", "count", "Steps of the way out", "解約手続きの段階数", unit="steps", known_from=("effective_on",), low=0),
            C("offboarding_days", "count", "Days of the way out", "解約手続きの日数", unit="days", known_from=("effective_on",), low=0),
            C("exit_csat", "number", "Satisfaction at the exit (1-5)", "解約時の満足度(1〜5)", known_from=("effective_on",), low=1, high=5),
            C("interview_done", "flag", "Exit interview held", "解約時のインタビューを行ったか", known_from=("effective_on",)),
            C("winback_on", "date", "Day the account came back", "再契約した日", need="extra", known_from=("winback_on",)),
        ),
        parents=(("account_id", "accounts"),),
        known_from=("decided_on",),
        after=(("winback_on", "decided_on"),),
    ),
    Table(
        "journey_events",
        "one event on one account's journey",
        "1顧客のジャーニー上の出来事1件",
        (),
        (
            _ACCOUNT,
            C("happened_on", "date", "Day of the event", "出来事のあった日", need="required"),
            C("phase", "category", "Phase of the lifecycle", "ライフサイクルのフェーズ"),
            C("step_id", "category", "Step of the journey map", "ジャーニーマップ上のステップ", need="required"),
            C("event", "category", "What happened at the step", "ステップで起きたこと", values=("reached", "skipped", "repeated")),
            C("owner_dept", "category", "Department in charge of the step", "ステップの担当部署"),
            C("sentiment", "number", "How the customer felt (-2 to 2)", "顧客の感情(-2〜2)", low=-2, high=2),
            C("channel", "category", "Channel", "接点のチャネル"),
        ),
        parents=(("account_id", "accounts"),),
        known_from=("happened_on",),
    ),
)
