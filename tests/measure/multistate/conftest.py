"""Spells written as rows, and the published ones that R was asked about."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "reference"


@pytest.fixture(scope="session")
def spells() -> Callable[..., pd.DataFrame]:
    """A function that makes a table of spells from rows of id, from, to, start, stop."""
    return lambda *rows: pd.DataFrame(rows, columns=["id", "from", "to", "start", "stop"])


@pytest.fixture(scope="session")
def published() -> Callable[[str], pd.DataFrame]:
    """A function that reads a table that R was asked about; the test is skipped where it is not at hand."""

    def read(name: str) -> pd.DataFrame:
        if not SHARED.is_dir():
            pytest.skip("needs the reference data beside the project")
        return pd.read_csv(SHARED / f"{name}.csv")

    return read


@pytest.fixture(scope="session")
def known_to_r() -> dict:
    """Numbers that R gave, by name."""
    if not SHARED.is_dir():
        pytest.skip("needs the reference data beside the project")
    return json.loads((SHARED / "r_reference.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def mgus2(published) -> pd.DataFrame:
    """Patients who progress or die, months."""
    raw = published("survival__mgus2")
    progressed = raw["pstat"] == 1
    to = raw["death"].map({1: "death", 0: None}).where(~progressed, "pcm")
    stop = raw["ptime"].where(progressed, raw["futime"])
    return pd.DataFrame({"id": raw["id"], "from": "s0", "to": to, "start": 0.0, "stop": stop})


@pytest.fixture(scope="session")
def ebmt3(published) -> pd.DataFrame:
    """Patients who recover, and relapse or die, with recovery before or without, days."""
    raw = published("mstate__ebmt3")
    recovered, gone = raw["prstat"] == 1, raw["rfsstat"].map({1: "relapse", 0: None})
    first = pd.DataFrame({"id": raw["id"], "from": "transplant", "start": 0.0})
    first["to"] = gone.where(~recovered, "recovery")
    first["stop"] = raw["prtime"].where(recovered, raw["rfstime"])
    second = pd.DataFrame(
        {"id": raw["id"], "from": "recovery", "to": gone, "start": raw["prtime"], "stop": raw["rfstime"]}
    )
    return pd.concat([first, second[recovered]])
