"""Whose company is which: a hidden one for each trainee, made from the name and a secret of the class alone."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence

from cslab.course.grading.trainees import same
from cslab.course.grading.unseen import SECRET


def drawn_secret() -> str:
    """A secret for a class, which nobody can guess.

    >>> len(drawn_secret())
    32
    """
    return secrets.token_hex(16)


def company_of(secret: str, trainee: str, accounts: int, presets: Sequence[str]) -> str:
    """The company of one trainee: always the same for one name under one secret.

    Parameters
    ----------
    secret : str
        Of the class.
    trainee : str
        Upper and lower case, full and half width and spaces make no difference.
    accounts : int
        Customers drawn.
    presets : sequence of str
        The kinds of company among which the lot falls.

    Returns
    -------
    str
        A source with its seed. Neither tells anything of the secret or of another's company.

    >>> company_of("a", "Sato", 600, ["tiny"]) == company_of("a", "ｓａｔｏ", 600, ["tiny"])
    True
    >>> company_of("a", "Sato", 600, ["tiny"]) == company_of("b", "Sato", 600, ["tiny"])
    False
    """
    digest = hmac.new(secret.encode(), same(trainee).encode(), hashlib.sha256).digest()
    preset = presets[int.from_bytes(digest[:8], "big") % len(presets)]
    seed = SECRET + int.from_bytes(digest[8:16], "big") % SECRET
    return f"synthetic:{preset}?seed={seed}&accounts={accounts}"
