"""Tables of programmes, content and the user community."""
# ruff: noqa: E501 (one column, one line: the file is read as a table)
# fmt: off

from __future__ import annotations

from cslab.tables.column import Column as C
from cslab.tables.column import Table

_ACCOUNT = C("account_id", "id", "Account number", "顧客番号", need="required", personal="key")

TABLES = (
    Table(
        "programs",
        "one programme",
        "施策1つ",
        ("program_id",),
        (
            C("program_id", "id", "Name of the programme", "施策の名前", need="required"),
            C("type", "category", "Kind of programme", "施策の種類"),
            C("started_on", "date", "Day it began", "開始日"),
            C("eligibility", "category", "Who may take part: new customers, or all", "対象(新規の顧客のみ、または全顧客)", values=("new", "all")),
            C("assignment", "category", "How it was decided who does", "参加する顧客の決め方", values=("open", "rule", "csm_choice", "encouragement", "rct", "staggered")),
            C("share", "rate", "Share drawn by lot, where there was a lot", "抽選で選ぶ割合(抽選の場合のみ)", low=0, high=1),
            C("threshold_amount", "money", "MRR at signing below which the rule takes a customer on", "契約時MRRがこの額未満の顧客を対象とする(ルールの場合のみ)", unit="currency a month", low=0),
            C("dose", "count", "Sessions planned; a year, where it has no end", "予定回数(期限のない施策では年間の回数)", unit="sessions", low=0),
            C("months", "count", "Months over which they are spread; 0: no end", "実施期間(0は期限なし)", unit="months", low=0),
            C("session_hours", "number", "Hours of the team for one customer and session", "1顧客・1回あたりの工数", unit="hours", low=0),
            C("owner", "category", "Department in charge", "担当部署"),
            C("chain_id", "category", "Impact chain it belongs to", "属するインパクトチェーン"),
            C("expected_lag", "count", "Months until something is expected to show", "効果が見えるまでの想定期間", unit="months", low=0),
        ),
        known_from=("started_on",),
    ),
    Table(
        "program_enrolment",
        "one account in one programme",
        "1顧客・1施策(不参加も含む)",
        ("account_id", "program_id"),
        (
            _ACCOUNT,
            C("program_id", "id", "Name of the programme", "施策の名前", need="required"),
            C("eligible_on", "date", "Day it was decided about the account", "参加の可否を決めた日"),
            C("invited_on", "date", "Day of the invitation; missing: none", "案内日(空欄は案内なし)", known_from=("invited_on",)),
            C("enrolled_on", "date", "Day of enrolment; missing: did not take part", "参加日(空欄は不参加)", known_from=("enrolled_on",)),
            C("told_customer", "flag", "The customer knows that it takes part", "顧客に参加を伝えたか", known_from=("enrolled_on",)),
            C("ended_on", "date", "Day the sessions were over", "全回の実施が終わった日", known_from=("ended_on+1d",)),
            C("sessions_held", "count", "Sessions held", "実施回数", unit="sessions", known_from=("ended_on+1d",), low=0),
        ),
        parents=(("account_id", "accounts"), ("program_id", "programs")),
        known_from=("eligible_on",),
        after=(("invited_on", "eligible_on"), ("enrolled_on", "eligible_on"), ("enrolled_on", "invited_on"), ("ended_on", "enrolled_on")),
    ),
    Table(
        "content",
        "one piece of content",
        "コンテンツ1本",
        ("content_id",),
        (
            C("content_id", "id", "Name of the content", "コンテンツの名前", need="required"),
            C("title_ja", "text", "Title in Japanese", "題名(日本語)"),
            C("title_en", "text", "Title in English", "題名(英語)"),
            C("phase", "category", "Phase it is made for", "想定フェーズ"),
            C("maturity_min", "count", "Lowest level of maturity it is made for", "想定する成熟度の下限", low=1, high=5),
            C("maturity_max", "count", "Highest level of maturity it is made for", "想定する成熟度の上限", low=1, high=5),
            C("abstraction", "count", "From concrete (1) to abstract (5)", "抽象度(1 具体的〜5 抽象的)", low=1, high=5),
            C("influence_guess", "number", "How much the team expects of it (1-5)", "期待する効果の大きさ(チームの見立て、1〜5)", low=1, high=5),
            C("create_h", "number", "Hours to make it", "制作工数", unit="hours", low=0),
            C("run_h", "number", "Hours a month to keep it going", "月間の運用工数", unit="hours", low=0),
            C("reach", "count", "Accounts it can reach at a time", "一度に届けられる顧客数", unit="accounts", low=0),
            C("origin_dept", "category", "Department it came from", "発案部署"),
            C("source_touch_id", "id", "Contact from which it arose", "もとになった接点の番号", need="extra", personal="key"),
            C("parent_content_id", "id", "Content it was made from", "もとになったコンテンツ", need="extra"),
            C("generalised_on", "date", "Day one case was made into something for all", "個別対応を汎用化した日"),
            C("published_on", "date", "Day of publication", "公開日"),
        ),
        known_from=("published_on",),
    ),
    Table(
        "content_exposure",
        "one piece of content shown to one account",
        "1顧客に届けたコンテンツ1本",
        ("account_id", "content_id", "shown_on"),
        (
            _ACCOUNT,
            C("content_id", "id", "Name of the content", "コンテンツの名前", need="required"),
            C("shown_on", "date", "Day shown", "届けた日", need="required"),
            C("channel", "category", "Channel", "チャネル"),
            C("opened", "flag", "Opened", "開いたか"),
            C("completed", "flag", "Read or watched to the end", "最後まで読んだ・見たか"),
        ),
        parents=(("account_id", "accounts"), ("content_id", "content")),
        known_from=("shown_on",),
    ),
    Table(
        "community_groups",
        "one group of users",
        "ユーザー会の分科会1つ",
        ("group_id",),
        (
            C("group_id", "id", "Number of the group", "分科会番号", need="required"),
            C("theme", "category", "Theme", "テーマ"),
            C("format", "category", "How it meets", "開催形式"),
            C("started_on", "date", "Day it began", "開始日"),
            C("start_size", "count", "Companies in the first month", "最初の1か月の参加社数", unit="accounts", known_from=("started_on+31d",), low=0),
            C("vendor_intervention", "count", "How much the vendor steers (0-3)", "自社の関与度(0〜3)", low=0, high=3),
            C("ended_on", "date", "Day it ended; missing: goes on", "終了日(空欄は継続中)", known_from=("ended_on",)),
        ),
        known_from=("started_on",),
        after=(("ended_on", "started_on"),),
    ),
    Table(
        "community_members",
        "one account in one group of users",
        "1顧客の1分科会への参加",
        ("group_id", "account_id"),
        (
            C("group_id", "id", "Number of the group", "分科会番号", need="required"),
            _ACCOUNT,
            C("joined_on", "date", "Day of joining", "参加日", need="required"),
            C("left_on", "date", "Last day; missing: still a member", "参加の最終日(空欄は参加中)", known_from=("left_on",)),
            C("role", "category", "Role, as seen after half a year", "役割(参加半年後の判定)", known_from=("joined_on+180d",), values=("star", "active", "lurker")),
            C("answers_given", "count", "Answers given to others in the first half year", "最初の半年で他社の質問に答えた件数", unit="answers", known_from=("joined_on+180d",), low=0),
        ),
        parents=(("account_id", "accounts"), ("group_id", "community_groups")),
        known_from=("joined_on",),
        after=(("left_on", "joined_on"),),
    ),
)
