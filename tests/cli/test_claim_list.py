import pytest

from agent.domain import ClaimKind
from agent.errors import Unreadable
from agent.surfaces.claim_list import parse_claims

LIST = """# claims of the Lindel brief

The bridge was closed.
{"id": "x", "text": "The dam held.", "kind": "statement", "attribution": "Harrow Water", "said_on": "2024-03"}
"""


def test_plain_lines_and_objects_are_claims_in_order():
    plain, object_ = parse_claims(LIST, "claims.txt")
    assert (plain.id, plain.text, plain.kind) == ("c3", "The bridge was closed.", ClaimKind.CONTENT)
    assert (object_.id, object_.kind, object_.attribution) == ("x", ClaimKind.STATEMENT, ("Harrow Water",))
    assert str(object_.said_on) == "2024-03"


def test_spans_cut_the_list():
    for claim in parse_claims(LIST, "claims.txt"):
        assert claim.text in claim.spans[0].cut(LIST)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"text": "a"', "line 1: "),
        ('{"id": "a"}', 'line 1: a claim needs its words as "text"'),
        ('{"text": "a", "kind": "rumour"}', "line 1: 'rumour'"),
        ('{"text": "a", "said_on": "spring"}', "line 1: 'spring' is not a date"),
        ('\n{"text": "a", "id": "c"}\n{"text": "b", "id": "c"}', "line 3: a second claim with id 'c'"),
        ("# nothing\n\n", "no claims in it"),
    ],
)
def test_a_bad_line_is_named(text, says):
    with pytest.raises(Unreadable, match=says):
        parse_claims(text, "claims.jsonl")
