"""A class of four with their missions: complete, incomplete, absent, unreadable; what was true is made up."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from cslab.course.assign.key import Held, Key
from cslab.course.homework import template
from cslab.course.reveal.missions import Truth

KEY = Key(
    "h1_mission",
    tuple(Held(name, lang, f"synthetic:tiny?seed={seed}", "2025-03-31", 500) for name, lang, seed in (
        ("山田 花子", "ja", 1), ("Kim", "en", 2), ("Li", "en", 3), ("Sato", "ja", 4))),
)  # fmt: skip
SAID = {
    "en": {
        "Mission": "In this phase, small customers come to their first result sooner.",
        "Customers": "smb",
        "Outcome": "We have got our first result",
        "Metric": "Share with a first value",
        "By": "2026-03-31",
        "We will not": "visit those who renew without us",
    },
    "ja": {
        "ミッション": "このフェーズで、小さなお客様が最初の成果に早くたどり着けるようにします。",
        "対象のお客様": "SMB",
        "お客様の成果": "最初の成果を自社で出せた",
        "指標": "最初の成果に届いた割合",
        "期日": "2026年3月31日",
        "やらないこと": "手をかけなくても更新されるお客様への訪問",
    },
}
FIELDS = {
    "en": ("Phase", "Journey step", "Second-best phase", "Prevention", "Firefighting"),
    "ja": ("フェーズ", "ジャーニーのステップ", "次点のフェーズ", "予防", "火消し"),
}
DEFINED = {"en": ("Name", "Numerator", "Denominator", "Window"), "ja": ("名称", "分子", "分母", "期間")}
OWN = {
    "en": "Of 214 accounts 52 % (46–58 %) are stuck; see [E1], [E2], [E3].",
    "ja": "214社のうち52%(46〜58%)が停滞しています。[E1]、[E2]、[E3] を参照してください。",
}


def truth(best: str = "renewal") -> Truth:
    """A company in which one phase gains twice what the next one does, and the data rank onboarding first."""
    names = ["purchase", "onboarding", "adoption", "renewal"]
    true = [1e5, 4e5, 3e5, 5e5]
    table = pd.DataFrame({"phase": names, "customers": [5, 150, 480, 84], "stuck_share": [0.6, 0.71, None, 0.1]})
    table = table.assign(per_hour=[900.0, 9e3, 2e3, 4e3], per_hour_low=[100.0, 5e3, 9e2, 2e3])
    table = table.assign(per_hour_high=[2e3, 1e4, 4e3, 6e3], truth_per_hour=[amount / 500 for amount in true])
    limits = {f"gain_{end}": table[f"per_hour_{end}"] * 500 for end in ("low", "high")}
    table = table.assign(gain_amount=table["per_hour"] * 500, true_gain_amount=true, n=900, **limits)
    table.loc[table["phase"] == best, "true_gain_amount"] = 1e6
    return Truth(table, "JPY")


def mission(name: str, lang: str, *said: str, hours: str = "500") -> str:
    """A template filled in: phase, step, second-best phase, hours for prevention and for firefighting."""
    values = {**SAID[lang], **dict(zip(FIELDS[lang], said, strict=True))}
    front = {"trainee:": name, "as_of:": "2025-03-31", "hours:": hours}
    lines = []
    for line in template("h1_mission", lang).read_text(encoding="utf-8").split("\n"):
        field = line.removeprefix("- ").removesuffix(": …")
        own = OWN[lang] if line == "…" else f"- {field}: {values[field]}" if field in values else line
        lines.append(f"{line} {front[line]}" if line in front else own)
    return "\n".join(lines)


def hand_in(folder: Path, text: str, lang: str) -> None:
    """Put a mission into a folder, with its charter and a notebook that was run."""
    folder.mkdir(parents=True)
    (folder / "h1_mission.md").write_text(text, encoding="utf-8")
    charter = "\n".join(f"- {field}: {SAID[lang]['Metric' if lang == 'en' else '指標']}" for field in DEFINED[lang])
    heading = "Definition" if lang == "en" else "定義"
    (folder / "charter.md").write_text(f"---\ntrainee: x\n---\n## {heading}\n{charter}\n", encoding="utf-8")
    shown = [{"output_type": "stream"}]
    cells = [{"cell_type": "code", "source": f"# evidence: {name}\nx", "execution_count": 1, "outputs": shown}
             for name in ("stuck", "gain", "journey")]  # fmt: skip
    notebook = {"metadata": {}, "cells": cells, "nbformat": 4, "nbformat_minor": 5}
    (folder / "h1_mission.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def hand_in_all(place: Path) -> Path:
    """The class: one who chose the best phase, one who did not and left things open, one without a text, one absent."""
    complete = mission("山田 花子", "ja", "契約更新・拡販", "renewal_decided", "オンボーディング", "300", "200時間")
    hand_in(place / "山田 花子", complete, "ja")
    hand_in(place / "Kim", mission("Kim", "en", "adoption", "…", "renewal", "400", "300", hours="700"), "en")
    (place / "Li").mkdir()
    (place / "Li" / "mission.docx").write_bytes(b"PK")
    return place
