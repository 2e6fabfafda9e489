"""Replies survive the process that paid for them."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import threading

import pytest

from agent.adapters.reply_store import JsonlReplyStore, SqliteReplyStore
from agent.domain import NO_USAGE, Usage
from agent.errors import Unreadable
from agent.ports import Reply

REPLIES = [
    Reply('{"name": "Žofia 🚢\u2028"}', "m-1", Usage({"judge": 1}, 120, 30, 0.0125)),
    Reply("two\nlines", "m-1", Usage({"extract": 1}, 1, 2, None)),
    Reply("several calls", "m-2", Usage({"extract": 1, "judge": 2}, 5, 6, 0.0)),
    Reply("a double's", "m-2", NO_USAGE),
]


def stores(folder):
    return {"sqlite": SqliteReplyStore(folder / "r.sqlite"), "jsonl": JsonlReplyStore(folder / "r.jsonl")}


@pytest.mark.parametrize("kind", ["sqlite", "jsonl"])
def test_a_reply_comes_back_as_it_went_in(tmp_path, kind):
    for number, reply in enumerate(REPLIES):
        stores(tmp_path)[kind].put(f"digest-{number}", reply)
    opened_again = stores(tmp_path)[kind]
    for number, reply in enumerate(REPLIES):
        kept = opened_again.get(f"digest-{number}")
        assert (kept.text, kept.model, kept.usage) == (reply.text, reply.model, reply.usage)
        assert kept.stored
    assert opened_again.get("digest-9") is None


@pytest.mark.parametrize("kind", ["sqlite", "jsonl"])
def test_a_refreshed_reply_replaces_the_old_one(tmp_path, kind):
    store = stores(tmp_path)[kind]
    store.put("d", REPLIES[0])
    store.put("d", REPLIES[1])
    assert store.get("d").text == stores(tmp_path)[kind].get("d").text == "two\nlines"


@pytest.mark.parametrize("kind", ["sqlite", "jsonl"])
def test_what_was_put_survives_a_crash_right_after(tmp_path, kind):
    script = f"""
import os, pathlib
from agent.adapters.reply_store import JsonlReplyStore, SqliteReplyStore
from agent.domain import NO_USAGE
from agent.ports import Reply
folder = pathlib.Path({str(tmp_path)!r})
store = {{"sqlite": SqliteReplyStore, "jsonl": JsonlReplyStore}}[{kind!r}](folder / "r.{kind}")
store.put("d", Reply("paid for", "m", NO_USAGE))
os.kill(os.getpid(), 9)
"""
    ended = subprocess.run([sys.executable, "-c", script], cwd=os.getcwd(), check=False)
    assert ended.returncode == -9
    assert stores(tmp_path)[kind].get("d").text == "paid for"


def test_several_writers_share_a_sqlite_store(tmp_path):
    path = tmp_path / "r.sqlite"

    def write(writer: int) -> None:
        store = SqliteReplyStore(path)
        for number in range(20):
            store.put(f"{writer}-{number}", REPLIES[0])
        store.close()

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store = SqliteReplyStore(path)
    assert all(store.get(f"{writer}-{number}") for writer in range(4) for number in range(20))


@pytest.mark.parametrize(
    "content", [b"not a database at all, but long enough to be looked at" * 30, b"SQLite"]
)
def test_a_damaged_sqlite_store_says_what_to_do(tmp_path, content):
    path = tmp_path / "r.sqlite"
    path.write_bytes(content)
    with pytest.raises(Unreadable, match=r"r\.sqlite: .*delete it"):
        SqliteReplyStore(path).get("d")


def test_a_foreign_record_in_a_sqlite_store_is_not_taken_for_a_reply(tmp_path):
    path = tmp_path / "r.sqlite"
    store = SqliteReplyStore(path)
    with sqlite3.connect(path) as db:
        db.execute("INSERT INTO replies VALUES ('d', '{\"reply\": 3}')")
    with pytest.raises(Unreadable):
        store.get("d")


# --- records in JSON lines ---


def test_a_record_is_one_line_with_sorted_keys_and_no_request(tmp_path):
    JsonlReplyStore(tmp_path / "r.jsonl").put("d1", Reply("ja – ü", "m", Usage({"judge": 1}, 7, 8, None)))
    assert (tmp_path / "r.jsonl").read_text(encoding="utf-8") == (
        '{"completion_tokens": 8, "digest": "d1", "model": "m", "prompt_tokens": 7,'
        ' "reply": "ja – ü", "step": "judge"}\n'
    )


def test_the_same_reply_is_written_once(tmp_path):
    for _ in range(3):
        JsonlReplyStore(tmp_path / "r.jsonl").put("d", REPLIES[0])
    assert len((tmp_path / "r.jsonl").read_bytes().splitlines()) == 1


def test_tidying_leaves_one_line_a_digest_in_order(tmp_path):
    store = JsonlReplyStore(tmp_path / "r.jsonl")
    for digest, reply in [("b", REPLIES[0]), ("a", REPLIES[1]), ("b", REPLIES[2])]:
        store.put(digest, reply)
    store.tidy()
    store.put("c", REPLIES[3])
    lines = [json.loads(line) for line in (tmp_path / "r.jsonl").read_bytes().splitlines()]
    assert [line["digest"] for line in lines] == ["a", "b", "c"]
    assert lines[1]["reply"] == "several calls"


def test_a_line_torn_by_a_crash_is_reported_and_replaced(tmp_path, caplog):
    path = tmp_path / "r.jsonl"
    JsonlReplyStore(path).put("a", REPLIES[0])
    whole = path.read_bytes()
    path.write_bytes(whole + whole[: len(whole) // 2])
    store = JsonlReplyStore(path)
    assert store.torn
    assert "r.jsonl: the last line was cut short" in caplog.text
    store.put("b", REPLIES[1])
    again = JsonlReplyStore(path)
    assert not again.torn
    assert len(again) == 2


def test_a_last_line_without_its_end_is_kept_and_not_run_into(tmp_path):
    path = tmp_path / "r.jsonl"
    JsonlReplyStore(path).put("a", REPLIES[0])
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    store = JsonlReplyStore(path)
    store.put("b", REPLIES[1])
    assert len(JsonlReplyStore(path)) == 2


@pytest.mark.parametrize("line", ["nonsense", "[]", '{"digest": "x"}', "", '{"digest": "x", "reply": 1}'])
def test_any_other_bad_line_is_named(tmp_path, line):
    path = tmp_path / "r.jsonl"
    JsonlReplyStore(path).put("a", REPLIES[0])
    path.write_text(path.read_text() + line + "\n" + path.read_text())
    with pytest.raises(Unreadable, match=r"r\.jsonl: line 2 is not a recorded reply"):
        JsonlReplyStore(path)


def test_a_record_opened_for_reading_stays_as_it_is(tmp_path):
    path = tmp_path / "r.jsonl"
    JsonlReplyStore(path).put("a", REPLIES[0])
    with pytest.raises(Unreadable, match="reading only"):
        JsonlReplyStore(path, read_only=True).put("b", REPLIES[1])
    with pytest.raises(Unreadable, match="no such file"):
        JsonlReplyStore(tmp_path / "absent.jsonl", read_only=True)
