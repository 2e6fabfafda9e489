"""The claim-only control: what a model answers when it is shown no passage at all.

A judge that scores as well without evidence as with it knows the claims, or guesses from their wording.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from agent.domain import Label, Ratings, Usage
from agent.ports import ChatModel, Prompt

STEP = "control"


@dataclass(frozen=True, slots=True)
class Guess:
    """``label`` is the one rated highest; between several it cannot tell: not enough evidence."""

    label: Label
    ratings: Ratings
    usage: Usage


async def guess(model: ChatModel, prompt: Prompt, claim: str, as_of: date | None) -> Guess:
    """Ask for ratings of the claim alone. Raises ModelError."""
    from agent.engines.llm.asking import ask, request_for
    from agent.engines.llm.framing import code_for, frame, plain
    from agent.engines.llm.wire import Wire, WireRatings

    class WireControl(Wire):
        ratings: WireRatings

    def no_faults(reply: WireControl) -> Sequence[str]:
        return ()

    shown = plain(claim)
    variables = {"as_of": as_of.isoformat() if as_of else "none given", "claim": ""}
    variables["claim"] = frame(code_for([shown]), "C1", [shown])
    request = request_for(STEP, prompt, WireControl, variables)
    answer = await ask(model, request, WireControl, prompt, no_faults)
    ratings = Ratings(**answer.value.ratings.model_dump())
    return Guess(top_label(ratings), ratings, answer.usage)


def top_label(ratings: Ratings) -> Label:
    from agent.checks.settle import top_labels

    top = top_labels(ratings)
    return next(iter(top)) if len(top) == 1 else Label.NOT_ENOUGH_EVIDENCE
