"""What code proves of what engines read, and the table that settles a label."""

from agent.checks.dates import DateMention, compare_dates, find_dates
from agent.checks.names import same_speaker
from agent.checks.numbers import compare_numbers
from agent.checks.origins import voices
from agent.checks.prove import Checked, check, not_covered, settle, worth_second_look
from agent.checks.quantities import Bound, Quantity, find_quantities
from agent.checks.quotes import Cut, cut_quotes
from agent.checks.settle import TABLE, Row, Standing, explain, find_row

__all__ = [
    "TABLE",
    "Bound",
    "Checked",
    "Cut",
    "DateMention",
    "Quantity",
    "Row",
    "Standing",
    "check",
    "compare_dates",
    "compare_numbers",
    "cut_quotes",
    "explain",
    "find_dates",
    "find_quantities",
    "find_row",
    "not_covered",
    "same_speaker",
    "settle",
    "voices",
    "worth_second_look",
]
