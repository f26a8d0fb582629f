"""Renews what the READMEs show of the course: the figure, the verdicts of lesson 05, the lists of lessons and
worlds; and the syllabus beside the notebooks.

Run it after a build: python docs/refresh.py
"""

from __future__ import annotations

import re
from pathlib import Path

import cslab
from cslab import figures
from cslab.course.lessons import find, lessons
from cslab.course.syllabus import FILES, found_in, markdown, syllabus, to_come, verdict_heads, verdict_row
from cslab.measure import survival
from cslab.words import LANGUAGES, word
from cslab.world.scenario import presets

ROOT = Path(__file__).resolve().parents[1]
READMES = {"en": ROOT / "README.md", "ja": ROOT / "README.ja.md"}
SOURCE = "synthetic:default_jp?seed=7&accounts=2000"
SHOWN = "05"


def draw(folder: Path) -> None:
    """Write ``hazard_comb_en.png`` and ``hazard_comb_ja.png`` into a folder."""
    figures.use_style()
    comb = survival.hazard(survival.durations(cslab.load(SOURCE)))
    for lang in LANGUAGES:
        axes = figures.survival.hazard_comb(comb, lang=lang)
        axes.figure.savefig(folder / f"hazard_comb_{lang}.png", metadata={"Software": None})


def verdicts(lang: str) -> str:
    """What lesson 05 found: claim, naive number, better number, truth."""
    head = [find(SHOWN).title(lang), *verdict_heads(lang)[1:]]
    rows = [head, *(verdict_row(verdict, lang) for verdict in found_in(find(SHOWN), lang))]
    return markdown([row[:-1] for row in rows])


def course(lang: str) -> str:
    """The lessons there are, with their questions and the minutes of both tracks, and those still to come."""
    head = [word(f"cli.lessons.{name}", lang) for name in ("number", "title", "question", "minutes")]
    minutes = {one.number: f"{one.minutes_core} + {one.minutes_further}" for one in lessons()}
    rows = [[one.number, one.title(lang), one.question(lang), minutes[one.number]] for one in lessons()]
    return "\n\n".join(filter(None, [markdown([head, *rows]), to_come(lessons(), lang)]))


def worlds(lang: str) -> str:
    """The presets with the first sentence of their stories, and the default one first."""
    stories = {
        name: word(f"card.scenario.{name}", lang) for name in sorted(presets(), key=lambda name: name != "default_jp")
    }
    head = [word(f"readme.worlds.{name}", lang) for name in ("preset", "story")]
    return markdown([head, *([f"`{name}`", _first_sentence(story)] for name, story in stories.items())])


def _first_sentence(story: str) -> str:
    """What stands before the first full stop, with it."""
    found = re.match(r".*?(。|\.(?=\s|$))", story)
    return found[0] if found else story


def renewed(text: str, lang: str) -> str:
    """A README with its tables as they are today."""
    for name, made in (("verdicts", verdicts(lang)), ("lessons", course(lang)), ("worlds", worlds(lang))):
        between = re.compile(rf"(<!-- {name} -->\n).*?(\n<!-- /{name} -->)", flags=re.DOTALL)
        text = between.sub(lambda found, made=made: found.group(1) + made + found.group(2), text)
    return text


if __name__ == "__main__":
    draw(ROOT / "docs")
    for language, readme in READMES.items():
        readme.write_text(renewed(readme.read_text(encoding="utf-8"), language), encoding="utf-8")
        (ROOT / "notebooks" / FILES[language]).write_text(syllabus(language), encoding="utf-8")
