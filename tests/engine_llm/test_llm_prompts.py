"""Prompts are released files whose variables are checked."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from agent.adapters import prompt_files
from agent.adapters.prompt_files import load_prompt
from agent.errors import PromptError
from agent.ports import Template

GREETING = """---
name: greet
version: {version}
variables: [who, when]
---

# System

Be kind to {{{{who}}}}.

# User

Greet {{{{who}}}} this {{{{when}}}}.

# Repair

Again: {{{{errors}}}}
"""


def release(folder: Path, version: str = "v1", text: str = GREETING) -> Path:
    path = folder / "greet" / f"{version}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.format(version=version), encoding="utf-8")
    return path


def test_a_prompt_knows_its_name_version_and_digest(tmp_path: Path) -> None:
    path = release(tmp_path)
    prompt = load_prompt("greet", folder=tmp_path)
    assert (prompt.identity.name, prompt.identity.version) == ("greet", "v1")
    assert prompt.identity.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert prompt.user.fill(who="Ana", when="evening") == "Greet Ana this evening."
    assert prompt.repair.fill(errors="- no") == "Again: - no"


def test_latest_is_the_highest_number(tmp_path: Path) -> None:
    for version in ("v2", "v10", "v9"):
        release(tmp_path, version)
    (tmp_path / "greet" / "v11-draft.md").write_text("not released")
    assert load_prompt("greet", folder=tmp_path).identity.version == "v10"
    assert load_prompt("greet", "v2", folder=tmp_path).identity.version == "v2"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"who": "Ana"}, "prompts/greet/v1.md, User: no value for when"),
        ({"who": "Ana", "when": "now", "why": "x"}, "prompts/greet/v1.md, User: has no variable why"),
    ],
)
def test_a_missing_or_surplus_variable_is_named(tmp_path: Path, values: dict[str, str], message: str) -> None:
    release(tmp_path)
    with pytest.raises(PromptError, match=message):
        load_prompt("greet", folder=tmp_path).user.fill(**values)


def test_a_value_is_never_read_for_variables() -> None:
    template = Template("{{a}} {{b}} {not} $one", "here")
    assert template.fill(a="{{b}}", b="\\1 {{a}}") == "{{b}} \\1 {{a}} {not} $one"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[who, when]", "[who]", "not listed: when"),
        ("[who, when]", "[who, when, why]", "not listed: why"),
        ("variables: [who, when]", "more: 1", "must list its variables"),
        ("{{{{errors}}}}", "please", "Repair: its one variable must be errors"),
        ("name: greet", "name: meet", "must say name: greet, version: v1"),
        ("# Repair", "# Rescue", "must hold exactly"),
        ("# System", "# User", "must hold exactly"),
        ("---\nname", "name", "no front matter"),
        ("[who, when]", "[who", "not YAML"),
    ],
)
def test_a_file_that_breaks_the_layout_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in GREETING
    release(tmp_path, text=GREETING.replace(old, new, 1))
    with pytest.raises(PromptError, match=message):
        load_prompt("greet", folder=tmp_path)


def test_an_unknown_prompt_or_version_is_answered_with_what_there_is(tmp_path: Path) -> None:
    release(tmp_path)
    with pytest.raises(PromptError, match="no prompt 'meet'; there are: greet"):
        load_prompt("meet", folder=tmp_path)
    with pytest.raises(PromptError, match="no version 'v3'; there are: v1"):
        load_prompt("greet", "v3", folder=tmp_path)
    with pytest.raises(PromptError, match="no version"):
        load_prompt("greet", "../greet/v1", folder=tmp_path)


@pytest.mark.parametrize("layout", ["site-packages/agent/_prompts", "site-packages/prompts"])
def test_prompts_are_found_in_a_wheel_and_in_a_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, layout: str
) -> None:
    release(tmp_path / layout)
    module = tmp_path / "site-packages" / "agent" / "adapters" / "prompt_files.py"
    monkeypatch.setattr(prompt_files, "__file__", str(module))
    assert load_prompt("greet").identity.name == "greet"


def test_an_installation_without_prompts_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prompt_files, "__file__", str(tmp_path / "agent" / "adapters" / "prompt_files.py"))
    with pytest.raises(PromptError, match="install corroborate again"):
        load_prompt("judge")


@pytest.mark.parametrize("name", ["extract", "judge"])
def test_the_shipped_prompts_load_and_their_rules_take_no_variables(name: str) -> None:
    prompt = load_prompt(name)
    assert prompt.identity.version == "v1"
    assert prompt.system.variables == frozenset()
