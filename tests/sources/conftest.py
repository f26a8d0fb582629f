"""A folder of files written in the test itself, and what the door says about it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cslab.book import Book
from cslab.faults import DataError
from cslab.sources import load

ACCOUNTS = "account_id\nA1\nA2\n"
CONTRACTS = "account_id,start,end\nA1,2023-04-01,2024-04-01\nA2,2023-05-01,2024-05-01\n"

Write = Callable[..., Path]


@pytest.fixture
def export(tmp_path: Path) -> Write:
    """Write files into a folder; accounts and contracts are there unless they are given (None: left out)."""

    def write(**files: str | bytes | None) -> Path:
        folder = tmp_path / "export"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name, content in {"accounts": ACCOUNTS, "contracts": CONTRACTS, **files}.items():
            if content is not None:
                path = folder / (f"{name}.toml" if name == "mapping" else f"{name}.csv")
                path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return folder

    return write


@pytest.fixture
def opened(export: Write) -> Callable[..., Book]:
    """The book of such a folder."""
    return lambda **files: load(f"folder:{export(**files)}")


@pytest.fixture
def complaint() -> Callable[..., str]:
    """The whole message with which a folder is refused."""

    def refused(folder: Path, lang: str = "en") -> str:
        with pytest.raises(DataError) as error:
            load(f"folder:{folder}")
        text = error.value.text(lang)
        ending = {"en": "Nothing was loaded.", "ja": "データは読み込んでいません。"}[lang]
        assert text.splitlines()[-1] == ending
        return text

    return refused
