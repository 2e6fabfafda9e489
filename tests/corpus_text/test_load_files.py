"""Whatever is in a folder is read, or named with the reason why not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from agent.corpus.load import Hidden, Loaded, load_bytes, load_path, read_all
from agent.errors import SettingsError, Unreadable

STORY = "The harbour at Skarn was closed on Monday after a storm, the port authority said.\n"


def reasons(*paths: Path, **options: int) -> dict[str, str]:
    found = read_all(paths, **options)
    return {Path(item.name).name: item.reason for item in found if isinstance(item, Unreadable)}


def read(*paths: Path) -> list[Loaded]:
    return [item for item in read_all(paths) if isinstance(item, Loaded)]


def put(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_folder_is_read_in_sorted_order_and_the_rest_is_named(tmp_path: Path) -> None:
    for name in ["b.txt", "a.md", "sub/c.txt", "plain"]:
        put(tmp_path / name, STORY)
    for name in ["tune.mp3", ".hidden.txt", ".git/config", "empty.txt"]:
        put(tmp_path / name, "" if name == "empty.txt" else STORY)
    assert [Path(item.name).relative_to(tmp_path).as_posix() for item in read(tmp_path)] == [
        "a.md",
        "b.txt",
        "plain",
        "sub/c.txt",
    ]
    assert reasons(tmp_path) == {
        "tune.mp3": ".mp3 files are not supported; there are .txt .text .md .markdown .html .htm .xhtml .pdf "
        ".jsonl .ndjson .csv .tsv",
        "empty.txt": "is empty",
    }


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", "", "is empty"),
        ("a.txt", " \n\t\n", "holds white space only"),
        ("a.txt", bytes(range(256)) * 20, "is a binary file, not a text"),
        (
            "a.txt",
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00\x01\x02" * 50,
            "is a binary file, not a text",
        ),
        ("a.docx", "PK", ".docx files are not supported"),
        ("a.md", "---\npublished: 2025-02-30\n---\nText.", "published: '2025-02-30' is no date"),
        ("a.md", "---\ntitle: [unclosed\n---\nText.", "front matter line 3"),
        ("a.md", "---\ntitle:\n  deep: down\n---\nText.", "title: expected a text, found dict"),
        ("a.md", "---\ntitle: Only a head\n---\n", "is empty"),
        ("a.html", "<html><body></body></html>", "no main text found"),
        ("a.pdf", b"%PDF-1.7\nnothing that follows is one", "is a broken PDF"),
        ("a.pdf", "not one at all", "is a broken PDF"),
        ("a.csv", "name,age\nx,3\n", "no text column among name, age; say --field text=NAME"),
        ("a.jsonl", "\n", "holds white space only"),
    ],
)
def test_each_unreadable_file_says_why(tmp_path: Path, name: str, content: str | bytes, reason: str) -> None:
    path = put(tmp_path / name, content)
    with pytest.raises(Unreadable) as caught:
        load_path(path)
    assert caught.value.reason.startswith(reason)
    assert caught.value.name == str(path)
    assert "\n" not in str(caught.value)


def test_a_fifty_megabyte_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert reasons(path) == {"big.txt": "has 50 MB, more than the limit of 20 MB; split it into parts"}


def test_the_limit_can_be_set(tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt", STORY)
    assert reasons(path, max_bytes=10)["a.txt"].startswith("has ")
    assert reasons(path) == {}


def test_missing_and_broken_links_and_links_to_folders_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    put(folder / "a.txt", STORY)
    (folder / "loop").symlink_to(folder)
    (folder / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "link.txt").symlink_to(folder / "a.txt")
    found = reasons(folder, tmp_path / "missing.txt")
    assert found["missing.txt"] == found["gone.txt"] == "no such file"
    assert found["loop"].startswith("is a link to a folder")
    assert "symbolic links" in found["self.txt"]
    assert [Path(item.name).name for item in read(folder)] == ["a.txt", "link.txt"]


def test_a_pipe_does_not_hang_the_reader(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert reasons(tmp_path)["pipe"].startswith("is not a regular file")


def test_permission_denied_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path / "a.txt", STORY)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert reasons(path) == {"a.txt": "permission denied"}


def test_a_file_name_that_is_no_utf_8_still_gives_a_name_that_can_be_stored(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xff.txt")
    try:
        path.write_text(STORY)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    (item,) = read(tmp_path)
    assert item.name == str(tmp_path / r"\udcff.txt")
    item.name.encode("utf-8")


def test_what_a_folder_hides_is_named_apart_from_what_cannot_be_read(tmp_path: Path) -> None:
    for name in ["a.txt", ".DS_Store", ".git/config", ".git/HEAD"]:
        put(tmp_path / name, STORY)
    hidden = [item.name for item in read_all([tmp_path]) if isinstance(item, Hidden)]
    assert hidden == [str(tmp_path / ".DS_Store"), str(tmp_path / ".git")]
    assert reasons(tmp_path) == {}


def test_a_hidden_folder_named_directly_is_read(tmp_path: Path) -> None:
    put(tmp_path / ".notes" / "a.txt", STORY)
    assert len(read(tmp_path / ".notes")) == 1


def test_a_hidden_file_named_directly_is_read(tmp_path: Path) -> None:
    assert load_path(put(tmp_path / ".note.txt", STORY))[0].text == STORY


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "Der Hafen von Skärn blieb geschlossen."),
        ("utf-8-sig", "Der Hafen von Skärn blieb geschlossen."),
        ("utf-16", "Der Hafen von Skärn blieb geschlossen."),
        ("utf-16-le", "The harbour at Skarn stayed closed on Monday."),
        ("utf-16-be", "The harbour at Skarn stayed closed on Monday."),
        ("utf-32", "The harbour at Skarn stayed closed on Monday."),
        ("cp1251", "Порт был закрыт в понедельник после шторма, сообщили власти города. " * 5),
        (
            "cp1252",
            "L’été dernier, la digue a cédé après trois jours de tempête, dit la préfète. " * 4,
        ),
    ],
)
def test_encodings_are_told_apart(tmp_path: Path, encoding: str, text: str) -> None:
    assert load_path(put(tmp_path / "a.txt", text.encode(encoding)))[0].text == text


def test_nul_characters_go_and_line_ends_become_one_kind_and_nothing_else_changes(tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt", "  One\x00\r\ntwo\rthree \u00a0\u2028 fou\u0301r\n\n" * 9)
    assert load_path(path)[0].text == "  One\ntwo\nthree \u00a0\u2028 fou\u0301r\n\n" * 9


def test_standard_input_is_told_by_its_content() -> None:
    assert load_bytes(STORY.encode())[0].name == "-"
    note = load_bytes(f"---\noutlet: Skarn Post\npublished: 2024-11\n---\n\n{STORY}".encode())[0]
    assert (note.metadata.outlet, str(note.metadata.published), note.text) == ("Skarn Post", "2024-11", STORY)
    assert load_bytes(f"---\n{STORY}---\n".encode())[0].text.startswith("---")


def test_the_language_is_told_where_the_text_is_long_enough() -> None:
    assert load_bytes((STORY * 3).encode())[0].metadata.language == "en"
    assert load_bytes("Порт Скарна закрыли в понедельник после шторма.".encode())[0].metadata.language == "ru"
    assert load_bytes(b"Closed.")[0].metadata.language == ""


def test_an_unknown_field_is_the_users_mistake_not_the_files(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such field"):
        list(read_all([tmp_path], {"texte": "body"}))
