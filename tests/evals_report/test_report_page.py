"""The page of a run: whole, self-contained, and safe whatever a sample says."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from report_runs import HOSTILE, many, record, result, write_run

from agent.domain import Label
from agent.errors import BadInput, Unreadable
from evals.journal import read_json, write_json
from evals.report.browse import embedded, state
from evals.report.charts import wilson
from evals.report.loaded import load, load_all
from evals.report.page import html


class Page(HTMLParser):
    """What a browser makes of a page: elements with their attributes, and what scripts and styles hold."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.text = ""
        self._open = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.text += " "
        self._open = tag if tag in ("script", "style") else ""
        if tag == "script":
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open == "script":
            self.scripts[-1] += data
        elif not self._open:
            self.text += data

    def words(self) -> str:
        return " ".join(self.text.split())

    def samples(self) -> list[dict[str, Any]]:
        return json.loads(self.scripts[0])["samples"]


def page_of(folder: Path, *more: Path) -> Page:
    return Page(html(load_all((folder, *more))))


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return write_run(tmp_path / "bridges", many(60))


def test_the_page_needs_nothing_from_anywhere(run: Path) -> None:
    text = html(load_all((run,)))
    page = Page(text)
    for tag, attributes in page.elements:
        assert tag not in {"link", "img", "iframe", "object", "embed", "base"}
        assert not {"src", "srcset", "action", "poster", "background"} & attributes.keys()
        assert (attributes.get("href") or "#").startswith("#")
    assert "@import" not in text
    assert "url(" not in text


def test_only_the_pages_own_script_may_run(run: Path) -> None:
    page = page_of(run)
    policy = next(a["content"] or "" for tag, a in page.elements if tag == "meta" and "http-equiv" in a)
    digest = base64.b64encode(hashlib.sha256(page.scripts[1].encode()).digest()).decode()
    assert policy.startswith("default-src 'none'")
    assert f"script-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    bad = result(
        1,
        payload={
            "claim": HOSTILE,
            "rule": HOSTILE,
            "would_settle": HOSTILE,
            "evidence": [{"doc_id": HOSTILE, "quote": HOSTILE, "stance": HOSTILE, "remarks": [HOSTILE]}],
            "surprise": {HOSTILE: [HOSTILE]},
        },
    )
    failed = result(2, prediction=None, failed=HOSTILE)
    about = {"name": HOSTILE, "sha256": "ab", "split": HOSTILE, "licence": HOSTILE}
    engine = {"name": HOSTILE, "model": HOSTILE, "notice": HOSTILE, "prompts": [{"name": HOSTILE}]}
    folder = write_run(tmp_path / "run", [bad, failed], set=about, engine=engine, versions={HOSTILE: HOSTILE})
    summary = read_json(folder / "summary.json")
    summary["metrics"] |= {HOSTILE: {"refused": HOSTILE}, f"f1/{HOSTILE}": {"refused": HOSTILE}}
    write_json(folder / "summary.json", summary | {"stopped": HOSTILE})
    page = page_of(folder)
    assert len(page.scripts) == 2
    assert not any(tag == "img" for tag, _ in page.elements)
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)
    assert "owned" not in page.scripts[1]
    assert page.samples()[0]["claim"] == HOSTILE


def test_embedded_data_cannot_end_its_element() -> None:
    hostile = ["</script>", "<!--", "]]>", "&lt;", "\u2028"]
    text = embedded(hostile)
    assert not set(text) & set("<>&\u2028")
    assert json.loads(text) == hostile


def test_the_browser_puts_texts_in_as_texts_only(run: Path) -> None:
    script = page_of(run).scripts[1]
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function("):
        assert way not in script


def test_texts_that_reorder_a_line_are_made_harmless(tmp_path: Path) -> None:
    turned = "The bridge \u202eis closed\x1b[31m"
    page = page_of(write_run(tmp_path / "run", [result(1, payload={"claim": turned})]))
    assert page.samples()[0]["claim"] == "The bridge \ufffdis closed\u241b[31m"


def test_metrics_have_their_interval_and_n_and_refusals_their_reason(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", [result(number) for number in range(1, 9)])
    said = page_of(folder).words()
    assert "accuracy share of labels that are right 1.000 1.000 – 1.000 8" in said
    assert "refused: the gold labels are all the same" in said
    assert "Reliability is not drawn: no prediction states a confidence." in said


def test_failures_are_listed_by_reason_with_their_samples(tmp_path: Path) -> None:
    folder = write_run(
        tmp_path / "run",
        [result(1), *(result(n, prediction=None, failed="no answer after 5 attempts") for n in (2, 10))],
    )
    said = page_of(folder).words()
    assert "3 of 3 samples resolved, 2 failed." in said
    assert "2 no answer after 5 attempts" in said
    assert "s2, s10" in said


def test_the_matrix_counts_failures_beside_labels(tmp_path: Path) -> None:
    folder = write_run(
        tmp_path / "run",
        [
            result(1),
            result(2, prediction=Label.CONTRADICTED),
            result(3, prediction=None, failed="no answer"),
            result(4, gold=Label.CONTRADICTED, prediction=Label.CONTRADICTED),
        ],
    )
    cells = [a for tag, a in page_of(folder).elements if tag == "td" and "data-gold" in a]
    assert [(a["data-gold"], a["data-given"]) for a in cells] == [
        (gold, given)
        for gold in ("corroborated", "contradicted")
        for given in ("corroborated", "contradicted", "failed")
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "right"),
        ({"prediction": Label.CONFLICTING}, "wrong"),
        ({"prediction": Label.CONFLICTING, "payload": {"also_acceptable": ["conflicting"]}}, "acceptable"),
        ({"prediction": None, "failed": "no answer"}, "failed"),
        ({"gold": None}, "unscored"),
        ({"gold": None, "prediction": None}, "unscored"),
    ],
)
def test_every_sample_is_in_one_state(changes: dict[str, Any], expected: str) -> None:
    assert state(result(1, **changes)) == expected


def test_samples_without_labels_show_what_their_task_found(tmp_path: Path) -> None:
    found = [f"note-{number}" for number in range(100)]
    sample = result(
        1,
        gold=None,
        prediction=None,
        payload={"relevant": ["note-3", "note-40"], "fused": found, "steps": ["a", "b"]},
    )
    more = dict(page_of(write_run(tmp_path / "run", [sample])).samples()[0]["more"])
    assert more["relevant"] == ["note-3", "note-40"]
    assert more["fused"][2:5] == ["3. note-2", "4. note-3 ✓", "5. note-4"]
    assert more["fused"][10:] == ["41. note-40 ✓"], "what was to be found shows its rank, however low"
    assert more["steps"] == ["1. a", "2. b"]


def test_long_lists_and_texts_are_cut(tmp_path: Path) -> None:
    sample = result(1, payload={"claim": "word " * 900, "steps": [f"step {n}" for n in range(99)]})
    (shown,) = page_of(write_run(tmp_path / "run", [sample])).samples()
    assert len(shown["claim"]) == 1_000
    assert dict(shown["more"])["steps"][9:] == ["step 9", "… and 89 more"]


def test_five_thousand_samples_make_a_page_that_loads_in_parts(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", many(10))
    (run / "samples.jsonl").write_text("".join(each.line() for each in many(5_000)), encoding="utf-8")
    text = html((load(run),))
    assert len(text) < 8_000_000
    assert text.count("<details>") < 10, "rows are made by the browser, a page at a time"


def test_several_runs_stand_beside_each_other(run: Path, tmp_path: Path) -> None:
    other = write_run(tmp_path / "later" / "bridges", many(60, seed=2), engine={"name": "llm", "model": "m"})
    page = page_of(run, other)
    assert "2 runs beside each other" in page.words()
    assert "Metrics, run by run" in page.words()
    assert len(page.samples()) == 120
    assert {sample["run"] for sample in page.samples()} == {0, 1}
    assert "later/bridges" in page.words()


def test_samples_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", [result(10), result(9), result(100)])
    assert [each.id for each in load(folder).results] == ["s9", "s10", "s100"]


def test_the_record_is_told_in_words(run: Path) -> None:
    said = page_of(run).words()
    assert "verdict on bridges, engine rules" in said
    assert "searched for in the corpus" in said
    assert "0123456789ab; digest efefefefefef" in said


def test_a_record_of_another_version_still_makes_a_page(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", [result(1)])
    write_json(folder / "run.json", {"task": "verdict", "set": None, "corpus": None})
    assert "verdict" in page_of(folder).words()


def test_a_folder_without_a_finished_run_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"no run\.json"):
        load(tmp_path)
    write_json(tmp_path / "run.json", record())
    with pytest.raises(BadInput, match="not finished"):
        load(tmp_path)
    write_json(tmp_path / "summary.json", {"metrics": {"accuracy": {"value": "high"}}})
    (tmp_path / "samples.jsonl").write_text("")
    with pytest.raises(Unreadable, match="holds no metrics"):
        load(tmp_path)


def test_wilson_intervals_are_those_of_the_tables() -> None:
    assert wilson(0.5, 10) == pytest.approx((0.2366, 0.7634), abs=1e-4)
    assert wilson(0.0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert wilson(1.0, 10) == pytest.approx((0.7225, 1.0), abs=1e-4)


def test_charts_are_drawn_where_there_is_something_to_draw(run: Path) -> None:
    text = html(load_all((run,)))
    assert re.findall(r'<svg class="plot"[^>]*aria-label="([^":]*)', text) == [
        "F1 by label",
        "Reliability",
        "Risk and coverage",
    ]
    assert "NaN" not in text
