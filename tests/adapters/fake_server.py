"""A server on the loopback interface that answers from a script and remembers what it was asked.

    with ScriptedServer([failed(429, headers={"retry-after": "1"}), said('{"ok": true}')]) as server:
        model = OpenAIChat(ModelSettings(model="m", base_url=server.base_url, api_key="k"))
        ...
        assert len(server.seen) == 2

A script is a list, used up in order of arrival, or a function from ``Seen`` to an ``Answer``. From a test
in another folder: ``from adapters.fake_server import ScriptedServer, said``.
"""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Answer:
    """``reset`` drops the connection instead of answering; ``delay_s`` waits first (ends with the server)."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json"
    delay_s: float = 0.0
    reset: bool = False


@dataclass(frozen=True)
class Seen:
    """A request as it came; header names in lower case; ``body`` is the parsed JSON, None without any."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Any


Script = Iterable[Answer] | Callable[[Seen], Answer]


def said(
    text: str | None,
    *,
    tokens: tuple[int, int] | None = (10, 5),
    model: str = "scripted",
    finish: str = "stop",
    refusal: str | None = None,
    delay_s: float = 0.0,
) -> Answer:
    """A chat completion. ``tokens`` are those of prompt and completion; None leaves the usage out."""
    message = {"role": "assistant", "content": text, "refusal": refusal}
    completion: dict[str, Any] = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 0,
        "model": model,
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
    }
    if tokens is not None:
        prompt, written = tokens
        completion["usage"] = {
            "prompt_tokens": prompt,
            "completion_tokens": written,
            "total_tokens": prompt + written,
        }
    return answered(completion, delay_s=delay_s)


def answered(payload: object, status: int = 200, **more: Any) -> Answer:
    """Any JSON."""
    return Answer(status, json.dumps(payload, ensure_ascii=False).encode(), **more)


def failed(
    status: int,
    message: str = "scripted failure",
    *,
    code: str | None = None,
    param: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """An error in the protocol's form."""
    error = {"message": message, "type": "scripted", "code": code, "param": param}
    return answered({"error": error}, status, headers=headers or {})


class ScriptedServer:
    """Serves from a thread between ``__enter__`` and ``__exit__``.

    A list that is used up, and a function that raises, answer 400: a client must not retry that. The
    exception is in ``error``. ``arrived`` is set by the first request.
    """

    def __init__(self, script: Script) -> None:
        self._script = script if callable(script) else _one_after_the_other(script)
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._in_flight = 0
        self.seen: list[Seen] = []
        self.peak_in_flight = 0
        self.arrived = threading.Event()
        self.error: Exception | None = None
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def __enter__(self) -> ScriptedServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()

    def answer(self, seen: Seen) -> Answer:
        with self._lock:
            self.seen.append(seen)
            self.arrived.set()
            self._in_flight += 1
            self.peak_in_flight = max(self.peak_in_flight, self._in_flight)
            try:
                answer = self._script(seen)
            except Exception as error:  # noqa: BLE001 - shown to the test
                self.error = error
                answer = failed(400, f"the script has no answer: {error!r}")
        self._closing.wait(answer.delay_s)
        return answer

    def done(self) -> None:
        with self._lock:
            self._in_flight -= 1


def _one_after_the_other(script: Iterable[Answer]) -> Callable[[Seen], Answer]:
    answers = iter(script)

    def following(seen: Seen) -> Answer:
        for answer in answers:
            return answer
        raise LookupError("all answers are used up")

    return following


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 1024
    # Handlers still asleep in a scripted delay must not hold up the end of a test.
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are part of the script."""


def _handler(scripted: ScriptedServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def log_message(self, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            self._respond()

        def do_POST(self) -> None:
            self._respond()

        def _respond(self) -> None:
            raw = self.rfile.read(int(self.headers.get("content-length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            seen = Seen(self.command, self.path, headers, json.loads(raw) if raw else None)
            answer = scripted.answer(seen)
            scripted.done()
            if answer.reset:
                self._reset()
            else:
                self._send(answer)

        def _send(self, answer: Answer) -> None:
            self.send_response(answer.status)
            self.send_header("content-type", answer.content_type)
            self.send_header("content-length", str(len(answer.body)))
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)

        def _reset(self) -> None:
            # Linger of 0 s: closing sends RST rather than FIN.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            self.close_connection = True

    return Handler
