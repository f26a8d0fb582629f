"""Addressed luck: a draw has an address (seed, stream, account, month), so nothing that happens can move another draw.

Two kinds. One draw for each account, or each account and month, comes from one bit generator per seed, stream and block
of 1,024 accounts, months outermost: a shorter horizon is a prefix of a longer one. Draws whose number depends on what
happens (one per expansion, say) come from a stateless hash of the whole address.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from hashlib import blake2b

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Bits = NDArray[np.uint64]

BLOCK = 1024
"""Accounts of one block: an office, the unit within which anything may be shared."""

_GOLDEN, _FIRST, _SECOND = (np.uint64(x) for x in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))


@cache
def stream_key(stream: str) -> int:
    """A 64-bit number for a stream's name, the same on every machine and in every run.

    Parameters
    ----------
    stream : str
        Name of the stream, such as ``"fit"``.

    >>> stream_key("fit") == stream_key("fit") != stream_key("fat")
    True
    """
    return int.from_bytes(blake2b(stream.encode("utf-8"), digest_size=8).digest(), "little")


def generator(seed: int, stream: str, block: int) -> np.random.Generator:
    """The bit generator of one block of accounts in one stream.

    Parameters
    ----------
    seed : int
        The world's seed, not negative.
    stream : str
        Name of the stream.
    block : int
        Number of the block: accounts ``1024 * block`` up to the next one.

    >>> generator(1, "fit", 0).random() == generator(1, "fit", 0).random()
    True
    """
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence([seed, stream_key(stream), block])))


def uniforms(seed: int, stream: str, blocks: Sequence[int], months: int = 1) -> Floats:
    """Uniform draws on [0, 1), one for each account and month.

    Parameters
    ----------
    seed, stream
        The address.
    blocks : sequence of int
        Blocks of accounts.
    months : int
        How many months, from the first.

    Returns
    -------
    ndarray, shape (blocks, months, 1024)

    >>> short, long = uniforms(1, "regime", [0], months=2), uniforms(1, "regime", [0, 1], months=5)
    >>> bool((short == long[:1, :2]).all())
    True
    """
    draws = np.empty((len(blocks), months, BLOCK))
    for block, out in zip(blocks, draws, strict=True):
        generator(seed, stream, block).random(out=out)
    return draws


def normals(seed: int, stream: str, blocks: Sequence[int], months: int = 1) -> Floats:
    """Standard normal draws, one for each account and month; otherwise as :func:`uniforms`.

    Parameters
    ----------
    seed, stream, blocks, months
        As in :func:`uniforms`.

    Returns
    -------
    ndarray, shape (blocks, months, 1024)

    >>> normals(1, "value", [3], months=2).shape
    (1, 2, 1024)
    """
    draws = np.empty((len(blocks), months, BLOCK))
    for block, out in zip(blocks, draws, strict=True):
        generator(seed, stream, block).standard_normal(out=out)
    return draws


class Lanes:
    """One draw an account for each stream, of the accounts of some blocks.

    Parameters
    ----------
    seed : int
    blocks : sequence of int
        Consecutive blocks.
    accounts : int
        How many accounts, from the first of the first block.

    >>> Lanes(1, [0], 3).uniform("fit").shape
    (3,)
    """

    def __init__(self, seed: int, blocks: Sequence[int], accounts: int) -> None:
        self.seed, self.blocks, self.accounts = seed, blocks, accounts

    def uniform(self, stream: str) -> Floats:
        """Uniform draws on [0, 1).

        >>> bool(Lanes(1, [0], 9).uniform("fit")[2] == uniforms(1, "fit", [0])[0, 0, 2])
        True
        """
        return uniforms(self.seed, stream, self.blocks).reshape(-1)[: self.accounts]

    def normal(self, stream: str) -> Floats:
        """Standard normal draws.

        >>> bool(Lanes(1, [0], 9).normal("fit")[2] == normals(1, "fit", [0])[0, 0, 2])
        True
        """
        return normals(self.seed, stream, self.blocks).reshape(-1)[: self.accounts]


def hashed(seed: int, stream: str, account: ArrayLike, month: ArrayLike = 0, ordinal: ArrayLike = 0) -> Floats:
    """Uniform draws on (0, 1) that depend on their address alone, for things that happen now and then.

    Parameters
    ----------
    seed, stream
        The address, as elsewhere.
    account, month, ordinal : array_like of int
        The rest of the address; they are broadcast against each other.

    Returns
    -------
    ndarray of the broadcast shape

    Source: the finaliser of SplitMix64 (Steele, Lea & Flood 2014, grade A), applied in turn to the seed, the stream,
    the account, and month with ordinal: a plain sum would give account 4 of seed 2 the luck of account 5 of seed 1.

    >>> one, many = hashed(1, "size", 7, 3), hashed(1, "size", [5, 6, 7], 3)
    >>> bool(one == many[2])
    True
    """
    state = bits(seed, stream, account, month, ordinal)
    draws: Floats = (state >> np.uint64(11)).astype(np.float64)
    draws += 0.5
    draws *= 2.0**-53
    return draws


def bits(seed: int, stream: str, account: ArrayLike, month: ArrayLike = 0, ordinal: ArrayLike = 0) -> Bits:
    """The 64 random bits behind :func:`hashed`, for those who need several small draws at an address.

    Parameters
    ----------
    seed, stream, account, month, ordinal
        As in :func:`hashed`.

    Returns
    -------
    ndarray of uint64, of the broadcast shape

    >>> bool(hashed(1, "size", 7)[0] == ((bits(1, "size", 7)[0] >> np.uint64(11)) + 0.5) / 2**53)
    True
    """
    state = _mixed(_key(seed, stream) + _address(account) * _GOLDEN)
    return _mixed(state ^ (_address(month) * _FIRST + _address(ordinal) * _SECOND))


@cache
def _key(seed: int, stream: str) -> Bits:
    """The part of an address that all draws of a stream share."""
    return _mixed(_mixed(_address(seed)) + np.uint64(stream_key(stream)))


def _address(part: ArrayLike) -> Bits:
    """A part of an address as an array of at least one dimension: whole numbers of arrays wrap silently."""
    return np.array(part, dtype=np.int64, ndmin=1, copy=None).view(np.uint64)


def _mixed(state: Bits) -> Bits:
    """Every bit of the state spread over all 64; one copy of it, as there may be millions."""
    state = state ^ (state >> np.uint64(30))
    state *= _FIRST
    state ^= state >> np.uint64(27)
    state *= _SECOND
    state ^= state >> np.uint64(31)
    return state
