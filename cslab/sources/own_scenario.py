"""A scenario in a file of one's own: ``synthetic:path/to/mine.toml`` simulates it like one that comes with the kit."""

from __future__ import annotations

import tomllib
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cslab.faults import Fault, UsageError, nearest

if TYPE_CHECKING:
    from cslab.world import Scenario

ENDING = ".toml"


def is_own(name: str) -> bool:
    """Whether what stands behind ``synthetic:`` is a file.

    Parameters
    ----------
    name : str

    >>> is_own("mine.toml"), is_own("default_jp")
    (True, False)
    """
    return name.lower().endswith(ENDING)


def read_scenario(name: str) -> Scenario:
    """The scenario that a file states.

    Parameters
    ----------
    name : str
        Path of a TOML file: ``base`` (a preset) and any parameters of it.

    Returns
    -------
    Scenario
        Named by the path.

    Raises
    ------
    UsageError
        For a file that is not there or no TOML, and with every parameter that is unknown or out of range.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as home:
    ...     path = Path(home) / "mine.toml"
    ...     size = path.write_text('base = "tiny"\\naccounts = 80', encoding="utf-8")
    ...     read_scenario(str(path)).accounts
    80
    """
    from cslab.world.scenario import stated

    path = Path(name).expanduser()
    if not path.is_file():
        folder = path.parent if path.parent.is_dir() else Path()
        near = nearest(path.name, [one.name for one in folder.glob(f"*{ENDING}")])
        raise UsageError(Fault("own_scenario_missing", {"file": name, "near": near and str(path.with_name(near))}))
    try:
        return stated(name, tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(Fault("own_scenario_unreadable", {"file": name, "reason": str(error)})) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(Fault("own_scenario_unreadable", {"file": name, "reason": reason})) from error


def scenario_text(scenario: Scenario, base: str, heading: str) -> str:
    """A scenario as a file: the preset it is based on, and every parameter that differs from it.

    Parameters
    ----------
    scenario : Scenario
    base : str
        One of the presets.
    heading : str
        Lines at the top, which become comments.

    Returns
    -------
    str
        TOML that :func:`read_scenario` reads.

    >>> from cslab.world import preset
    >>> print(scenario_text(preset("tiny").with_(accounts=80), "tiny", "Mine."))
    # Mine.
    base = "tiny"
    accounts = 80                               # customers drawn
    <BLANKLINE>
    """
    from cslab.world import preset

    usual, own = asdict(preset(base)), asdict(scenario)
    lines = [*(f"# {line}".rstrip() for line in heading.splitlines()), f'base = "{base}"']
    lines += [_line(name, own[name]) for name in own if name != "name" and own[name] != usual[name]]
    return "\n".join([*lines, ""])


def _line(name: str, value: Any) -> str:
    """A parameter with its value and its unit."""
    from cslab.world.scenario import PARAMETERS

    written, unit = f"{name} = {_value(value)}", PARAMETERS[name].unit
    return f"{written:<43} # {unit}" if unit else written


def _value(value: Any) -> str:
    """A value as TOML writes it."""
    if isinstance(value, tuple):
        return f"[{', '.join(_value(one) for one in value)}]"
    return f'"{value}"' if isinstance(value, str) else str(value)
