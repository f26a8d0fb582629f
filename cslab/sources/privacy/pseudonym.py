"""Pseudonyms: the same text gives the same word in every table, and without the secret no word gives its text."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable

from cslab.sources.privacy.salt import salt

PREFIX, DIGITS = "p_", 14
"""56 bits: among 100,000 customers two share a pseudonym in one book of ten million."""
FORM = re.compile(rf"{PREFIX}[0-9a-f]{{{DIGITS}}}")
BLOCK = hashlib.sha256().block_size


def pseudonyms(texts: Iterable[str]) -> dict[str, str]:
    """The pseudonym of each text (HMAC with SHA-256, cut); what is a pseudonym already stays as it is.

    Parameters
    ----------
    texts : iterable of str
        Without spaces around them.

    Returns
    -------
    dict of str to str

    Raises
    ------
    UsageError
        Where there is no secret and none can be made.

    >>> found = pseudonyms(["山田商事", "山田商事", "佐藤工業"])
    >>> len(found), found["山田商事"] == found["佐藤工業"], bool(FORM.fullmatch(found["山田商事"]))
    (2, False, True)
    >>> again = found["山田商事"]; pseudonyms([again]) == {again: again}
    True
    """
    key, made = salt(), {}
    for text in texts:
        if text not in made:
            digest = hmac.digest(key, text.encode("utf-8", errors="surrogatepass"), "sha256")
            made[text] = text if FORM.fullmatch(text) else PREFIX + digest.hex()[:DIGITS]
    return made


def pads() -> tuple[bytes, bytes]:
    """The secret as HMAC uses it, for an engine that knows SHA-256 alone: what stands before the text, and before that.

    Returns
    -------
    inner, outer : bytes
        HMAC is SHA-256 of ``outer`` and SHA-256 of ``inner`` and the text.

    >>> inner, outer = pads()
    >>> digest = hashlib.sha256(outer + hashlib.sha256(inner + b"A").digest()).hexdigest()
    >>> pseudonyms(["A"])["A"] == PREFIX + digest[:DIGITS]
    True
    """
    key = salt()
    key = hashlib.sha256(key).digest() if len(key) > BLOCK else key
    padded = key.ljust(BLOCK, b"\0")
    return bytes(byte ^ 0x36 for byte in padded), bytes(byte ^ 0x5C for byte in padded)
