"""Where what is made from real data may lie."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

import cslab
from cslab.faults import UsageError
from cslab.requirements import clone
from cslab.sources.export import export
from cslab.sources.privacy import NOTICE_FILE, default_folder, refuse_inside

BOOK = cslab.load("synthetic:tiny")
REAL = replace(BOOK, synthetic=False)


def test_synthetic_and_published_companies_are_not_confidential_and_all_others_are():
    assert (BOOK.confidential, replace(REAL, published=True).confidential, REAL.confidential) == (False, False, True)
    assert REAL.at("2024-03-31").confidential


def test_the_folder_of_the_kit_is_refused_even_where_git_looks_away_and_a_free_one_is_named():
    kit = clone()
    if kit is None:
        pytest.skip("cslab runs from an installed wheel")
    for folder in (kit / "build" / "mine", kit / "notebooks", kit):
        with pytest.raises(UsageError, match=r"kit's own folder.*such as .*cslab"):
            refuse_inside(folder, REAL)
        refuse_inside(folder, BOOK)


def test_a_folder_that_git_ignores_elsewhere_will_do(tmp_path):
    if subprocess.run(["git", "init", "-q", str(tmp_path)], capture_output=True, check=False).returncode:
        pytest.skip("git is not installed")
    (tmp_path / ".gitignore").write_text("/out/\n", encoding="utf-8")
    refuse_inside(tmp_path / "out" / "page", REAL)
    with pytest.raises(UsageError, match="git would pick up"):
        refuse_inside(tmp_path / "page", REAL)


def test_files_of_real_data_go_outside_by_themselves(tmp_path):
    usual = Path("build") / "dashboard"
    (tmp_path / "accounts.csv").write_text("account_id\nA1\n", encoding="utf-8")
    assert default_folder(usual, f"folder:{tmp_path}") == Path.home() / "cslab" / "dashboard"
    made_up = export(BOOK, tmp_path / "made up")
    assert default_folder(usual, f"folder:{made_up}") == default_folder(usual, "synthetic:tiny") == usual


def test_tables_of_real_data_are_written_with_the_warning_beside_them(tmp_path):
    folder = export(REAL, tmp_path / "out")
    said = (folder / NOTICE_FILE).read_text(encoding="utf-8")
    assert "社外秘" in said and "CONFIDENTIAL" in said
    assert not (export(BOOK, tmp_path / "made up") / NOTICE_FILE).exists()
    assert cslab.load(f"folder:{folder}").confidential


def test_tables_of_real_data_are_not_written_into_the_kit():
    kit = clone()
    if kit is None:
        pytest.skip("cslab runs from an installed wheel")
    with pytest.raises(UsageError, match="kit's own folder"):
        export(REAL, kit / "build" / "no such export")
    assert not (kit / "build" / "no such export").exists()
