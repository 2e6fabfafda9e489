"""Embeddings from a compatible server, played by a loopback one."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from agent.adapters import retrying
from agent.adapters.embeddings import make_embedder
from agent.errors import EmbedderUnavailable


@dataclass
class Desk:
    """A server that embeds a text as (its length, 1, 0), unless ``script`` says otherwise first."""

    url: str = ""
    script: list[tuple[int, dict[str, str], object]] = field(default_factory=list)
    requests: list[dict] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    def answer(self, request: dict) -> tuple[int, dict[str, str], object]:
        if self.script:
            return self.script.pop(0)
        data = [
            {"object": "embedding", "index": i, "embedding": [float(len(text)), 1.0, 0.0]}
            for i, text in enumerate(request["input"])
        ]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        return 200, {}, {"object": "list", "data": data[::-1], "model": request["model"], "usage": usage}


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            desk.requests.append(request)
            desk.keys.append(self.headers["Authorization"])
            status, headers, reply = desk.answer(request)
            body = reply if isinstance(reply, bytes) else json.dumps(reply).encode()
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    desk.url = f"http://127.0.0.1:{server.server_port}/v1"
    yield desk
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def pauses(monkeypatch) -> list[float]:
    taken: list[float] = []

    async def pause(seconds: float) -> None:
        taken.append(seconds)

    monkeypatch.setattr(retrying, "pause", pause)
    return taken


def embedder_at(desk: Desk):
    return make_embedder("openai", model="some-model", base_url=desk.url, api_key="sk-test")


async def test_vectors_come_back_in_order_at_length_one(desk):
    embedder = embedder_at(desk)
    vectors = await embedder.embed(["four", "a longer text", "x"])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(3), abs=1e-6)
    assert vectors.dtype == np.float32
    assert (vectors[:, 0] / vectors[:, 1]).round(3).tolist() == [4, 13, 1]
    assert embedder.dimension == 3
    assert embedder.name == "openai:some-model"


async def test_many_texts_go_in_batches_of_128(desk):
    vectors = await embedder_at(desk).embed(["x" * (1 + n % 7) for n in range(300)])
    assert [len(request["input"]) for request in desk.requests] == [128, 128, 44]
    assert (vectors[:, 0] / vectors[:, 1]).round(3).tolist() == [1 + n % 7 for n in range(300)]


async def test_a_busy_server_is_asked_again_after_the_time_it_names(desk, pauses):
    desk.script = [(429, {"Retry-After": "7"}, {"error": {"message": "slow down"}})]
    assert (await embedder_at(desk).embed(["bread"])).shape == (1, 3)
    assert len(desk.requests) == 2
    assert pauses == [pytest.approx(7.125, abs=0.126)]


async def test_an_empty_account_is_not_asked_twice(desk):
    desk.script = [(429, {}, {"error": {"message": "no credit", "code": "insufficient_quota"}})]
    with pytest.raises(EmbedderUnavailable, match="credit"):
        await embedder_at(desk).embed(["bread"])
    assert len(desk.requests) == 1


async def test_a_server_that_stays_down_ends_in_an_error(desk):
    desk.script = [(503, {}, {"error": {"message": "down"}})] * 20
    with pytest.raises(EmbedderUnavailable, match="503"):
        await embedder_at(desk).embed(["bread"])
    assert len(desk.requests) == retrying.ATTEMPTS


async def test_a_refused_key_is_not_repeated_in_the_error(desk):
    desk.script = [(401, {}, {"error": {"message": "bad key sk-test"}})]
    with pytest.raises(EmbedderUnavailable, match="OPENAI_API_KEY") as caught:
        await embedder_at(desk).embed(["bread"])
    assert "sk-test" not in str(caught.value)


async def test_nobody_there_is_an_error_with_a_remedy(pauses):
    embedder = make_embedder("openai", model="m", base_url="http://127.0.0.1:9/v1", api_key="k")
    with pytest.raises(EmbedderUnavailable, match="base URL"):
        await embedder.embed(["bread"])
    assert pauses


@pytest.mark.parametrize(
    "data",
    [
        [],
        [{"index": 0, "embedding": [1.0, 2.0]}, {"index": 1, "embedding": [1.0]}],
        [{"index": 0, "embedding": [0.0, 0.0]}, {"index": 1, "embedding": [1.0, 0.0]}],
        [{"index": 0, "embedding": None}, {"index": 1, "embedding": [1.0]}],
        "not a list",
    ],
    ids=["too few", "ragged", "zero", "missing", "no list"],
)
async def test_a_reply_that_is_not_vectors_is_refused(desk, data):
    desk.script = [(200, {}, {"object": "list", "data": data, "model": "m"})] * 9
    with pytest.raises(EmbedderUnavailable):
        await embedder_at(desk).embed(["one", "two"])


async def test_a_page_instead_of_json_is_refused(desk):
    desk.script = [(200, {"Content-Type": "text/html"}, b"<html>")] * 9
    with pytest.raises(EmbedderUnavailable):
        await embedder_at(desk).embed(["one"])


async def test_a_changing_dimension_is_refused(desk):
    embedder = embedder_at(desk)
    await embedder.embed(["bread"])
    desk.script = [(200, {}, {"data": [{"index": 0, "embedding": [1.0, 0.0]}], "model": "m"})]
    with pytest.raises(EmbedderUnavailable, match="shape"):
        await embedder.embed(["bread"])


async def test_empty_long_and_broken_texts_are_sent_as_servers_take_them(desk):
    await embedder_at(desk).embed(["", "word " * 90_000, "bad \ud800 surrogate"])
    (request,) = desk.requests
    assert request["input"][0] == " "
    assert len(request["input"][1]) == 8_000
    assert request["input"][2] == "bad ? surrogate"
    assert request["encoding_format"] == "float"


async def test_the_environments_key_is_not_offered_to_another_server(desk, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    await make_embedder("openai", model="m", base_url=desk.url).embed(["bread"])
    assert desk.keys == ["Bearer none"]


async def test_no_key_at_all_says_which_variable_to_set(monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(EmbedderUnavailable, match="OPENAI_API_KEY"):
        await make_embedder("openai", model="m").embed(["bread"])


async def test_the_dimension_is_unknown_before_the_first_reply(desk):
    with pytest.raises(EmbedderUnavailable, match="once a text"):
        _ = embedder_at(desk).dimension


async def test_no_texts_ask_nobody(desk):
    assert len(await embedder_at(desk).embed([])) == 0
    assert desk.requests == []
