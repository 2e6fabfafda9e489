"""What may be committed of a run, and the README's tables made of it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from report_runs import many, record, result, write_run

from agent.errors import BadInput
from evals import tables
from evals.compare import compare_runs
from evals.journal import read_json, read_results, write_json
from evals.report import commands
from evals.report.baseline import FOLDER, baseline_name, impersonal, keep

PLACE = f"# A tool\n\n{tables.BEGIN}\nold\n{tables.END}\n\nMore.\n"


def checked(*words: str) -> int:
    return CliRunner().invoke(commands.tables, list(words)).exit_code


def whole(folder: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*")) if path.is_file())


def test_no_path_no_host_no_second_and_no_claim_gets_into_a_baseline(tmp_path: Path) -> None:
    settings = {
        "evidence": "retrieved",
        "cache": "/home/someone/.cache/corpora",
        "note": "read from /srv/data/bridges/claims.jsonl and C:\\data\\claims.jsonl",
        "base_url": "http://10.1.2.3:8000/v1",
        "said": "by a server at http://gpu7.example:8000/v1 or localhost:8000",
        "hostname": "gpu7",
    }
    engine = {"name": "llm", "model": "/models/small/weights.gguf", "prompts": []}
    run = write_run(tmp_path / "runs" / "x", many(30), settings=settings, engine=engine)
    summary = read_json(run / "summary.json")
    summary["metrics"]["seconds/mean"] = {"value": 3.5, "n": 30, "low": 3.0, "high": 4.0}
    write_json(run / "summary.json", summary | {"seconds": 105.5, "out": str(run)})

    kept = keep(run, tmp_path / "baselines")

    assert sorted(path.name for path in kept.iterdir()) == ["run.json", "summary.json"]
    text = whole(kept)
    assert not re.search(r'[" ]/|\\', text)
    for foreign in (str(tmp_path), "C:", "someone", "gpu7", "10.1.2.3", "localhost", "seconds", "105.5"):
        assert foreign not in text, foreign
    for each in many(30):
        assert each.payload["claim"] not in text
        assert each.payload["evidence"][0]["quote"] not in text
    assert read_json(kept / "run.json")["engine"]["model"] == "weights.gguf"


def test_kept_outcomes_compare_with_later_runs_and_hold_no_text(tmp_path: Path) -> None:
    run = write_run(tmp_path / "x", many(30))
    kept = keep(run, tmp_path / "baselines", outcomes=True)
    assert compare_runs(kept, run).exit_code == 0
    assert "claim" not in (kept / "samples.jsonl").read_text(encoding="utf-8")


def test_a_baseline_keeps_every_number_that_compares(tmp_path: Path) -> None:
    run = write_run(tmp_path / "x", many(30))
    kept = read_json(keep(run, tmp_path / "baselines") / "summary.json")
    assert kept["metrics"] == read_json(run / "summary.json")["metrics"]
    assert kept["usage"] == read_json(run / "summary.json")["usage"]


def test_texts_in_the_numbers_are_refused(tmp_path: Path) -> None:
    run = write_run(tmp_path / "x", [result(1)])
    claim = result(1).payload["claim"]
    summary = read_json(run / "summary.json")
    summary["metrics"]["joint"] = {"refused": f"no evidence for {claim}"}
    write_json(run / "summary.json", summary)
    with pytest.raises(BadInput, match="a text of sample s1"):
        keep(run, tmp_path / "baselines")
    assert not (tmp_path / "baselines").exists()


def test_a_run_that_stopped_early_is_no_baseline(tmp_path: Path) -> None:
    run = write_run(tmp_path / "x", [result(1)])
    write_json(run / "summary.json", read_json(run / "summary.json") | {"samples": 2, "stopped": "spent"})
    with pytest.raises(BadInput, match="needs all of its samples"):
        keep(run, tmp_path / "baselines")


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({}, "bridges-verdict-rules"),
        ({"engine": {"name": "retrieval-only"}}, "bridges-verdict-retrieval-only"),
        ({"settings": {"evidence": "none"}}, "bridges-verdict-rules-control"),
        ({"set": {"name": "bridges", "split": "train"}}, "bridges.train-verdict-rules"),
        ({"set": {"name": "../../etc", "split": ""}}, ".._.._etc-verdict-rules"),
    ],
)
def test_baselines_are_named_by_what_was_run(changes: dict[str, object], name: str) -> None:
    assert baseline_name(record(**changes)) == name


def test_words_with_slashes_are_no_paths() -> None:
    said = {"licence": "claims CC BY 4.0 and/or ODC-By 1.0", "model": "maker/small-model", "n": 3}
    assert impersonal(said) == said


def test_the_table_has_a_row_a_set_and_a_column_an_engine(tmp_path: Path) -> None:
    baselines = tmp_path / "baselines"
    for name, engine, count in (("bridges", "rules", 40), ("bridges", "llm", 20), ("tunnels", "rules", 30)):
        about = {"name": name, "sha256": "ab", "split": "", "licence": "Apache-2.0"}
        made = {"name": engine, "model": "small" if engine == "llm" else "", "prompts": []}
        run = write_run(tmp_path / f"{name}-{engine}", many(count), set=about, engine=made)
        keep(run, baselines)
    found = tables.render(tables.read(baselines))
    head, _, bridges, tunnels = found.split("\n\n")[0].splitlines()
    assert head == "| Verdicts: macro F1 | n | rules | llm (small) |"
    assert bridges.startswith("| bridges | 40 | 0.")
    assert "<br><sub>0." in bridges
    assert ", n=20</sub> |" in bridges
    assert tunnels.endswith("| – |")


def test_retrieval_shows_each_index_beside_the_search(tmp_path: Path) -> None:
    run = write_run(tmp_path / "x", [result(1, gold=None, prediction=None)], task="retrieval")
    value = {"n": 9, "low": 0.1, "high": 0.9}
    metrics = {"ndcg@10": {"value": 0.7, **value}, "bm25/ndcg@10": {"value": 0.6, **value}}
    write_json(run / "summary.json", read_json(run / "summary.json") | {"metrics": metrics})
    keep(run, tmp_path / "baselines")
    table = tables.render(tables.read(tmp_path / "baselines")).splitlines()
    assert table[0] == "| Retrieval: nDCG@10 | n | search | BM25 alone | vectors alone |"
    assert table[2] == ("| bridges | 9 | 0.70<br><sub>0.10–0.90</sub> | 0.60<br><sub>0.10–0.90</sub> | – |")


def test_check_tells_when_the_readme_is_out_of_step(tmp_path: Path) -> None:
    readme, baselines = tmp_path / "README.md", tmp_path / "baselines"
    readme.write_text(PLACE)
    keep(write_run(tmp_path / "x", many(20)), baselines)
    words = ["--readme", str(readme), "--baselines", str(baselines)]
    assert checked("--check", *words) == 1
    assert readme.read_text() == PLACE, "--check changes nothing"
    assert checked(*words) == 0
    assert checked("--check", *words) == 0
    text = readme.read_text()
    assert "old" not in text
    assert text.startswith("# A tool\n\n")
    assert text.endswith("\n\nMore.\n")
    keep(write_run(tmp_path / "y", many(20, seed=3)), baselines)
    assert checked("--check", *words) == 1


def test_a_readme_without_markers_says_what_to_add(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("# A tool\n")
    assert not tables.differs(readme, tmp_path / "none"), "nothing to show is in step with no place for it"
    keep(write_run(tmp_path / "x", many(20)), tmp_path / "baselines")
    with pytest.raises(BadInput, match="evals:begin"):
        tables.update(readme, tmp_path / "baselines")


def test_the_command_keeps_a_run_and_warns_of_changed_code(tmp_path: Path) -> None:
    code = {"commit": "0123", "dirty": True, "sha256": "ef"}
    run = write_run(tmp_path / "x", many(5), code=code)
    said = CliRunner().invoke(
        commands.baseline, [str(run), "--baselines", str(tmp_path / "b")], catch_exceptions=False
    )
    assert "bridges-verdict-rules" in said.output
    assert "uncommitted changes" in said.output


# --- this repository ---


def test_the_readme_shows_the_committed_baselines() -> None:
    assert not tables.differs(), "run `python -m evals tables`"


def test_committed_baselines_hold_results_only_and_go_by_their_names() -> None:
    for folder in (path.parent for path in FOLDER.rglob("run.json")):
        kept = {path.name for path in folder.iterdir()}
        assert {"run.json", "summary.json"} <= kept <= {"run.json", "summary.json", "samples.jsonl"}, (
            folder.name
        )
        for path in folder.glob("*.json"):
            data = json.loads(path.read_text(encoding="utf-8"))
            assert impersonal(data) == data, f"{folder.name}: keep it with `python -m evals baseline`"
        outcomes = read_results(folder) if "samples.jsonl" in kept else []
        assert not any(result.payload for result in outcomes), folder.name
        assert folder.name.startswith(baseline_name(read_json(folder / "run.json")))
