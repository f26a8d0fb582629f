"""Everything that is wrong with the file of a chain, and everything that is to be mended on it, in one go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cslab.measure import impact
from cslab.measure.impact.declared import CHAINS
from cslab.sources.declared import content
from cslab.sources.shipped import own, text

if TYPE_CHECKING:
    from cslab.book import Book
    from cslab.faults import Fault


@dataclass(frozen=True)
class Checked:
    """What was found in a chain.

    Parameters
    ----------
    file : str
        What to call it in messages.
    links : int
        How many it has.
    wrong : tuple of Fault
        What keeps it from being read, or from being tested in the company, by line.
    mend : tuple of Fault
        What is to be mended on it otherwise, by line, as ``measure.impact.findings`` gives it.

    >>> looked_over("faq").sound
    True
    """

    file: str
    links: int
    wrong: tuple[Fault, ...]
    mend: tuple[Fault, ...]

    @property
    def serious(self) -> int:
        """How much keeps it from being tested, or would make its verdicts mislead."""
        return len(self.wrong) + sum(impact.serious(fault) for fault in self.mend)

    @property
    def sound(self) -> bool:
        """Whether it can be tested, and the verdicts will be about what it says."""
        return not self.serious


def looked_over(name: str, book: Book | None = None, lang: str = "en") -> Checked:
    """Look a chain over.

    Parameters
    ----------
    name : str
        Of one that the kit carries; or the path of a ``.yaml`` file.
    book : Book, optional
        Whether its indicators and its programme are in the company's records, and its lags long enough for its
        contracts.
    lang : str
        ``"en"`` or ``"ja"``: which name of a node is told where both are off.

    Raises
    ------
    UsageError
        For a name or file that there is not.
    DataError
        For what is no plain YAML.

    >>> looked_over("faq").links
    6
    """
    file = own(name)
    chain, wrong = impact.made_out(*((content(file), file.name) if file else (text(name, CHAINS), f"{name}.yaml")))
    found = impact.findings(chain, book if not wrong else None, lang)
    mend = [fault for fault in found if fault.key != "lint.cycle"]
    wrong = wrong or (impact.faults(chain, book) if book else [])
    by_line = sorted(wrong, key=lambda fault: int(fault.values.get("line", 0)))
    return Checked(chain.file, len(chain.links), tuple(by_line), tuple(mend))
