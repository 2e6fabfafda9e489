"""Who says so: speakers and reported clauses, by the cues news English uses.

Speakers are listed outermost first: "Ames added that Birch had said that …" gives Ames, Birch.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.checks.dates import find_dates
from agent.checks.lexicon import words as word_set
from agent.engines.rules.lexicon import AUXILIARIES, NOT_ASSERTING, SAYING, SAYING_THAT, SPEAKER_NOUNS
from agent.engines.rules.tokens import Kind, Token, tokens

_QUOTES = '"“”„«»'
_SAY = "|".join(SAYING.split())
_SAY_THAT = "|".join(SAYING_THAT.split())
_DENY = "|".join(sorted(NOT_ASSERTING))
_DAY = r"(?:\s+(?:on|in|at|during|to|earlier|late|last|this|yesterday|today)\b[^,;:.]{0,60}?)?"
_FRONT = re.compile(
    rf"\b(?P<verb>{_SAY}|{_SAY_THAT}|{_DENY}|warned|warns)\b"
    rf"(?P<between>[^.;:“\"]{{0,70}}?)\s+(?P<that>that)[\s,]+(?P<content>.+)$",
    re.DOTALL,
)
_BARE = re.compile(r"\b(?P<verb>said|says|say)\b(?P<between>)(?:\s*[,:]\s*|\s+)(?P<content>\S.+)$", re.DOTALL)
_QUOTED_AFTER = re.compile(
    rf"\b(?P<verb>{_SAY}|{_SAY_THAT})\b(?P<between>{_DAY})\s*[,:]?\s*[{_QUOTES}](?P<content>.+)$", re.DOTALL
)
_VERB_SPEAKER = re.compile(
    rf"^(?P<content>.+?)[,{_QUOTES}]+\s*(?P<verb>{_SAY}|{_SAY_THAT})\s+(?P<speaker>[^,;{_QUOTES}]+)(?P<rest>.*)$",
    re.DOTALL,
)
_SPEAKER_VERB = re.compile(
    rf"^(?P<content>.+)(?:,(?!\d)|[{_QUOTES}])+\s*(?P<speaker>[^,;{_QUOTES}]{{2,80}}?(?:,[^,{_QUOTES}]{{2,80}},)?)\s+"
    rf"(?:(?:also|later|then|has|had|have)\s+)*(?P<verb>{_SAY}|{_SAY_THAT})(?P<rest>(?:(?<=told)\s[^,;:.]{{1,60}})?{_DAY})\s*[.…]*\s*$",
    re.DOTALL,
)
_ACCORDING = re.compile(r"\baccording to\s+(?P<speaker>[^,;.]+)", re.IGNORECASE)
_LEAD = re.compile(
    r"^(?:(?:on|in|at|during|after|before|since|by|for|as|amid|with|of|earlier|meanwhile|previously|later|however|"
    r"but|and|also|last|yesterday|today|moreover|furthermore|still|then|separately|additionally|according)\b"
    r"[^,]*,\s*(?:\d{4},\s*)?)+",
    re.IGNORECASE,
)
_LEAD_WORD = re.compile(
    r"^(?:earlier|meanwhile|previously|later|however|but|and|also|moreover|still|then|as|when|although|though|"
    r"while|since|because)\s+",
    re.I,
)
_ON = re.compile(
    r"^(?:(?:early|late)\s+)?(?:on|in)\s+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day\s+)?", re.I
)
_ADVERBS = re.compile(
    r"(?:\s+(?:also|later|then|earlier|reportedly|previously|recently|again|further|publicly|has|had|have|"
    r"would|\w+ly))+$"
)
_IN_PLACE = re.compile(r"^In (?:[A-Z][\w’'-]+ )+(?=(?:the|an?|[a-z]+) )")
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|it|to|of|the|a|by|as)$", re.IGNORECASE)
_REPORTS = re.compile(
    r"\b(?:reports?|accounts?|claims?)\b[^,]*?(?=\s+(?:suggesting|saying|stating|claiming)\b)"
)
_PRONOUNS = frozenset({"he", "she", "they", "it"})
_NO_NAME_OPENS = word_set(
    """and or but nor not if though although since when where while which who whom whose whatever that
    having because as after before until in on at by of to from with than so then there"""
)
_MAX_SPEAKER_WORDS = 14


@dataclass(frozen=True, slots=True)
class Attribution:
    """A reported sentence taken apart.

    ``speakers`` is the chain, outermost first, in the sentence's words. ``content`` is the reported
    clause, empty where the sentence does not assert it (a denial) or it cannot be cut out cleanly.
    ``frame`` is what stands around the clause: where the date of saying is.
    """

    speakers: tuple[str, ...]
    content: str
    frame: str


def attribution(text: str) -> Attribution | None:
    """Take a reported sentence apart; None where nobody is said to have said it."""
    text = text.strip()
    outer = _according(text)
    body = outer.content if outer else text
    inner = _reported(body)
    if inner is None:
        return outer
    deeper = attribution(inner.content) if inner.content else None
    return _chain(*(part for part in (outer, inner, deeper) if part))


def _chain(*parts: Attribution) -> Attribution:
    speakers = tuple(dict.fromkeys(speaker for part in parts for speaker in part.speakers))
    return Attribution(speakers, parts[-1].content, parts[-1].frame or parts[0].frame)


def _reported(text: str) -> Attribution | None:
    for reading in (_quoted_before, _in_front, _behind):
        if found := reading(text):
            return found
    return None


def _according(text: str) -> Attribution | None:
    match = _ACCORDING.search(text)
    if match is None:
        return None
    before, after = text[: match.start()], text[match.end() :]
    content = before if before.strip(" ,") else after
    return Attribution((_name(match["speaker"]),), _clean(content), match.group())


def _quoted_before(text: str) -> Attribution | None:
    match = _QUOTED_AFTER.search(text)
    return _from_front(text, match) if match else None


def _in_front(text: str) -> Attribution | None:
    for pattern in (_FRONT, _BARE):
        for match in pattern.finditer(text):
            if found := _from_front(text, match):
                return found
    return None


def _from_front(text: str, match: re.Match[str]) -> Attribution | None:
    before = text[: match.start()]
    if before.count("“") > before.count("”") or _is_noun(before, match):
        return None
    speaker = _subject(before)
    if not speaker:
        return None
    asserted = match["verb"] not in NOT_ASSERTING and not re.search(r"\b(?:against|not)\b", match["between"])
    nested = _reports_of(match["between"])
    content = _clean(match["content"]) if asserted else ""
    frame = text[: match.start("content")]
    return Attribution((speaker, nested) if nested else (speaker,), content, frame)


def _is_noun(before: str, match: re.Match[str]) -> bool:
    """``a report that …`` names a report, nobody reports."""
    return bool(_PASSIVE.search(before.rstrip()))


def _reports_of(between: str) -> str:
    """Whose reports are mentioned: ``mentioned reports in two papers suggesting that …``."""
    match = _REPORTS.search(between)
    return match.group().strip() if match else ""


def _subject(before: str) -> str:
    """The speaker in front of a verb, or an empty string where it is none."""
    before = _ADVERBS.sub("", " " + before.rstrip(" ,")).strip()
    speaker = _name(_without_setting(_LEAD_WORD.sub("", _LEAD.sub("", before)).strip(" ,")))
    return speaker if _can_speak(speaker) else ""


def _without_setting(phrase: str) -> str:
    """``On Monday the council``, ``On 2 March 2024 Ines Ames`` and ``In Lorn the council`` without day or
    place, where no comma ends them."""
    if place := _IN_PLACE.match(phrase):
        return phrase[place.end() :]
    opening = _ON.match(phrase)
    if opening is None:
        return phrase
    date = next((found for found in find_dates(phrase) if found.span.start <= opening.end()), None)
    end = date.span.end if date else opening.end()
    named_day = opening.group().lower().rstrip().endswith("day")
    return phrase[end:].strip() if date or named_day else phrase


def _behind(text: str) -> Attribution | None:
    for pattern in (_SPEAKER_VERB, _VERB_SPEAKER):
        match = pattern.match(text)
        speaker = _name(_LEAD_WORD.sub("", match["speaker"])) if match else ""
        if match and _can_speak(speaker):
            return Attribution((speaker,), _clean(match["content"]), text[match.end("content") :])
    return None


def _name(phrase: str) -> str:
    """The speaker without apposition: ``Ines Ames, head of Harbour Watch`` is Ines Ames."""
    head = phrase.split(",")[0].strip(f" .{_QUOTES}()[]")
    return re.split(r"\s+(?:on|in an? |during|when|while|who|which|as)\b", head)[0].strip() or head


def _can_speak(speaker: str) -> bool:
    words = tokens(speaker)
    if not words or len(words) > _MAX_SPEAKER_WORDS:
        return False
    if words[0].lower in _PRONOUNS:
        return len(words) == 1
    if _is_clause(words):
        return False
    return any(word.lower in SPEAKER_NOUNS or word.kind is Kind.NAME for word in words) or (
        len(words) <= 4 and words[0].text[0].isupper() and words[0].kind is Kind.WORD
    )


def _is_clause(words: tuple[Token, ...]) -> bool:
    """``400 people in Lindel were`` and ``If the council`` are no names: they tell something."""
    if words[0].lower in _NO_NAME_OPENS and not words[0].text.isupper():
        return True
    if words[0].text[0].islower() and words[0].lower.endswith("ed"):
        return True
    counts = words[0].kind is Kind.NUMBER and not any(word.lower in SPEAKER_NOUNS for word in words)
    return counts or any(word.lower in AUXILIARIES and word.text[0].islower() for word in words)


def _clean(clause: str) -> str:
    """The clause as a sentence: quotation marks and loose commas off, a capital and a full stop on."""
    clause = clause.strip().strip(f" ,;:{_QUOTES}").strip()
    if not clause:
        return ""
    clause = clause[0].upper() + clause[1:]
    return clause if clause[-1] in ".!?…" else clause + "."
