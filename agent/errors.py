"""Everything that can go wrong, drawn as a tree. Each message is one line that says what to do.

    CorroborateError
      BadInput                what the user gave cannot be used                        exit 2
        Unreadable            a file or text that cannot be read, and why
        SettingsError         an option, variable or combination that makes no sense
      CorpusError             the corpus cannot be used as it is                       exit 2
        CorpusMissing         no corpus in that folder
        CorpusLocked          another process is writing it
        CorpusDamaged         its parts disagree; ``corroborate corpus check --repair`` rebuilds them
        EmbedderMismatch      made with another embedder than the one asked for
        UnknownSource         no source of that id
      EmbedderUnavailable     the vectors cannot be computed here                      exit 2
      PromptError             a prompt file is missing or does not fit its variables   exit 2
      ModelError              a model's reply could not be had; becomes Unassessed     exit 3
        ModelUnavailable      no answer, after the retries that made sense
        ModelRejected         the server will never answer this (key, model, quota, bad request)
        ModelRefused          the model declined
        ReplyUnusable         the reply breaks its schema, repair included
        BudgetSpent           the limit the user set is reached
        ReplyMissing          replay only: this request has no recorded reply

The exit codes are those of a command that ends with the error. Some errors are values on the way: an
Unreadable file or row is named by ``ingest``, which reads the rest and exits with 1; a ModelError about a
claim is the reason it stays Unassessed, about a stretch of the text the reason it is Unread, and
``verify`` ends with its report and 3. Any other exception is a fault of ours: exit 70.

Libraries' exceptions are translated into these once, in the module that calls the library.
"""

from __future__ import annotations

from agent.domain.report import NO_USAGE, Usage


class CorroborateError(Exception):
    """Base of all errors this package raises on purpose. ``str(error)`` is one line for a person."""


class BadInput(CorroborateError):
    """What the user gave cannot be used."""


class Unreadable(BadInput):
    """A file or text that cannot be read. ``name`` is what the user called it."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


class SettingsError(BadInput):
    """An option, environment variable or combination of them that makes no sense."""


class CorpusError(CorroborateError):
    """The corpus cannot be used as it is."""


class CorpusMissing(CorpusError):
    """There is no corpus in the folder named."""


class CorpusLocked(CorpusError):
    """Another process is writing this corpus."""


class CorpusDamaged(CorpusError):
    """The parts of the corpus disagree with one another."""


class EmbedderMismatch(CorpusError):
    """The corpus was made with another embedder than the one asked for."""


class UnknownSource(CorpusError):
    """No source of that id in the corpus."""


class EmbedderUnavailable(CorroborateError):
    """The embedder asked for cannot compute vectors here."""


class PromptError(CorroborateError):
    """A prompt file is missing, or its variables are not those it is given."""


class ModelError(CorroborateError):
    """A model's reply could not be had. ``usage`` is what was spent before giving up."""

    def __init__(self, reason: str, usage: Usage = NO_USAGE) -> None:
        super().__init__(reason)
        self.usage = usage


class ModelUnavailable(ModelError):
    """No answer after the retries that made sense: trying later can help."""


class ModelRejected(ModelError):
    """The server will never answer this request: key, model name, quota or request must change."""


class ModelRefused(ModelError):
    """The model declined to answer."""


class ReplyUnusable(ModelError):
    """The reply does not fit its schema, and neither does the repaired one."""


class BudgetSpent(ModelError):
    """The limit on calls, tokens or money that the user set is reached."""


class ReplyMissing(ModelError):
    """In replay: no recorded reply answers this request."""
