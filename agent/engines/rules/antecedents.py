"""Who "he", "they" or "the report" is, where the sentence before leaves no doubt; otherwise nobody."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from agent.engines.rules.lexicon import (
    AUXILIARIES,
    DEMONSTRATIVE_OPENERS,
    SAME_SOURCE,
    SUBJECT_PRONOUNS,
)
from agent.engines.rules.tokens import is_verb, tokens

_LEAD = re.compile(
    r"^(?:(?:in|on|at|during|after|before|since|by|for|as|earlier|meanwhile|previously|later|however|but|and|also|"
    r"in response|moreover|still|then|today|yesterday)\b[^,]{0,60},\s*)",
    re.IGNORECASE,
)
_OPENER = re.compile(
    r"^[\s\"“”'(]*(?:(?:but|and|then|later|still|yet|also)\s+)?(?P<word>[^\W\d_]+)\b", re.IGNORECASE
)
_SAME_SOURCE = re.compile(rf"^the (?:{'|'.join(sorted(SAME_SOURCE))})$", re.IGNORECASE)
_DEMONSTRATIVE = re.compile("|".join(DEMONSTRATIVE_OPENERS), re.IGNORECASE)
_MAX_SUBJECT_WORDS = 6


@dataclass(frozen=True, slots=True)
class Antecedents:
    """Whom pronouns of the next sentence can mean; an empty string where that is not plain."""

    person: str = ""
    many: str = ""
    one: str = ""
    speaker: str = ""

    def of(self, pronoun: str) -> str:
        match SUBJECT_PRONOUNS.get(pronoun.lower()):
            case "person":
                return self.person
            case "many":
                return self.many
            case "one":
                return self.one
            case _:
                return ""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A text with its opening pronoun explained in [brackets]; ``text`` is empty where none can be."""

    text: str


def resolve(text: str, known: Antecedents) -> Resolved:
    """Explain the pronoun a sentence opens with; text is empty where it stays unclear."""
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    body = text[start:]
    if _DEMONSTRATIVE.search(body):
        return Resolved("")
    opener = _OPENER.match(body)
    if opener is None or opener["word"].lower() not in SUBJECT_PRONOUNS:
        return Resolved(text)
    meant = known.of(opener["word"])
    cut = start + opener.end("word")
    return Resolved(f"{text[:cut]} [{meant}]{text[cut:]}" if meant else "")


def resolve_speaker(speaker: str, known: Antecedents) -> str:
    """The speaker's name; empty for a pronoun or a "the report" that refers to nobody plain."""
    if speaker.lower() in SUBJECT_PRONOUNS:
        return known.of(speaker)
    return known.speaker if _SAME_SOURCE.match(speaker) and known.speaker else speaker


def antecedents(text: str, speakers: tuple[str, ...], before: Antecedents) -> Antecedents:
    """Whom the sentence after ``text`` can mean by a pronoun. One speaker counts, else the subject."""
    if len(speakers) == 1:
        name = speakers[0]
        return Antecedents(person=name if _person(name) else "", speaker=name)
    if speakers:
        return Antecedents()
    opener = _OPENER.match(_LEAD.sub("", text))
    if opener and opener["word"].lower() in SUBJECT_PRONOUNS:
        return before
    return _from_subject(_subject(text))


def _from_subject(subject: str) -> Antecedents:
    if not subject:
        return Antecedents()
    if (subject.endswith("s") and not subject.endswith("ss")) or " and " in subject:
        return Antecedents(many=subject)
    return Antecedents(person=subject if _person(subject) else "", one=subject)


def _person(name: str) -> bool:
    """Whether every word of it is capitalised, as in a person's name; places and firms pass as well."""
    return all(word.text[0].isupper() for word in tokens(name)) and not name.lower().startswith("the ")


def _subject(text: str) -> str:
    """The words before the verb, where they are few and name something."""
    text = _LEAD.sub("", text)
    words = tokens(text)
    verbs = [
        place > 0 and word.text[0].islower() and is_verb(word)
        for place, word in enumerate(words[: _MAX_SUBJECT_WORDS + 2])
    ]
    for place, (verb, next_too) in enumerate(itertools.pairwise(verbs)):
        if verb and not next_too:  # of two, the first is a noun: "the forces began"
            subject = text[: words[place].start].strip(" ,")
            return subject if words[0].text[0].isupper() and "," not in subject else ""
        if verb and words[place].lower in AUXILIARIES:
            return text[: words[place].start].strip(" ,")
    return ""
