"""The key of the pseudonyms: made once, kept to its owner, and every trouble with it told."""

import sys
from pathlib import Path

import pytest

from cslab.faults import UsageError
from cslab.requirements import clone
from cslab.sources.privacy.pseudonym import pseudonyms
from cslab.sources.privacy.salt import salt, salt_file


@pytest.fixture
def key(tmp_path, monkeypatch):
    """A file of one's own that is not there yet."""
    path = tmp_path / "own" / "salt"
    monkeypatch.setenv("CSLAB_SALT_FILE", str(path))
    return path


def test_a_key_is_made_once_and_read_again(key):
    first = salt()
    assert len(first) == 32 and salt() == first and key.read_text(encoding="utf-8").startswith("#")


@pytest.mark.skipif(
    sys.platform == "win32", reason="Windows keeps what lies in the user's folder to the user by itself"
)
def test_only_its_owner_can_read_it(key):
    salt()
    assert key.stat().st_mode & 0o077 == 0


def test_another_key_gives_other_pseudonyms(key):
    before = pseudonyms(["Globex"])
    key.unlink()
    assert pseudonyms(["Globex"]) != before


def test_without_a_word_it_lies_in_the_users_own_folder(monkeypatch, tmp_path):
    monkeypatch.delenv("CSLAB_SALT_FILE")
    monkeypatch.setenv("APPDATA" if sys.platform == "win32" else "XDG_CONFIG_HOME", str(tmp_path))
    assert salt_file() == tmp_path / "cslab" / "salt"


@pytest.mark.parametrize("text", ["", "# only words\n", "no hex\n", "abcd\n", "00" * 32 + "\n" + "11" * 32 + "\n"])
def test_a_file_that_holds_no_key_is_refused_and_left_alone(key, text):
    key.parent.mkdir()
    key.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="holds no key"):
        salt()
    assert key.read_text(encoding="utf-8") == text


def test_a_place_that_cannot_be_written_is_told(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("CSLAB_SALT_FILE", str(tmp_path / "file" / "salt"))
    with pytest.raises(UsageError, match="CSLAB_SALT_FILE"):
        salt()


def test_the_key_does_not_lie_where_it_would_be_passed_on(monkeypatch):
    inside = Path(clone() or ".") / "salt"
    monkeypatch.setenv("CSLAB_SALT_FILE", str(inside))
    with pytest.raises(UsageError, match="passed on"):
        salt()
    assert not inside.exists()
