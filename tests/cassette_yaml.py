"""Cassettes that people can read and compare: the serializer and the matcher that vcrpy is given.

JSON bodies are stored as trees, texts as block scalars, server-sent events as lists; headers that differ
from one machine or day to the next are left out; the server's address is replaced; interactions are
sorted. So the same conversation always gives the same bytes, whatever order it happened in.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import yaml

KEPT_HEADERS = frozenset({"content-type", "retry-after", "retry-after-ms", "x-should-retry"})
HOST = "http://model.invalid"
_WIDTH = 100


class _Dumper(yaml.SafeDumper):
    pass


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


_Dumper.add_representer(str, _text)


def serialize(cassette: Mapping[str, Any]) -> str:
    """vcrpy's dict of interactions as YAML. Stable under the order in which different requests were made."""
    interactions = sorted((_readable(each) for each in cassette["interactions"]), key=_order)
    kept = {"version": cassette["version"], "interactions": interactions}
    return yaml.dump(kept, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH)


def deserialize(text: str) -> dict[str, Any]:
    cassette: dict[str, Any] = yaml.safe_load(text)
    for each in cassette["interactions"]:
        each["request"]["body"] = _as_sent(each["request"]["body"])
        each["response"]["body"] = {"string": _as_sent(each["response"]["body"])}
    return cassette


def same_json_body(one: Any, other: Any) -> None:
    """vcrpy matcher: bodies equal as JSON, else as bytes."""
    if one.body != other.body and _digest(one.body) != _digest(other.body):
        raise AssertionError("the request's body differs from the recorded one")


def _readable(interaction: Mapping[str, Any]) -> dict[str, Any]:
    request, response = interaction["request"], interaction["response"]
    return {
        "request": {
            "method": request["method"],
            "uri": _without_host(request["uri"]),
            "headers": _kept(request["headers"]),
            "body": _tree(request["body"]),
        },
        "response": {
            "status": response["status"],
            "headers": _kept(response["headers"]),
            "body": _tree(response["body"]["string"]),
        },
    }


def _order(interaction: Mapping[str, Any]) -> tuple[str, str, str]:
    request = interaction["request"]
    return request["method"], request["uri"], json.dumps(request["body"], sort_keys=True, default=repr)


def _without_host(uri: str) -> str:
    parts = urlsplit(uri)
    return HOST + parts.path + (f"?{parts.query}" if parts.query else "")


def _kept(headers: Mapping[str, Any]) -> dict[str, Any]:
    return {name.lower(): headers[name] for name in sorted(headers) if name.lower() in KEPT_HEADERS}


def _tree(body: str | bytes | None) -> Any:
    """``{json: …}``, ``{sse: […]}`` or ``{text: …}``; bytes that are no text stay bytes."""
    if isinstance(body, bytes):
        try:
            body = body.decode()
        except UnicodeDecodeError:
            return {"binary": body}
    if not body:
        return None
    if body.startswith("data: "):
        return {"sse": [_event(event) for event in body.split("\n\n") if event]}
    try:
        return {"json": json.loads(body)}
    except ValueError:
        return {"text": body}


def _event(event: str) -> Any:
    data = event.removeprefix("data: ")
    try:
        return json.loads(data)
    except ValueError:
        return data


def _as_sent(body: Mapping[str, Any] | None) -> str | bytes:
    match body:
        case None:
            return ""
        case {"json": tree}:
            return _compact(tree)
        case {"sse": events}:
            return "".join(f"data: {e if isinstance(e, str) else _compact(e)}\n\n" for e in events)
        case {"text": str() | bytes() as kept} | {"binary": kept}:
            return kept
        case _:
            raise ValueError(f"no body of a cassette: {sorted(body)}")


def _compact(tree: Any) -> str:
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":"))


@functools.lru_cache(maxsize=100_000)
def _digest(body: bytes | str | None) -> str:
    data = body.encode() if isinstance(body, str) else body or b""
    with contextlib.suppress(ValueError):
        data = json.dumps(json.loads(data), sort_keys=True).encode()
    return hashlib.sha256(data).hexdigest()
