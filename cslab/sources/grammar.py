"""Source strings: the one parameter that says where a company's tables come from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cslab.faults import Fault, UsageError, nearest

FORMS = {
    "synthetic": "synthetic:default_jp?seed=7&accounts=2000",
    "folder": "folder:path/to/export",
    "public": "public:NAME",
    "database": "database:NAME",
}
"""The kinds of source, each with an example of its spelling."""

FOLDER_OPTIONS = ("mapping",)

_SECRET = re.compile(
    r"(pass(word|wd)?|pwd|secret|token|api[_-]?key|access[_-]?key|credentials?|パスワード)\s*[=＝:：]\s*\S|://\S*@|\bbearer\s",
    re.IGNORECASE,
)
_OPTIONS = re.compile(r"\?(?P<options>\w+=[^/\\?&]*(&\w+=[^/\\?&]*)*)$")
_BEHIND = re.compile(r"\?(?P<options>.*)$")
_OWN = re.compile(r"(?<=\.toml)(\?(?P<options>.*))?$", re.IGNORECASE)
_WINDOWS = re.compile(r"^[A-Za-z]:([\\/]|$)")


@dataclass(frozen=True)
class Source:
    """A source string, understood.

    Parameters
    ----------
    kind : str
        ``synthetic``, ``folder``, ``public`` or ``database``.
    name : str
        The preset, the path or the name behind the colon.
    params : mapping of str to str
        What stands behind ``?``.
    text : str
        The string as it was written.

    >>> Source("synthetic", "tiny", {"seed": "7"}).params["seed"]
    '7'
    """

    kind: str
    name: str
    params: Mapping[str, str] = field(default_factory=dict)
    text: str = ""


def parse(text: str) -> Source:
    r"""Understand a source string, without looking at the disk.

    In a path only a last ``?`` followed by ``name=value`` begins the options; every other ``?``, space, colon or
    letter of any script belongs to the path. A folder whose very name ends like options is written with a ``/`` behind.
    Behind ``synthetic:``, what ends in ``.toml`` is a file with a scenario of one's own.

    Parameters
    ----------
    text : str
        Such as ``"synthetic:default_jp?seed=7"`` or ``"folder:path/to/export?mapping=telco"``.

    Returns
    -------
    Source
        Kind, name or path, and the options as text.

    Raises
    ------
    UsageError
        For an unknown kind or option, a bare path or preset, an empty name; and for a secret, which is not repeated.

    >>> def show(text): source = parse(text); return source.kind, source.name, dict(source.params)
    >>> show("synthetic:default_jp?seed=7&accounts=2000&policy=rule")
    ('synthetic', 'default_jp', {'seed': '7', 'accounts': '2000', 'policy': 'rule'})
    >>> show("folder:my data/顧客 一覧/2024年度")
    ('folder', 'my data/顧客 一覧/2024年度', {})
    >>> show("folder:export?mapping=telco")
    ('folder', 'export', {'mapping': 'telco'})
    >>> show("folder:who left?/why?"), show("folder:odd?mapping=name/")
    (('folder', 'who left?/why?', {}), ('folder', 'odd?mapping=name/', {}))
    >>> show(r"folder:C:\Users\花子\export 1?mapping=telco")
    ('folder', 'C:\\Users\\花子\\export 1', {'mapping': 'telco'})
    >>> show(r"synthetic:D:\what if?\mine.toml?seed=7")
    ('synthetic', 'D:\\what if?\\mine.toml', {'seed': '7'})
    >>> show("public:lung"), show("database:warehouse")
    (('public', 'lung', {}), ('database', 'warehouse', {}))
    """
    refuse_secret(text)
    written = text.strip()
    kind, colon, rest = written.partition(":")
    if not colon or kind not in FORMS or not rest.strip():
        raise UsageError(_not_a_source(written, kind if colon else ""))
    rest = rest.strip()
    options = _OPTIONS.search(rest) if kind == "folder" else (_OWN.search(rest) or _BEHIND.search(rest))
    name = rest[: options.start()] if options else rest
    if kind == "synthetic" and "&" in name and not name.lower().endswith(".toml"):
        meant = written.replace("?", "&").replace("&", "?", 1)
        raise UsageError(Fault("source_first_option", {"source": written, "meant": meant}))
    return Source(kind, name, _params(kind, (options["options"] or "") if options else "", written), written)


def refuse_secret(text: str) -> None:
    """Refuse a source string that seems to carry a password or key; the message does not repeat it.

    Raises
    ------
    UsageError
        Without the text in it.

    >>> refuse_secret("folder:export")
    >>> refuse_secret("database:sales?password=hunter2")
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    kind, _, rest = text.partition(":")
    user_and_password = kind.strip() == "database" and re.search(r"\S+:\S+@", rest)
    if _SECRET.search(rest if kind.strip() in FORMS else text) or user_and_password:
        raise UsageError(Fault("source_secret"))


def _params(kind: str, options: str, written: str) -> dict[str, str]:
    """The options behind ``?`` by name; each once, and for a folder only the known ones."""
    params: dict[str, str] = {}
    for option in filter(None, options.split("&")):
        name, equals, value = option.partition("=")
        if not (name and equals and value) or name in params:
            raise UsageError(
                Fault("source_option", {"option": option, "source": written, "example": FORMS["synthetic"]})
            )
        params[name] = value
    if kind == "folder" and (unknown := [name for name in params if name not in FOLDER_OPTIONS]):
        raise UsageError(Fault("folder_option", {"option": unknown[0], "known": ", ".join(FOLDER_OPTIONS)}))
    return params


def _not_a_source(written: str, kind: str) -> Fault:
    """What is wrong with a string that is no source, with the spelling that was probably meant."""
    forms = ", ".join(FORMS.values())
    if kind in FORMS:
        return Fault("source_empty", {"source": written, "example": FORMS[kind]})
    meant = _meant(written, kind)
    return Fault("source_meant" if meant else "source_unknown", {"source": written, "meant": meant, "forms": forms})


def _meant(written: str, kind: str) -> str:
    """The right spelling of a bare path or preset, a full-width colon, a mistyped kind; empty where none is likely."""
    wide = written.replace("：", ":", 1)
    if wide != written and wide.partition(":")[0] in FORMS:
        return wide
    if written.partition("?")[0].lower().endswith(".toml"):
        return f"synthetic:{written}"
    if _WINDOWS.match(written) or re.match(r"[./\\~]", written) or (not kind and re.search(r"[/\\]", written)):
        return f"folder:{written}"
    if kind:
        near = nearest(kind, FORMS)
        return f"{near}:{written.partition(':')[2]}" if near and written != f"{kind}:" else ""
    from cslab.world.scenario import presets

    if written.partition("?")[0] in presets():
        return f"synthetic:{written}"
    return f"folder:{written}" if Path(written).is_dir() else ""
