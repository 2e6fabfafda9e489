"""One question to a model, with one chance to mend the reply."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from agent.domain import Usage
from agent.engines.llm.wire import Wire, schema_of
from agent.errors import ModelError, ReplyUnusable
from agent.ports import ChatModel, ChatRequest, Message, Prompt

W = TypeVar("W", bound=Wire)

_MAX_FAULTS = 12
_THOUGHT = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
_FENCED = re.compile(r"\A```[\w-]*[ \t]*\n(.*?)\n?```\Z", re.DOTALL)


class Faulty(Exception):
    """A reply that cannot be used; ``faults`` say why, in words the model can act on."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(faults[0])
        self.faults = tuple(faults[:_MAX_FAULTS])


@dataclass(frozen=True, slots=True)
class Answer(Generic[W]):
    """A usable reply, and what it took, the repair included."""

    value: W
    usage: Usage


def request_for(step: str, prompt: Prompt, wire_type: type[Wire], variables: dict[str, str]) -> ChatRequest:
    """The request that ``prompt`` makes of ``variables``. Raises PromptError where they do not fit."""
    messages = (
        Message("system", prompt.system.fill()),
        Message("user", prompt.user.fill(**variables)),
    )
    return ChatRequest(step, messages, schema_name=step, schema=schema_of(wire_type))


async def ask(
    model: ChatModel,
    request: ChatRequest,
    wire_type: type[W],
    prompt: Prompt,
    faults_of: Callable[[W], Sequence[str]],
) -> Answer[W]:
    """Ask, and ask once more with the faults named where the reply cannot be used.

    ``faults_of`` finds what a schema cannot: unknown ids, missing parts. Raises ModelError, whose
    ``usage`` counts both turns; ReplyUnusable when the second reply is faulty too.
    """
    first = await model.reply(request)
    try:
        return Answer(_usable(first.text, wire_type, faults_of), first.usage)
    except Faulty as faulty:
        request = _mending(request, first.text, prompt, faulty.faults)
    try:
        second = await model.reply(request)
    except ModelError as error:
        error.usage = first.usage + error.usage
        raise
    usage = first.usage + second.usage
    try:
        return Answer(_usable(second.text, wire_type, faults_of), usage)
    except Faulty as faulty:
        raise ReplyUnusable(
            f"{model.model} gave no usable reply to {request.step}, repair included ({faulty}): "
            "try again, or another model",
            usage,
        ) from faulty


def _mending(request: ChatRequest, reply: str, prompt: Prompt, faults: Sequence[str]) -> ChatRequest:
    errors = "\n".join(f"- {fault}" for fault in faults)
    turns = (
        Message("assistant", reply or "(empty)"),
        Message("user", prompt.repair.fill(errors=errors)),
    )
    return replace(request, messages=request.messages + turns)


def _usable(text: str, wire_type: type[W], faults_of: Callable[[W], Sequence[str]]) -> W:
    try:
        value = wire_type.model_validate(parse(text))
    except ValidationError as error:
        raise Faulty([_in_words(item) for item in error.errors(include_url=False)]) from error
    if faults := faults_of(value):
        raise Faulty(faults)
    return value


def parse(text: str) -> object:
    """The JSON of a reply, out of its code fence. Raises Faulty, for a key given twice too."""
    text = _THOUGHT.sub("", text).strip()
    if fenced := _FENCED.match(text):
        text = fenced[1]
    try:
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
        # A lone surrogate is valid JSON and cannot be stored: found here, it can still be mended.
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise Faulty([f"not valid JSON: {_one_line(str(error))}"]) from error
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    if twice := {key for key in keys if keys.count(key) > 1}:
        raise ValueError(f"key given twice: {', '.join(sorted(twice))}")
    return dict(pairs)


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


def _in_words(item: Any) -> str:
    place = ".".join(str(part) for part in item["loc"]) or "the reply"
    return f"{place}: {item['msg']}"


def _one_line(text: str) -> str:
    return " ".join(text.split())[:200]
