"""The file of a chain: what it says is read, and everything wrong with it is told at once, with its line."""

import math
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslab.faults import DataError, UsageError
from cslab.measure.impact import Chain, made_out, named, shipped, shipped_names

FAQ = """\
name: faq
en: self-service
programme: faq
hours: 0.5
nodes:
  writers: {level: input, en: hours of writing}
  articles: {level: activity, en: articles published, ja: 記事の公開}
  tickets: {level: outcome, indicator: "count(tickets where category = how_to)", unit: {en: a month}, worth: -9}
  renewal: {level: impact, ja: 更新, indicator: retained}
links:
- {from: writers, to: articles, lag_months: [0, 1, 2]}
- {from: articles, to: tickets, sign: "-", effect: 0.11, lag_months: [1, 2, 3], owner: support, grade: S, power: strong}
- {from: tickets, to: renewal, sign: "+", lag_months: [6, 9, 12.5], assumption: {en: effort drives people away}}
causes:
  health: {ja: 健全度, acts_on: [articles, renewal], indicator: last(maturity.level)}
  season: {acts_on: tickets}
control: count(tickets where category = bug)
"""


def keys(text: str | bytes) -> list[tuple[int, str]]:
    """The faults of a file: line and key, in the order in which they are told."""
    with pytest.raises(DataError) as refused:
        Chain.from_yaml(text, "mine.yaml")
    assert refused.value.subject == "mine.yaml"
    for lang in ("en", "ja"):
        assert refused.value.text(lang)
    return [(fault.values.get("line"), fault.key) for fault in refused.value.faults]


def changed(old: str, new: str) -> str:
    assert old in FAQ
    return FAQ.replace(old, new)


def test_what_a_file_says_is_what_the_chain_holds():
    chain = Chain.from_yaml(FAQ, "faq.yaml")
    assert (chain.name, chain.programme, chain.hours, chain.activity.id) == ("faq", "faq", 0.5, "articles")
    assert math.isnan(chain.reach)
    tickets, link = chain.node("tickets"), chain.link("articles>tickets")
    assert (tickets.unit("ja"), tickets.worth, tickets.line) == ("a month", -9, 8)
    assert (link.declared, link.lag, link.owner, link.grade, link.power, link.line) == (
        *(-0.11, (1, 2, 3), "support"),
        *("S", "strong", 12),
    )
    assert chain.link("tickets>renewal").assumption("ja") == "effort drives people away"
    assert sorted(chain.indicators) == ["control", "health", "renewal", "tickets"]


def test_what_is_not_said_is_not_made_up():
    link = Chain.from_yaml(FAQ, "faq.yaml").link("writers>articles")
    assert (link.sign, link.grade, link.power, link.owner, link.assumption("en")) == (0, "", "", "", "")
    assert math.isnan(link.effect)
    assert math.isnan(link.declared)


def test_a_name_missing_in_one_language_is_taken_from_the_other():
    chain = Chain.from_yaml(FAQ, "faq.yaml")
    assert [chain.label(name, "en") for name in ("articles", "renewal", "health", "season")] == [
        *("articles published", "更新", "健全度", "season"),
    ]
    assert (chain.title("ja"), chain.label("articles", "ja")) == ("self-service", "記事の公開")


def test_a_link_waits_for_renewals_where_it_leads_from_something_else_to_staying():
    chain = Chain.from_yaml(FAQ, "faq.yaml")
    assert [chain.waits(link) for link in chain.links] == [False, False, True]


def test_a_name_that_the_chain_does_not_have_is_offered_the_nearest():
    chain = Chain.from_yaml(FAQ, "faq.yaml")
    with pytest.raises(UsageError, match="nearest: tickets"):
        chain.node("ticket")
    with pytest.raises(UsageError, match="nearest: articles>tickets"):
        chain.link("article>tickets")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("level: outcome", "level: result", (8, "declared.choice")),
        ("level: outcome, ", "", (8, "declared.missing_key")),
        ("to: tickets", "to: ticket", (12, "chain.unknown_node")),
        ("from: tickets", "from: calls", (13, "chain.unknown_node")),
        ("acts_on: tickets", "acts_on: [tickets, calls]", (16, "chain.unknown_node")),
        ("lag_months: [1, 2, 3], ", "", (12, "declared.missing_key")),
        ("[1, 2, 3]", "[3, 2, 1]", (12, "chain.lag")),
        ("[1, 2, 3]", "[1, 2]", (12, "chain.lag")),
        ("[1, 2, 3]", "[1, 2, 241]", (12, "chain.lag_long")),
        ("[1, 2, 3]", "[-1, 2, 3]", (12, "declared.low")),
        ("[1, 2, 3]", "[1, soon, 3]", (12, "declared.wanted.number")),
        ('sign: "-"', "sign: down", (12, "declared.choice")),
        ("effect: 0.11", "effect: -0.11", (12, "declared.low")),
        ("effect: 0.11", "effect: .inf", (12, "declared.wanted.number")),
        ("grade: S", "grade: Z", (12, "declared.choice")),
        ("power: strong", "power: huge", (12, "declared.choice")),
        ("owner: support", "owners: support", (12, "declared.unknown_key")),
        ("programme: faq\n", "", (1, "chain.no_begin")),
        ("hours: 0.5", "starts: count(touches)", (4, "chain.begins")),
        ("writers: {level: input", "writers: {level: activity", (7, "chain.activities")),
        ("level: activity", "level: output", (5, "chain.activities")),
        ("ja: 記事の公開}", "indicator: count(content_exposure)}", (7, "chain.activity_indicator")),
        ("  season:", "  articles:", (16, "chain.name_twice")),
        ("  season:", "  control:", (16, "chain.name")),
        ("  season:", "  the season:", (16, "chain.name")),
        ("count(tickets where category = how_to)", "__import__('os')", (8, "chain.grammar")),
        ("count(tickets where category = how_to)", "count(ticket)", (8, "chain.no_table")),
        ("count(tickets where category = how_to)", "mean(tickets.csta)", (8, "chain.no_column")),
        ("control: count(", "control: cuont(", (17, "chain.grammar")),
        ("last(maturity.level)", "last(maturity.levle)", (15, "chain.no_column")),
    ],
)
def test_one_slip_is_told_with_its_line(old: str, new: str, fault: tuple[int, str]):
    assert fault in keys(changed(old, new))


def test_two_links_between_the_same_nodes_are_one_too_many():
    twice = changed("causes:", "- {from: articles, to: tickets, lag_months: [1, 2, 3]}\ncauses:")
    assert keys(twice) == [(14, "chain.link_twice")]


def test_a_circle_is_shown_with_the_line_that_closes_it():
    back = changed("causes:", "- {from: renewal, to: tickets, lag_months: [1, 2, 3]}\ncauses:")
    with pytest.raises(DataError, match="tickets → renewal → tickets"):
        Chain.from_yaml(back)
    assert keys(back) == [(14, "chain.cycle")]
    assert keys(changed("from: writers, to: articles", "from: tickets, to: tickets")) == [(11, "chain.cycle")]


def test_a_node_that_no_link_reaches_is_told_and_what_goes_in_need_not_be_reached():
    assert keys(changed("to: renewal", "to: tickets").replace("from: tickets, to", "from: writers, to")) == [
        (9, "chain.apart")
    ]


def test_everything_wrong_is_told_at_once_in_the_order_of_the_lines():
    text = changed("level: outcome", "level: result").replace("how_to)", "how_to").replace("[6, 9, 12.5]", "[9, 6, 3]")
    text = text.replace("to: renewal", "to: renewals").replace("control: count", "control: x")
    assert keys(text) == [
        (8, "declared.choice"),
        (8, "chain.grammar"),
        (13, "chain.lag"),
        (13, "chain.unknown_node"),
        (17, "chain.grammar"),
    ]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (FAQ.replace("  articles:", "\tarticles:"), "declared.tab"),
        (FAQ + "name: again\n", "declared.key_twice"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "declared.alias"),
        (FAQ.encode("cp932"), "declared.cp932"),
        (FAQ.encode("utf-16"), "declared.utf16"),
        ("", "declared.empty"),
        ("- a\n- b\n", "declared.no_section"),
        ("name: {{{", "declared.not_yaml"),
        ("x: " + "[" * 300 + "]" * 300, "declared.too_deep"),
        ("name: !!python/object/apply:os.system [true]", "declared.tag"),
        (f"name: many\nlinks: [{'a, ' * 201}]", "chain.too_many"),
        (FAQ + "# " + "x" * 10_000_000, "declared.too_large"),
    ],
)
def test_a_file_that_hides_repeats_or_swells_is_refused_at_once(text: str | bytes, key: str):
    begin = time.perf_counter()
    assert key in [found for _, found in keys(text)]
    assert time.perf_counter() - begin < 2


def test_a_chain_with_faults_can_be_looked_at_as_far_as_it_goes():
    chain, faults = made_out(changed("[1, 2, 3]", "[3, 2, 1]"), "mine.yaml")
    assert [fault.key for fault in faults] == ["chain.lag"]
    assert [link.id for link in chain.links] == ["writers>articles", "tickets>renewal"]


KEYS = st.sampled_from(["level", "en", "from", "to", "lag_months", "acts_on", "indicator", "a", "b"])
LEAVES = st.none() | st.booleans() | st.floats() | st.text(max_size=8)
ANYTHING = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)


@settings(max_examples=50)
@given(ANYTHING)
def test_whatever_stands_in_a_file_nothing_but_faults_comes_of_it(value):
    import yaml

    text = yaml.safe_dump(
        {"name": "x", "nodes": {"a": value, "b": value}, "links": [value, value], "causes": {"c": value}}
    )
    try:
        _, faults = made_out(text, "mine.yaml")
    except DataError as error:
        faults = list(error.faults)
    assert faults
    assert all(isinstance(fault.text("ja"), str) and fault.values["line"] >= 1 for fault in faults)


@pytest.mark.parametrize("name", shipped_names())
def test_a_shipped_chain_is_sound_in_both_languages(name: str):
    chain = shipped(name)
    assert chain.name == name
    assert chain.title("en") != chain.title("ja")
    for node in chain.nodes:
        assert node.en, node.id
        assert node.ja, node.id
    for link in chain.links:
        assert link.assumption_en, link.id
        assert link.assumption_ja, link.id


def test_a_chain_of_ones_own_is_asked_for_by_its_path(tmp_path):
    path = tmp_path / "私の chain.yaml"
    path.write_text(FAQ, encoding="utf-8")
    assert named(str(path)).name == "faq"
    assert named("faq").file == "faq.yaml"
    with pytest.raises(UsageError, match="qbr"):
        named("qbrs")
    with pytest.raises(UsageError, match="no such file"):
        named(str(tmp_path / "other.yaml"))
