"""A trainee's company follows from the name and the secret of the class alone, and neither can be told from it."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cslab.course.assign.companies import company_of, drawn_secret
from cslab.course.assign.kits import KITS
from cslab.sources import parse
from cslab.world import presets

PRESETS = ("default_jp", "slow_burn", "smb_heavy")
NAMES = st.text("abcXYZéß山田花子ｱ佐09", min_size=1, max_size=12)


@given(name=NAMES)
def test_the_same_name_gets_the_same_company_however_it_is_typed(name):
    spaced = f" {name[:1]} {name[1:]} "
    assert company_of("s", spaced.replace("a", "ａ"), 600, PRESETS) == company_of("s", name, 600, PRESETS)


@given(name=NAMES)
def test_a_seed_is_too_large_to_be_found_by_trying(name):
    assert 2**48 <= int(parse(company_of("s", name, 600, PRESETS)).params["seed"]) < 2**49


def test_names_and_secrets_lead_to_companies_of_their_own():
    people = [f"trainee {number}" for number in range(200)]
    seeds = {company_of(secret, name, 600, PRESETS) for secret in ("s", "t") for name in people}
    assert len(seeds) == 400


def test_a_class_gets_companies_of_many_kinds():
    for kit in KITS:
        kinds = {parse(company_of("s", f"trainee {number}", 600, kit.presets)).name for number in range(100)}
        assert kinds == {*kit.presets} <= {*presets()}


def test_a_name_without_the_secret_does_not_lead_to_the_seed():
    digest = hashlib.sha256(b"sato").digest()
    guesses = {int.from_bytes(digest[place : place + 8], "big") % 2**48 for place in range(25)}
    assert int(parse(company_of(drawn_secret(), "Sato", 600, PRESETS)).params["seed"]) - 2**48 not in guesses


@pytest.mark.parametrize("accounts", [300, 5000])
def test_a_company_has_as_many_customers_as_was_asked(accounts):
    assert parse(company_of("s", "Sato", accounts, PRESETS)).params["accounts"] == str(accounts)
