"""What a text looks like: a mail, a phone, a company, a person, a code, or sentences that somebody wrote."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from cslab.sources.privacy.family_names import GIVEN, HEPBURN, JAPANESE

SENTENCE = 40
"""Width (a Japanese letter counts two) from which a text is likelier written by somebody than picked from a list."""

MAIL = re.compile(r"[\w.+%'-]+[@＠][\w-]+(\.[\w-]+)+")
PHONE = re.compile(
    r"(?<![\w-])(?:\+(?:[-\s.()]{0,2}\d){9,14}"  # +81 3-1234-5678
    r"|\(?0\d{1,4}[-\s.)(]{1,2}\d{1,4}[-\s.)]\d{3,4}"  # 03-1234-5678, 03(1234)5678
    r"|0[5789]0\d{8}|0[1-9]\d{8}"
    r"|\(\d{3}\)\s?\d{3}[-.]\d{4}|\d{3}[-.]\d{3}[-.]\d{4})(?![\w-])"
)
_COMPANY = re.compile(
    r"株式会社|合同会社|有限会社|合資会社|合名会社|(?:社団|財団|医療|学校|社会福祉|独立行政|特定非営利活動)法人|[㈱㈲]|[((][株有同][))]"
    r"|(?<=\w)[\s,.]+(?:inc|incorporated|ltd|limited|llc|llp|corp|corporation|gmbh|k\.k|kk|plc|pty|co|s\.a)(?![\w-])",
    re.IGNORECASE,
)
_SITE = re.compile(
    r"(?:https?://)?(?:[\w-]+\.)+(?:com|net|org|info|biz|co|io|ai|app|dev|jp|us|uk|de|fr|cn|kr|tw|sg|au|eu|example)(?:[:/]\S*)?",
    re.IGNORECASE,
)
_PLACE = re.compile(r".*[都道府県市区町村郡店所課部局室社庁国州駅線]$")
_HONOURED = re.compile(r"[^\W\d_]{1,12}\s?(?:様|さん|さま|殿|氏)$")
_LETTERS = re.compile(r"[^\W\d_]+")
_CODE = re.compile(r"[0-9a-z_.:/#|+=*-]*", re.IGNORECASE)
_PLAIN_CODE = re.compile(
    r"[a-z]{0,3}[-_]?\d{1,8}|(?=\D*\d)[0-9a-z]{15}(?:[0-9a-z]{3})?|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    re.IGNORECASE,
)
"""Codes that are seen at a glance: ``C0012``, those of Salesforce, UUIDs."""
_GENERIC = re.compile(
    r"北海道|青森|岩手|宮城|秋田|山形|茨城|栃木|群馬|埼玉|東京|神奈川|新潟|富山|福井|山梨|長野|岐阜|静岡|愛知|三重|滋賀|京都|大阪|兵庫|奈良|和歌山"
    r"|鳥取|島根|岡山|広島|徳島|香川|愛媛|高知|福岡|佐賀|長崎|熊本|大分|鹿児島|沖縄|関東|関西|中部|東北|九州|[東西南北]日本|本社|支[社店]|営業所?|[部課]"
    r"|顧客|取引先|得意先|お客様|契約書?|案件|商談|会社|企業|店舗|担当者?|利用者|会員|番号|請求書?|見積書?|第|号|件|番"
)
"""Words that codes are spoken with: kinds of things, and places that are no frequent family names."""
_MEASURES = re.compile(
    r"[年月日時分秒週曜土金木水火初末元第半期上下四度]|令和|平成|昭和|大正|明治|現在|以降|以前|以上|以下|未満|以内|間|後|前|毎|ごと|[かカヵヶケ]|頃|ごろ|から|まで|約|合計|小計|平均"
    r"|[円万億千百十一二三五六七八九〇零兆]|割|分|厘|名|人|件|個|台|社|回|席|点|税[込別抜]|込|抜|別|ユーザー?|ライセンス|ドル|月額|年額"
    r"|未定|不明|未設定|未入力|未回答|未[完了]|調整中|検討中|確認中|無期限|自動更新|対象外|該当なし|[なあ]し?り?|有り?|無し?|可|不可|はい|いいえ|済み?|空欄|欠損|継続|解約|更新|更改|満了"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december"
    r"|mon|tue|wed|thu|fri|sat|sun|gmt|utc|jst|yen|jpy|usd|eur|yes|no|true|false|none|null|unknown|months?|years?|days?|monthly|yearly|annual",
    re.IGNORECASE,
)
"""What numbers, days and flags are written with."""
_NOBODY_WORDS = """
合計 小計 総計 総合計 計 平均 その他 その他計 不明 未定 未設定 未割当 担当なし なし 無し 該当なし 共通 全社 本社
社内 自社 匿名 total subtotal sum average other others unknown none null nan n/a na unassigned nobody anonymous
queue pool digital tech test all internal self system admin guest grandtotal
"""
_NOBODY = frozenset(_NOBODY_WORDS.split())


def width(text: str) -> int:
    """How wide a text stands: a full-width letter counts two.

    >>> width("abc"), width("顧客")
    (3, 4)
    """
    return len(text) + sum(letter > "\u2e7f" for letter in text)


def is_company(text: str) -> bool:
    """Whether a text bears the form of a company.

    >>> [is_company(text) for text in ("株式会社山田商事", "Acme Corp.", "Corp", "製造業")]
    [True, True, False, False]
    """
    return _COMPANY.search(text) is not None


def is_mail(text: str) -> bool:
    """Whether a mail address stands in a text.

    >>> is_mail("taro@example.com"), is_mail("連絡先は taro@example.co.jp です"), is_mail("a@b")
    (True, True, False)
    """
    return ("@" in text or "＠" in text) and MAIL.search(text) is not None


def is_site(text: str) -> bool:
    """Whether a text is an address in the net, which tells whose it is.

    >>> [is_site(text) for text in ("yamada.co.jp", "https://www.example.com/ja", "v1.2", "mobile")]
    [True, True, False, False]
    """
    return "." in text and _SITE.fullmatch(text.strip()) is not None


def is_phone(text: str) -> bool:
    """Whether a telephone number stands in a text.

    >>> [is_phone(text) for text in ("03-1234-5678", "+81 90 1234 5678", "09012345678", "2024-04-01", "0012345")]
    [True, True, True, False, False]
    """
    return PHONE.search(unicodedata.normalize("NFKC", text)) is not None


def is_person(text: str) -> bool:
    """Whether a text reads as a person's name: a family name with another behind it, or a form of address.

    >>> [is_person(text) for text in ("山田太郎", "佐藤 花子", "鈴木様", "Taro Yamada", "Mary Smith")]
    [True, True, True, True, True]
    >>> [is_person(text) for text in ("山口県", "石川支店", "Real Estate", "田中", "東京")]
    [False, False, False, False, False]
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if _HONOURED.fullmatch(plain):
        return not plain.endswith("お客様")
    words = [word.casefold() for word in _LETTERS.findall(plain)]
    if plain.isascii():
        known = [word in HEPBURN or word in GIVEN for word in words]
        alone = " ".join(words) == " ".join(re.sub(r"[,.]", " ", plain).casefold().split())
        return 2 <= len(words) <= 4 and any(known) and alone
    return _japanese_person("".join(words), spaced=len(words) == 2 and len(plain) <= 12)


def _japanese_person(name: str, spaced: bool) -> bool:
    """Whether letters of Japanese begin with a family name and go on with a given one."""
    if not 3 <= len(name) <= 8 or name.isascii() or (_PLACE.match(name) and not spaced):
        return False
    behind = [len(name) - length for length in (2, 3, 1) if name[:length] in JAPANESE]
    return any(1 <= rest <= 3 for rest in behind) and (spaced or name[:1] not in JAPANESE or name[:2] in JAPANESE)


def is_pseudonymous(text: str) -> bool:
    """Whether a value of an id is a code and names nobody.

    >>> [is_pseudonymous(text) for text in ("A1", "7590-VHVEG", "顧客0012", "東京/1", "合計", "8c3f-00a1")]
    [True, True, True, True, True, True]
    >>> [is_pseudonymous(text) for text in ("山田商事", "Globex", "yamada1", "taro@example.com", "090-1234-5678")]
    [False, False, False, False, False]
    """
    if _PLAIN_CODE.fullmatch(text):
        return True
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain.casefold().replace(" ", "") in _NOBODY:
        return True
    words = [word.casefold() for word in _LETTERS.findall(plain)]
    if "@" in plain or is_phone(plain) or is_site(plain) or any(word in HEPBURN or word in GIVEN for word in words):
        return False
    bare = _GENERIC.sub("", plain)
    if not all(_CODE.fullmatch(part) for part in bare.split()):
        return False
    if any(letter.isdigit() for letter in bare):
        return " " not in bare or all(len(word) <= 3 or word.isupper() for word in _LETTERS.findall(bare))
    return len(bare) <= 2 or (bare.isupper() and len(bare) <= 4)


def is_plain(text: str) -> bool:
    """Whether a cell that should be a number, a day or a yes can be shown: of Japanese only the words such cells hold.

    >>> [is_plain(text) for text in ("令和6年4月31日", "税別1,200千円", "Mthly", "2024/13/45", "未定")]
    [True, True, True, True, True]
    >>> [is_plain(text) for text in ("植岡 花子", "プラント商会2", "Hanako Plant", "Plant Works 3")]
    [False, False, False, False]
    """
    words = _LETTERS.findall(_MEASURES.sub("", unicodedata.normalize("NFKC", text)))
    named = [word for word in words if len(word) > 3 and word.istitle()]
    return all(word.isascii() for word in words) and (len(named) < 2 and not (named and any(map(str.isdigit, text))))


@lru_cache(maxsize=4096)
def is_personal(text: str) -> bool:
    """Whether a text, wherever it stands, shows a mail, a phone, a company, a person, or is long.

    >>> is_personal("Mthly"), is_personal("2024/13/45"), is_personal("請求は taro@example.com まで")
    (False, False, True)
    """
    long = width(text) > SENTENCE and not text[:1].isdigit()
    return is_mail(text) or is_site(text) or is_phone(text) or is_company(text) or is_person(text) or long
