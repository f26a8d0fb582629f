"""The verbs for the board and for other programs: what they write, what they refuse."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cslab import cli
from cslab.course.selfcontained import outside

TINY = "synthetic:tiny"


@pytest.fixture
def verb(monkeypatch, capsys, tmp_path):
    """Gives a verb as it is typed, in an empty folder, and returns exit code, output and complaints."""
    monkeypatch.setenv("CSLAB_LANG", "en")
    monkeypatch.chdir(tmp_path)

    def give(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["cslab", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        captured = capsys.readouterr()
        return int(ended.value.code or 0), captured.out, captured.err

    return give


@pytest.mark.slow
def test_the_page_of_the_board_is_written_once_and_again_only_by_force(verb):
    code, said, _ = verb("dashboard", TINY, "-o", "取締役会/board.html", "--lang", "ja")
    page = Path("取締役会/board.html")
    assert code == 0 and "5つの数字のうち5つ" in said
    assert outside(page.read_text(encoding="utf-8")) == []
    code, _, complaint = verb("dashboard", TINY, "-o", str(page))
    assert code == 2 and "--force" in complaint
    assert verb("dashboard", TINY, "-o", str(page), "--force")[0] == 0


def test_a_charter_with_a_mistake_is_told_before_anything_is_written(verb):
    Path("own.yaml").write_text("name: own\ntiles:\n  churn: {target: 18}\n", encoding="utf-8")
    code, _, complaint = verb("dashboard", TINY, "-o", "board.html", "--charter", "own.yaml")
    assert code == 2 and "0.18" in complaint and "line 3" in complaint
    assert not Path("board.html").exists()


def test_a_company_that_carries_no_tile_says_what_it_takes(verb):
    code, _, complaint = verb("dashboard", "public:nsw", "-o", "board.html")
    assert code == 2 and "mrr_movements" in complaint
    assert not Path("board.html").exists()


@pytest.mark.parametrize("name", ["dashboard", "export"])
def test_what_is_made_of_real_data_is_not_put_where_git_would_pick_it_up(verb, name):
    if shutil.which("git") is None:
        pytest.skip("no git on this machine")
    data = Path("data")
    data.mkdir()
    (data / "accounts.csv").write_text("account_id\nA1\n", encoding="utf-8")
    (data / "contracts.csv").write_text("account_id,start,end\nA1,2023-01-01,2024-01-01\n", encoding="utf-8")
    subprocess.run(["git", "init", "-q", "clone"], check=True)
    target = "clone/board.html" if name == "dashboard" else "clone/out"
    code, _, complaint = verb(name, "folder:data", "-o", target)
    assert code == 2 and "real data" in complaint
    assert not Path(target).exists()


def test_a_folder_with_something_in_it_is_left_alone(verb):
    Path("out").mkdir()
    Path("out/mine.txt").write_text("mine", encoding="utf-8")
    code, _, complaint = verb("export", TINY, "-o", "out")
    assert code == 2 and "--force" in complaint
    assert [path.name for path in Path("out").iterdir()] == ["mine.txt"]
