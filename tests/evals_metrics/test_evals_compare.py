"""Comparing two runs: the verdict, what flipped, and what cannot be compared."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.domain import Label, Usage
from agent.errors import BadInput
from evals.compare import Comparison, Conclusion, NotComparable, compare_runs, conclude
from evals.compare_text import render
from evals.flips import Change
from evals.metrics.interval import Difference
from evals.tasks.values import SampleResult

A, B, NEI = Label.CORROBORATED, Label.CONTRADICTED, Label.NOT_ENOUGH_EVIDENCE
RECORD = {
    "task": "verdict",
    "set": {"name": "harbour", "sha256": "ab"},
    "engine": {"name": "rules", "model": ""},
}


def result(name: str, predicted: Label | None, gold: Label = A, **more: Any) -> SampleResult:
    scores = {"correct": float(predicted is gold)} if predicted else {}
    failed = "" if predicted else "no answer"
    payload = {"claim": f"Claim {name}."}
    made = SampleResult(name, "verdict", gold, predicted, failed, payload, scores)
    return replace(made, **more)


def results(*predicted: Label | None, gold: Label = A) -> list[SampleResult]:
    return [result(f"c{i:03}", each, gold) for i, each in enumerate(predicted)]


def write(folder: Path, lines: list[SampleResult], **record: Any) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "run.json").write_text(json.dumps(RECORD | record))
    (folder / "samples.jsonl").write_text("".join(line.line() for line in lines), encoding="utf-8")
    return folder


def compared(
    tmp_path: Path, first: list[SampleResult], second: list[SampleResult], **more: Any
) -> Comparison:
    return compare_runs(write(tmp_path / "old", first), write(tmp_path / "new", second), **more)


def test_many_more_right_is_better_and_the_other_way_round_worse(tmp_path: Path) -> None:
    poor, good = results(*[A] * 10 + [B] * 20), results(*[A] * 28 + [B] * 2)

    better, worse = compared(tmp_path, poor, good), compared(tmp_path, good, poor)

    assert (better.conclusion, better.exit_code) == (Conclusion.BETTER, 0)
    assert (worse.conclusion, worse.exit_code) == (Conclusion.WORSE, 1)
    assert better.difference.value == pytest.approx(0.6)
    assert better.discordant is not None
    assert (better.discordant.only_first, better.discordant.only_second) == (0, 18)


def test_a_run_compared_with_itself_shows_no_difference(tmp_path: Path) -> None:
    same = results(A, B, A, None)

    found = compared(tmp_path, same, same)

    assert (found.conclusion, found.exit_code, found.flips) == (Conclusion.NO_DIFFERENCE, 0, ())
    assert found.difference.value == found.difference.low == found.difference.high == 0


@settings(max_examples=10, deadline=None)
@given(st.lists(st.sampled_from([A, B, NEI, None]), min_size=1, max_size=20))
def test_identical_runs_never_differ_whatever_they_hold(
    tmp_path_factory: pytest.TempPathFactory, predicted: list[Label | None]
) -> None:
    folder = write(tmp_path_factory.mktemp("run"), results(*predicted, A))

    assert compare_runs(folder, folder).conclusion is Conclusion.NO_DIFFERENCE


def test_a_few_flips_one_way_are_no_proof_though_the_bootstrap_says_so(tmp_path: Path) -> None:
    before, after = results(*[B] * 5 + [A] * 20), results(*[A] * 25)

    found = compared(tmp_path, before, after)

    assert found.difference.low > 0
    assert found.discordant is not None
    assert found.discordant.p == pytest.approx(2 / 32)
    assert found.conclusion is Conclusion.NO_DIFFERENCE


def test_failures_count_as_wrong(tmp_path: Path) -> None:
    found = compared(tmp_path, results(*[A] * 20), results(*[None] * 12 + [A] * 8))

    assert found.second.value == pytest.approx(0.4)
    assert found.conclusion is Conclusion.WORSE
    assert (found.first.failed, found.second.failed) == (0, 12)
    assert "12 failed, which counts as wrong" in render(found)


def test_only_common_samples_are_compared_and_the_others_are_told(tmp_path: Path) -> None:
    found = compared(tmp_path, results(A, A, A, B), results(A, B))

    assert (found.difference.n, found.first.others, found.second.others) == (2, 2, 0)
    assert found.first.value == 1.0
    assert "2 samples that the other run does not have" in render(found)


def test_the_order_of_lines_changes_nothing(tmp_path: Path) -> None:
    first, second = results(A, B, A, B, A), results(B, A, A, A, None)

    one = compared(tmp_path, first, second)
    other = compared(tmp_path, first[::-1], second)

    assert one.flips == other.flips
    assert one.conclusion == other.conclusion
    assert one.difference.value == pytest.approx(other.difference.value)


def test_flips_are_told_with_both_proofs_losses_first(tmp_path: Path) -> None:
    proof = {
        "claim": "The quay was closed.",
        "rule": "one voice against",
        "evidence": [{"doc_id": "note-7", "stance": "refutes", "quote": "The quay stayed open all day."}],
        "justification": [{"text": "The harbour note denies it.", "evidence": ["e1"]}],
    }
    first = [result("a", B), result("b", A), result("c", B), result("d", A)]
    second = [result("a", A), result("b", B, payload=proof), result("c", NEI), result("d", A)]

    found = compared(tmp_path, first, second)
    text = render(found, width=100)

    assert [(flip.id, flip.change) for flip in found.flips] == [
        ("b", Change.LOST),
        ("a", Change.GAINED),
        ("c", Change.CHANGED),
    ]
    assert found.flips[0].second.evidence[0].quote == "The quay stayed open all day."
    for told in (
        "- lost  b",
        "corroborated",
        "refutes · note-7",
        "The quay stayed open",
        "= The harbour note",
    ):
        assert told in text
    assert max(map(len, text.splitlines()[5:])) <= 100


def test_the_verdict_in_words_states_level_interval_and_both_tests(tmp_path: Path) -> None:
    text = render(compared(tmp_path, results(A, B), results(A, A)))

    assert "new against old: no difference shown, by correct (significance level 5%)" in text
    assert "paired bootstrap, n = 2" in text
    assert "McNemar's exact test, p = 1.000" in text
    assert "does not show that the two are equal" in text


def test_nothing_quoted_reaches_the_terminal_as_a_control_character(tmp_path: Path) -> None:
    bad = {"claim": "A\x1b[31mred\x1b[0m claim", "evidence": [{"doc_id": "d\x07", "quote": "\x1b]0;x\x07"}]}
    text = render(compared(tmp_path, [result("a", B)], [result("a", A, payload=bad)]))

    assert not {c for c in text if c < " " and c != "\n"}


def test_what_is_not_shown_is_counted(tmp_path: Path) -> None:
    text = render(compared(tmp_path, results(*[A] * 5), results(*[B] * 5)), limit=2)

    assert "5 samples flipped: 5 lost" in text
    assert "the first 2 of them are shown" in text
    assert text.count("- lost") == 2


@pytest.mark.parametrize(
    ("record", "why"),
    [({"task": "retrieval"}, "task"), ({"set": {"name": "other", "sha256": "cd"}}, "different sets")],
)
def test_runs_of_other_tasks_or_sets_are_refused_in_one_line(
    tmp_path: Path, record: dict[str, Any], why: str
) -> None:
    one, other = write(tmp_path / "a", results(A)), write(tmp_path / "b", results(A), **record)

    with pytest.raises(NotComparable, match=why) as caught:
        compare_runs(one, other)
    assert "\n" not in str(caught.value)


def test_runs_without_a_common_sample_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NotComparable, match="no sample in common"):
        compared(tmp_path, [result("a", A)], [result("b", A)])


def test_a_metric_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(NotComparable, match="'shine'; they have correct, macro_f1"):
        compared(tmp_path, results(A), results(A), metric="shine")


def test_a_folder_that_is_no_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no run"):
        compare_runs(tmp_path, tmp_path)


def test_accuracy_is_a_name_for_correct(tmp_path: Path) -> None:
    assert compared(tmp_path, results(A), results(A), metric="accuracy").metric == "correct"


def test_macro_f1_is_compared_in_pairs_and_agrees_with_the_metric(tmp_path: Path) -> None:
    from evals.metrics.classification import classification

    gold = [A, A, A, B, B, NEI] * 8
    one = [result(f"{i}", p, g) for i, (g, p) in enumerate(zip(gold, [A, A, B, B, A, None] * 8, strict=True))]
    other = [result(f"{i}", g, g) for i, g in enumerate(gold)]

    found = compared(tmp_path, one, other, metric="macro_f1")
    expected = classification([r.gold for r in one], [r.prediction for r in one])["macro_f1_with_failures"]

    assert found.first.value == pytest.approx(expected.value)  # type: ignore[union-attr]
    assert (found.second.value, found.difference.n) == (1.0, 48)
    assert found.conclusion is Conclusion.BETTER
    assert found.difference.low > 0


def test_macro_f1_of_one_gold_label_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="two gold labels"):
        compared(tmp_path, results(A, B), results(A, A), metric="macro_f1")


def test_spending_more_is_worse_and_an_unknown_price_does_not_count(tmp_path: Path) -> None:
    cheap = [result(f"{i}", A, usage=Usage({"judge": 1}, 100, 10, 0.01)) for i in range(8)]
    dear = [result(f"{i}", A, usage=Usage({"judge": 1}, 900, 10, None)) for i in range(8)]

    found = compared(tmp_path, cheap, dear, metric="tokens")

    assert (found.conclusion, found.flips) == (Conclusion.WORSE, ())
    assert "lower is better" in render(found)
    with pytest.raises(NotComparable, match="usd"):
        compared(tmp_path, cheap, dear, metric="usd")


def test_moving_less_is_better(tmp_path: Path) -> None:
    def moved(value: float) -> list[SampleResult]:
        return [SampleResult(f"{i}", "stability", scores={"moved": value}) for i in range(20)]

    old = write(tmp_path / "old", moved(1.0), task="stability")
    new = write(tmp_path / "new", moved(0.0), task="stability")
    found = compare_runs(old, new)

    assert (found.metric, found.conclusion) == ("moved", Conclusion.BETTER)
    assert {flip.change for flip in found.flips} == {Change.GAINED}


def test_rankings_are_compared_by_ndcg_without_mcnemar(tmp_path: Path) -> None:
    def ranked(value: float) -> list[SampleResult]:
        return [SampleResult(f"{i}", "retrieval", scores={"ndcg@10": value + i / 100}) for i in range(20)]

    old = write(tmp_path / "old", ranked(0.4), task="retrieval")
    new = write(tmp_path / "new", ranked(0.5), task="retrieval")
    found = compare_runs(old, new)

    assert (found.metric, found.discordant, found.conclusion) == ("ndcg@10", None, Conclusion.BETTER)


@pytest.mark.parametrize(
    ("low", "high", "conclusion"),
    [
        (0.01, 0.2, "better"),
        (-0.2, -0.01, "worse"),
        (-0.1, 0.1, "no difference shown"),
        (0, 0.1, "no difference shown"),
    ],
)
def test_a_verdict_needs_an_interval_without_zero(low: float, high: float, conclusion: str) -> None:
    assert conclude(Difference((low + high) / 2, 100, low, high, 0.5), None) == conclusion


def test_a_comparison_is_plain_json(tmp_path: Path) -> None:
    data = json.loads(json.dumps(compared(tmp_path, results(A, B), results(A, A)).to_json()))

    assert data["conclusion"] == "no difference shown"
    assert data["flips"][0]["change"] == "gained"
