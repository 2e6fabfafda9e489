"""The words the number grammar knows: tables only."""

from __future__ import annotations

from fractions import Fraction


def words(text: str) -> frozenset[str]:
    """The words of a list written as running text."""
    return frozenset(text.split())


# --- number words ---

_ONES = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL = {word: value for value, word in enumerate(_ONES.split())}
TENS = {word: 10 * value for value, word in enumerate(_TENS.split(), start=2)}
SCALES = {
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "lakh": 10**5,
    "crore": 10**7,
    "dozen": 12,
}
LETTER_SCALES = {"k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9, "bln": 10**9, "tn": 10**12}
FRACTIONS = {
    "half": Fraction(1, 2),
    "third": Fraction(1, 3),
    "quarter": Fraction(1, 4),
    "fifth": Fraction(1, 5),
    "sixth": Fraction(1, 6),
    "eighth": Fraction(1, 8),
    "tenth": Fraction(1, 10),
}
FRACTIONS_PLURAL = {f"{word}s": value for word, value in FRACTIONS.items() if word != "half"}

# What a vague count may mean, both ends included.
VAGUE = {
    "dozens": (20, 150),
    "scores": (40, 200),
    "hundreds": (200, 1_999),
    "thousands": (2_000, 19_999),
    "millions": (2 * 10**6, 10**8),
    "billions": (2 * 10**9, 10**11),
    "several": (3, 9),
    "handful": (2, 9),
}
VAGUE_TIMES = {"thousands": 10**3, "millions": 10**6, "billions": 10**9}

# --- units: what they measure, and how many of the base one unit is ---

_UNITS: tuple[tuple[str, str, str | int], ...] = (
    ("%|percent|per cent|pct", "percent", 1),
    ("percentage points?|pp", "percentage point", 1),
    (
        r"(?:square|sq\.?) ?(?:kilomet(?:re|er)s?|kms?)|km²|km2|km\^2|кв\.? ?км|км²",
        "km²",
        1,
    ),
    (r"square miles?|sq\.? ?mi(?:les?)?\.?|mi²", "km²", "2.589988110336"),
    ("hectares?|ha", "km²", "0.01"),
    ("acres?", "km²", "0.0040468564224"),
    (r"square met(?:re|er)s?|sq\.? ?m|m²|m2", "km²", "0.000001"),
    ("km/h|kph|kilomet(?:re|er)s? (?:per|an) hour", "km/h", 1),
    ("mph|miles? (?:per|an) hour", "km/h", "1.609344"),
    ("kilomet(?:re|er)s?|kms?|км", "km", 1),
    ("miles?", "km", "1.609344"),
    ("met(?:re|er)s?", "km", "0.001"),
    ("centimet(?:re|er)s?|cm", "km", "0.00001"),
    ("millimet(?:re|er)s?|mm", "km", "0.000001"),
    ("feet|foot|ft", "km", "0.0003048"),
    ("inch(?:es)?", "km", "0.0000254"),
    ("metric tons?|tonnes?", "tonne", 1),
    ("tons?", "ton", 1),
    ("kilograms?|kilos?|kg", "tonne", "0.001"),
    ("milligrams?|mg", "tonne", "0.000000001"),
    ("grams?|g", "tonne", "0.000001"),
    ("barrels?", "barrel", 1),
    ("lit(?:re|er)s?", "litre", 1),
    ("gigawatts?|GW", "MW", 1000),
    ("megawatts?|MW", "MW", 1),
    ("kilowatts?|kW", "MW", "0.001"),
    ("TWh", "MWh", 10**6),
    ("GWh", "MWh", 1000),
    ("MWh", "MWh", 1),
    ("kWh", "MWh", "0.001"),
    ("°C|degrees celsius", "°C", 1),
    ("°F|degrees fahrenheit", "°F", 1),
    ("years?[- ]olds?", "year of age", 1),
    ("seconds?", "day", "1/86400"),
    ("minutes?|mins?", "day", "1/1440"),
    ("hours?|hrs?", "day", "1/24"),
    ("days?", "day", 1),
    ("weeks?", "day", 7),
    ("months?", "day", "30.4375"),
    ("years?", "day", "365.25"),
    ("decades?", "day", "3652.5"),
    ("centur(?:y|ies)", "day", "36525"),
    ("(?:us|u\\.s\\.) dollars?|dollars?|usd", "USD", 1),
    ("euros?|eur", "EUR", 1),
    ("pounds? sterling|gbp|pounds?", "GBP", 1),
    ("hryvnias?|uah", "UAH", 1),
    ("roubles?|rubles?|rub", "RUB", 1),
    ("yen|jpy", "JPY", 1),
    ("yuan|renminbi|cny|rmb", "CNY", 1),
    ("rupees?|inr", "INR", 1),
    ("won|krw", "KRW", 1),
    ("swiss francs?|chf", "CHF", 1),
    ("złoty|zlotys?|pln", "PLN", 1),
)
UNITS = tuple((pattern, unit, Fraction(factor)) for pattern, unit, factor in _UNITS)
CURRENCY_SIGNS = {
    "us$": "USD",
    "a$": "AUD",
    "c$": "CAD",
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₴": "UAH",
    "₽": "RUB",
    "₹": "INR",
    "₩": "KRW",
    "usd": "USD",
    "eur": "EUR",
    "gbp": "GBP",
    "uah": "UAH",
    "chf": "CHF",
}

CURRENCIES = frozenset(CURRENCY_SIGNS.values()) | {"CNY", "PLN"}

_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
IMPLIED_NUMBERS = {
    **dict.fromkeys(("twice", "double", "doubled", "twin", "twins", "both", "pair", "couple", "duo"), 2),
    **dict.fromkeys(("thrice", "triple", "tripled", "trio", "triplets"), 3),
    **{word: place for place, word in enumerate(_ORDINALS.split(), start=1)},
}
"""Words that have a number in them without being one."""

# --- approximations ---

ABOUT = (
    "about|around|roughly|approximately|approx\\.?|nearly|almost|close to|some|an estimated|estimated|circa|"
    "ca\\.|c\\.|or so|just under|just over|~|≈|in the region of|on the order of"
)
AT_LEAST = (
    "well over|more than|over|at least|no fewer than|no less than|not less than|upwards of|exceeding|"
    "a minimum of|above|>|≥"
)
AT_MOST = (
    "up to|at most|fewer than|less than|no more than|not more than|under|below|as many as|as much as|"
    "a maximum of|<|≤"
)

# --- what happened to what is counted ---

_FATES = {
    "killed": "killed kill kills killing dead died die dying death deaths fatalities fatality slain perished",
    "wounded": "wounded wounding wounds injured injuring injure injuries hurt",
    "casualties": "casualties casualty",
    "missing": "missing",
    "lost": "lost loses lose losing losses loss",
    "captured": "captured capture captures capturing seized seize seizing occupied occupying taken prisoner "
    "prisoners pows",
    "held": "held holds hold holding control controls controlled controlling maintain maintains",
    "retaken": "retaken retook recaptured regained regain recovered reclaimed liberated",
    "deployed": "deployed deploy deploys deploying deployment sent send sending stationed dispatched moved",
    "withdrawn": "withdrawn withdrew withdraw withdrawing",
    "destroyed": "destroyed destroy destroying",
    "damaged": "damaged damaging",
    "shot down": "intercepted downed",
    "launched": "launched launching fired firing",
    "displaced": "displaced evacuated fled",
    "detained": "arrested detained jailed imprisoned",
    "infected": "infected infections",
    "born": "born births",
    "increased": "rose risen rise rises rising increased increase grew grown grow climbed jumped",
    "decreased": "fell fall falls falling decreased decrease dropped declined decline shrank shrunk cut",
}
FATES = {word: fate for fate, words in _FATES.items() for word in words.split()} | {"shot down": "shot down"}

TOLL = frozenset({"killed", "wounded", "missing", "casualties"})
"""Fates that add up to casualties: a figure for one of them is not a figure for another."""
OPPOSED = (
    frozenset({"increased", "decreased"}),
    frozenset({"captured", "lost"}),
    frozenset({"held", "lost"}),
    frozenset({"captured", "retaken"}),
    frozenset({"held", "retaken"}),
    frozenset({"deployed", "withdrawn"}),
)
KIN = (frozenset({"captured", "held"}), frozenset({"lost", "killed"}), frozenset({"lost", "casualties"}))
"""Fates that reports use for one another loosely enough that a number may agree across them."""

RATES = {"daily": "day", "weekly": "week", "monthly": "month", "annually": "year", "yearly": "year"}

# --- nouns ---

SOLDIERS = words(
    "soldier troop serviceman servicewoman personnel fighter combatant trooper infantryman conscript force"
)
PERSONS = frozenset({"person", "man", "victim", "human"})
IRREGULAR = {
    "people": "person",
    "persons": "person",
    "men": "man",
    "women": "woman",
    "children": "child",
    "servicemen": "serviceman",
    "servicewomen": "servicewoman",
    "infantrymen": "infantryman",
    "personnel": "personnel",
    "aircraft": "aircraft",
    "police": "police",
    "cattle": "cattle",
    "lives": "life",
}
NOT_PLURAL = words("news gas bus us its his this was has is as plus less series species")

STOPWORDS = words(
    """a an the this that these those its their his her our your my it he she they we you i him them us there
    here in on at by from to with for and or but nor had has have having were was are is be been being
    which who whom whose as after before during since while when where into over under near around
    against than then also already said says say told will would could may might can did do does not no
    so if because through across between among about per out off up down including of until amid along
    within without all both each every any back according only still now yet later ago earlier"""
)

LABELS_BEFORE = words(
    """article section chapter channel resolution flight room no nos number rule phase type boeing airbus unit
    order decree law page pages vol volume figure table highway route line level category item point
    step version windows protocol amendment paragraph clause building apartment gate platform bus train
    tram checkpoint area zone sector aged age grade class episode season part act"""
)
"""A number after one of these names a thing and counts nothing: Article 5, Channel 24, aged 25."""
FORMATIONS = words("battalion brigade regiment division squadron platoon squad")
