"""The commands: a user's own claims, tasks on sets, one JSON object, and one line where it cannot go on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from harbour_set import CLAIMS, DOCUMENTS, write_lines

from agent.surfaces.cli import cli as corroborate
from evals.cli import cli


def commanded(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as exit_:
        cli.main([str(word) for word in words], prog_name="evals")
    printed = capsys.readouterr()
    return int(exit_.value.code or 0), printed.out, printed.err


def test_one_json_object_has_every_metric_with_its_n_and_interval(data: Path, capsys):
    words = ("verdict", "--set", "harbour", "--data", data, "--engine", "majority", "--json")
    code, out, _ = commanded(capsys, *words)
    told = json.loads(out)
    assert (code, told["resolved"], told["failed"]) == (0, 4, 0)
    for measured in told["metrics"].values():
        assert measured.keys() in ({"value", "n", "low", "high"}, {"refused"})


def test_a_limited_run_is_the_same_for_the_same_seed(data: Path, tmp_path: Path, capsys):
    words = ("verdict", "--set", "harbour", "--data", data, "--engine", "majority", "--limit", "2")
    for name in ("a", "b"):
        commanded(capsys, *words, "--out", tmp_path / name)
    ids = [
        [json.loads(line)["id"] for line in (tmp_path / name / "samples.jsonl").read_text().splitlines()]
        for name in ("a", "b")
    ]
    assert len(ids[0]) == 2
    assert ids[0] == ids[1]


def test_a_users_own_claims_are_judged_by_their_own_corpus(tmp_path: Path, capsys):
    for document in DOCUMENTS:
        path = tmp_path / "reports" / f"{document['doc_id']}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(str(document["text"]))
    with pytest.raises(SystemExit):
        corroborate.main(
            ["ingest", str(tmp_path / "reports"), "--corpus", str(tmp_path / "c"), "--embedder", "hashing"]
        )
    claims = write_lines(
        tmp_path / "mine.jsonl", [{"claim": claim["claim"], "label": claim["label"]} for claim in CLAIMS]
    )
    with pytest.raises(SystemExit) as exit_:
        corroborate.main(["eval", str(claims), "--corpus", str(tmp_path / "c"), "--json"])
    assert exit_.value.code == 0
    told = json.loads(capsys.readouterr().out.partition("\n")[2])
    assert (told["set"], told["engine"], told["resolved"]) == ("mine", "rules", 4)
    assert told["metrics"]["accuracy"]["n"] == 4


def test_claims_that_came_out_otherwise_than_labelled_are_named(tmp_path: Path, capsys):
    (tmp_path / "report.txt").write_text("The council of Velm closed the quay on 3 May 2023.\n")
    corpus = str(tmp_path / "c")
    with pytest.raises(SystemExit):
        corroborate.main(
            ["ingest", str(tmp_path / "report.txt"), "--corpus", corpus, "--embedder", "hashing"]
        )
    claims = [
        {"claim": "The council of Velm closed the quay on 3 May 2023.", "label": "corroborated"},
        {"claim": "Otto Birch owns the lighthouse.", "label": "contradicted"},
    ]
    path = write_lines(tmp_path / "mine.jsonl", claims)
    with pytest.raises(SystemExit):
        corroborate.main(["eval", str(path), "--corpus", corpus])
    printed = capsys.readouterr()
    told = printed.out.partition("1 not as labelled:\n")[2]
    assert "labelled contradicted, given not enough evidence\n    Otto Birch owns the lighthouse." in told
    assert "quay" not in told
    assert "note: nothing is kept without --out DIR" in printed.err


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["verdict"], "name a set with --set"),
        (
            ["verdict", "--set", "wice", "--data", "/nowhere"],
            "is obtained from https://github.com/ryokamoi/wice",
        ),
        (["--set", "wice", "--data", "/nowhere"], "is obtained from https://github.com/ryokamoi/wice"),
        (["mine.jsonl"], "does not exist"),
        (["verdict", "--set", "kursk", "--engine", "llm", "--replay"], "--replay needs the recorded replies"),
        (["verdict", "--set", "injection", "--engine", "majority"], "no claims to judge"),
    ],
)
def test_what_cannot_be_done_is_one_line(words: list[str], complaint: str, data: Path, capsys):
    if "injection" in words:
        write_lines(data / "injection" / "attacks.jsonl", [{"attack_id": "a", "text": "x"}])
        words = [*words, "--data", str(data)]
    code, out, err = commanded(capsys, *words)
    assert (code, out) == (2, "")
    assert err.startswith("error: ")
    assert complaint in err
    assert err.count("\n") == 1


def test_sets_are_listed_with_their_terms(data: Path, capsys):
    (data / "wice").mkdir()
    code, out, _ = commanded(capsys, "sets", "--data", data)
    assert code == 0
    assert "* wice" in out
    assert "  scifact" in out
    assert "licence: CC BY-NC 4.0" in out


def test_replay_asks_nobody_and_names_the_sample_it_misses(data: Path, tmp_path: Path, capsys):
    (tmp_path / "replies.jsonl").write_text("")
    words = ("verdict", "--set", "harbour", "--data", data, "--engine", "llm", "--model", "any-model")
    replay = ("--evidence", "gold", "--replies", tmp_path / "replies.jsonl", "--replay")
    code, _, err = commanded(capsys, *words, *replay)
    assert code == 3
    assert "sample 1: no recorded reply" in err


def test_a_worse_run_fails_the_gate_and_the_same_run_passes_it(data: Path, tmp_path: Path, capsys):
    many = [{"claim_id": f"{n}", "claim": "It sank.", "label": "supported"} for n in range(20)]
    write_lines(data / "harbour" / "claims.jsonl", many)
    words = ("verdict", "--set", "harbour", "--data", data)
    commanded(capsys, *words, "--engine", "majority", "--out", tmp_path / "good")
    commanded(capsys, *words, "--engine", "rules", "--evidence", "none", "--out", tmp_path / "bad")
    code, out, _ = commanded(capsys, "compare", tmp_path / "good", tmp_path / "bad")
    assert (code, "worse" in out) == (1, True)
    code, out, _ = commanded(capsys, "compare", tmp_path / "good", tmp_path / "good", "--json")
    assert (code, json.loads(out)["conclusion"]) == (0, "no difference shown")
