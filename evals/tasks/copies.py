"""copies: are reprints of one story told from independent reports, and counted as one voice?

No engine and no model. Each sample is one story of the set with reprints made by rule (``evals.perturb``),
lookalikes that are other stories, and some stories left alone; all of them are filed as a corpus files
them, and then counted as voices for one claim.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from agent.domain import Claim, ClaimKind, Evidence, Metadata, Span, Stance
from agent.errors import BadInput
from evals.metrics.value import Measured
from evals.perturb.reprints import FOOTER, Lookalike, Reprint, lookalike, reprint
from evals.samples import EvalSet, Sample, SetDocument
from evals.tasks.pooled import counted, pooled, scores_of
from evals.tasks.values import SampleResult, TaskTools

STORIES = 100
LEAST_WORDS, MOST_WORDS = 80, 1500
"""A shorter text cannot be cut and stay a story; a longer one is a page of several."""
OTHERS = 8


@dataclass(frozen=True, slots=True)
class Filed:
    """A text as a corpus has it: ``story`` says which story it tells, ``kind`` how it came about."""

    id: str
    story: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Copies:
    """``caught``: a reprint is in its story's family. ``apart``: a lookalike is not. ``pair_precision`` and
    ``pair_recall`` are over all pairs of texts that are put, or ought to be, in one family. ``voices``: as
    many voices as stories, neither more nor fewer."""

    name: str = "copies"
    needs_engine: bool = False
    needs_corpus: bool = False

    def samples(self, eval_set: EvalSet, seed: int, limit: int | None) -> Sequence[Sample]:
        """STORIES of the set, or ``limit``, each with other stories to be confused with."""
        stories = [each for each in eval_set.documents if LEAST_WORDS <= len(each.text.split()) <= MOST_WORDS]
        if len(stories) <= OTHERS:
            raise BadInput(
                f"the set {eval_set.info.name} has {len(stories)} documents of {LEAST_WORDS} to {MOST_WORDS} "
                f"words; copies needs more than {OTHERS}"
            )
        drawn = random.Random(f"{seed} stories").sample(stories, len(stories))[: limit or STORIES]
        return [self._sample(story, stories, seed) for story in drawn]

    def _sample(self, story: SetDocument, stories: Sequence[SetDocument], seed: int) -> Sample:
        rng = random.Random(f"{seed} {story.doc_id}")
        others = [each for each in rng.sample(stories, OTHERS + 1) if each.doc_id != story.doc_id][:OTHERS]
        return Sample(story.doc_id, "", None, meta={"others": [each.doc_id for each in others], "seed": seed})

    async def run(self, sample: Sample, tools: TaskTools) -> SampleResult:
        filed = texts_of(sample, {each.doc_id: each.text for each in tools.eval_set.documents})
        families = families_of(filed)
        counts = counted(_checks(filed, families))
        joined = [each.id for each in filed if families[each.id] == families[filed[0].id]]
        return SampleResult(
            id=sample.id,
            task=self.name,
            payload={"family": joined, "texts": len(filed), "counts": counts},
            scores=scores_of(counts),
        )

    def metrics(self, results: Sequence[SampleResult], eval_set: EvalSet) -> dict[str, Measured]:
        return {
            "caught": pooled(results, "caught", "reprints"),
            **{f"caught/{kind}": pooled(results, f"caught/{kind}", "such reprints") for kind in Reprint},
            "apart": pooled(results, "apart", "lookalikes"),
            **{f"apart/{kind}": pooled(results, f"apart/{kind}", "such lookalikes") for kind in Lookalike},
            "pair_precision": pooled(results, "pair_precision", "pairs in one family"),
            "pair_recall": pooled(results, "pair_recall", "pairs of one story"),
            "voices": pooled(results, "voices", "stories"),
        }


def texts_of(sample: Sample, texts: Mapping[str, str]) -> tuple[Filed, ...]:
    """The story first, then its reprints, its lookalikes, and the other stories."""
    story, others = sample.id, [str(each) for each in sample.meta["others"]]  # type: ignore[attr-defined]
    rng = random.Random(f"{sample.meta['seed']} {story} texts")
    # The original carries the footer that a lookalike shares; its reprints do not.
    filed = [Filed("00", story, "", f"{texts[story]}\n\n{FOOTER}")]
    filed += [Filed(f"r{n}", story, kind, reprint(texts[story], kind, rng)) for n, kind in enumerate(Reprint)]
    for place, (kind, other) in enumerate(zip(Lookalike, others, strict=False)):
        like = lookalike(texts[story], texts[other], kind, rng)
        filed.append(Filed(f"s{place}", other, kind, like))
    rest = others[len(Lookalike) :]
    return (*filed, *(Filed(f"z{n}", other, "", texts[other]) for n, other in enumerate(rest)))


def families_of(filed: Sequence[Filed]) -> Mapping[str, str]:
    """Each text's family, as a corpus that took them in would name it."""
    from agent.corpus.families import FamilyIndex

    texts = {each.id: each.text for each in filed}
    index = FamilyIndex((), texts.__getitem__)
    for each in filed:
        index.add(each.id, each.text)
    return index.all_families()


def _checks(filed: Sequence[Filed], families: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    home = families[filed[0].id]
    for each in filed[1:]:
        name = "caught" if each.story == filed[0].story else "apart"
        right = (families[each.id] == home) == (name == "caught")
        if each.kind:
            yield name, right
            yield f"{name}/{each.kind}", right
    for one, other in itertools.combinations(filed, 2):
        same_story, same_family = one.story == other.story, families[one.id] == families[other.id]
        if same_family:
            yield "pair_precision", same_story
        if same_story:
            yield "pair_recall", same_family
    yield "voices", voices_of(filed, families) == len({each.story for each in filed})


def voices_of(filed: Sequence[Filed], families: Mapping[str, str]) -> int:
    """How many voices the texts are when all of them support one claim, each under an outlet of its own."""
    from agent.checks import voices

    claim = Claim("c1", "", ClaimKind.CONTENT, ())
    return len(voices([_evidence(each, families[each.id]) for each in filed], claim))


def _evidence(filed: Filed, family: str) -> Evidence:
    """Told apart by nothing but source and family."""
    return Evidence(
        id=filed.id,
        source_id=filed.id,
        passage_id=f"{filed.id}:1",
        span=Span(0, len(filed.text)),
        quote=filed.text,
        stance=Stance.SUPPORTS,
        origin="",
        metadata=Metadata(outlet=filed.id),
        source_sha256="",
        family=family,
    )


TASK = Copies()
