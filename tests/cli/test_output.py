import os

import pytest

from agent.errors import BadInput
from agent.surfaces.cli import output


def test_a_file_is_replaced_whole(tmp_path):
    out = tmp_path / "report.json"
    out.write_text("old")
    output.write("new\n", out)
    assert out.read_text() == "new\n"
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]


def test_a_write_that_fails_leaves_the_old_file_and_no_draft(tmp_path, monkeypatch):
    out = tmp_path / "report.json"
    out.write_text("old")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BadInput, match="No space left"):
        output.write("new", out)
    assert out.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]


def test_a_link_stays_a_link(tmp_path):
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old")
    link.symlink_to(target)
    output.write("new", link)
    assert link.is_symlink()
    assert target.read_text() == "new"


def test_a_device_is_written_and_not_replaced():
    from pathlib import Path

    output.write("nothing", Path("/dev/null"))
    assert not Path("/dev/null").is_file()


def test_a_missing_folder_is_named_before_the_work(tmp_path):
    with pytest.raises(BadInput, match="cannot be written"):
        output.check_writable(tmp_path / "no" / "report.json")


def test_a_character_the_terminal_lacks_does_not_end_the_report(monkeypatch, capsys):
    import io
    import sys

    latin = io.TextIOWrapper(io.BytesIO(), encoding="latin-1")
    monkeypatch.setattr(sys, "stdout", latin)
    output.write("✓ fine\n")
    latin.flush()
    assert latin.buffer.getvalue() == b"? fine\n"
