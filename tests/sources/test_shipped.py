"""The declared files that the kit carries can be read, copied and asked for by name."""

import pytest

from cslab.faults import UsageError
from cslab.sources import declared, shipped


@pytest.mark.parametrize("name", shipped.names())
def test_what_is_carried_keeps_the_strict_form(name: str):
    assert shipped.read(name).value == declared.parse(shipped.text(name), f"{name}.yaml").value


def test_an_unknown_name_offers_the_nearest():
    with pytest.raises(UsageError, match="journey_vendor"):
        shipped.text("journey_vendors")
