"""Stand-ins for the ports, shared by tests: a model that answers from a script, and short builders."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence

from agent.domain import Candidate, Metadata, PartialDate, Passage, Sentence, Span, Usage
from agent.errors import ModelError
from agent.ports import ChatRequest, Reply

Line = str | Mapping[str, object] | ModelError
Script = Line | Sequence[Line] | Callable[[ChatRequest], Line]


class ScriptedModel:
    """A ChatModel that answers each step from a script, and keeps what it was asked.

    A script is one reply for every request, a sequence of replies in order (AssertionError when it runs
    out), or a function of the request. A reply is text, an object to send as JSON, or a ModelError to
    raise. Every reply costs ``prompt_tokens`` and ``completion_tokens``; concurrent requests are given
    the chance to overlap, and ``most_in_flight`` tells how many did.
    """

    def __init__(
        self,
        prompt_tokens: int = 100,
        completion_tokens: int = 10,
        cost: float | None = None,
        **steps: Script,
    ) -> None:
        self.model = "scripted"
        self.requests: list[ChatRequest] = []
        self.most_in_flight = 0
        self._tokens = (prompt_tokens, completion_tokens)
        self._cost = cost
        self._steps = steps
        self._asked: dict[str, int] = {}
        self._in_flight = 0

    async def reply(self, request: ChatRequest) -> Reply:
        self.requests.append(request)
        self._in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self._in_flight)
        await asyncio.sleep(0)
        self._in_flight -= 1
        line = self._line(request)
        if isinstance(line, ModelError):
            raise line
        text = line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)
        return Reply(text, self.model, Usage({request.step: 1}, *self._tokens, self._cost))

    def _line(self, request: ChatRequest) -> Line:
        assert request.step in self._steps, f"nothing scripted for step {request.step}"
        script = self._steps[request.step]
        if isinstance(script, str | Mapping | ModelError):
            return script
        if callable(script):
            return script(request)
        turn = self._asked.get(request.step, 0)
        assert turn < len(script), f"{request.step} was asked more often than scripted"
        self._asked[request.step] = turn + 1
        return script[turn]


def sentences_of(*texts: str, boilerplate: Sequence[int] = ()) -> tuple[Sentence, ...]:
    """Sentences of the document ``" ".join(texts)``; ``boilerplate`` gives the numbers of flagged ones."""
    sentences, start = [], 0
    for number, text in enumerate(texts, start=1):
        sentences.append(Sentence(number, Span(start, start + len(text)), text, number in boilerplate))
        start += len(text) + 1
    return tuple(sentences)


def candidate(
    passage_id: str,
    *texts: str,
    outlet: str = "Velm Courier",
    published: str = "2024-05-04",
    origin: str = "",
    offset: int = 0,
) -> Candidate:
    """A passage of the sentences ``texts``, joined by spaces and standing at ``offset`` of its source."""
    spans = [
        Span(offset + sentence.span.start, offset + sentence.span.end) for sentence in sentences_of(*texts)
    ]
    return Candidate(
        passage=Passage(passage_id, f"source-{passage_id}", Span(offset, spans[-1].end), tuple(spans)),
        text=" ".join(texts),
        metadata=Metadata(outlet=outlet, published=PartialDate.parse(published), origin=origin),
        source_sha256="0" * 64,
        family="",
        score=1.0,
        similarity=0.5,
    )
