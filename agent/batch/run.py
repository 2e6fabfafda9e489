"""The run: several documents at a time, each finished on its own; one that fails disturbs no other."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from agent.batch.folder import Folder
from agent.batch.plan import Entry, Inputs, Plan, Work
from agent.batch.result import Result, Status, result_of
from agent.batch.spending import Spending
from agent.domain import Assessed, Report
from agent.errors import CorroborateError, Unreadable
from agent.verifier import Progress, Verifier

log = logging.getLogger(__name__)

_CHANGED = "it changed or went away while the run was under way; run it again with another --out"


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a run is: documents done of all, claims by label."""

    done: int
    documents: int
    labels: Counter[str]
    unassessed: int

    @property
    def claims(self) -> int:
        return sum(self.labels.values()) + self.unassessed


OnStanding = Callable[[Standing], None]


def _ignore(standing: Standing) -> None:
    pass


class Batch:
    """One run of a plan. ``documents_at_once`` bounds the documents under way; how many requests are is the
    model's own limit, so that the documents share it and none waits for another."""

    def __init__(
        self,
        verifier: Verifier,
        folder: Folder,
        plan: Plan,
        *,
        as_of: date | None = None,
        documents_at_once: int = 4,
        spending: Spending | None = None,
        on_standing: OnStanding = _ignore,
    ) -> None:
        self._verifier = verifier
        self._folder = folder
        self._plan = plan
        self._as_of = as_of
        self._at_once = documents_at_once
        self._spending = spending or Spending()
        self._tell = on_standing
        self._twins = plan.twins()
        self._to_do = {entry.digest: entry for entry in plan.to_judge if self._is_open(entry)}
        self._under_way: dict[str, Counter[str]] = {}
        self._done = Standing(0, len(plan.entries), Counter(), 0)
        for result in folder.results.values():
            self._count(result)
        self._reading = asyncio.Lock()

    async def run(self, inputs: Inputs) -> None:
        """Do what is not done yet; what became of it is in the folder's ``results``.

        Stops early, and cleanly, once the limit on spending is reached. Raises BadInput where results
        cannot be written.
        """
        self._announce()
        items = iter(inputs())
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(self._at_once):
                    group.create_task(self._work_off(items))
        except BaseExceptionGroup as errors:
            raise errors.exceptions[0] from None
        if not self._spending.limit:
            for entry in tuple(self._to_do.values()):
                await self._failed(entry, _CHANGED)

    def _is_open(self, entry: Entry) -> bool:
        keys = (entry.key, *(twin.key for twin in self._twins.get(entry.key, ())))
        return not all(key in self._folder.results for key in keys)

    async def _work_off(self, items: Iterator[Work | Unreadable]) -> None:
        while self._to_do and not self._spending.limit:
            # One reader at a time, in a thread: a long PDF must not hold up the documents under way.
            async with self._reading:
                item = await asyncio.to_thread(next, items, None)
            if item is None:
                return
            if isinstance(item, Work) and (entry := self._to_do.pop(item.digest, None)) is not None:
                await self._do(entry, item)

    async def _do(self, entry: Entry, work: Work) -> None:
        self._under_way[entry.key] = Counter()
        try:
            report = await self._verify(entry, work)
        except CorroborateError as error:
            await self._failed(entry, str(error))
        except Exception as error:  # any fault of ours on one document must not stop the others
            log.error("%s failed", entry.name, exc_info=error)
            await self._failed(entry, f"a fault in corroborate, please report it: {error!r}")
        else:
            # A report that the limit may have cut short is no report: going on makes it whole, from replies
            # that are on record.
            if not self._spending.limit:
                await self._finished(entry, report)
        finally:
            self._under_way.pop(entry.key, None)
            self._announce()

    async def _verify(self, entry: Entry, work: Work) -> Report:
        def watch(progress: Progress) -> None:
            if isinstance(progress.outcome, Assessed):
                self._folder.resolved(entry.key, entry.name, progress.outcome)
                self._under_way[entry.key][progress.outcome.verdict.label.value] += 1
                self._announce()

        document = work.document
        if work.claims is None:
            return await self._verifier.verify(document, as_of=self._as_of, resume=True, watch=watch)
        return await self._verifier.verify_claims(
            work.claims, document, as_of=self._as_of, resume=True, watch=watch
        )

    async def _finished(self, entry: Entry, report: Report) -> None:
        """The twins first: the document they are judged by counts as done only after them."""
        for twin in self._twins.get(entry.key, ()):
            named = replace(report, document=replace(report.document, name=twin.name))
            await self._one_finished(named, result_of(named, twin.key, same_as=entry.key))
        await self._one_finished(report, result_of(report, entry.key))

    async def _one_finished(self, report: Report, result: Result) -> None:
        if result.key in self._folder.results:
            return  # done before a crash parted it from its twin
        await self._folder.finished(report, result)
        self._count(result)

    async def _failed(self, entry: Entry, reason: str) -> None:
        for one in (*self._twins.get(entry.key, ()), entry):
            result = Result(one.key, one.name, Status.FAILED, reason, same_as=one.same_as)
            await self._folder.failed(result)
            self._count(result)

    def _count(self, result: Result) -> None:
        before = self._done
        labels = before.labels + Counter(result.labels)
        self._done = Standing(
            before.done + 1, before.documents, labels, before.unassessed + result.unassessed
        )

    def _announce(self) -> None:
        labels = sum(self._under_way.values(), self._done.labels)
        self._tell(replace(self._done, labels=labels))
