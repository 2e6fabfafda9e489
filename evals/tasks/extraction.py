"""extraction: does an engine find the claims that annotators found in a text, and does the text say them?

All by words, without a model, and blind to their order. ``coverage``, ``precision`` and ``f1`` match claims
one to one (``evals.metrics.extraction``), which also judges how finely they are cut. ``contained`` asks only
whether one extracted claim has MATCH of the words that a gold claim takes from its sentence, and all its
figures; ``on_gold`` whether MATCH of an extracted claim's words are in its sentences' gold claims. A claim is
``entailed`` when ENTAILED of its words and all its figures are in the sentences it names; its words in
[brackets] need only be somewhere in the text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agent.domain import NO_USAGE, Claim, Document, Span, Usage
from agent.errors import BadInput, BudgetSpent, CorroborateError, ModelError
from evals.metrics.extraction import extraction, match_claims
from evals.metrics.value import Measured
from evals.metrics.words import words
from evals.samples import EvalSet, Sample
from evals.tasks.averages import share
from evals.tasks.choose import choose
from evals.tasks.pooled import counted, pooled, ratio, scores_of
from evals.tasks.values import SampleResult, TaskTools

MATCH = 0.7
ENTAILED = 0.9
_BRACKETED = re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """``span`` is None where the text has the sentence in other words, ``checkworthy`` where it was not
    annotated. ``claims`` leaves out irrelevant ones (FActScore's
    ``IR``), which ``all_claims`` has: nobody need find them, and nobody is wrong to."""

    span: Span | None
    text: str
    checkworthy: bool | None
    claims: tuple[str, ...]
    all_claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extraction:
    name: str = "extraction"
    needs_engine: bool = True
    needs_corpus: bool = False

    def samples(self, eval_set: EvalSet, seed: int, limit: int | None) -> Sequence[Sample]:
        """One sample a text; its record is in ``meta``."""
        records = eval_set.records.get("extraction", ())
        if not records:
            raise BadInput(f"the set {eval_set.info.name} has no extraction.jsonl, texts with their claims")
        made = [Sample(str(record["doc_id"]), "", None, meta={"record": record}) for record in records]
        return choose(made, seed, limit)

    async def run(self, sample: Sample, tools: TaskTools) -> SampleResult:
        from agent.corpus.document import document_sentences

        record: Mapping[str, Any] = sample.meta["record"]  # type: ignore[assignment]
        document = _document(sample.id, str(record["text"]))
        try:
            found = await tools.need_engine().extract(document, document_sentences(document))
        except BudgetSpent:
            raise
        except CorroborateError as error:
            return SampleResult(sample.id, self.name, failed=str(error), usage=_spent(error))
        if found.unread:
            reason = f"{len(found.unread)} stretches were not read: {found.unread[0].reason}"
            return SampleResult(sample.id, self.name, failed=reason, usage=found.usage)
        gold = gold_sentences(record)
        counts = counted(checks(document.text, gold, found.claims))
        return SampleResult(
            id=sample.id,
            task=self.name,
            payload={
                "claims": [_told(claim) for claim in found.claims],
                "sentences": len(gold),
                "counts": counts,
            },
            scores=scores_of(counts),
            usage=found.usage,
        )

    def metrics(self, results: Sequence[SampleResult], eval_set: EvalSet) -> dict[str, Measured]:
        read = [result for result in results if not result.failed]
        claims = [len(result.payload["claims"]) for result in read]
        gold = {str(record["doc_id"]): gold_claims(record) for record in eval_set.records["extraction"]}
        matched = [
            match_claims(
                [claim["text"].replace("[", "").replace("]", "") for claim in result.payload["claims"]],
                gold.get(result.id, ()),
            )
            for result in read
        ]
        return {
            **extraction(matched),
            **{part: pooled(read, part, what) for part, what in _PARTS.items()},
            "claims_per_sentence": ratio(claims, [r.payload["sentences"] for r in read], "sentences"),
            "failed": share(len(results) - len(read), len(results), "texts"),
        }


_PARTS = {
    "contained": "gold claims",
    "on_gold": "extracted claims",
    "entailed": "extracted claims",
    "checkworthy_agreement": "sentences marked check-worthy or not",
    "checkworthy_found": "sentences marked check-worthy",
    "unworthy_left": "sentences marked not check-worthy",
}


def gold_claims(record: Mapping[str, Any]) -> tuple[str, ...]:
    """All claims an engine is to find in a text."""
    return tuple(claim for sentence in gold_sentences(record) for claim in sentence.claims)


def gold_sentences(record: Mapping[str, Any]) -> tuple[GoldSentence, ...]:
    """The annotated sentences, in order; each is looked for in the text behind the one before."""
    text, place, found = str(record["text"]), 0, []
    for each in record["sentences"]:
        start = text.find(each["text"], place)
        place = place if start < 0 else start + len(each["text"])
        worthy = each.get("checkworthy")
        found.append(
            GoldSentence(
                span=None if start < 0 else Span(start, place),
                text=each["text"],
                checkworthy=None if worthy is None else worthy == "yes",
                claims=tuple(claim["text"] for claim in each["claims"] if claim.get("label") != "IR"),
                all_claims=tuple(claim["text"] for claim in each["claims"]),
            )
        )
    return tuple(found)


def checks(text: str, gold: Sequence[GoldSentence], claims: Sequence[Claim]) -> Iterator[tuple[str, bool]]:
    """What holds of one text's claims, by the metric's name: one pair for each thing counted."""
    for sentence in gold:
        for wanted in sentence.claims:
            yield "contained", any(_says(claim.text, wanted, sentence.text) for claim in claims)
        if sentence.checkworthy is not None and sentence.span is not None:
            right = _names(claims, sentence.span) == sentence.checkworthy
            yield "checkworthy_agreement", right
            yield "checkworthy_found" if sentence.checkworthy else "unworthy_left", right
    for claim in claims:
        yield "on_gold", _on_gold(claim, gold)
        yield "entailed", _entailed(claim, text)


def _names(claims: Sequence[Claim], sentence: Span) -> bool:
    return any(span.overlaps(sentence) for claim in claims for span in claim.spans)


def _says(claim: str, wanted: str, sentence: str) -> bool:
    taken = words(wanted).keys() & words(sentence).keys() or words(wanted).keys()
    return _share(taken, words(claim).keys()) >= MATCH and figures(wanted) <= figures(claim)


def _on_gold(claim: Claim, gold: Sequence[GoldSentence]) -> bool:
    near = [s for s in gold if s.span is not None and _names([claim], s.span)]
    there = words(" ".join(each for sentence in near for each in sentence.all_claims))
    return _share(words(_own(claim)).keys(), there.keys()) >= MATCH


def _entailed(claim: Claim, text: str) -> bool:
    source = " ".join(span.cut(text) for span in claim.spans)
    faithful = _share(words(_own(claim)).keys(), words(source).keys()) >= ENTAILED
    added = words(" ".join(_BRACKETED.findall(claim.text))).keys() - _SAYING
    return faithful and figures(_own(claim)) <= figures(source) and added <= words(text).keys()


def figures(text: str) -> frozenset[str]:
    """The figures in digits, without their commas."""
    return frozenset(word.replace(",", "") for word in words(text) if word[0].isdigit())


def _own(claim: Claim) -> str:
    return _BRACKETED.sub(" ", claim.text)


def _share(wanted: Collection[str], there: Collection[str]) -> float:
    """How many of those wanted are there; all of nothing is 1."""
    return sum(word in there for word in wanted) / len(wanted) if wanted else 1.0


_SAYING = words("said say according").keys()
"""Engines name the speaker in [brackets] with a verb of their own."""


def _document(name: str, text: str) -> Document:
    return Document(name, text, hashlib.sha256(text.encode()).hexdigest())


def _told(claim: Claim) -> dict[str, Any]:
    return {"text": claim.text, "spans": [[span.start, span.end] for span in claim.spans]}


def _spent(error: CorroborateError) -> Usage:
    return error.usage if isinstance(error, ModelError) else NO_USAGE


TASK = Extraction()
