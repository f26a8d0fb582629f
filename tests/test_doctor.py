"""`cslab doctor` says what is missing and how to cure it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cslab import doctor
from cslab.doctor import Finding
from cslab.requirements import Requirement, declared


@pytest.mark.parametrize(
    ("finding", "said"),
    [
        (doctor.python((3, 9, 2)), "[FAIL] Python 3.9.2: cslab needs 3.11 or newer. cure: "),
        (doctor.package(Requirement("no-such-package", ">=1")), "no-such-package: not installed. cure: pip install"),
        (doctor.package(Requirement("numpy", ">=99")), ': >=99 is needed. cure: pip install "numpy>=99"'),
        (doctor.kernel("no such kernel"), "[FAIL] no notebook kernel started: "),
    ],
)
def test_a_failure_names_its_cure(finding: Finding, said: str):
    assert not finding.ok
    assert said in finding.text("en")
    assert "cure: " in finding.text("en")
    assert "対処:" in finding.text("ja")


def test_one_failure_makes_the_exit_code_1(capsys: pytest.CaptureFixture[str]):
    findings = [Finding(True, "python", {"version": "3.11.7"}), doctor.package(Requirement("no-such-package", ">=1"))]
    assert doctor.report(findings, "en") == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line[:6] for line in lines[:2]] == ["[ OK ]", "[FAIL]"]
    assert lines[-1].startswith("1 to be cured")


def test_a_font_without_japanese_is_found_by_drawing(monkeypatch: pytest.MonkeyPatch):
    import matplotlib as mpl

    from cslab.figures import style

    monkeypatch.setattr(style, "use_style", lambda: mpl.rcParams.update({"font.family": ["DejaVu Sans"]}))
    finding = doctor.glyphs()
    assert finding.key == "glyphs_missing"
    assert "Glyph" in finding.text("en")


def test_looking_at_the_glyphs_leaves_the_style_of_the_session_alone():
    import matplotlib as mpl

    with mpl.rc_context({"font.size": 7.25}):
        doctor.glyphs()
        assert mpl.rcParams["font.size"] == 7.25


def test_a_folder_below_a_file_cannot_be_written(tmp_path: Path):
    (tmp_path / "build").write_text("a file", encoding="utf-8")
    assert doctor.writable(tmp_path / "build" / "demo").key == "not_writable"


@pytest.mark.slow
def test_here_all_is_well():
    findings = list(doctor.examine())
    assert [finding.text("en") for finding in findings if not finding.ok] == []
    assert len(findings) == len(declared()) + 4
