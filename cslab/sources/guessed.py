"""A first draft of a mapping: which file is probably which table, and which column which of ours."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from cslab.faults import nearest
from cslab.sources.dates import read_days
from cslab.sources.explained import toml
from cslab.sources.invoice_like import signs_of
from cslab.sources.privacy import told
from cslab.sources.sections import SECTIONS
from cslab.sources.spans import last_days
from cslab.tables import Column
from cslab.words import word

if TYPE_CHECKING:
    import pandas as pd

FILES = {
    "invoices": r"請求|インボイス|invoice|billing",
    "deals": r"商談|案件|パイプライン|deal|opportunit|pipeline",
    "churn_events": r"解約|退会|churn|cancel",
    "usage_monthly": r"利用|ログイン|usage|activity_month|login",
    "tickets": r"問い?合わ?せ|チケット|サポート|ticket|support|case",
    "touches": r"接点|活動|対応履歴|touch|activit|task|todo",
    "surveys": r"アンケート|調査|nps|survey|csat",
    "mrr_movements": r"mrr|増減|movement",
    "onboarding": r"導入|立ち?上げ|オンボ|onboard",
    "contracts": r"契約|contract|subscription|サブスク",
    "accounts": r"顧客|取引先|企業|会社|customer|account|compan|client",
}
"""By table: what the name of its file may hold; the first that fits counts."""
NAMES = {
    "account_id": "顧客番号 顧客ID 顧客コード 取引先ID 企業ID 会社ID 契約者番号 customer_id client_id company_id",
    "account_name": "顧客名 会社名 取引先名 企業名 契約者名 customer_name account_name company name",
    "contract_id": "契約番号 契約ID 契約コード contract_number contract_id subscription_id",
    "start": "契約開始日 開始日 利用開始日 start_date contract_start",
    "end": "契約終了日 終了日 満了日 契約更新日 end_date contract_end expiry renewal_date",
    "term_months": "契約期間 契約月数 契約年数 期間 term contract_term term_years",
    "mrr_amount": "月額 月額料金 MRR monthly_fee mrr 年額 年額料金 年間契約額 ARR annual_fee annual_recurring_revenue",
    "outcome": "結果 更新結果 状態 ステータス 状況 フェーズ ステージ outcome status stage",
    "product": "製品 商品 サービス プロダクト product service",
    "segment": "規模 区分 企業規模 セグメント segment size tier",
    "industry": "業種 業界 industry sector",
    "employees": "従業員数 社員数 employees",
    "region": "地域 都道府県 エリア region country state",
    "signed_on": "契約日 初回契約日 登録日 signed signup_date created",
    "plan": "プラン plan",
    "month": "年月 対象月 利用月 月 month",
    "seats": "席数 ライセンス数 ユーザー数 契約ID数 seats licenses",
    "wau": "週間利用者数 利用者数 アクティブユーザー数 WAU active_users",
    "effective_on": "解約日 利用終了日 churn_date cancelled_on",
    "decided_on": "解約申出日 決定日 申出日 申し出日 notice_date canceled_at",
    "reason_stated": "解約理由 理由 reason",
    "ticket_id": "問い合わせ番号 問合せ番号 チケット番号 ticket_id",
    "opened_on": "受付日 発生日 作成日 opened created_at",
    "closed_on": "クローズ日 完了日 解決日 完了予定日 closed solved_at close_date",
    "category": "分類 カテゴリ 種別 category type",
    "touch_id": "接点番号 活動番号 活動ID activity_id",
    "touched_on": "実施日 対応日 活動日 日付 date",
    "type": "種類 種別 type",
    "minutes": "時間(分) 所要時間 分 minutes duration",
    "csm_id": "担当者 担当CSM 担当 csm owner",
    "amount": "金額 請求金額 請求額 税抜金額 amount subtotal total",
    "invoiced_on": "請求日 発行日 invoice_date",
    "period_start": "対象期間開始 期間開始日 period_start",
    "period_end": "対象期間終了 期間終了日 period_end",
    "status": "入金状況 支払状況 請求状況 status",
    "score": "スコア 点数 回答 score",
    "deal_id": "商談番号 商談ID 案件番号 deal_id opportunity_id",
    "engaged_on": "初回商談日 作成日 created_date create_date",
}
"""By column of ours: what exports call it."""
YEARLY = {
    "mrr_amount": (r"年額|年間|年契約|年次|(?<![a-z])arr(?![a-z])|annual|year", "divide_by = 12"),
    "term_months": (r"年数|\(年\)|year", "multiply_by = 12"),
}
"""Columns of ours by the month: how a header says that it counts by the year, and what makes months of that."""
MEANT = {
    "renewed": "更新 更新済 継続",
    "churned": "解約 退会 非更新 終了",
    "expanded": "拡大 増額 アップセル",
    "contracted": "縮小 減額 ダウンセル",
    "won": "受注 成約 成立 契約",
    "lost": "失注 不成立 見送り",
    "open": "継続中 契約中 利用中 有効 未定 商談中 進行中 対応中 未入金 未払 未",
    "paid": "入金済 入金 支払済 済",
    "void": "取消 取り消し 無効",
    "monthly": "月払い 月払 月額 月次",
    "annual": "年払い 年払 年額 年次",
    "call": "電話",
    "email": "メール",
    "f2f": "訪問 面談 対面 打合せ 打ち合わせ",
    "training": "研修 トレーニング",
    "webinar": "ウェビナー セミナー",
}
"""By word of ours: what it may be in a file."""
CLOSE = 0.72
"""From which likeness on two names are taken to mean the same."""
WORDS = 30
"""Up to so many different words of a column are listed to be translated."""


def draft(files: Mapping[str, pd.DataFrame], lang: str) -> str:
    """A mapping to be corrected by hand: every section with the nearest columns, blanks where nothing is near.

    Parameters
    ----------
    files : mapping of str to DataFrame of str
        The cells of each file by its name (a sheet: ``book.xlsx#sheet``).
    lang : str
        Of the comments.

    Returns
    -------
    str
        TOML. What has to be filled in reads ``"..."``; columns that are not used are listed in a comment.

    >>> import pandas as pd
    >>> cells = pd.DataFrame({"顧客番号": ["A1"], "業種": ["製造"], "メモ": [""]})
    >>> print(draft({"顧客一覧.csv": cells}, "en").split("[accounts]")[1].strip())
    file = "顧客一覧.csv"
    account_id = "顧客番号"
    industry = "業種"
    # not used: メモ
    """
    parts = [word("value.draft.head", lang)]
    taken: set[str] = set()
    for name, cells in files.items():
        table = _table(name, [str(header) for header in cells], taken)
        if not table:
            parts.append(word("value.draft.unknown", lang, file=name, columns=", ".join(map(str, cells))))
            continue
        taken.add(table)
        parts.append("\n".join(_lines(table, name, cells, lang)))
    return "\n\n".join(parts) + "\n"


def _table(name: str, headers: list[str], taken: Iterable[str]) -> str:
    """The table that a file or sheet probably is: of those that its name may mean, else of all, by its columns."""
    known = {table: len(_columns(table, headers)) for table in FILES if table not in {*taken}}
    file, _, sheet = name.partition("#")
    if "invoices" in known and len(signs_of(headers)) > 1 and not {"start", "end"} <= {*_columns("contracts", headers)}:
        return "invoices"
    if named := [table for table in known if _means(sheet or file, table)]:
        return max(named, key=lambda table: known[table])
    likely = {table: count + _means(file, table) for table, count in known.items()}
    best = max(likely, key=lambda table: likely[table], default="")
    return best if best and likely[best] >= 2 else ""


def _means(title: str, table: str) -> bool:
    """Whether the name of a file or sheet may mean a table."""
    return re.search(FILES[table], unicodedata.normalize("NFKC", title), re.IGNORECASE) is not None


def _lines(table: str, name: str, cells: pd.DataFrame, lang: str) -> list[str]:
    """The section of one file."""
    file, _, sheet = name.partition("#") if ".xls" in name else (name, "", "")
    lines = [f"[{table}]", f"file = {toml(file)}", *([f"sheet = {toml(sheet)}"] if sheet else [])]
    found = _columns(table, [str(header) for header in cells])
    for column in SECTIONS[table].columns:
        header = found.get(column.name)
        if header and (table, column.name) == ("contracts", "end") and _of_last_days(cells, found):
            lines.append(f"end = {{ column = {toml(header)}, inclusive = true }}")
        elif header:
            lines.append(_line(column, header, cells[header]))
        elif (table, column.name) == ("contracts", "term_months") and {"start", "end"} <= {*found}:
            lines.append('term_months = { months_between = ["start", "end"] }')
        elif column.need == "required" or (table, column.name) in (("contracts", "start"), ("contracts", "end")):
            lines.append(f'{column.name} = "..."   # {column.describe(lang)}')
    if table == "invoices" and not {"period_end", "months"} & {*found}:
        lines.append("months = { constant = 1 }   # " + SECTIONS[table].column("months").describe(lang))
    if spare := [str(header) for header in cells if header not in found.values()]:
        lines.append(word("value.draft.spare", lang, columns=", ".join(spare)))
    return lines


def _of_last_days(cells: pd.DataFrame, found: Mapping[str, str]) -> bool:
    """Whether most ends of contracts are their last days in force."""
    import pandas as pd

    if "start" not in found:
        return False
    both = cells[[found["start"], found["end"]]].apply(lambda column: column.str.strip())
    both = both[(both != "").all(axis=1)]
    starts, ends = (pd.Series(read_days(both[header].tolist()).days) for header in both)
    return bool(last_days(starts, ends).sum() > len(both) / 2)


def _line(column: Column, header: str, cells: pd.Series) -> str:
    """The line of one column: by the month what is by the year, and the words of a category to be translated."""
    yearly, months = YEARLY.get(column.name, ("(?!)", ""))
    if re.search(yearly, unicodedata.normalize("NFKC", header).casefold()):
        return f"{column.name} = {{ column = {toml(header)}, {months} }}"
    words = [text for text in cells.str.strip().value_counts().index if text]
    if not column.values or {*words} <= {*column.values} or len(words) > WORDS:
        return f"{column.name} = {toml(header)}"
    pairs = {told(text): _meant(text, column.values) for text in words}
    known = " | ".join(column.values)
    return f"{column.name} = {{ column = {toml(header)}, values = {toml(pairs)} }}   # {known}"


def _meant(text: str, known: Iterable[str]) -> str:
    """Which of the known words a word of the file probably means; dots where that is not clear."""
    spoken = {other: meant for meant, others in MEANT.items() if meant in {*known} for other in others.split()}
    return spoken.get(_plain(text), "") or nearest(text, known) or "..."


def _columns(table: str, headers: list[str]) -> dict[str, str]:
    """By column of ours, the header that is probably meant; each header once, the likeliest first."""
    scores = sorted(
        ((_likeness(column, header), column.name, header) for column in SECTIONS[table].columns for header in headers),
        reverse=True,
    )
    found: dict[str, str] = {}
    for score, name, header in scores:
        if score >= CLOSE and name not in found and header not in found.values():
            found[name] = header
    order = [column.name for column in SECTIONS[table].columns]
    return dict(sorted(found.items(), key=lambda item: order.index(item[0])))


def _likeness(column: Column, header: str) -> float:
    """How alike a header and a column are, between 0 and 1."""
    names = [column.name, column.en, column.ja, *NAMES.get(column.name, "").split()]
    plain = _plain(header)
    likes = (SequenceMatcher(None, plain, _plain(name)).ratio() for name in names)
    return max(likes) if plain else 0.0


def _plain(name: str) -> str:
    """A name without width, capitals, brackets and signs."""
    return re.sub(r"[\s_\-・/]|[(（].*?[)）]", "", unicodedata.normalize("NFKC", name).casefold())
