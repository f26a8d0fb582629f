"""The sample company that people open by hand: 300 customers of the Japanese scenario, always the same bytes."""

from __future__ import annotations

from pathlib import Path

SOURCE = "synthetic:default_jp?seed=1&accounts=300"


def write_sample(folder: str | Path) -> Path:
    """Write the sample company to a new folder.

    Parameters
    ----------
    folder : str or Path
        Must not exist yet, or be empty.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    UsageError
        As ``export``.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     (write_sample(Path(place) / "sample") / "accounts.csv").read_text(encoding="utf-8-sig")[:10]
    'account_id'
    """
    from cslab.sources import load
    from cslab.sources.export import export

    return export(load(SOURCE), folder)
