"""When two ways of naming a speaker name the same one.

By rule, not by likeness: relays, offices and honorifics are taken off, spellings of one transliterated name
fold together, agencies and services have their short forms. A surname alone is the person who bears it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from agent.checks.lexicon import words

_RELAYED = re.compile(
    r"(?:,\s*|\s+)(?:(?:as\s+)?(?:reported|relayed|quoted|cited|carried|computing|interviewed)\b.*"
    r"|via\b.*|in an interview\b.*|according to\b.*|speaking (?:to|on|at)\b.*|told\b.*)$"
    r"|,\s*(?:to|on|through|from|at|for)\s.*$"
    r"|,\s*(?:daily |intelligence )*(?:update|briefing|statement|report)$",
    re.IGNORECASE,
)
_CITING = re.compile(r"\bciting\s+(.+)$", re.IGNORECASE)
_BRACKETED = re.compile(r"\(([^)]*)\)")
_WORD = re.compile(r"[^\W_]+")

_HONORIFICS = words(
    """mr mrs ms miss dr prof professor sir dame lord lady president vice prime minister premier chancellor
    secretary senator sen congressman congresswoman representative rep mp governor mayor ambassador king
    queen prince princess pope gen general lt lieutenant maj major col colonel capt captain admiral
    marshal brigadier sgt commander chief commander-in-chief in head director chairman chairwoman chair
    spokesman spokeswoman spokesperson deputy acting former foreign defence interior finance state press
    leader of the us"""
)
_OFFICE_NOT_RANK = frozenset(
    {"general", "chief", "state", "press", "prime", "foreign", "defence", "interior", "finance"}
)
_STOP = words("the of a an s for")
_ORGANISATION = words(
    """ministry staff service services council forces force agency university department institute post times
    news committee commission government army navy police office union nations court bank group party
    centre intelligence directorate officials official sources source authorities command house
    television radio press journal guardian herald tribune gazette express company republic province
    city today daily independent mail telegraph observer media network channel association organisation
    foundation front movement"""
)
_COUNTRY = {
    "ukrainian": "ukraine",
    "russian": "russia",
    "american": "us",
    "british": "uk",
    "french": "france",
    "german": "germany",
    "chinese": "china",
    "japanese": "japan",
    "korean": "korea",
    "israeli": "israel",
    "iranian": "iran",
    "polish": "poland",
    "turkish": "turkey",
    "italian": "italy",
    "spanish": "spain",
    "indian": "india",
    "canadian": "canada",
    "belarusian": "belarus",
    "georgian": "georgia",
    "moldovan": "moldova",
    "syrian": "syria",
    "south": "south",
    "north": "north",
}
_COUNTRIES = frozenset(_COUNTRY.values())
_SPELLING = {
    "defense": "defence",
    "center": "centre",
    "organization": "organisation",
    "ministery": "ministry",
    "oleksandr": "aleksandr",
    "alexander": "aleksandr",
    "alexandr": "aleksandr",
    "volodymyr": "vladimir",
    "volodimir": "vladimir",
    "sergiy": "sergei",
    "serhii": "sergei",
    "serhiy": "sergei",
    "sergey": "sergei",
    "mykola": "nikolai",
    "nikolay": "nikolai",
    "andriy": "andrei",
    "andrii": "andrei",
    "andrey": "andrei",
    "mykhailo": "mikhail",
    "mikhailo": "mikhail",
    "kirill": "kirilo",
    "kyrylo": "kirilo",
    "dmytro": "dmitri",
    "dmitry": "dmitri",
    "valerii": "valeri",
    "valeriy": "valeri",
    "valery": "valeri",
}
_ALIASES = {
    "associated press": "ap",
    "agence france presse": "afp",
    "agence france-presse": "afp",
    "thomson reuters": "reuters",
    "reuters news agency": "reuters",
    "deutsche presse agentur": "dpa",
    "united press international": "upi",
    "press association": "pa",
    "pa media": "pa",
    "itar tass": "tass",
    "ria": "ria novosti",
    "british broadcasting corporation": "bbc",
    "bbc news": "bbc",
    "cable news network": "cnn",
    "new york times": "nyt",
    "wall street journal": "wsj",
    "washington post": "wapo",
    "financial times": "ft",
    "united nations": "un",
    "world health organisation": "who",
    "international atomic energy agency": "iaea",
    "north atlantic treaty organisation": "nato",
    "european union": "eu",
    "institute study war": "isw",
    "institute for study war": "isw",
    "international committee red cross": "icrc",
    "security service ukraine": "sbu",
    "federal security service": "fsb",
    "federal security service russia": "fsb",
    "central intelligence agency": "cia",
    "federal bureau investigation": "fbi",
    "us department defence": "pentagon",
    "department defence": "pentagon",
    "gur": "hur",
    "ukraine military intelligence": "hur",
    "ukraine defence intelligence": "hur",
    "main intelligence directorate": "hur",
    "main directorate intelligence": "hur",
    "defence intelligence ukraine": "hur",
    "south korea national intelligence service": "nis",
    "national intelligence service south korea": "nis",
    "national intelligence service": "nis",
    "korea central news agency": "kcna",
    "korean central news agency": "kcna",
    "general staff armed forces ukraine": "ukraine general staff",
    "ukraine armed forces general staff": "ukraine general staff",
    "ministry defence": "defence ministry",
}
_NOBODY = words(
    """he she they it we i who official officials source sources analysts analyst expert experts reports
    report media author journalist journalists outlet article unnamed anonymous unknown witnesses spokesman
    spokesperson passage text none"""
)


@dataclass(frozen=True, slots=True)
class Name:
    """A speaker, folded: two equal values are one speaker. ``words`` keep their order."""

    words: tuple[str, ...]

    @property
    def person(self) -> bool:
        known = _ORGANISATION | _COUNTRIES | {"and"}
        return bool(self.words) and not known & set(self.words)


def named(origin: str) -> bool:
    """Whether this names anybody: ``he`` or ``officials`` does not."""
    words = set(_words(_without_relay(origin)))
    return bool(words - _STOP - _NOBODY)


def fold(origin: str) -> Name:
    """The speaker behind a way of naming one. Of several, divided by semicolons, the first."""
    first = origin.split(";")[0]
    countries = [word for part in _BRACKETED.findall(first) for word in _words(part)]
    words = _words(_without_relay(_BRACKETED.sub(" ", first)))
    words = _without_rank(words) or words
    words += [word for word in countries if word in _COUNTRIES and word not in words and len(countries) <= 2]
    kept = tuple(word for word in words if word not in _STOP) or tuple(words)
    return Name(tuple(_ALIASES.get(" ".join(kept), " ".join(kept)).split()))


_OFFICES = words(
    """authorities government ministry forces army military staff president minister command intelligence
    navy officials kremlin"""
)


def state_of(origin: str) -> str:
    """The one state whose office this is (``Ukrainian authorities``: ``ukraine``); else empty."""
    found = set(_words(origin))
    states = found & _COUNTRIES - {"north", "south", "korea"}
    return states.pop() if len(states) == 1 and found & _OFFICES else ""


def same_speaker(one: str, other: str) -> bool:
    """Whether two ways of naming a speaker name one; nobody is nobody else."""
    a, b = fold(one), fold(other)
    if not a.words or not b.words:
        return False
    if a == b or set(a.words) == set(b.words):
        return True
    return a.person and b.person and _same_person(a.words, b.words)


def _same_person(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """The same surname, with forenames that are left out, equal, or an initial."""
    if a[-1] != b[-1] or len(a[-1]) < 3:
        return False
    if len(a) == 1 or len(b) == 1:
        return True
    return a[0] == b[0] or (1 in (len(a[0]), len(b[0])) and a[0][0] == b[0][0])


def _without_relay(text: str) -> str:
    """``X, to Reuters``, ``X, reported by AP`` and ``Reuters, citing X`` are X."""
    text = text.strip()
    cited = _CITING.search(text)
    text = cited.group(1).strip() if cited else text
    cut = _RELAYED.sub("", text).strip(" ,")
    return cut or text


def _without_rank(words: list[str]) -> list[str]:
    """``Ukrainian President Zelensky`` without nation and office; ``General Staff`` stays what it is."""
    ranks = [place for place, word in enumerate(words) if word in _HONORIFICS]
    if not ranks or _ORGANISATION & set(words) or "and" in words:
        return words
    left = [word for word in words if word not in _HONORIFICS and word not in _COUNTRIES]
    office_alone = all(words[place] in _OFFICE_NOT_RANK for place in ranks) and len(left) < 2
    return words if office_alone else left


def _words(text: str) -> list[str]:
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter)
    ).replace("’", "'")
    plain = re.sub(r"\bu\.s\.(?:a\.)?|\busa\b", "us", plain.lower().replace("united states", "us"))
    plain = plain.replace("united kingdom", "uk").replace("u.k.", "uk").replace("'s", "").replace("'", "")
    return [_spelled(word) for word in _WORD.findall(plain)]


def _spelled(word: str) -> str:
    word = _COUNTRY.get(word, word)
    if word in _SPELLING:
        return _SPELLING[word]
    if len(word) > 5:
        word = re.sub(r"(?:skyy|skyi|skyj|skiy|skij|skii|sky|ski|skyi)$", "ski", word)
        word = re.sub(r"(?:iy|yi|ii|yy|ij)$", "i", word)
        word = re.sub(r"oy$", "oi", word)
    return word
