"""Whether a test can be planned at all: shares that are shares, effects that are there, numbers above zero."""

from __future__ import annotations

from cslab.faults import Fault, UsageError


def check_shares(base: float, effect: float, *, nothing: bool = False, **rates: float) -> None:
    """Refuse shares that are none, and no effect where one is needed; all at once.

    Parameters
    ----------
    base, effect : float
        A share, and what is to change in it.
    nothing : bool
        Whether an effect of 0 will do.
    **rates
        Other shares, by name.

    Raises
    ------
    UsageError

    >>> check_shares(0.2, -0.05, power=0.8)
    """
    faults = [Fault("not_a_rate", {"name": name, "value": value}) for name, value in rates.items() if not 0 < value < 1]
    if not 0 < base < 1:
        faults.append(Fault("not_a_rate", {"name": "base", "value": base}))
    elif not 0 <= base + effect <= 1:
        faults.append(Fault("effect.beyond_share", {"base": base, "effect": effect, "low": -base, "high": 1 - base}))
    if effect == 0 and not nothing:
        faults.append(Fault("effect.no_size"))
    if faults:
        raise UsageError(*faults)


def check_positive(**numbers: float) -> None:
    """Refuse numbers that are not above zero, all at once.

    Parameters
    ----------
    **numbers
        By name.

    Raises
    ------
    UsageError

    >>> check_positive(treated=1)
    """
    faults = [Fault("not_positive", {"name": name, "value": value}) for name, value in numbers.items() if not value > 0]
    if faults:
        raise UsageError(*faults)
