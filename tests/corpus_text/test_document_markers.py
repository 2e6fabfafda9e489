"""Marks of Markdown are not words of a claim."""

from __future__ import annotations

from agent.corpus.document import document_from, document_sentences
from agent.corpus.load import Loaded
from agent.domain import Metadata


def test_a_headings_mark_is_not_part_of_its_sentence():
    document = document_from(
        Loaded("a.md", "# Ferry late again\n\nThe ferry left Velm at noon.\n", Metadata())
    )
    sentences = document_sentences(document)
    assert [sentence.text for sentence in sentences] == ["Ferry late again", "The ferry left Velm at noon."]
    assert all(sentence.span.cut(document.text) == sentence.text for sentence in sentences)
