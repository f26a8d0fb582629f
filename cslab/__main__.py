"""``python -m cslab VERB``: sets up on first use, then hands over to the verbs. Imports the standard library only."""

from __future__ import annotations

import sys
from pathlib import Path

NEEDED = (3, 11)
OLD_PYTHON = """\
cslab needs Python {needed} or newer; this is Python {here}.
Install a newer one (Debian, Ubuntu: sudo apt install python3.11 python3.11-venv; macOS: brew install python;
Windows: python.org), then name it: make demo PYTHON=python3.11   or: python3.11 -m cslab demo

cslab には Python {needed} 以降が必要です(いまの Python は {here} です)。
新しい Python を入れてから、名前を指定してください: make demo PYTHON=python3.11
"""  # in both languages and here: words.py itself cannot be read by an old Python
FAULT = 2  # exit code for what the person at the keyboard can mend, as in cli.py
AUTHOR_VERBS = ("test", "check", "bench", "build", "pack")  # they read sources or test; what a trainee types does not
AUTHOR_EXTRAS = ("author", "events", "postgres", "spark")


def main(arguments: list[str]) -> None:
    """Set up where that is needed, then run a verb.

    Parameters
    ----------
    arguments : list of str
        What stands after ``python -m cslab``; ``--wheels DIR`` is for set-up and is taken out.
    """
    if sys.version_info < NEEDED:
        sys.exit(OLD_PYTHON.format(needed=".".join(map(str, NEEDED)), here=sys.version.split()[0]))
    for stream in (sys.stdout, sys.stderr):  # a code page without some sign is no reason to stop
        getattr(stream, "reconfigure", lambda **_: None)(errors="replace")
    from cslab.faults import CslabError
    from cslab.words import default_language, hear, word

    hear(arguments)
    arguments, wheels = _split_off_wheels(arguments)
    if not arguments or arguments[0] == "help":
        print(word("setup.help", default_language()))
        return
    try:
        _prepare(arguments, wheels)
    except CslabError as error:
        print(error.text(default_language()), file=sys.stderr)
        sys.exit(FAULT)
    except KeyboardInterrupt:
        sys.exit("\n" + word("setup.interrupted", default_language()))
    sys.argv[1:] = arguments
    try:
        from cslab.cli import main as run
    except ImportError as error:  # typer itself is gone
        from cslab.environment import missing_package

        if (fault := missing_package(error)) is None:
            raise
        print(fault.text(default_language()), file=sys.stderr)
        sys.exit(FAULT)
    run()


def _split_off_wheels(arguments: list[str]) -> tuple[list[str], Path | None]:
    """Take ``--wheels DIR`` out of the arguments; of ``pack`` it is an option without a folder."""
    if "--wheels" not in arguments[:-1] or "pack" in arguments:
        return arguments, None
    place = arguments.index("--wheels")
    return [*arguments[:place], *arguments[place + 2 :]], Path(arguments[place + 1])


def _prepare(arguments: list[str], wheels: Path | None) -> None:
    """See to it that what the verb needs is installed; come back only in a Python that has it."""
    from cslab import environment, requirements

    root = requirements.clone()
    if root is None:  # an installed wheel: whoever installed it installed what it needs
        return
    extras = AUTHOR_EXTRAS if arguments[0] in AUTHOR_VERBS else ()
    own = environment.Environment(root)
    stamped = own.is_running() and (own.folder / "cslab.json").exists()
    if own.is_complete(*extras) if stamped else environment.is_satisfied(*extras):
        return
    if not own.is_complete(*extras):
        own.make(*extras, wheels=wheels)
    if not own.is_running():
        own.restart(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
