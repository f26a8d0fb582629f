"""`cslab doctor` says what is missing and how to cure it."""

from __future__ import annotations

import shutil
import sys
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


def a_package(folder: Path, code: str) -> Requirement:
    """A package that is recorded as installed, whatever its files hold."""
    (folder / "torn").mkdir()
    (folder / "torn" / "__init__.py").write_text(code, encoding="utf-8")
    record = folder / "torn-1.0.dist-info"
    record.mkdir()
    (record / "METADATA").write_text("Metadata-Version: 2.1\nName: torn\nVersion: 1.0\n", encoding="utf-8")
    (record / "RECORD").write_text("torn/__init__.py,,\ntorn/part.py,,\n", encoding="utf-8")
    return Requirement("torn", ">=1")


@pytest.mark.parametrize(("code", "sound"), [("", True), ("import torn.part", False), ("1 / 0", False)])
def test_a_package_is_imported_and_not_only_looked_up(tmp_path, monkeypatch, code, sound):
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "torn", raising=False)
    finding = doctor.package(a_package(tmp_path, code))
    assert finding.ok is sound
    assert ("cannot be imported" in finding.text("en")) is not sound
    assert sound or "delete the folder .venv" in finding.text("en")


def test_a_package_whose_files_are_gone_is_found(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "torn", raising=False)
    need = a_package(tmp_path, "")
    shutil.rmtree(tmp_path / "torn")
    assert need.met and doctor.package(need).key == "package_broken"


@pytest.mark.slow
def test_a_kernel_starts_and_belongs_to_this_python():
    finding = doctor.kernel()
    assert finding.ok and finding.key == "kernel"
    assert finding.values["seconds"] > 0


@pytest.mark.slow
def test_here_all_is_well():
    findings = list(doctor.examine())
    assert [finding.text("en") for finding in findings if not finding.ok] == []
    assert len(findings) == len(declared()) + 4
