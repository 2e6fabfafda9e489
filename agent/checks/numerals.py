"""Numbers as they are written: digits with grouping, scale words, number words, fractions, vague counts.

Grouping follows what is unambiguous: ``1,250``, ``1 250`` and ``1.250,5`` are 1250 and a bit, ``1.250`` alone
is one and a quarter, ``1,5`` one and a half.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from agent.checks.lexicon import (
    FRACTIONS,
    FRACTIONS_PLURAL,
    LETTER_SCALES,
    SCALES,
    SMALL,
    TENS,
    VAGUE,
    VAGUE_TIMES,
)
from agent.domain import Span

_SPACE = r"[ \u00a0\u202f\u2009]"
_TOKEN = re.compile(
    r"""(?P<digits>
        \d{1,3}(?:,\d{3})*,\x20?0\d\d(?:,\x20?\d{3})*(?![\d,])
      | \d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)
      | \d{1,2}(?:,\d{2})+,\d{3}(?!\d)
      | \d{1,3}(?:\.\d{3})+,\d+(?!\d) | \d{1,3}(?:\.\d{3}){2,}(?!\d)
      | \d{1,3}(?:[\u00a0\u202f\u2009\x20']\d{3})+(?:[.,]\d{1,2})?(?!\d)
      | \d+\.\d+ | \d+,\d{1,2}(?!\d) | \d+ )
    | (?P<word>[^\W\d_]+)""",
    re.VERBOSE,
)
_OF_THESE = re.compile(
    rf"(?:{_SPACE}(?:of|were|was|are|is|had|have|the|its|their|his|her|died|as)\b|{_SPACE}?[.,;:!?)]|\s*$)"
)
_NOT_ONE = re.compile(r"\b(?:no|any|every|this|that|the|each|which)\s+$", re.IGNORECASE)
_NOT_A_HALF = re.compile(r"\b(?:first|second|other|latter|former|each|either|next|last)\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at ``span``, from ``low`` to ``high`` (equal unless vague).

    ``scale`` is the last scale word's worth. ``share`` marks a fraction of something (``a third``),
    ``vague`` a count that only names a magnitude.
    """

    span: Span
    low: Fraction
    high: Fraction
    scale: int = 1
    share: bool = False
    vague: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    digits: bool
    text: str
    span: Span


def find_numerals(text: str, masks: tuple[Span, ...] = ()) -> tuple[Numeral, ...]:
    """All numbers of ``text`` outside ``masks``, in order, none overlapping."""
    tokens = [token for token in _tokens(text) if not any(token.span.overlaps(mask) for mask in masks)]
    found, place = [], 0
    while place < len(tokens):
        step, numeral = _Reader(text, tokens, place).read()
        if numeral is not None:
            found.append(numeral)
        place += max(step, 1)
    return tuple(found)


def _tokens(text: str) -> list[_Token]:
    return [
        _Token(match.lastgroup == "digits", match.group().lower(), Span(*match.span()))
        for match in _TOKEN.finditer(text)
    ]


def read_digits(written: str) -> Fraction:
    """The value of one grouped figure. Raises ValueError for anything but digits, separators and a point."""
    plain = re.sub(r"[\u00a0\u202f\u2009 ']", "", written)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}", plain):
        plain = plain.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d+,\d{1,2}", plain):
        plain = plain.replace(",", ".")
    whole, _, part = plain.replace(",", "").partition(".")
    return Fraction(int(whole)) + (Fraction(int(part), 10 ** len(part)) if part else 0)


class _Reader:
    """Reads one number from the tokens at ``start``; ``read`` says how many tokens it used."""

    def __init__(self, text: str, tokens: list[_Token], start: int) -> None:
        self.text, self.tokens, self.start = text, tokens, start

    def read(self) -> tuple[int, Numeral | None]:
        for form in (self._digits, self._vague, self._fraction, self._words):
            used, numeral = form()
            if numeral is not None:
                return used, numeral
        return 1, None

    def word(self, ahead: int) -> str:
        """The word ``ahead`` of the start where a space or hyphen ties it to the one before; else empty."""
        place = self.start + ahead
        if place >= len(self.tokens) or self.tokens[place].digits:
            return ""
        return self.tokens[place].text if ahead == 0 or self._joined(place) else ""

    def _joined(self, place: int) -> bool:
        gap = self.text[self.tokens[place - 1].span.end : self.tokens[place].span.start]
        return gap in {" ", "-", "\u00a0", "\u202f", "‑", "\n"}

    def _made(
        self, used: int, low: Fraction | int, high: Fraction | int | None = None, **marks: object
    ) -> Numeral:
        span = Span(self.tokens[self.start].span.start, self.tokens[self.start + used - 1].span.end)
        low = Fraction(low)
        return Numeral(span, low, low if high is None else Fraction(high), **marks)  # type: ignore[arg-type]

    def _digits(self) -> tuple[int, Numeral | None]:
        token = self.tokens[self.start]
        if not token.digits:
            return 1, None
        value, used, scale = read_digits(token.text), 1, 1
        if self.word(1) in SCALES:
            used, scale = 2, SCALES[self.word(1)]
        elif (letters := self._letters_after(token)) in LETTER_SCALES:
            used, scale = 2, LETTER_SCALES[letters]
        return used, self._made(used, value * scale, scale=scale)

    def _letters_after(self, token: _Token) -> str:
        """Scale letters written onto the figure (``1.5m``), or ``bn`` and the like after a space."""
        if self.start + 1 >= len(self.tokens):
            return ""
        after = self.tokens[self.start + 1]
        if after.digits or after.span.start - token.span.end > 1:
            return ""
        touching = after.span.start == token.span.end
        return after.text if touching or after.text in {"bn", "mn", "tn", "mln", "bln"} else ""

    def _vague(self) -> tuple[int, Numeral | None]:
        word = self.word(0)
        if word in {"tens", "hundreds"} and self.word(1) == "of" and self.word(2) in VAGUE_TIMES:
            least = (20 if word == "tens" else 200) * VAGUE_TIMES[self.word(2)]
            return 3, self._made(3, least, least * 10 - 1, vague=True)
        few = self._few()
        if few and self.word(few) in {*SCALES, "hundred"}:
            scale = {**SCALES, "hundred": 100}[self.word(few)]
            return few + 1, self._made(few + 1, 2 * scale, 9 * scale, vague=True)
        if word in VAGUE and not (word == "scores" and self.word(1) != "of"):
            low, high = VAGUE[word]
            return 1, self._made(1, low, high, vague=True)
        return 1, None

    def _few(self) -> int:
        if self.word(0) in {"several", "many", "few"}:
            return 1
        return 2 if self.word(0) == "a" and self.word(1) in {"few", "couple"} else 0

    def _fraction(self) -> tuple[int, Numeral | None]:
        first, second = self.word(0), self.word(1)
        if first == "half":
            return self._half()
        if first in SMALL and second in FRACTIONS_PLURAL:
            return 2, self._made(2, SMALL[first] * FRACTIONS_PLURAL[second], share=True)
        if first in {"a", "one"} and second in FRACTIONS and second != "half" and self._a_share(2):
            return 2, self._made(2, FRACTIONS[second], share=True)
        return 1, None

    def _half(self) -> tuple[int, Numeral | None]:
        if self.word(1) in {"a", "an"} and self.word(2) in SCALES:
            return 3, self._made(3, Fraction(SCALES[self.word(2)], 2), scale=SCALES[self.word(2)])
        if self.word(1) in SCALES:
            return 2, self._made(2, Fraction(SCALES[self.word(1)], 2), scale=SCALES[self.word(1)])
        before = self.text[: self.tokens[self.start].span.start]
        if self._a_share(1) and not _NOT_A_HALF.search(before[-20:]):
            return 1, self._made(1, Fraction(1, 2), share=True)
        return 1, None

    def _a_share(self, used: int) -> bool:
        """``a third of them`` is a share; ``a third wave`` is an ordinal."""
        end = self.tokens[self.start + used - 1].span.end
        return _OF_THESE.match(self.text, end) is not None

    def _words(self) -> tuple[int, Numeral | None]:
        used, total, current, scale = 0, 0, 0, 1
        if self.word(0) in {"a", "an"}:
            if self.word(1) not in {*SCALES, "hundred"}:
                return 1, None
            used, current = 1, 1
        while word := self.word(used):
            if word in SMALL or word in TENS:
                fits = current % 100 == 0 or (
                    word in SMALL and 0 < SMALL[word] < 10 and current % 100 in TENS.values()
                )
                if not fits:
                    break
                current += SMALL.get(word, 0) or TENS.get(word, 0)
            elif word == "hundred":
                current = max(current, 1) * 100
            elif word in SCALES and (used or word != "dozen"):
                total, current, scale = total + max(current, 1) * SCALES[word], 0, SCALES[word]
            elif not self._and_more(used, current, total):
                break
            used += 1
        if used == 0 or (used == 1 and self._not_a_count()):
            return 1, None
        return used, self._made(used, total + current, scale=scale)

    def _and_more(self, used: int, current: int, total: int) -> bool:
        """``two hundred and fifty`` goes on after the ``and``; ``five and six`` does not."""
        after = self.word(used + 1)
        open_below = current % 100 == 0 and (current > 0 or total > 0)
        return self.word(used) == "and" and open_below and (after in SMALL or after in TENS)

    def _not_a_count(self) -> bool:
        word, after = self.word(0), self.word(1)
        if word == "zero":
            return not after
        if word != "one":
            return word in {"hundred", "thousand", "million", "billion", "trillion"}
        before = self.text[: self.tokens[self.start].span.start]
        idle = {"", "of", "another", "day", "by", "side", "way", "thing", "hand", "reason", "or", "time"}
        return after in idle or _NOT_ONE.search(before[-10:]) is not None
