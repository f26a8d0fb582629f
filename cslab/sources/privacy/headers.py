"""What the header of a column says about whom its cells name, in either language."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Said = Literal["", "name", "phone", "text", "place"]

_AMOUNT = re.compile(
    r"(数|率|額|日|日時|月|年|回数|件数|有無|フラグ|区分|種別|種類|分類|コード|番号|id|no|部署|部門|名?簿?単価|ステータス|状態|段階)$"
)
_NAME = re.compile(
    r"氏名|お名前|姓名|^名前|^[姓名氏]$|担当|責任者|決裁者|連絡先|代表者|紹介者|作成者|更新者|登録者|所有者|依頼者|回答者|起票者|訪問者|参加者"
    r"|(会社|企業|法人|団体|組織|顧客|お客様|取引先|得意先|契約先|契約者|請求先|納品先|相手先|利用者|ユーザー?|社員|店舗|病院|学校)(氏?名|名称|様)"
    r"|^(顧客|お客様|取引先|得意先|契約先|請求先|相手先|社名|商号|屋号|宛名|宛先|会社)$|社名|親会社|代理店"
)
_PHONE = re.compile(r"電話|携帯|内線|ファ[ック]*クス|\btel\b|\bphone\b|\bmobile\b|\bfax\b|\bcell\b")
_TEXT = re.compile(
    r"備考|メモ|コメント|自由記述|自由回答|フリーテキスト|所感|議事録|本文|件名|内容|詳細|説明|要望|意見|感想|特記|摘要|経緯|背景|商談名|取引名|案件名"
    r"|\b(opportunity|deal) name\b"
    r"|\b(notes?|comments?|descriptions?|memos?|remarks?|messages?|body|subject|feedback|summary|details?|text)\b"
)
_PLACE = re.compile(
    r"住所|所在地|番地|郵便番号|生年月日|誕生日|ipアドレス|\b(address|street|zip|zipcode|postal|postcode|birthday|birthdate|birth|ip)\b"
)
_WHOSE_WORDS = """
name first last full given family middle sur maiden nick display legal trading contact contacts customer client
company account user person owner rep representative agent manager employee billing organization organisation
business firm parent csm sales salesperson csr buyer champion sponsor signatory requester assignee author
attendee responsible lead supervisor submitter
"""
_WHOSE = frozenset(_WHOSE_WORDS.split())
_BY_THEMSELVES_WORDS = """
firstname lastname fullname surname username companyname contactname accountname customername clientname
ownername contact owner assignee requester submitter salesperson salesrep agent manager supervisor author
attendee signatory responsible subsidiary person
"""
_BY_THEMSELVES = frozenset(_BY_THEMSELVES_WORDS.split())
_OTHERWISE_WORDS = """
id ids count number num no date at on type status role score days hours code flag rate total level stage tier
since size domain url source segment region plan department team title opt clicked opened sent
"""
_OTHERWISE = frozenset(_OTHERWISE_WORDS.split())


def said(header: str) -> Said:
    """What a header says of its cells.

    Parameters
    ----------
    header : str
        As in the file.

    Returns
    -------
    str
        ``name`` (of a company or a person), ``phone``, ``text`` (written by somebody), ``place`` (an address or a
        birthday); empty for anything else.

    >>> [said(header) for header in ("担当者名", "会社名", "電話番号", "備考", "住所", "担当者数")]
    ['name', 'name', 'phone', 'text', 'place', '']
    >>> [said(header) for header in ("Account Owner", "Phone", "Description", "Product name")]
    ['name', 'phone', 'text', '']
    """
    plain = _plain(header)
    if _PHONE.search(plain):
        return "phone"
    if _PLACE.search(plain):
        return "place"
    if _AMOUNT.search(plain.replace(" ", "")):
        return ""
    if _NAME.search(plain.replace(" ", "")) or _english_name(plain.split()):
        return "name"
    return "text" if _TEXT.search(plain) else ""


def _plain(header: str) -> str:
    """A header in small narrow letters, its English words apart, without the mark of a kept column."""
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", unicodedata.normalize("NFKC", header))
    return " ".join(re.sub(r"[\W_]+", " ", text).casefold().removeprefix("x ").split())


def _english_name(words: list[str]) -> bool:
    """Whether English words speak of somebody's name: "account name", "owner"; not "product name", "owner id"."""
    told = set(words)
    if not words or told & _OTHERWISE:
        return False
    return ("name" in told and told <= _WHOSE) or bool(told & _BY_THEMSELVES)
