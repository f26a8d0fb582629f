"""cslab: a research and training kit for Customer Success analytics, with the truth printed next to the estimate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cslab.sources import load

__version__ = "0.1.0"
__all__ = ["__version__", "load"]


def __getattr__(name: str) -> Any:
    """Import ``load`` when it is first asked for, so that ``import cslab`` stays light."""
    if name == "load":
        from cslab.sources import load

        return load
    raise AttributeError(f"module 'cslab' has no attribute {name!r}")
