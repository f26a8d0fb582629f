"""The verbs of ``cslab``: each checks what it was asked, calls one room of the house, and says what came of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from cslab.course.furniture import Verb, Verbs, WrongUsage, complaint
from cslab.faults import CslabError, Fault, UsageError
from cslab.words import LANGUAGES, default_language, hear, word

if TYPE_CHECKING:
    from cslab.course.build import Built
    from cslab.course.run import Outcome

FAILED, FAULT = 1, 2
"""Exit codes: a lesson or test that failed; something that the person at the keyboard can mend."""


def _help(name: str) -> str:
    """The help of a verb or option in the reader's language."""
    return word(f"cli.{name}.help", default_language())


def _speak(lang: str | None) -> str | None:
    """Let everything from here on come in one language."""
    if lang is None:
        return None
    if lang not in LANGUAGES:
        raise UsageError(Fault("unknown_language", {"lang": lang, "known": ", ".join(LANGUAGES)}))
    os.environ["CSLAB_LANG"] = lang
    return lang


hear(sys.argv)  # the helps below are written before the options are read
Lang = Annotated[str | None, typer.Option("--lang", metavar="en|ja", callback=_speak, help=_help("lang"))]
LessonName = Annotated[str, typer.Argument(metavar="LESSON", help=_help("lesson"))]
Source = Annotated[str, typer.Argument(metavar="SOURCE", help=_help("source"))]
Jobs = Annotated[int | None, typer.Option("-j", "--jobs", min=1, help=_help("jobs"))]
app = typer.Typer(
    cls=Verbs,
    help=_help("cslab"),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _verb(name: str) -> Callable[[Any], Any]:
    """Register a function as a verb."""
    return app.command(name, cls=Verb, help=_help(name))


def main() -> None:
    """Run one verb; a fault that the user can mend is told without a traceback."""
    for stream in (sys.stdout, sys.stderr):  # an old Japanese code page has no ✔, and that is no reason to stop
        getattr(stream, "reconfigure", lambda **_: None)(errors="replace")
    try:
        sys.exit(app(standalone_mode=False))
    except WrongUsage as error:
        hear(sys.argv)
        print(complaint(error, default_language()), file=sys.stderr)
        sys.exit(FAULT)
    except typer.Abort:
        sys.exit("\n" + word("setup.interrupted", default_language()))
    except CslabError as error:
        _refuse(error)
    except ImportError as error:
        from cslab.environment import missing_package

        if (fault := missing_package(error)) is None:
            raise
        _refuse(fault)


def _refuse(error: CslabError) -> NoReturn:
    """End with a fault that the user can mend."""
    print(error.text(default_language()), file=sys.stderr)
    sys.exit(FAULT)


def _say(name: str, /, **values: object) -> None:
    """Print a message of the verbs."""
    print(word(f"cli.{name}", default_language(), **values), flush=True)


@app.callback()
def _cslab(lang: Lang = None) -> None:
    """Take the language before the verb too."""


@_verb("lessons")
def show_lessons(lang: Lang = None) -> None:
    """List the lessons."""
    from cslab.course.lessons import lessons
    from cslab.course.listing import lesson_rows, listing

    speech = default_language()
    headings = [word(f"cli.lessons.{name}", speech) for name in ("number", "title", "minutes", "question")]
    listing(headings, lesson_rows(lessons(), speech))


@_verb("run")
def run_lesson(
    lesson: LessonName,
    source: Annotated[str, typer.Option("--source", metavar="SOURCE", help=_help("source"))] = "",
    as_of: Annotated[str, typer.Option("--as-of", metavar="YYYY-MM-DD", help=_help("as_of"))] = "",
    lang: Lang = None,
    parameter: Annotated[list[str] | None, typer.Option("-p", metavar="NAME=VALUE", help=_help("parameter"))] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="DIR", help=_help("output"))] = None,
    force: Annotated[bool, typer.Option("--force", help=_help("force"))] = False,
) -> None:
    """Run one lesson on a source."""
    from cslab.course.run import run

    wishes = parameter or []
    outcome = run(lesson, source=source, as_of=as_of, lang=lang or "", wishes=wishes, folder=output, force=force)
    if outcome.failed:
        _say_failed(outcome)
        raise typer.Exit(FAILED)
    _say("run.done", page=outcome.page, notebook=outcome.notebook)


@_verb("demo")
def run_demo(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help=_help("output"))] = Path("build/demo"),
    lessons: Annotated[str, typer.Option("--lessons", metavar="00,05", help=_help("lesson_list"))] = "",
    langs: Annotated[str, typer.Option("--langs", metavar="en,ja", help=_help("langs"))] = ",".join(LANGUAGES),
    jobs: Jobs = None,
    lang: Lang = None,
) -> None:
    """Run every lesson in both languages."""
    from cslab.course.demo import demo, planned
    from cslab.course.kernels import processors
    from cslab.course.listing import progress

    numbers, wanted = _split(lessons), _split(langs)
    count = len(planned(output, numbers, wanted))
    with progress(word("cli.demo.title", default_language()), count) as advance:
        outcomes = demo(
            output,
            numbers=numbers,
            langs=wanted,
            jobs=jobs or processors(),
            tell=lambda outcome: advance(_named(outcome)),
        )
    failed = [outcome for outcome in outcomes if outcome.failed]
    for outcome in failed:
        _say_failed(outcome)
    good = len(outcomes) - len(failed)
    _say("demo.done" if good else "demo.none", page=output / "index.html", good=good, count=len(outcomes))
    raise typer.Exit(FAILED if failed else 0)


@_verb("build")
def build_lessons(
    lessons: Annotated[list[str] | None, typer.Argument(metavar="[LESSON]…", help=_help("lesson"))] = None,
    check: Annotated[bool, typer.Option("--check", help=_help("build_check"))] = False,
    force: Annotated[bool, typer.Option("--force", help=_help("build_force"))] = False,
    jobs: Jobs = None,
    lang: Lang = None,
) -> None:
    """Build the notebooks from their sources."""
    from cslab.course.build import build
    from cslab.course.kernels import processors

    built = build(numbers=lessons or (), check=check, force=force, jobs=jobs or processors(), tell=_say_built)
    raise typer.Exit(FAILED if any(one.state in {"failed", "stale"} for one in built) else 0)


@_verb("open")
def open_lesson(
    lesson: LessonName,
    lang: Lang = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help=_help("browser"))] = True,
) -> None:
    """Open a trainee's own copy of a lesson."""
    from cslab.course.copies import has_browser, lab_command, make_copy, open_lab, typed
    from cslab.course.lessons import find

    copy, fresh = make_copy(find(lesson), default_language())
    _say("open.fresh" if fresh else "open.there", copy=copy)
    if browser and has_browser():
        raise typer.Exit(open_lab(copy))
    _say("open.by_hand", command=typed(lab_command(copy)))


@_verb("reset")
def reset_lesson(lesson: LessonName, lang: Lang = None) -> None:
    """Put a fresh copy in place of a trainee's."""
    from cslab.course.copies import reset
    from cslab.course.lessons import find

    copy, kept = reset(find(lesson), default_language())
    _say("reset.kept" if kept else "reset.fresh", copy=copy, kept=kept)


@_verb("readiness")
def show_readiness(
    source: Source,
    as_of: Annotated[str, typer.Option("--as-of", metavar="YYYY-MM-DD", help=_help("as_of"))] = "",
    lang: Lang = None,
) -> None:
    """Say which lessons a source carries."""
    from cslab.course.lessons import lessons
    from cslab.course.listing import lack_lines, listing, ready_rows
    from cslab.course.readiness import facts, readiness
    from cslab.sources import load

    speech, book = default_language(), load(source, as_of)
    found = [readiness(book, lesson, speech) for lesson in lessons()]
    headings = [word(f"cli.{name}", speech) for name in ("state", "lessons.number", "lessons.title")]
    listing(headings, ready_rows(found, speech))
    if missing := lack_lines(found, speech):
        print("\n".join(["", word("cli.lack", speech), *missing]))
    print()
    listing((), facts(book, speech))
    print("\n".join(f"  - {note.text(speech)}" for note in book.notes))


@_verb("sample")
def make_sample(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help=_help("output"))] = Path(
        "datasets/sample"
    ),
    lang: Lang = None,
) -> None:
    """Write the sample company."""
    from cslab.sources.sample import write_sample

    _say("sample.done", folder=write_sample(output))


@_verb("dictionary")
def write_dictionary(
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help=_help("dictionary_output"))
    ] = None,
    lang: Lang = None,
) -> None:
    """Print the data dictionary, or write it."""
    from cslab.course.folders import disk_faults
    from cslab.sources.dictionary import dictionary_markdown

    if output is None:
        print(dictionary_markdown([lang] if lang else LANGUAGES))
        return
    with disk_faults(output):
        output.write_text(dictionary_markdown(), encoding="utf-8", newline="\n")
    _say("dictionary.done", file=output)


@_verb("doctor")
def see_doctor(lang: Lang = None) -> None:
    """Look at everything the lessons need."""
    from cslab.doctor import examine, report

    raise typer.Exit(report(examine(), default_language()))


@_verb("help")
def show_help(context: typer.Context, lang: Lang = None) -> None:
    """Print what ``--help`` prints."""
    assert context.parent is not None
    print(context.parent.get_help())


def _develop(name: str) -> None:
    """Register one verb of those who work on the kit."""

    def verb() -> None:
        """Hand on the exit code."""
        from cslab import develop

        raise typer.Exit(getattr(develop, name)())

    _verb(name)(verb)


for _name in ("lab", "check", "test", "bench"):
    _develop(_name)


def _split(text: str) -> list[str]:
    """The items of a list typed with commas."""
    return [item.strip() for item in text.split(",") if item.strip()]


def _named(outcome: Outcome) -> str:
    """A run in a few words, for the progress bar."""
    mark = "✘" if outcome.failed else "✔"
    return f"{mark} {outcome.lesson.number} {outcome.lang} {outcome.lesson.title(outcome.lang)}"


def _say_failed(outcome: Outcome) -> None:
    """Say which cell failed, why, and where the notebook is kept."""
    from cslab.course.demo import failure

    print(word("cli.run.failed", default_language(), **failure(outcome)), file=sys.stderr)


def _say_built(one: Built) -> None:
    """Say what became of one notebook."""
    _say(f"build.{one.state}", name=one.name, lang=one.lang, reason=one.reason)
