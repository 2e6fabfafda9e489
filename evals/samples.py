"""What is evaluated: sets of claims with gold labels and evidence, over documents of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from agent.domain import ClaimKind, Label, Metadata, Stance


@dataclass(frozen=True, slots=True)
class GoldEvidence:
    """A document that annotators named, with the words they marked where they did.

    ``stance`` is None where it was not annotated.
    """

    doc_id: str
    quote: str = ""
    stance: Stance | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """One claim to be evaluated. ``label`` is None for a sample that carries no gold label.

    ``as_of`` hides what was published later. ``relevant`` lists the documents that count as found in
    retrieval, where they are not simply those of ``evidence``.
    """

    id: str
    claim: str
    label: Label | None
    as_of: date | None = None
    speaker: str = ""
    kind: ClaimKind = ClaimKind.CONTENT
    also_acceptable: tuple[Label, ...] = ()
    evidence: tuple[GoldEvidence, ...] = ()
    relevant: tuple[str, ...] = ()
    meta: Mapping[str, object] = field(default_factory=dict, hash=False)

    @property
    def gold_documents(self) -> tuple[str, ...]:
        """Documents that retrieval ought to find, without repeats."""
        return self.relevant or tuple(dict.fromkeys(evidence.doc_id for evidence in self.evidence))


@dataclass(frozen=True, slots=True)
class SetDocument:
    """A document of a set's corpus."""

    doc_id: str
    text: str
    metadata: Metadata = Metadata()


@dataclass(frozen=True, slots=True)
class SetInfo:
    """What a user must know of a set: its terms, where it is obtained, and how it is to be scored.

    ``gold_by_default`` marks a set whose evidence is to be given to the judge and not searched for.
    """

    name: str
    licence: str
    obtain: str
    note: str = ""
    gold_by_default: bool = False


@dataclass(frozen=True, slots=True)
class EvalSet:
    """``sha256`` is the digest of the files it was read from: two runs compare only on the same one.

    ``records`` holds what is neither claim nor document, as its file has it: ``extraction`` (texts with
    annotated sentences and claims) and ``attacks`` (texts to plant).
    """

    info: SetInfo
    samples: tuple[Sample, ...]
    documents: tuple[SetDocument, ...]
    sha256: str
    records: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict, hash=False)
