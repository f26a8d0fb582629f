"""Tables of what customers say: people, tickets, surveys, interviews, and deals that were lost."""
# ruff: noqa: E501 (one column, one line: the file is read as a table)
# fmt: off

from __future__ import annotations

from cslab.tables.column import Column as C
from cslab.tables.column import Table

_ACCOUNT = C("account_id", "id", "Account number", "顧客番号", need="required", personal="key")

TABLES = (
    Table(
        "contacts",
        "one person known at one account",
        "1顧客の担当者・関係者1名",
        ("contact_id",),
        (
            C("contact_id", "id", "Number of the person", "関係者番号", need="required", personal="key"),
            _ACCOUNT,
            C("role", "category", "Role in the decision", "意思決定での役割", values=("in_charge", "influencer", "decision_maker")),
            C("department", "category", "Department", "所属部署"),
            C("active_from", "date", "First day known", "初めて把握した日"),
            C("active_to", "date", "Last day; missing: still there", "異動・退職などで離れた日(空欄は在任中)", known_from=("active_to",)),
            C("is_champion", "flag", "Speaks for the product inside the account", "顧客社内の推進役(チャンピオン)か"),
            C("logins", "count", "Logins in the month first known and the two after; missing: known before the records begin", "把握した月から3か月間のログイン回数(記録開始より前に把握した人は空欄)", unit="logins", known_from=("active_from+92d",), low=0),
            C("is_advocate", "flag", "Recommends us to others", "他社に推薦してくれる人(推奨者)か", known_from=("advocate_on",), blank="no"),
            C("advocate_on", "date", "Day of the first recommendation; missing: none so far", "最初に推薦してくれた日(空欄はまだなし)", known_from=("advocate_on",)),
        ),
        parents=(("account_id", "accounts"),),
        known_from=("active_from",),
        after=(("active_to", "active_from"),),
    ),
    Table(
        "tickets",
        "one enquiry to support",
        "サポートへの問い合わせ1件",
        ("ticket_id",),
        (
            C("ticket_id", "id", "Ticket number", "問い合わせ番号", need="required", personal="key"),
            _ACCOUNT,
            C("opened_on", "date", "Day it was opened", "受付日", need="required"),
            C("category", "category", "What it is about", "問い合わせの分類"),
            C("channel", "category", "How it came in", "受付チャネル"),
            C("closed_on", "date", "Day it was closed, solved or not; missing: still open", "クローズ日(未回答のまま閉じたものを含む。空欄は対応中)", known_from=("closed_on",)),
            C("answered", "flag", "Whether it got an answer", "回答したか", known_from=("closed_on",)),
            C("root_cause", "category", "Why it arose, as found in answering it", "根本原因(対応の中で判明したもの)", known_from=("closed_on",)),
            C("deflectable", "flag", "An article could have answered it", "FAQで自己解決できた内容か", known_from=("closed_on",)),
            C("first_response_h", "number", "Hours to the first response by a person", "担当者による初回応答までの時間", unit="hours", known_from=("closed_on",), low=0),
            C("resolved_h", "number", "Hours to the solution", "解決までの時間", unit="hours", known_from=("closed_on",), low=0),
            C("exchanges", "count", "Messages to and fro until solved", "解決までのやり取りの通数", unit="messages", known_from=("closed_on",), low=0),
            C("fcr", "flag", "Solved in the first contact", "初回対応で解決したか(FCR)", known_from=("closed_on",)),
            C("reopened", "flag", "Opened again after it was closed", "再オープンしたか", known_from=("closed_on",)),
            C("csat", "number", "Satisfaction with the answer (1-5); missing: not asked or no reply", "対応への満足度(1〜5。空欄は未送付または無回答)", known_from=("closed_on+7d",), low=1, high=5),
        ),
        parents=(("account_id", "accounts"),),
        known_from=("opened_on",),
        after=(("closed_on", "opened_on"),),
    ),
    Table(
        "surveys",
        "one questionnaire sent to one account",
        "1顧客に送ったアンケート1件",
        ("survey_id",),
        (
            C("survey_id", "id", "Number of the questionnaire", "アンケート番号", need="required", personal="key"),
            _ACCOUNT,
            C("type", "category", "Kind of survey", "アンケートの種類", values=("nps", "csat", "ces", "day30")),
            C("trigger", "category", "Why it was sent", "送付のきっかけ"),
            C("sent_on", "date", "Day sent", "送付日", need="required"),
            C("responded_on", "date", "Day answered; missing: no answer", "回答日(空欄は無回答)", known_from=("responded_on",)),
            C("score", "number", "Answer: NPS 0-10, CES 1-7 (7 = easy), the others 1-5", "回答(NPSは0〜10、CESは1〜7で7が「手間がかからない」、その他は1〜5)", known_from=("responded_on",), low=0, high=10),
            C("comment_theme", "category", "Theme of the comment", "コメントのテーマ", known_from=("responded_on",)),
        ),
        parents=(("account_id", "accounts"),),
        known_from=("sent_on",),
        after=(("responded_on", "sent_on"),),
    ),
    Table(
        "lost_deals",
        "one deal that was lost",
        "失注した商談1件",
        ("deal_id",),
        (
            C("deal_id", "id", "Number of the deal", "商談番号", need="required", personal="key"),
            C("lost_on", "date", "Day it was lost", "失注日", need="required"),
            C("segment", "category", "Size of the company", "企業規模の区分"),
            C("lead_source", "category", "Where the deal came from", "商談のきっかけ"),
            C("eval_days", "count", "Days from the first meeting", "初回商談から失注までの日数", unit="days", low=0),
            C("mrr_amount", "money", "MRR that was offered", "提案したMRR", unit="currency a month", low=0),
            C("reason", "category", "Reason given", "失注理由"),
        ),
        known_from=("lost_on",),
    ),
    Table(
        "interviews",
        "one interview with a customer, a former one, or one who did not buy",
        "顧客・元顧客・失注先へのインタビュー1件",
        ("interview_id",),
        (
            C("interview_id", "id", "Number of the interview", "インタビュー番号", need="required", personal="key"),
            C("account_id", "id", "Account number; missing: a lost deal", "顧客番号(失注先は空欄)", personal="key"),
            C("deal_id", "id", "Number of the lost deal", "失注した商談の番号", personal="key"),
            C("held_on", "date", "Day of the interview", "実施日", need="required"),
            C("frame", "category", "Who was asked", "対象者の区分", values=("lost", "churned", "silent", "happy", "champion")),
            C("themes", "category", "Main theme", "主なテーマ"),
            C("notes_ja", "text", "Notes in Japanese", "メモ(日本語)", personal="text"),
            C("notes_en", "text", "Notes in English", "メモ(英語)", need="extra", personal="text"),
        ),
        known_from=("held_on",),
    ),
)
