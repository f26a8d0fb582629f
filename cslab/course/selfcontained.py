"""Keeping a page to itself: nothing in it is fetched, run or sent anywhere, whatever a cell has put out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from html.parser import HTMLParser

Attributes = list[tuple[str, str | None]]
DROPPED = {"script", "style", "iframe", "object", "embed", "link", "meta", "base", "form", "video", "audio", "frame"}
VOID = {"area", "br", "col", "hr", "img", "input", "source", "track", "wbr", "link", "meta", "base", "embed", "frame"}
FETCHING = {
    "src",
    "srcset",
    "href",
    "xlink:href",
    "poster",
    "data",
    "action",
    "formaction",
    "background",
    "cite",
    "ping",
}
_REACHING = re.compile(r"url\(\s*[\"']?(?!data:|#)|@import|expression\(|image-set\(", re.IGNORECASE)
_CALLING = re.compile(r"\b(fetch|import|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts)\b\s*\(")


def cleaned(html: str) -> str:
    """A piece of HTML without anything that would leave the page; links to elsewhere become text with their address.

    Parameters
    ----------
    html : str
        What a text or an output holds.

    Returns
    -------
    str

    >>> cleaned('<p onclick="x()">a <a href="https://example.org/b">b</a><script>c()</script></p>')
    '<p>a <span class="link">b</span> (https://example.org/b)</p>'
    """
    cleaner = _Cleaner()
    cleaner.feed(html)
    cleaner.close()
    return "".join(cleaner.kept)


def outside(html: str) -> list[str]:
    """Everything in a whole page that would leave it: fetched files, links, scripts that call out.

    Parameters
    ----------
    html : str
        A whole page.

    Returns
    -------
    list of str
        Tag, attribute and value of each; empty for a self-contained page.

    >>> outside('<img src="data:image/png;base64,AA=="><a href="#top">up</a>')
    []
    >>> outside('<img src="https://example.org/a.png">')
    ['img src=https://example.org/a.png']
    """
    finder = _Finder()
    finder.feed(html)
    finder.close()
    return finder.found


def _stays(name: str, value: str) -> bool:
    """Whether an attribute that fetches stays within the page."""
    return value.startswith("#") or (name in {"src", "href"} and value.startswith("data:image/"))


class _Cleaner(HTMLParser):
    """Writes what it reads, without what leaves the page."""

    def __init__(self) -> None:
        """Keep character references as they are written."""
        super().__init__(convert_charrefs=False)
        self.kept: list[str] = []
        self.within = 0
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Keep a tag with its harmless attributes; count the dropped one we are in."""
        if tag in DROPPED:
            self.within += tag not in VOID
        elif self.within:
            return
        elif tag == "a":
            self._open_link(dict(attrs).get("href") or "", attrs)
        elif not (tag == "img" and not _stays("src", dict(attrs).get("src") or "")):
            self.kept.append(f"<{tag}{self._safe(attrs)}>")

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        """A tag that closes itself opens nothing."""
        if tag not in DROPPED:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Close what was kept."""
        if tag in DROPPED:
            self.within -= bool(self.within)
        elif self.within or tag in VOID:
            return
        elif tag == "a" and self.links:
            self.kept.append(self.links.pop())
        else:
            self.kept.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Keep text."""
        if not self.within:
            self.kept.append(data)

    def handle_entityref(self, name: str) -> None:
        """Keep a named character as it is."""
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Keep a numbered character as it is."""
        self.handle_data(f"&#{name};")

    def _open_link(self, address: str, attrs: Attributes) -> None:
        """Keep a link within the page; of any other, keep the words and write the address behind them."""
        if not address or address.startswith("#"):
            self.kept.append(f"<a{self._safe(attrs)}>")
            self.links.append("</a>")
        else:
            self.kept.append('<span class="link">')
            shown = f" ({escape(address)})" if address.startswith(("http:", "https:")) else ""
            self.links.append(f"</span>{shown}")

    def _safe(self, attrs: Attributes) -> str:
        """The attributes that neither fetch nor run anything."""
        return "".join(
            f' {name}="{escape(value or "")}"'
            for name, value in attrs
            if not name.startswith("on")
            and not (name in FETCHING and not _stays(name, value or ""))
            and not (name == "style" and _REACHING.search(value or ""))
        )


class _Finder(HTMLParser):
    """Lists what leaves the page."""

    def __init__(self) -> None:
        """Nothing found yet."""
        super().__init__()
        self.found: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Look at every attribute of a tag."""
        self.inside = tag if tag in {"style", "script"} else ""
        self.found += [f"{tag} {name}={value}" for name, value in self._leaving(tag, attrs)]

    def handle_data(self, data: str) -> None:
        """Look into styles and scripts."""
        if self.inside == "style" and _REACHING.search(data):
            self.found.append("style: url( or @import")
        if self.inside == "script" and (_CALLING.search(data) or "://" in data):
            self.found.append("script: calls out")

    def handle_endtag(self, tag: str) -> None:
        """Leave a style or script."""
        self.inside = ""

    def _leaving(self, tag: str, attrs: Attributes) -> Iterator[tuple[str, str]]:
        """The attributes of a tag that leave the page."""
        for name, value in ((name, value or "") for name, value in attrs):
            if (name in FETCHING and not _stays(name, value)) or (name == "style" and _REACHING.search(value)):
                yield name, value
            if name.startswith("on") or (tag == "meta" and (name, value.lower()) == ("http-equiv", "refresh")):
                yield name, value
