"""Sets are read from the project's form and from their authors', and what is wrong is named."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from harbour_set import write_lines

from agent.domain import ClaimKind, Label, PartialDate, Stance
from agent.errors import BadInput, Unreadable
from evals.samples import GoldEvidence
from evals.sets import KNOWN, info, kursk, load_set, user

CONFLICTING, NEI = Label.CONFLICTING, Label.NOT_ENOUGH_EVIDENCE


def test_a_set_in_the_projects_form_has_samples_and_dated_documents(data: Path):
    harbour = load_set("harbour", data)
    assert [sample.label for sample in harbour.samples] == [
        Label.CORROBORATED, Label.CONTRADICTED, NEI, Label.CORROBORATED,
    ]  # fmt: skip
    bridge = harbour.documents[1]
    assert (bridge.doc_id, bridge.metadata.outlet) == ("bridge", "Post")
    assert bridge.metadata.published == PartialDate(2004, 6, 1)
    assert harbour.samples[0].evidence == (
        GoldEvidence("ferry", "The Velm ferry sank in May 2019.", Stance.SUPPORTS),
    )


def test_the_digest_of_a_set_changes_with_its_files(data: Path):
    before = load_set("harbour", data).sha256
    with (data / "harbour" / "claims.jsonl").open("a") as file:
        file.write('{"claim_id": "9", "claim": "Velm has two piers.", "label": "nei"}\n')
    assert load_set("harbour", data).sha256 != before


def test_a_date_of_a_claim_hides_no_evidence_but_an_as_of_date_does(data: Path):
    write_lines(
        data / "harbour" / "claims.jsonl",
        [
            {"claim_id": "a", "claim": "It sank.", "label": "nei", "date": "2020-01-01"},
            {"claim_id": "b", "claim": "It sank.", "label": "nei", "as_of": "2020-01-01"},
        ],
    )
    dated, bounded = load_set("harbour", data).samples
    assert (dated.as_of, dated.meta["date"]) == (None, "2020-01-01")
    assert bounded.as_of == date(2020, 1, 1)


def test_cited_documents_are_those_that_retrieval_ought_to_find(data: Path):
    rows = [{"claim_id": "a", "claim": "It sank.", "label": "nei", "meta": {"cited_doc_ids": ["tax"]}}]
    write_lines(data / "harbour" / "claims.jsonl", rows)
    assert load_set("harbour", data).samples[0].gold_documents == ("tax",)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{oops", "claims.jsonl:2: is not JSON"),
        ("[1]", "claims.jsonl:2: is not a JSON object"),
        ('{"claim_id": "x", "label": "nei"}', "claims.jsonl:2: needs a text under 'claim'"),
        ('{"claim_id": "x", "claim": "y", "label": "maybe"}', "claims.jsonl:2: 'maybe' is no label"),
        ('{"claim_id": "x", "claim": "y", "as_of": "May"}', "claims.jsonl:2: 'as_of': 'May' is no day"),
        ('{"claim_id": "a", "claim": "y"}', "claims.jsonl:2: the claim id 'a' is used twice"),
        ('{"claim_id": "x", "claim": "y", "evidence": {}}', None),
        ('{"claim_id": "x", "claim": "y", "evidence": [3]}', "claims.jsonl:2: 'evidence' must be a list"),
    ],
)
def test_a_bad_line_is_named(data: Path, line: str, complaint: str | None):
    path = data / "harbour" / "claims.jsonl"
    path.write_text('{"claim_id": "a", "claim": "It sank.", "label": "nei"}\n' + line + "\n")
    if complaint is None:
        assert load_set("harbour", data).samples[1].evidence == ()
        return
    with pytest.raises(Unreadable) as caught:
        load_set("harbour", data)
    assert str(caught.value).startswith(complaint)


def test_a_missing_set_says_where_it_is_obtained_and_on_which_terms(tmp_path: Path):
    with pytest.raises(BadInput) as caught:
        load_set("averitec", tmp_path)
    message = str(caught.value)
    assert "github.com/MichSchli/AVeriTeC" in message
    assert "CC BY-NC 4.0" in message
    assert "\n" not in message


def test_every_known_set_states_its_terms():
    assert all(known.licence and known.obtain for known in KNOWN.values())


def test_averitec_is_read_as_published(tmp_path: Path):
    claim = {
        "claim": "Velm banned cars.",
        "label": "Conflicting Evidence/Cherrypicking",
        "claim_date": "25-8-2020",
        "speaker": "A. Rell",
        "questions": [
            {
                "question": "Were cars banned?",
                "answers": [
                    {"answer": "No", "answer_type": "Boolean", "boolean_explanation": "Only lorries were.",
                     "source_url": "https://www.velm.example/a"},
                    {"answer": "", "answer_type": "Unanswerable", "source_url": ""},
                ],
            }
        ],
    }  # fmt: skip
    (tmp_path / "averitec").mkdir()
    (tmp_path / "averitec" / "dev.json").write_text(json.dumps([claim]))
    averitec = load_set("averitec", tmp_path)
    (sample,), (document,) = averitec.samples, averitec.documents
    assert (sample.label, sample.as_of, sample.speaker) == (CONFLICTING, None, "A. Rell")
    assert document.text == "Were cars banned?\nNo\nOnly lorries were."
    assert sample.evidence == (GoldEvidence(document.doc_id, "No\nOnly lorries were."),)
    assert document.metadata.outlet == "velm.example"


def test_wice_is_read_as_published(tmp_path: Path):
    row = {
        "claim": "The pier is the longest.",
        "label": "partially_supported",
        "evidence": ["The pier is long.", "It rains.", "No pier is longer."],
        "supporting_sentences": [[0, 2], [2]],
        "meta": {"id": "dev7", "claim_context": "About Velm."},
    }
    write_lines(tmp_path / "wice" / "dev.jsonl", [row])
    wice = load_set("wice", tmp_path)
    (sample,) = wice.samples
    assert (sample.id, sample.label, sample.meta["wice_label"]) == ("wice-dev7", NEI, "partially_supported")
    assert [evidence.quote for evidence in sample.evidence] == ["The pier is long.", "No pier is longer."]
    assert sample.meta["evidence_sets"] == [[0, 1], [1]]
    assert all(evidence.quote in wice.documents[0].text for evidence in sample.evidence)


def test_scifact_is_read_as_published(tmp_path: Path):
    write_lines(
        tmp_path / "scifact" / "corpus.jsonl",
        [{"doc_id": 7, "title": "Kelp", "abstract": ["Kelp grows.", "It feeds fish."], "structured": False}],
    )
    evidence = {"7": [{"sentences": [1], "label": "CONTRADICT"}]}
    write_lines(
        tmp_path / "scifact" / "claims_dev.jsonl",
        [
            {"id": 1, "claim": "Kelp feeds nobody.", "evidence": evidence, "cited_doc_ids": [7]},
            {"id": 2, "claim": "Kelp sings.", "evidence": {}, "cited_doc_ids": [7]},
        ],
    )
    scifact = load_set("scifact", tmp_path, "dev")
    assert [sample.label for sample in scifact.samples] == [Label.CONTRADICTED, NEI]
    assert scifact.samples[0].evidence == (GoldEvidence("7", "It feeds fish.", Stance.REFUTES),)
    assert scifact.samples[1].gold_documents == ("7",)
    with pytest.raises(BadInput, match=r"has no claims_train\.jsonl"):
        load_set("scifact", tmp_path)


def test_fever_like_sets_are_read_as_published(tmp_path: Path):
    write_lines(
        tmp_path / "fever_symmetric" / "fever_symmetric_dev.jsonl",
        [{"id": 3, "label": "REFUTES", "claim": "Velm is dry.", "evidence_sentence": "It rains in Velm ."}],
    )
    symmetric = load_set("fever_symmetric", tmp_path)
    assert symmetric.samples[0].label is Label.CONTRADICTED
    assert symmetric.samples[0].evidence[0].stance is Stance.REFUTES
    assert symmetric.info.gold_by_default
    write_lines(
        tmp_path / "fm2" / "dev.jsonl",
        [
            {"id": "a", "label": "SUPPORTS", "text": "Velm has a pier.", "wikipedia_page": "Velm",
             "gold_evidence": [{"text": "The pier is old.", "section_header": "Sights"}]},
            {"id": "b", "label": "SUPPORTS", "text": "It is old.", "wikipedia_page": "Velm",
             "gold_evidence": [{"text": "The pier is old.", "section_header": "Sights"},
                               {"text": "It was built in 1890.", "section_header": "Sights"}]},
        ],
    )  # fmt: skip
    fm2 = load_set("fm2", tmp_path)
    (section,) = fm2.documents
    assert section.text == "The pier is old.\nIt was built in 1890."
    assert section.metadata.title == "Velm - Sights"


def test_every_claim_of_the_demonstration_is_a_sample_for_each_date():
    demonstration = kursk.load(info("kursk"))
    days = {sample.id.partition("@")[2] for sample in demonstration.samples}
    assert days == {"2025-02-02", "2025-03-31"}
    assert all(sample.as_of is not None and sample.label for sample in demonstration.samples)
    known = {document.doc_id for document in demonstration.documents}
    assert all(set(sample.gold_documents) <= known for sample in demonstration.samples)
    published = {d.doc_id: d.metadata.published for d in demonstration.documents}
    for sample in demonstration.samples:
        assert sample.as_of is not None
        assert all(published[doc_id].by(sample.as_of) for doc_id in sample.gold_documents)


def test_a_users_own_claims_may_lack_labels_but_not_words(tmp_path: Path):
    path = write_lines(
        tmp_path / "mine.jsonl",
        [
            {"claim": "The ferry sank.", "label": "corroborated", "as_of": "2020-02-02",
             "evidence": [{"source": "ferry.md", "quote": "sank"}]},
            {"id": "second", "claim": "He said so.", "kind": "statement"},
        ],
    )  # fmt: skip
    first, second = user.load(path).samples
    assert (first.id, first.as_of, first.gold_documents) == ("1", date(2020, 2, 2), ("ferry.md",))
    assert (second.id, second.label, second.kind) == ("second", None, ClaimKind.STATEMENT)
    write_lines(path, [{"label": "corroborated"}])
    with pytest.raises(Unreadable, match=r"mine\.jsonl:1: needs a text under 'claim'"):
        user.load(path)
    path.write_text("\n")
    with pytest.raises(BadInput, match="no claims"):
        user.load(path)


@pytest.mark.parametrize("name", [name for name in KNOWN if name != "kursk"])
def test_the_full_sets_load_where_they_are_at_hand(name: str):
    shared = Path(__file__).resolve().parents[3] / "shared" / "data"
    if not (shared / name).is_dir():
        pytest.skip(f"the set {name} is not in ../shared/data")
    loaded = load_set(name, shared)
    assert loaded.samples or loaded.records
    known = {document.doc_id for document in loaded.documents}
    assert all(set(sample.gold_documents) <= known for sample in loaded.samples)
