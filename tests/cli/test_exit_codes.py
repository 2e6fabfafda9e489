"""The tree of errors, as its docstring draws it, against the classes and the codes commands exit with."""

import re

import pytest

import agent.errors
from agent.errors import CorroborateError, ModelError, Unreadable
from agent.surfaces.cli.failing import exit_code_of

LINE = re.compile(r"^    ( *)(\w+)(?: {2,}.*?)?(?: exit (\d+))?$", re.M)
DRAWN = [
    (len(indent) // 2, name, int(code) if code else None)
    for indent, name, code in LINE.findall(agent.errors.__doc__.split("\n\n")[1])
]


def classes():
    return {
        name: found
        for name, found in vars(agent.errors).items()
        if isinstance(found, type) and issubclass(found, CorroborateError)
    }


def test_the_tree_that_is_drawn_is_the_tree_that_is():
    parents, drawn = {}, {}
    for depth, name, _ in DRAWN:
        parents[depth] = name
        drawn[name] = parents[depth - 1] if depth else "Exception"
    assert drawn == {name: found.__base__.__name__ for name, found in classes().items()}


@pytest.mark.parametrize(("name", "code"), [(name, code) for _, name, code in DRAWN if code is not None])
def test_a_command_ends_with_the_code_that_is_drawn(name, code):
    for found in classes().values():
        if issubclass(found, classes()[name]):
            error = found("a file", "why") if found is Unreadable else found("why")
            assert exit_code_of(error, debug=False) == code


def test_every_model_error_says_what_was_spent_and_every_other_fault_is_a_bug():
    assert ModelError("why").usage.calls == {}
    assert exit_code_of(KeyError("sentences"), debug=False) == 70
