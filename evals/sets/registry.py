"""The sets this harness knows: their terms, where they are obtained, and what is special about them."""

from __future__ import annotations

from evals.samples import SetInfo

KNOWN: dict[str, SetInfo] = {
    info.name: info
    for info in (
        SetInfo(
            "averitec",
            "CC BY-NC 4.0, for evaluation only",
            "https://github.com/MichSchli/AVeriTeC (data/dev.json, data/train.json)",
            "real claims; a document is one annotated answer, mostly undated, so that no as-of date applies",
        ),
        SetInfo(
            "wice",
            "annotations ODC-BY; Wikipedia text CC BY-SA 4.0; cited pages under Common Crawl's terms of use",
            "https://github.com/ryokamoi/wice (data/entailment_retrieval/claim/dev.jsonl)",
            "Wikipedia sentences against the pages they cite; says supported or not enough, never refuted",
        ),
        SetInfo(
            "scifact",
            "claims CC BY 4.0; abstracts ODC-By 1.0",
            "https://github.com/allenai/scifact (corpus.jsonl, claims_train.jsonl, claims_dev.jsonl)",
            "scientific claims; retrieval counts the cited abstracts, as BEIR does",
        ),
        SetInfo(
            "fm2",
            "Apache-2.0; evidence is Wikipedia text, CC BY-SA",
            "https://github.com/google-research/fool-me-twice (dataset/dev.jsonl)",
            "claims written to mislead; supported or refuted",
        ),
        SetInfo(
            "fever_symmetric",
            "CC BY-SA 3.0",
            "https://github.com/TalSchuster/FeverSymmetric (symmetric_v0.2/fever_symmetric_dev.jsonl)",
            "evidence without page titles: it is given to the judge, and retrieval is not scored",
            gold_by_default=True,
        ),
        SetInfo(
            "conflictqa",
            "Apache-2.0",
            "https://github.com/OSU-NLP-Group/LLM-Knowledge-Conflict",
            "synthetic passages for and against; the label is what the corpus says, not what is true",
        ),
        SetInfo(
            "factcheck_bench",
            "Apache-2.0",
            "https://github.com/yuxiaw/Factcheck-GPT",
            "claims of chatbot answers with annotated web passages; also extraction",
        ),
        SetInfo(
            "factscore",
            "MIT",
            "https://github.com/google-deepmind/long-form-factuality (third_party/factscore)",
            "extraction only: biographies with human atomic facts",
        ),
        SetInfo(
            "kursk",
            "Apache-2.0, this project's own words",
            "seeds/kursk of this project's repository",
            "dated notes on one event; every claim as of two dates",
        ),
        SetInfo(
            "injection",
            "MIT",
            "https://github.com/microsoft/BIPIA, https://github.com/meta-llama/PurpleLlama and "
            "https://github.com/sleeepeer/PoisonedRAG",
            "attack texts to plant in another set's corpus",
        ),
    )
}


def info(name: str) -> SetInfo:
    """What is known of a set; a set nobody registered has no stated terms."""
    return KNOWN.get(name) or SetInfo(name, "not stated", "wherever you have it from")
