"""Programmes of customer success: who takes part since when, and what that changes along the chain to money.

What each does and how strongly stands in ``programmes.toml``, how customers are taken on and how an effect arrives in
``scenarios/README.md``.
"""

from __future__ import annotations

from cslab.world.programmes.designs import DESIGN_NAMES
from cslab.world.programmes.programme import CHAINS, PROGRAMMES, Link, Programme

__all__ = ["CHAINS", "DESIGN_NAMES", "PROGRAMMES", "Link", "Programme"]
