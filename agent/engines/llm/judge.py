"""Judging: a group of claims and their passages to a model, findings in ids back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from agent.domain import (
    Candidate,
    Claim,
    Finding,
    Judgement,
    Ratings,
    ReasonedSentence,
    Stance,
)
from agent.engines.llm.asking import ask, request_for
from agent.engines.llm.framing import code_for, frame, one_line, plain
from agent.engines.llm.wire import WireCase, WireFinding, WireJudgement, WireReason
from agent.ports import Case, ChatModel, Judged, Prompt

STEP = "judge"

_UNTIL_NOW = "none given: the latest passage tells the latest state"


async def judge(model: ChatModel, prompt: Prompt, cases: Sequence[Case], as_of: date | None) -> Judged:
    """Judge a group with one call, or two where the reply needs mending.

    Raises ModelError for the group as a whole, and ValueError for a case without passages: there is
    nothing to read then, and no model is asked.
    """
    if not cases or not all(case.candidates for case in cases):
        raise ValueError("every case sent to the model needs at least one passage")
    group = _Group.of(cases)
    variables = group.variables(as_of)
    request = request_for(STEP, prompt, WireJudgement, variables)
    answer = await ask(model, request, WireJudgement, prompt, group.faults_of)
    by_name = {case.claim: case for case in answer.value.cases}
    return Judged(tuple(group.judgement(by_name[name]) for name in group.claims), answer.usage)


@dataclass(frozen=True, slots=True)
class _Group:
    """Cases under the short names they have in one request: claims C1, C2 …, passages P1, P2 ….

    A passage that several claims share is shown once. ``allowed`` holds each claim's own passages.
    """

    claims: dict[str, Claim]
    passages: dict[str, Candidate]
    allowed: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, cases: Sequence[Case]) -> _Group:
        pool = {item.passage.id: item for case in cases for item in case.candidates}
        names = {passage_id: f"P{place}" for place, passage_id in enumerate(pool, start=1)}
        return cls(
            claims={f"C{place}": case.claim for place, case in enumerate(cases, start=1)},
            passages={names[passage_id]: item for passage_id, item in pool.items()},
            allowed={
                f"C{place}": tuple(dict.fromkeys(names[item.passage.id] for item in case.candidates))
                for place, case in enumerate(cases, start=1)
            },
        )

    # --- what is shown ---

    def variables(self, as_of: date | None) -> dict[str, str]:
        claims = {name: self._claim_lines(name) for name in self.claims}
        passages = {name: _passage_lines(item) for name, item in self.passages.items()}
        code = code_for(line for lines in (*claims.values(), *passages.values()) for line in lines)
        return {
            "as_of": as_of.isoformat() if as_of else _UNTIL_NOW,
            "claims": "\n\n".join(frame(code, name, lines) for name, lines in claims.items()),
            "passages": "\n\n".join(frame(code, name, lines) for name, lines in passages.items()),
            "names": ", ".join(self.claims),
        }

    def _claim_lines(self, name: str) -> list[str]:
        claim = self.claims[name]
        lines = [f"claim ({claim.kind.value}): {plain(claim.text)}"]
        if claim.attribution:
            lines.append(f"said by: {' > '.join(plain(link) for link in claim.attribution)}")
        if claim.said_on.known:
            lines.append(f"said on: {claim.said_on}")
        if claim.speaks_of:
            lines.append(f"speaks of: {plain(claim.speaks_of)}")
        if len(self.claims) > 1:
            lines.append(f"its passages, and no others: {', '.join(self.allowed[name])}")
        return lines

    # --- what the schema cannot say ---

    def faults_of(self, value: WireJudgement) -> list[str]:
        """What is wrong with a reply, in words; empty when it can be used."""
        given = [case.claim for case in value.cases]
        faults = [f"the case of {name} is missing" for name in self.claims if name not in given]
        faults += [f"{name} has more than one case" for name in self.claims if given.count(name) > 1]
        for case in value.cases:
            if case.claim in self.claims:
                faults += [f"{case.claim}: {fault}" for fault in self._case_faults(case)]
            else:
                faults.append(f"there is no claim {case.claim[:40]!r}")
        return faults

    def _case_faults(self, case: WireCase) -> Iterable[str]:
        for place, finding in enumerate(case.findings):
            for fault in self._finding_faults(finding, self.allowed[case.claim]):
                yield f"findings.{place}: {fault}"
        reported = {finding.passage for finding in case.findings}
        for place, reason in enumerate(case.justification):
            for name in reason.passages:
                if name not in reported:
                    yield f"justification.{place}: rests on {name[:40]!r}, which has no finding"

    def _finding_faults(self, finding: WireFinding, allowed: Sequence[str]) -> Iterable[str]:
        if finding.passage not in allowed:
            yield f"there is no passage {finding.passage[:40]!r}; there are {', '.join(allowed)}"
            return
        if not finding.sentences:
            yield "it names no sentence"
        last = len(self.passages[finding.passage].passage.sentences)
        for number in finding.sentences:
            if not 1 <= number <= last:
                yield f"{finding.passage} has no sentence [{number}], only [1] to [{last}]"

    # --- from the wire to the domain ---

    def judgement(self, case: WireCase) -> Judgement:
        return Judgement(
            findings=tuple(self._finding(wire) for wire in case.findings),
            justification=tuple(
                _reason(wire, case.findings) for wire in case.justification if wire.text.strip()
            ),
            ratings=Ratings(**case.ratings.model_dump()),
            would_settle=one_line(case.would_settle),
            search_next=one_line(case.search_next),
        )

    def _finding(self, wire: WireFinding) -> Finding:
        return Finding(
            passage_id=self.passages[wire.passage].passage.id,
            sentences=tuple(sorted(set(wire.sentences))),
            stance=Stance(wire.stance),
            said_by=one_line(wire.said_by),
            note=one_line(wire.note),
            whole=wire.covers == "whole",
        )


def _passage_lines(candidate: Candidate) -> list[str]:
    about = candidate.metadata
    parts = [plain(about.outlet) or "unnamed outlet", str(about.published) or "undated"]
    if about.origin:
        parts.append(f"origin: {plain(about.origin)}")
    numbered = (f"[{place}] {plain(text)}" for place, text in enumerate(candidate.sentences, start=1))
    return [" | ".join(parts), *numbered]


def _reason(wire: WireReason, findings: Sequence[WireFinding]) -> ReasonedSentence:
    places = tuple(place for place, finding in enumerate(findings) if finding.passage in wire.passages)
    return ReasonedSentence(one_line(wire.text), places)
