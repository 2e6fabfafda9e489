"""Sentences into claims: what a document says on its own account, and what it says others said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from agent.domain import (
    UNKNOWN_DATE,
    Claim,
    ClaimKind,
    Discarded,
    DiscardReason,
    Metadata,
    PartialDate,
    Sentence,
    Unread,
)
from agent.engines.merging import merged
from agent.engines.rules.antecedents import Antecedents, antecedents, resolve, resolve_speaker
from agent.engines.rules.attribution import Attribution, attribution
from agent.engines.rules.lexicon import SPEAKER_NOUNS
from agent.engines.rules.opinion import Objection, check_worthy, objection, without_comment
from agent.engines.rules.quotations import quoted_speakers
from agent.engines.rules.said_on import said_on, speaks_of
from agent.engines.rules.tokens import Kind, is_english, tokens

_NOT_ENGLISH = "not in English, the only language the rules engine reads: use an engine with a model"
_OWN_SIDE = re.compile(r"\b(?:I|me|my|we|us|our|ours)\b")  # a quoted clause with these cannot stand alone
_BRACKETED = re.compile(r"\w+ \[([^\]]*)\]")


@dataclass(frozen=True, slots=True)
class Reading:
    """What sentences gave, in the order of the text."""

    claims: tuple[Claim, ...]
    discarded: tuple[Discarded, ...]
    unread: tuple[Unread, ...]


@dataclass(frozen=True, slots=True)
class _Voice:
    """Whose word a sentence is. ``quoted`` says that the quotation marks stand in other sentences."""

    speakers: tuple[str, ...]
    content: str
    said_on: PartialDate
    quoted: str = ""


def read(sentences: Sequence[Sentence], metadata: Metadata) -> Reading:
    """Read the sentences of a document, boilerplate left out by the caller."""
    reader = _Reader(metadata)
    texts = [" ".join(sentence.text.split()) for sentence in sentences]
    names = _full_names(" ".join(texts))
    for sentence, text, quoted in zip(sentences, texts, quoted_speakers(texts), strict=True):
        reader.read(sentence, text, _in_full(quoted, names), names)
    return Reading(merged(reader.claims), tuple(reader.discarded), tuple(reader.unread))


class _Reader:
    def __init__(self, metadata: Metadata) -> None:
        self.metadata = metadata
        self.claims: list[Claim] = []
        self.discarded: list[Discarded] = []
        self.unread: list[Unread] = []
        self.known = Antecedents()

    def read(self, sentence: Sentence, text: str, quoted: str, names: dict[str, str]) -> None:
        if not is_english(text):
            self.unread.append(Unread(sentence.span, _NOT_ENGLISH))
            return
        found = attribution(text)
        if found and quoted and found.speakers[0] in (quoted, _last_word(quoted)):
            found = replace(found, speakers=found.speakers[1:])
        voice = self._voice(found, quoted, names)
        made = self._claims(sentence, text, voice) if voice else _unnamed()
        if isinstance(made, Objection):
            self.discarded.append(Discarded(sentence.span, sentence.text, made.reason, made.note))
        else:
            self.claims.extend(made)
        self.known = antecedents(text, voice.speakers if voice else ("", ""), self.known)

    def _voice(self, found: Attribution | None, quoted: str, names: dict[str, str]) -> _Voice | None:
        """Who speaks; None where a pronoun hides the speaker."""
        inside = (quoted,) if quoted else ()
        if found is None:
            when = UNKNOWN_DATE if quoted else self.metadata.published
            return _Voice(inside, "", when, quoted)
        named = [_in_full(resolve_speaker(name, self.known), names) for name in found.speakers]
        if not all(named):
            return None
        when = said_on(found.frame, self.metadata.published)
        return _Voice((*inside, *named), found.content, when, quoted)

    def _claims(self, sentence: Sentence, text: str, voice: _Voice) -> list[Claim] | Objection:
        if not voice.speakers:
            return self._own(sentence, text, voice)
        content = voice.content or (_bare(text) if voice.quoted and len(voice.speakers) == 1 else "")
        fault = objection(content or text)
        if fault and fault.reason not in (DiscardReason.FORECAST, DiscardReason.NOT_CHECKABLE):
            return fault
        if fault and fault.reason is DiscardReason.NOT_CHECKABLE and len(tokens(content or text)) < 4:
            return fault
        told = self._told(text, voice)
        made = [self._claim(sentence, told, ClaimKind.STATEMENT, voice, content)] if told else []
        alone = "" if fault or _OWN_SIDE.search(content) else resolve(content, self._inside(voice)).text
        if alone:
            made.append(self._claim(sentence, alone, ClaimKind.CONTENT, voice, alone))
        return made or _unclear()

    def _own(self, sentence: Sentence, text: str, voice: _Voice) -> list[Claim] | Objection:
        plain = without_comment(text)
        fault = objection(plain)
        alone = resolve(plain, self.known).text
        if fault and not (alone and alone != plain and check_worthy(tokens(alone)) and not objection(alone)):
            return fault
        if not alone:
            return _unclear()
        return [self._claim(sentence, alone, ClaimKind.CONTENT, voice, alone)]

    def _told(self, text: str, voice: _Voice) -> str:
        """The whole sentence as a statement to check, its speaker made plain."""
        if voice.quoted:
            bare = _bare(text)
            return bare if _last_word(voice.quoted) in bare else f"[{voice.quoted} said:] {bare}"
        told = resolve(text, self.known).text
        if told:
            return told
        speaker = voice.speakers[0]
        return text if speaker in text else re.sub(r"^(The \w+)", rf"\1 [{speaker}]", text)

    def _inside(self, voice: _Voice) -> Antecedents:
        """In "Ames said he had …" he is Ames, as long as nobody else is named; "they" stays open."""
        return Antecedents(person=voice.speakers[-1] if len(voice.speakers) == 1 else "")

    def _claim(self, sentence: Sentence, text: str, kind: ClaimKind, voice: _Voice, content: str) -> Claim:
        outlet = self.metadata.outlet
        chain = (outlet, *voice.speakers) if outlet else voice.speakers
        return Claim(
            id="",
            text=text,
            kind=kind,
            spans=(sentence.span,),
            attribution=tuple(dict.fromkeys(chain)),
            said_on=voice.said_on,
            speaks_of=speaks_of(content or text),
            queries=_queries(text, content),
        )


def _bare(text: str) -> str:
    return text.strip('“”" ')


def _unnamed() -> Objection:
    return Objection(DiscardReason.AMBIGUOUS, "does not say plainly who is speaking")


def _unclear() -> Objection:
    return Objection(DiscardReason.AMBIGUOUS, "opens with a word whose meaning lies in earlier text")


def _queries(text: str, content: str) -> tuple[str, ...]:
    plain = _BRACKETED.sub(r"\1", content).strip()
    keys = [t.text for t in tokens(text) if t.kind in (Kind.NAME, Kind.NUMBER, Kind.YEAR)]
    key = " ".join(dict.fromkeys(keys))
    return tuple(query for query in dict.fromkeys((plain, key)) if query and query != text)


def _last_word(name: str) -> str:
    return name.split()[-1] if name else ""


def _in_full(speaker: str, names: dict[str, str]) -> str:
    """The speaker by first and last name, without office: ``Mayor Ines Ames`` is Ines Ames."""
    full = names.get(_last_word(speaker), speaker)
    office = tokens(speaker.removesuffix(full))
    if speaker == _last_word(full) or any(word.lower in SPEAKER_NOUNS for word in office):
        return full
    return speaker


def _full_names(text: str) -> dict[str, str]:
    """Surnames that the text gives with a first name, and the first such full name."""
    names: dict[str, str] = {}
    for match in re.finditer(r"\b([A-Z][\w’'-]+) ([A-Z][\w’'-]+)\b(?! [A-Z])", text):
        first, last = match.groups()
        if first.lower() not in _TITLES:
            names.setdefault(last, f"{first} {last}")
    return names


_TITLES = frozenset(
    {
        "the",
        "a",
        "an",
        "mr",
        "mrs",
        "ms",
        "dr",
        "president",
        "minister",
        "general",
        "colonel",
        "secretary",
        "sir",
    }
    | {"in", "on", "at", "when", "as", "if", "after", "before", "while", "since", "but", "and"}
)
