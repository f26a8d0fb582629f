"""What a class handed in for an assigned homework: one text a trainee, with the files that lie beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from cslab.course.assign.key import Held, Key
from cslab.course.assign.kits import kit_of
from cslab.course.grading.archive import Entry, Refused
from cslab.course.grading.filenames import file_names
from cslab.course.grading.records import clean
from cslab.course.grading.trainees import LONGEST, same, trainee_of, unwrapped
from cslab.faults import Fault

LONGEST_PLACE = 200


@dataclass(frozen=True)
class Handed:
    """What one trainee handed in.

    Parameters
    ----------
    trainee : str
        As in the class list; as handed in, for one who is not in it.
    held : Held or None
        What the key says of them.
    files : dict of str to Entry
        By the names that they had in the trainee's folder; empty where there are faults.
    faults : tuple of Fault
        Why it cannot be checked; empty with no files for one who handed in nothing.

    >>> Handed("Sato", None).absent
    True
    """

    trainee: str
    held: Held | None
    files: tuple[tuple[str, Entry], ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def absent(self) -> bool:
        """Whether nothing came."""
        return not (self.files or self.faults)

    def put_into(self, folder: Path) -> None:
        """Put the files into a folder.

        Parameters
        ----------
        folder : Path
            Made when it is not there.

        Raises
        ------
        Refused
            For a file that is too large or cannot be read.

        >>> import tempfile
        >>> text = Entry(("Sato", "h1.md"), False, "", lambda: b"# H1")
        >>> with tempfile.TemporaryDirectory() as home:
        ...     Handed("Sato", None, (("h1.md", text),)).put_into(Path(home))
        ...     (Path(home) / "h1.md").read_text(encoding="utf-8")
        '# H1'
        """
        folder.mkdir(parents=True, exist_ok=True)
        for name, entry in self.files:
            (folder / name).write_bytes(entry.read())


def handed_in(found: Iterable[Entry], key: Key) -> list[Handed]:
    """What each of a class handed in: in the order of the class list, then whoever is not in it.

    Parameters
    ----------
    found : iterable of Entry
        A folder for each trainee, or files with the trainee's name as learning systems give them out.
    key : Key

    >>> text = Entry(("sato", "h1_mission.md"), False, "", bytes)
    >>> key = Key("h1_mission", tuple(Held(name, "en", "", "", 500) for name in ("Sato", "Abe")))
    >>> [(one.trainee, one.absent) for one in handed_in([text], key)]
    [('Sato', False), ('Abe', True)]
    """
    listed = {same(held.name): held for held in key.trainees}
    folders = {same(folder): same(name) for name, folder in file_names(held.name for held in key.trainees).items()}
    everything, groups = list(found), dict[str, list[Entry]]()
    if not any(same(entry.parts[0]) in (listed | folders) for entry in everything):
        everything = unwrapped(everything, [key.homework])
    for entry in (one for one in everything if not one.folder):  # the files in a folder say whose it is
        name = same(trainee_of(entry.parts, [key.homework]))
        groups.setdefault(name if name in listed else folders.get(name, name), []).append(entry)
    there = [_handed(held, groups.get(name, []), key) for name, held in listed.items()]
    return there + [_stranger(entries, key) for name, entries in groups.items() if name not in listed]


def _handed(held: Held, entries: list[Entry], key: Key) -> Handed:
    """What lies in one trainee's place."""
    one, text = Handed(held.name, held), f"{key.homework}.md"
    texts = [entry for entry in entries if entry.parts[-1].endswith(text)]
    places = ", ".join(clean(entry.place, LONGEST_PLACE) for entry in texts)
    if len(texts) > 1:
        return replace(one, faults=(Fault("reveal_two_files", {"places": places}),))
    if texts and texts[0].refused:
        return replace(one, faults=(refusal(Refused(texts[0].refused), places),))
    if texts:
        return replace(one, files=tuple(_beside(texts[0], entries, {text, *kit_of(key.homework).returned})))
    others = [clean(entry.parts[-1], LONGEST_PLACE) for entry in entries]
    return replace(one, faults=(Fault("reveal_other_files", {"file": text, "found": others[0]}),)) if others else one


def _beside(text: Entry, entries: list[Entry], names: set[str]) -> Iterator[tuple[str, Entry]]:
    """The text, and what belongs to it in its folder, without what a learning system put before names."""
    before = text.parts[-1].removesuffix(next(name for name in names if text.parts[-1].endswith(name)))
    for entry in entries:
        own = entry.parts[-1].removeprefix(before)
        beside = entry.parts[:-1] == text.parts[:-1] and own == Path(own).name
        if beside and not entry.refused and own and (own in names or own.endswith(".ipynb")):
            yield own, entry


def _stranger(entries: list[Entry], key: Key) -> Handed:
    """Something that was handed in under a name that is not in the class list."""
    name = clean(trainee_of(entries[0].parts, [key.homework]) or entries[0].place, LONGEST)
    return Handed(name, None, faults=(Fault("reveal_stranger", {"name": name}),))


def refusal(error: Refused, trainee: str) -> Fault:
    """A file that is not read, in words.

    Parameters
    ----------
    error : Refused
    trainee : str

    >>> refusal(Refused("too_large"), "Sato").key
    'grade_file.too_large'
    """
    return Fault(f"grade_file.{error}", {"place": trainee})
