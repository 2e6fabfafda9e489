"""Every cassette is used, small, free of secrets, and as it was recorded."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

import cassette_yaml
import pytest

TESTS = Path(__file__).parent
CASSETTES = TESTS / "cassettes"
RECORDED = sorted(CASSETTES.rglob("*.yaml"))
MAX_BYTES = 1_000_000
SECRETS = re.compile(
    r"authorization|bearer |api[-_]key|cookie|\bsk-[\w-]{8,}|localhost|127\.0\.0\.1|/home/|/root/|/Users/",
    re.I,
)


def replayed_tests() -> Iterator[tuple[str, str]]:
    """Module and function of each test that is marked ``vcr``, itself or by its module."""
    for path in TESTS.rglob("test_*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        marks = (node for node in tree.body if isinstance(node, ast.Assign) and "pytestmark" in _names(node))
        whole = any(map(_is_vcr, marks))
        for node in ast.walk(tree):
            marked = whole or any(_is_vcr(mark) for mark in getattr(node, "decorator_list", ()))
            if marked and _is_test(node):
                yield path.stem, node.name


def _is_test(node: ast.AST) -> TypeGuard[ast.FunctionDef | ast.AsyncFunctionDef]:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")


def _names(node: ast.Assign) -> set[str]:
    return {target.id for target in node.targets if isinstance(target, ast.Name)}


def _is_vcr(node: ast.AST) -> bool:
    return any(isinstance(part, ast.Attribute) and part.attr == "vcr" for part in ast.walk(node))


def function_of(cassette: Path) -> str:
    return re.split(r"[\[.]", cassette.name)[0]


def name_of(cassette: Path) -> str:
    return str(cassette.relative_to(CASSETTES))


def test_every_cassette_belongs_to_a_test():
    used = set(replayed_tests())
    orphans = [name_of(path) for path in RECORDED if (path.parent.name, function_of(path)) not in used]
    assert not orphans, f"no test replays {orphans}: delete them"


def test_every_test_that_replays_has_a_cassette():
    recorded = {(path.parent.name, function_of(path)) for path in RECORDED}
    missing = sorted(set(replayed_tests()) - recorded)
    assert not missing, f"record {missing}: see tests/cassettes/README.md"


def test_nothing_else_lies_among_the_cassettes():
    others = [path for path in CASSETTES.rglob("*") if path.is_file() and path not in RECORDED]
    assert others == [CASSETTES / "README.md"]


@pytest.mark.parametrize("cassette", RECORDED, ids=name_of)
def test_a_cassette_is_small_and_free_of_secrets(cassette: Path):
    text = cassette.read_text(encoding="utf-8")
    assert len(text.encode()) <= MAX_BYTES
    assert (found := SECRETS.search(text)) is None, found


@pytest.mark.parametrize("cassette", RECORDED, ids=name_of)
def test_a_cassette_is_as_the_serializer_writes_it(cassette: Path):
    text = cassette.read_text(encoding="utf-8")
    assert cassette_yaml.serialize(cassette_yaml.deserialize(text)) == text
