"""Another process at work on a corpus: ``python writer_process.py (ingest|hold) FOLDER``.

``ingest`` prints a line per batch and goes on for long; ``hold`` opens for writing and waits.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from store_fakes import item, open_corpus


async def main(task: str, folder: Path) -> None:
    async with await open_corpus(folder) as corpus:
        print("open", flush=True)
        if task == "hold":
            await asyncio.sleep(60)
        reports = (
            item(f"{n}.md", f"Ferry report {n}. The sailing of day {n} is late.") for n in range(100_000)
        )
        await corpus.ingest(reports, lambda progress: print(progress.embedded, flush=True))


asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
