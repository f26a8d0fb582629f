"""Tables of the business: accounts, contracts, renewals as they come up, and what moved the MRR."""
# ruff: noqa: E501 (one column, one line: the file is read as a table)
# fmt: off

from __future__ import annotations

from cslab.tables.column import Column as C
from cslab.tables.column import Table

_ACCOUNT = C("account_id", "id", "Account number", "顧客番号", need="required")

TABLES = (
    Table(
        "accounts",
        "one paying company",
        "契約中または過去に契約のあった顧客企業1社",
        ("account_id",),
        (
            _ACCOUNT,
            C("account_name", "text", "Name, masked", "会社名(マスク済み)", need="extra"),
            C("segment", "category", "Size of the company", "企業規模の区分"),
            C("industry", "category", "Industry", "業種"),
            C("employees", "count", "Employees at signing", "契約時の従業員数", unit="people", low=1),
            C("region", "category", "Region", "地域"),
            C("plan", "category", "Price plan at signing", "契約時の料金プラン"),
            C("lead_source", "category", "Where the deal came from", "商談のきっかけ"),
            C("reason_to_buy", "category", "Main reason given for buying", "導入の主な理由"),
            C("trial_usage", "rate", "Share of trial users active in the trial", "試用ユーザーのうち、試用期間中に利用した人の割合", low=0, high=1),
            C("eval_days", "count", "Days from first meeting to signing", "初回商談から契約までの日数", unit="days", low=0),
            C("discount_pct", "rate", "Discount on the list price", "定価からの値引き率", low=0, high=1),
            C("pre_sale_education", "flag", "Took part in a demonstration or seminar before signing", "契約前に説明会やデモに参加したか"),
            C("csm_in_presales", "flag", "A CSM advised before signing", "契約前からCSMが助言したか"),
            C("sales_rep_id", "id", "Sales representative", "営業担当者の番号"),
            C("sales_push", "flag", "Pushed over the line at a quarter's end", "四半期末の駆け込み受注か"),
            C("signed_on", "date", "Day of the first signature", "最初の契約日"),
            C("mrr0_amount", "money", "MRR at signing", "契約時のMRR", unit="currency a month", low=0),
            C("seats0", "count", "Paid seats at signing", "契約時の有償ライセンス数", unit="seats", low=0),
            C("cac_amount", "money", "Cost of winning the account", "顧客獲得コスト(CAC)", unit="currency", low=0),
            C("is_legacy", "flag", "Signed before the records begin", "記録の開始より前に契約した顧客か"),
            C("observed_from", "date", "First day on which the records cover the account", "この顧客の記録が始まる日"),
        ),
        known_from=("observed_from", "signed_on"),
    ),
    Table(
        "contracts",
        "one contract term of one account and product",
        "1顧客・1製品の契約期間1つ",
        ("contract_id",),
        (
            C("contract_id", "id", "Contract number", "契約番号", need="wanted"),
            _ACCOUNT,
            C("product", "category", "Product", "製品"),
            C("start", "date", "First day of the term", "契約期間の初日", need="wanted"),
            C("end", "date", "Day the term runs out: the day a renewal would start", "満了日(更新後の契約が始まる日)"),
            C("term_months", "count", "Length of the term", "契約期間", unit="months", low=1),
            C("billing", "category", "How it is billed", "請求方法", values=("monthly", "annual")),
            C("mrr_amount", "money", "MRR at the start of the term", "契約期間開始時のMRR", unit="currency a month", low=0),
            C("auto_renew", "flag", "Renews unless notice is given", "解約の申し出がなければ自動更新か"),
            C("notice_days", "count", "Notice period", "解約予告期間", unit="days", low=0),
            C("decided_on", "date", "Day the renewal was decided", "更新可否が決まった日", known_from=("decided_on",)),
            C("outcome", "category", "What became of the term", "契約期間終了時の結果", known_from=("decided_on", "end"), blank="open", values=("open", "renewed", "expanded", "contracted", "churned")),
            C("tenure_months", "number", "Months as a customer (stock samples)", "利用月数(日付のないデータの場合)", unit="months", low=0),
            C("ended", "flag", "Has left (stock samples)", "解約済みか(日付のないデータの場合)"),
        ),
        parents=(("account_id", "accounts"),),
        known_from=("start",),
    ),
    Table(
        "mrr_movements",
        "one change of one account's MRR in a month",
        "1顧客の、ある月のMRRの増減1件",
        (),
        (
            _ACCOUNT,
            C("month", "month", "Month of the change", "増減のあった月", need="required"),
            C("type", "category", "Kind of change; opening = balance when the records begin", "増減の種類(opening は記録開始時の残高)", need="required", values=("opening", "new", "expansion", "contraction", "churn", "reactivation")),
            C("kind", "category", "What was bought or dropped", "増減の内容", values=("seat", "upsell", "cross_sell", "price", "none")),
            C("product", "category", "Product", "製品"),
            C("amount", "money", "Change of MRR, with its sign", "MRRの増減額(符号つき)", need="required", unit="currency a month"),
        ),
        parents=(("account_id", "accounts"),),
        known_from=("month_end",),
    ),
    Table(
        "renewals",
        "one renewal that has come up",
        "更新時期を迎えた契約1件",
        ("contract_id",),
        (
            C("contract_id", "id", "Contract number", "契約番号", need="required"),
            _ACCOUNT,
            C("listed_on", "date", "Day on which the renewal came onto the list", "更新対象の一覧に載った日"),
            C("due", "date", "Day the term runs out", "満了日"),
            C("notice_by", "date", "Last day for a notice", "解約申し出の期限"),
            C("arr_due_amount", "money", "Yearly revenue that is up for renewal", "更新対象のARR", unit="currency a year", low=0),
            C("health_t120", "rate", "Health 120 days before the end", "満了120日前のヘルススコア", known_from=("due-120d",), low=0, high=1),
            C("health_t90", "rate", "Health 90 days before the end", "満了90日前のヘルススコア", known_from=("due-90d",), low=0, high=1),
            C("health_t30", "rate", "Health 30 days before the end", "満了30日前のヘルススコア", known_from=("due-30d",), low=0, high=1),
            C("csm_forecast", "category", "The CSM's forecast, when listed", "CSMの更新見込み(一覧に載った時点)", values=("commit", "likely", "at_risk")),
            C("decided_on", "date", "Day the renewal was decided", "更新可否が決まった日", known_from=("decided_on",)),
            C("outcome", "category", "What became of it", "更新の結果", known_from=("decided_on",), blank="open", values=("open", "renewed", "expanded", "contracted", "churned")),
        ),
        parents=(("account_id", "accounts"),),
        known_from=("listed_on",),
        after=(("due", "listed_on"), ("due", "notice_by")),
    ),
)
