"""What ``corroborate batch`` says: the estimate, the list of what is to do, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from agent.reports.safe import one_line
from agent.reports.wording import count, label_badge

if TYPE_CHECKING:
    from agent.batch.estimate import Estimate
    from agent.batch.plan import Plan
    from agent.batch.result import Result
    from agent.batch.spending import Spending
    from agent.batch.summary import Summary

_FAILURES_SHOWN = 20


def estimate_text(found: Estimate, plan: Plan, *, asks: bool, as_claims: bool) -> str:
    """``asks`` is False for an engine that asks no model."""
    from agent.batch.estimate import CLAIMS_PER_SENTENCE, SECOND_LOOKS

    same = sum(bool(entry.same_as) for entry in plan.entries)
    rows = [
        (
            "documents",
            f"{found.documents:,} to judge" + (f", {same:,} more with the same text" if same else ""),
        )
    ]
    if plan.unreadable:
        rows.append(("unreadable", f"{len(plan.unreadable):,}"))
    if not as_claims:
        rows.append(("sentences", f"{found.sentences:,}"))
    rows.append(("claims", f"{found.claims:,}" if as_claims else f"about {found.claims:,}"))
    if not asks:
        return _table([*rows, ("cost", "none: no model is asked")])
    tokens = f"about {found.prompt_tokens:,} sent, {found.completion_tokens:,} received"
    money = (
        "not known: the model is in no price list (--prices)"
        if found.usd is None
        else f"about ${found.usd:,.2f}"
    )
    rows += [
        ("extraction", count(found.extraction_calls, "call")),
        ("judging", f"about {count(found.judge_calls, 'call')}"),
        ("tokens", tokens),
        ("cost", money),
    ]
    guess = "" if as_claims else f"{CLAIMS_PER_SENTENCE} claims a sentence, "
    return _table(rows) + (
        f"Assumes, as measured on the demonstration: {guess}{SECOND_LOOKS:.0%} second looks, and "
        "its tokens a call.\nAnswers on record cost nothing and are counted here all the same.\n"
    )


def to_do_text(plan: Plan, results: Mapping[str, Result], done: set[str]) -> str:
    """A line a document: what would be done with it."""
    lines = []
    for entry in plan.entries:
        if entry.key in done:
            what = "done"
        elif entry.same_as:
            what = f"same as {entry.same_as}"
        else:
            what = "again" if entry.key in results else "to do"
        lines.append(f"{what:<10}  {one_line(entry.name)}\n")
    lines += [f"{'unreadable':<10}  {one_line(str(error))}\n" for error in plan.unreadable]
    return "".join(lines)


def summary_text(summary: Summary, spending: Spending, where: str) -> str:
    labels = "   ".join(
        f"{label_badge(label).sign} {number:,} {label_badge(label).words}"
        for label, number in summary.labels.items()
        if number
    )
    unassessed = f"   ! {summary.unassessed:,} not assessed" if summary.unassessed else ""
    rows = [
        ("documents", _documents(summary)),
        ("claims", f"{summary.claims:,}   {labels}{unassessed}".rstrip()),
        ("asked now", _spent(spending)),
        ("in", one_line(where)),
    ]
    failures = summary.failures()
    text = "".join(f"! {one_line(name)}: {one_line(why, 300)}\n" for name, why in failures[:_FAILURES_SHOWN])
    if len(failures) > _FAILURES_SHOWN:
        text += f"! and {len(failures) - _FAILURES_SHOWN:,} more, in summary.json\n"
    return text + _table(rows)


def _documents(summary: Summary) -> str:
    from agent.batch.result import Status

    counts = [(summary.count(status), status.value) for status in Status]
    counts += [(len(summary.plan.unreadable), "unreadable"), (summary.not_reached, "not reached")]
    return f"{summary.documents:,}: " + ", ".join(f"{number:,} {word}" for number, word in counts if number)


def _spent(spending: Spending) -> str:
    if not spending.calls:
        return "nothing"
    usage = spending.usage
    cost = "price unknown" if usage.cost is None else f"${usage.cost:.4f}"
    tokens = f"{usage.prompt_tokens:,} tokens in, {usage.completion_tokens:,} out"
    return f"{count(spending.calls, 'model call')} · {tokens} · {cost}"


def _table(rows: list[tuple[str, str]]) -> str:
    return "".join(f"{name:<12}{text}\n" for name, text in rows)
