"""The words of programmes."""

from __future__ import annotations

from cslab.world.programmes import CHAINS, DESIGN_NAMES, PROGRAMMES

ELIGIBILITY = ("new", "all")
ASSIGNMENTS = DESIGN_NAMES[1:]
TYPES = tuple(dict.fromkeys(CHAINS[name].type for name in PROGRAMMES))
OWNERS = tuple(dict.fromkeys(CHAINS[name].owner for name in PROGRAMMES))

WORDS: dict[str, tuple[str, ...]] = {
    "program_id": PROGRAMMES,
    "chain_id": PROGRAMMES,
    "programs.type": TYPES,
    "eligibility": ELIGIBILITY,
    "assignment": ASSIGNMENTS,
    "owner": OWNERS,
}
"""By column, or by ``table.column`` where tables differ."""
