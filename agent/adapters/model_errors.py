"""The SDK's exceptions in our words: each says in one line what went wrong and what to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from json import JSONDecodeError
from typing import TYPE_CHECKING

from agent.adapters.retrying import out_of_money
from agent.errors import ModelError, ModelRefused, ModelRejected, ModelUnavailable

if TYPE_CHECKING:
    from openai import APIStatusError

_SHOWN_CHARS = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom was asked for what: the words that error messages need. ``server`` is host and port."""

    server: str
    model: str
    timeout_s: float
    api_key: str = field(default="", repr=False)

    def shown(self, text: str) -> str:
        """A server's words on one line, shortened, without the key."""
        if self.api_key:
            text = text.replace(self.api_key, "[key]")
        line = " ".join(text.split())
        return line if len(line) <= _SHOWN_CHARS else line[: _SHOWN_CHARS - 1] + "…"


def model_error(error: Exception, asked: Asked, tries: int) -> ModelError | None:
    """Our error for what the SDK raised in the last of ``tries``; None for an exception that is not its."""
    from openai import APIConnectionError, APIError, APIStatusError, APITimeoutError

    after = f" (tried {tries} times)" if tries > 1 else ""
    match error:
        case APITimeoutError() | TimeoutError():
            return ModelUnavailable(
                f"{asked.server} did not answer within {asked.timeout_s:g} s{after}: try later or allow more"
            )
        case APIConnectionError():
            cause = asked.shown(str(error.__cause__ or error))
            return ModelUnavailable(
                f"cannot reach {asked.server}{after}: {cause}; is it running, and is the base URL right?"
            )
        case APIStatusError():
            return _status_error(error, asked, after)
        case APIError() | JSONDecodeError() | UnicodeDecodeError():
            return not_a_completion(asked)
        case UnicodeEncodeError():
            return ModelRejected("the text holds broken characters that cannot be sent: save it as UTF-8")
        case _:
            return None


def not_a_completion(asked: Asked) -> ModelUnavailable:
    return ModelUnavailable(
        f"{asked.server} sent no chat completion: check the base URL (it often ends in /v1)"
    )


def _status_error(error: APIStatusError, asked: Asked, after: str) -> ModelError:
    status, said = error.status_code, asked.shown(error.message)
    if out_of_money(error) or status == 402:
        return ModelRejected(f"the account at {asked.server} has no credit left: add some or use another key")
    if error.code == "content_filter":
        return ModelRefused(f"{asked.server} filtered the request: {said}")
    match status:
        # What a server says here may quote the key, in part or whole.
        case 401:
            return ModelRejected(f"{asked.server} does not accept the API key (401): set OPENAI_API_KEY")
        case 403:
            return ModelRejected(f"the API key has no access to {asked.model} at {asked.server} (403)")
        case 404:
            return ModelRejected(
                f"{asked.server} does not know {asked.model} or this address (404): check model and base URL"
            )
        case 408 | 409 | 429:
            return ModelUnavailable(f"{asked.server} is too busy ({status}){after}: {said}; try later")
        case _ if status >= 500 and status != 501:
            return ModelUnavailable(f"{asked.server} failed ({status}){after}: {said}; try later")
        case _:
            return ModelRejected(f"{asked.server} rejected the request ({status}): {said}")
