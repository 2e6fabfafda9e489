"""A request for a JSON reply in the wire's words, in whichever dialect of chat completions a server speaks.

"OpenAI-compatible" servers differ in two ways that matter here: how far they can hold a reply to a JSON
schema, and which sampling parameters they take. A ``Dialect`` is what one server has been seen to take.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, replace
from enum import IntEnum

from agent.ports import ChatRequest
from agent.settings import ModelSettings

_ASK_FOR_JSON = "Reply with one JSON object that fits this JSON Schema, and with nothing else:\n"
_FORMAT_WORDS = re.compile(
    r"response[ _]?format|json[ _]?(schema|object|mode)|structured[ _]output|guided|grammar|\bstrict\b", re.I
)
_CANNOT = frozenset({400, 404, 422, 501})
_OPTIONAL = ("temperature", "seed", "max_tokens")


class ReplyFormat(IntEnum):
    """How the reply's form is asked for, strongest first."""

    SCHEMA = 0
    OBJECT = 1
    TEXT = 2


@dataclass(frozen=True, slots=True)
class Dialect:
    """``refused`` holds the names of parameters the server does not take."""

    reply_format: ReplyFormat = ReplyFormat.SCHEMA
    refused: frozenset[str] = frozenset()

    def __or__(self, other: Dialect) -> Dialect:
        """What is known after both were learned, for requests that learn at the same time."""
        return Dialect(max(self.reply_format, other.reply_format), self.refused | other.refused)

    def after(self, status: int, message: str, param: str | None) -> Dialect | None:
        """The simpler dialect that an error answer calls for; None where it is about something else."""
        if status not in _CANNOT:
            return None
        if named := self._parameter_named(message, param):
            return replace(self, refused=self.refused | {named})
        about_format = status == 501 or _FORMAT_WORDS.search(f"{param or ''} {message}")
        if about_format and self.reply_format is not ReplyFormat.TEXT:
            return replace(self, reply_format=ReplyFormat(self.reply_format + 1))
        return None

    def _parameter_named(self, message: str, param: str | None) -> str | None:
        for name in _OPTIONAL:
            if name not in self.refused and (param == name or re.search(rf"\b{name}\b", message)):
                return name
        return None


def chat_request_body(
    request: ChatRequest, settings: ModelSettings, dialect: Dialect = Dialect()
) -> dict[str, object]:
    """The JSON body of ``POST /chat/completions``."""
    told_in_words = dialect.reply_format is not ReplyFormat.SCHEMA
    messages = _messages(request)
    if told_in_words:
        messages = _with_schema(messages, request)
    body: dict[str, object] = {"model": settings.model, "messages": messages}
    body |= {
        _wire_name(name, dialect): value
        for name, value in _sampling(request, settings).items()
        if name not in dialect.refused or name == "max_tokens"
    }
    match dialect.reply_format:
        case ReplyFormat.SCHEMA:
            named = {"name": request.schema_name, "strict": True, "schema": dict(request.schema)}
            body["response_format"] = {"type": "json_schema", "json_schema": named}
        case ReplyFormat.OBJECT:
            body["response_format"] = {"type": "json_object"}
        case ReplyFormat.TEXT:
            pass
    return body


def request_digest(request: ChatRequest, settings: ModelSettings) -> str:
    """SHA-256 in hex of what decides a reply: model, messages, schema and sampling parameters.

    Neither the server's address nor the key counts, nor the dialect it turned out to speak: the same
    question to the same model is the same request.
    """
    decides = {
        "model": settings.model,
        "messages": _messages(request),
        "schema": dict(request.schema),
        "sampling": _sampling(request, settings),
    }
    canonical = json.dumps(decides, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def _messages(request: ChatRequest) -> list[dict[str, str]]:
    return [{"role": message.role, "content": message.content} for message in request.messages]


def _sampling(request: ChatRequest, settings: ModelSettings) -> dict[str, float | int]:
    values = {"temperature": settings.temperature, "seed": settings.seed, "max_tokens": request.max_tokens}
    return {name: value for name, value in values.items() if value is not None}


def _wire_name(name: str, dialect: Dialect) -> str:
    # Newer models refuse max_tokens and want the same limit under another name.
    return "max_completion_tokens" if name == "max_tokens" and name in dialect.refused else name


def _with_schema(messages: list[dict[str, str]], request: ChatRequest) -> list[dict[str, str]]:
    """The schema in words, at the end of the last message of the user."""
    asked = _ASK_FOR_JSON + json.dumps(dict(request.schema), ensure_ascii=False)
    for at in range(len(messages) - 1, -1, -1):
        if messages[at]["role"] == "user":
            content = f"{messages[at]['content']}\n\n{asked}"
            return [*messages[:at], {"role": "user", "content": content}, *messages[at + 1 :]]
    return [*messages, {"role": "user", "content": asked}]
