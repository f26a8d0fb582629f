"""A company whose names, mails, phones and notes bear planted words, behind each door; and a search for them."""

from __future__ import annotations

import io
import zipfile
from base64 import b64decode
from collections.abc import Iterable, Mapping
from pathlib import Path
from re import findall, sub

import pandas as pd

import cslab

COMPANY, PERSON, MAIL, PHONE, NOTE = "プラント商会", "植岡", "plantmail.example", "5555-", "極秘のメモ"
WORDS = (COMPANY, PERSON, "Ueoka", "Plantagon", "plantmail", PHONE, NOTE)
"""One of them stands in every value that nobody may see."""


def planted() -> dict[str, pd.DataFrame]:
    """The tables of a small company, ids and names replaced by planted ones, and columns added that nobody declared."""
    tables = {name: frame.copy() for name, frame in cslab.load("synthetic:tiny").tables.items()}
    accounts, n = tables["accounts"], len(tables["accounts"])
    companies = dict(zip(accounts["account_id"], [_company(place) for place in range(n)], strict=True))
    for frame in tables.values():
        if "account_id" in frame:
            frame["account_id"] = frame["account_id"].map(companies)
        for column in ("csm_id", "sales_rep_id"):
            if column in frame:
                frame[column] = frame[column].map(lambda name: name if pd.isna(name) else f"{PERSON} {name}")
    accounts["account_name"] = accounts["account_id"]
    accounts["担当者"] = [f"{PERSON} 花子" if place % 2 else "Hanako Ueoka" for place in range(n)]
    accounts["メール"] = [f"hanako{place}@{MAIL}.jp" for place in range(n)]
    accounts["電話"] = [f"03-{PHONE}{place:04d}" for place in range(n)]
    accounts["備考"] = [f"{NOTE}{place}" for place in range(n)]
    accounts["区分2"] = [f"{COMPANY}{place % 7}株式会社" for place in range(n)]
    accounts["区分3"] = [f"jiro{place % 5}@{MAIL}.jp" for place in range(n)]
    contacts = tables["contacts"]
    contacts["contact_id"] = [f"person{place}@{MAIL}.jp" for place in range(len(contacts))]
    tables["tickets"]["件名"] = [f"{NOTE}:{PERSON}様より" for _ in range(len(tables["tickets"]))]
    for column in ("notes_ja", "notes_en"):
        tables["interviews"][column] = [f"{NOTE}。{PERSON}さんが話した" for _ in range(len(tables["interviews"]))]
    return tables


def _company(place: int) -> str:
    """The name of a company: Japanese and English ones, with and without the form that gives them away."""
    return (f"株式会社{COMPANY}{place}", f"{COMPANY}{'甲乙丙丁'[place % 4]}{place}", f"Plantagon {place} Ltd.")[
        place % 3
    ]


def write_csv(folder: Path, tables: Mapping[str, pd.DataFrame]) -> Path:
    """The company as a folder of CSV."""
    folder.mkdir(parents=True)
    for name, frame in tables.items():
        frame.to_csv(folder / f"{name}.csv", index=False, encoding="utf-8")
    return folder


def write_workbook(path: Path, tables: Mapping[str, pd.DataFrame]) -> Path:
    """The company as one workbook."""
    with pd.ExcelWriter(path, engine="openpyxl") as book:
        for name, frame in tables.items():
            frame.to_excel(book, sheet_name=name, index=False)
    return path


def write_parquet(folder: Path, tables: Mapping[str, pd.DataFrame]) -> Path:
    """The company as Parquet files, with a log of its own."""
    folder.mkdir(parents=True)
    for name, frame in tables.items():
        frame.to_parquet(folder / f"{name}.parquet", index=False)
    write_log(folder, tables)
    return folder


def write_log(folder: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    """A log in which people are mails."""
    ids = tables["accounts"]["account_id"]
    users = [f"user{place % 9}@{MAIL}.jp" for place in range(len(ids))]
    day = pd.Timestamp("2024-03-01 09:00").as_unit("us")
    log = pd.DataFrame({"account_id": ids, "user": users, "at": day, "event": "login"})
    log.to_parquet(folder / "usage_events.parquet", index=False)


def leaks(text: str) -> list[str]:
    """The planted words in a text."""
    return [word for word in WORDS if word in text]


def leaks_below(folder: Path) -> dict[str, list[str]]:
    """The planted words in every file of a folder, names of files, workbooks and pictures' chunks included."""
    found = {str(path): _in_bytes(path.name, path.read_bytes()) for path in folder.rglob("*") if path.is_file()}
    return {path: words for path, words in found.items() if words}


def _in_bytes(name: str, data: bytes) -> list[str]:
    """The planted words in a file, in whatever it is packed."""
    parts = [name, *_texts(data)]
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts += [text for inside in packed.namelist() for text in _texts(packed.read(inside))]
    return sorted({word for part in parts for word in leaks(part)})


def _texts(data: bytes) -> Iterable[str]:
    """Bytes as text in the encodings that we and our tools write, JSON's and HTML's escapes and pictures opened."""
    plain = data.decode("utf-8", errors="ignore")
    yield plain
    yield data.decode("cp932", errors="ignore")
    if "\\u" in plain:
        yield sub(r"\\u([0-9a-fA-F]{4})", lambda code: chr(int(code[1], 16)), plain)
    for picture in findall(r"[A-Za-z0-9+/]{200,}={0,2}", plain):
        yield b64decode(picture + "=" * (-len(picture) % 4)).decode("utf-8", errors="ignore")
