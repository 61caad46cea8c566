"""Path expressions: what they mean as values, how faults point at a character, their automata."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecograph.errors import ExpressionError
from ecograph.model.ontology import Kind, Ontology, Relation, Texts
from ecograph.plan.automaton import Automaton, any_of, compile_expression
from ecograph.plan.expression import (
    Alternative,
    Expression,
    Inverse,
    Link,
    NegatedSet,
    Repeat,
    Sequence,
    parse,
    show,
)

TEXT = Texts(en="x", zh="x")


def relation(name: str, hub: bool = False, symmetric: bool = False) -> Relation:
    return Relation(
        label=TEXT, description=TEXT, inverse=f"{name}By", inverse_label=TEXT, domain=("Thing",),
        range=("Thing",), hub=hub, symmetric=symmetric,
        sentence=Texts(en="{subject} {object}", zh="{subject} {object}"),
    )  # fmt: skip


ONTOLOGY = Ontology(
    kinds={"Thing": Kind(label=TEXT, description=TEXT)}, enumerations={}, attributes={},
    events={}, qualifiers={},
    relations={
        "uses": relation("uses"), "requires": relation("requires"),
        "implements": relation("implements"), "forkOf": relation("forkOf"),
        "pairs": relation("pairs", symmetric=True), "ownedBy": relation("ownedBy", hub=True),
    },
)  # fmt: skip

USES, REQUIRES, IMPLEMENTS = Link("uses"), Link("requires"), Link("implements")


def read(text: str) -> Expression:
    return parse(text, ONTOLOGY)


def fault(text: str) -> tuple[str, int]:
    with pytest.raises(ExpressionError) as caught:
        read(text)
    assert caught.value.text == text
    return caught.value.message, caught.value.offset


def accepts(automaton: Automaton, word: tuple[tuple[str, bool], ...]) -> bool:
    states = {automaton.start}
    for symbol in word:
        states = {
            n for state in states for symbols, n in automaton.moves[state] if symbol in symbols
        }
    return bool(states & automaton.accepting)


def first_symbols(text: str) -> set[tuple[str, bool]]:
    """The symbols of an expression of one step."""
    automaton = compile_expression(read(text), ONTOLOGY)
    assert automaton.states == 2
    ((symbols, following),) = automaton.moves[0]
    assert following == 1
    return set(symbols)


# What expressions mean


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("uses", USES),
        ("uses/requires", Sequence((USES, REQUIRES))),
        ("uses|requires", Alternative((USES, REQUIRES))),
        ("^uses", Inverse(USES)),
        ("uses*", Repeat(USES, "*")),
        ("uses+", Repeat(USES, "+")),
        ("uses?", Repeat(USES, "?")),
        ("!uses", NegatedSet((("uses", True),))),
        ("!^uses", NegatedSet((("uses", False),))),
        ("!(uses|^requires)", NegatedSet((("uses", True), ("requires", False)))),
        ("!()", NegatedSet(())),
    ],
)
def test_each_operator_has_its_value(text: str, expected: Expression) -> None:
    assert read(text) == expected


def test_sequence_binds_tighter_than_alternative() -> None:
    assert read("uses/requires|implements") == Alternative((Sequence((USES, REQUIRES)), IMPLEMENTS))
    assert read("uses/(requires|implements)") == Sequence(
        (USES, Alternative((REQUIRES, IMPLEMENTS)))
    )


def test_repeat_binds_tighter_than_inverse() -> None:
    assert read("^uses*") == Inverse(Repeat(USES, "*"))
    assert read("(^uses)*") == Repeat(Inverse(USES), "*")


def test_inverse_binds_tighter_than_sequence() -> None:
    assert read("^uses/requires") == Sequence((Inverse(USES), REQUIRES))


def test_white_space_means_nothing() -> None:
    assert read(" uses +\t/\n^ implements ") == read("uses+/^implements")
    assert read("! ( uses | ^ requires )") == read("!(uses|^requires)")


def test_groups_that_change_nothing_are_dropped() -> None:
    assert read("((uses))/(requires/implements)") == Sequence((USES, REQUIRES, IMPLEMENTS))
    assert read("uses|(requires|implements)") == Alternative((USES, REQUIRES, IMPLEMENTS))


def test_negated_set_is_in_the_order_of_the_ontology() -> None:
    assert show(read("!(^requires|uses|^uses|uses)")) == "!(uses|^uses|^requires)"


@pytest.mark.parametrize(
    "text",
    ["uses+/implements", "^(uses/requires)", "(^uses)+", "^uses+", "(uses+)?", "^(^uses)",
     "(uses|requires)/implements", "!uses", "!^uses", "!(uses|^uses)", "!()", "(!uses)*"],
)  # fmt: skip
def test_canonical_text_is_shown_as_it_is(text: str) -> None:
    shown = text.replace("(!uses)*", "!uses*")  # the one group here that changes nothing
    assert show(read(text)) == shown


NAMES = st.sampled_from(["uses", "requires", "implements", "pairs"])
EXPRESSIONS: st.SearchStrategy[str] = st.recursive(
    NAMES
    | NAMES.map("!{}".format)
    | st.lists(NAMES, max_size=2).map(lambda n: f"!({'|^'.join(n)})"),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("({0[0]})/({0[1]})".format),
        st.tuples(inner, inner).map("({0[0]})|({0[1]})".format),
        inner.map("^({})".format),
        st.tuples(inner, st.sampled_from("*+?")).map("({0[0]}){0[1]}".format),
    ),
    max_leaves=6,
)


@settings(deadline=None)
@given(EXPRESSIONS)
def test_shown_text_reads_back_as_the_same_value(text: str) -> None:
    assert read(show(read(text))) == read(text)


# Faults


@pytest.mark.parametrize(
    ("text", "message", "offset"),
    [
        ("", "the expression is empty; write a relation, '^', '!' or '('", 0),
        ("  \n", "the expression is empty; write a relation, '^', '!' or '('", 0),
        ("uses/usez", "unknown relation 'usez'; did you mean: uses?", 5),
        ("!(uses|zzz)", "unknown relation 'zzz'", 7),
        ("usesBy", "unknown relation 'usesBy'; write ^uses", 0),
        ("FORK_OF", "unknown relation 'FORK_OF'; did you mean: forkOf?", 0),
        ("uses/", "the expression ends too early; expected a relation, '^', '!' or '('", 5),
        ("uses//uses", "unexpected '/'; expected a relation, '^', '!' or '('", 5),
        ("uses requires", "unexpected 'r'; expected '/', '|' or the end", 5),
        ("uses)", "unexpected ')'; expected '/', '|' or the end", 4),
        ("uses*+", "unexpected '+'; expected '/', '|' or the end", 5),
        ("uses{2}", "unexpected '{'; expected '/', '|' or the end", 4),
        ("^^uses", "unexpected '^'; expected a relation, '^', '!' or '('", 1),
        ("()", "unexpected ')'; expected a relation, '^', '!' or '('", 1),
        ("uses/(uses|(requires)",
         "this '(' is never closed; write ')' at the end of its group", 5),
        ("(uses requires)", "unexpected 'r'; expected '/', '|' or ')'", 6),
        ("!", "the expression ends too early; expected '^', '(' or a relation", 1),
        ("!^(uses)", "unexpected '('; expected a relation", 2),
        ("!(uses|)", "unexpected ')'; expected '^' or a relation", 7),
        ("!(uses/requires)",
         "unexpected '/'; expected '|' or ')', for a negated set holds only relations", 6),
        ("!(uses", "this '(' is never closed; write ')' at the end of its group", 1),
        ("使用", "unknown relation '使用'", 0),
    ],
)  # fmt: skip
def test_fault_points_at_its_character(text: str, message: str, offset: int) -> None:
    assert fault(text) == (message, offset)


def test_inverse_of_an_inverse_needs_a_group() -> None:
    assert read("^(^uses)") == Inverse(Inverse(USES))


def test_groups_nest_32_deep_and_no_deeper() -> None:
    assert read("(" * 32 + "uses" + ")" * 32) == USES
    assert fault("(" * 33 + "uses" + ")" * 33) == (
        "the expression is nested deeper than 32 groups", 32,
    )  # fmt: skip
    assert fault("^(" * 499)[1] == 65


def test_expression_has_at_most_1000_characters() -> None:
    assert read("uses" + " " * 996) == USES
    assert fault("uses" + " " * 997) == (
        "the expression has 1001 characters; at most 1000 are read", 1000,
    )  # fmt: skip


# Automata


def test_links_become_one_move_each() -> None:
    assert compile_expression(read("uses/^implements"), ONTOLOGY) == Automaton(
        states=3, start=0, accepting=frozenset({2}),
        moves=(
            ((frozenset({("uses", True)}), 1),),
            ((frozenset({("implements", False)}), 2),),
            (),
        ),
    )  # fmt: skip


def test_repeated_alternative_has_one_state() -> None:
    both = frozenset({("forkOf", True), ("uses", True)})
    automaton = compile_expression(read("(forkOf|uses)*"), ONTOLOGY)
    assert automaton == Automaton(states=1, accepting=frozenset({0}), moves=(((both, 0),),))
    assert automaton.accepts_empty


def test_moves_between_the_same_states_are_one() -> None:
    assert first_symbols("uses|^requires|uses") == {("uses", True), ("requires", False)}


def test_inverse_of_a_sequence_runs_backwards() -> None:
    inverse = compile_expression(read("^(uses/requires+)"), ONTOLOGY)
    assert inverse == compile_expression(read("(^requires)+/^uses"), ONTOLOGY)


def test_symmetric_relation_matches_both_ways() -> None:
    assert first_symbols("pairs") == {("pairs", True), ("pairs", False)}
    assert first_symbols("^pairs") == {("pairs", True), ("pairs", False)}


def test_negated_set_names_only_its_own_direction() -> None:
    assert first_symbols("!(uses|pairs)") == {
        ("requires", True), ("implements", True), ("forkOf", True),
    }  # fmt: skip
    assert first_symbols("!(^uses|^pairs)") == {
        ("requires", False), ("implements", False), ("forkOf", False),
    }  # fmt: skip


def test_negated_set_of_both_directions_matches_both() -> None:
    assert first_symbols("!(uses|pairs|^requires|^pairs)") == {
        ("requires", True), ("implements", True), ("forkOf", True),
        ("uses", False), ("implements", False), ("forkOf", False),
    }  # fmt: skip


def test_inverse_of_a_negated_set_turns_it_round() -> None:
    assert first_symbols("^!uses") == first_symbols("!^uses")


def test_negated_set_leaves_hubs_out_named_or_not() -> None:
    expected = {
        ("requires", True), ("implements", True), ("forkOf", True),
        ("pairs", True), ("pairs", False),
    }  # fmt: skip
    assert first_symbols("!uses") == expected
    assert first_symbols("!(uses|ownedBy)") == expected
    assert first_symbols("!()") == expected | {("uses", True)}


def test_hub_is_walked_where_it_is_named() -> None:
    assert first_symbols("ownedBy") == {("ownedBy", True)}


def test_part_that_matches_nothing_leaves_no_state() -> None:
    none = "!(uses|requires|implements|forkOf|pairs)"
    assert compile_expression(read(f"uses/{none}"), ONTOLOGY) == Automaton(
        states=1, accepting=frozenset(), moves=((),)
    )
    assert compile_expression(read(f"uses|{none}/requires"), ONTOLOGY) == compile_expression(
        USES, ONTOLOGY
    )


def test_expression_of_too_many_states_is_refused() -> None:
    links = "/".join(["uses"] * 199)
    assert compile_expression(read(links), ONTOLOGY).states == 200
    with pytest.raises(ExpressionError, match="more than 200 states"):
        compile_expression(read(links + "/uses"), ONTOLOGY)


def test_any_of_has_one_state_for_every_step() -> None:
    assert any_of(["uses", "forkOf"], [True], ONTOLOGY) == Automaton(
        states=1, accepting=frozenset({0}),
        moves=(((frozenset({("uses", True), ("forkOf", True)}), 0),),),
    )  # fmt: skip
    assert any_of(["uses"], [True, False], ONTOLOGY).moves == (
        ((frozenset({("uses", True), ("uses", False)}), 0),),
    )
    assert any_of(["pairs"], [True], ONTOLOGY).moves == (
        ((frozenset({("pairs", True), ("pairs", False)}), 0),),
    )
    assert any_of([], [True], ONTOLOGY).moves == ((),)


WORD_SYMBOLS = [("uses", True), ("uses", False), ("requires", True), ("pairs", False)]


def matches(part: Expression, word: tuple[tuple[str, bool], ...]) -> bool:
    """Whether a word is in the language of an expression, by definition."""
    match part:
        case Link(name):
            ways = {True, False} if name == "pairs" else {True}
            return len(word) == 1 and word[0][0] == name and word[0][1] in ways
        case NegatedSet(named):
            ways = {way for _, way in named} or {True}
            allowed = {(n, w) for n in ONTOLOGY.path_relations for w in ways} - {*named}
            return len(word) == 1 and (
                word[0] in allowed
                or (word[0][0] == "pairs" and ("pairs", not word[0][1]) in allowed)
            )
        case Inverse(inner):
            return matches(inner, tuple((name, not way) for name, way in reversed(word)))
        case Alternative(parts):
            return any(matches(choice, word) for choice in parts)
        case Sequence(parts):
            rest = Sequence(parts[1:]) if len(parts) > 2 else parts[1]
            return any(
                matches(parts[0], word[:cut]) and matches(rest, word[cut:])
                for cut in range(len(word) + 1)
            )
        case Repeat(inner, mark):
            if (mark != "+" and not word) or matches(inner, word):
                return True
            return mark != "?" and any(
                matches(inner, word[:cut]) and matches(part, word[cut:])
                for cut in range(1, len(word))
            )


@settings(deadline=None)
@given(EXPRESSIONS)
def test_automaton_accepts_the_language_of_the_expression(text: str) -> None:
    expression = read(text)
    automaton = compile_expression(expression, ONTOLOGY)
    for length in range(4):
        for word in product(WORD_SYMBOLS, repeat=length):
            assert accepts(automaton, word) == matches(expression, word)


@settings(deadline=None)
@given(EXPRESSIONS)
def test_every_state_leads_to_acceptance_and_is_led_to(text: str) -> None:
    automaton = compile_expression(read(text), ONTOLOGY)
    assert automaton.states == len(automaton.moves)
    before: dict[int, set[int]] = {state: set() for state in range(automaton.states)}
    for state, row in enumerate(automaton.moves):
        assert len({following for _, following in row}) == len(row)
        for symbols, following in row:
            assert symbols
            before[following].add(state)
    alive, ahead = set(automaton.accepting), list(automaton.accepting)
    while ahead:
        fresh = before[ahead.pop()] - alive
        alive |= fresh
        ahead += fresh
    assert alive == set(range(automaton.states)) or automaton.states == 1
    assert all(before[state] for state in range(1, automaton.states))
