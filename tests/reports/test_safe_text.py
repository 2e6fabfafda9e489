import pytest
from reports import examples

from agent.reports.safe import markdown, markdown_link, one_line, safe_text


def test_escape_sequences_become_visible_and_powerless():
    assert safe_text("\x1b[31mred\x07") == "␛[31mred␇"


@pytest.mark.parametrize("character", ["\x1b", "\x9b", "\x00", "\x08", "\x7f", "\u202e", "\u2066", "\ud800"])
def test_characters_that_act_are_gone(character):
    assert character not in safe_text(f"a{character}b")


@pytest.mark.parametrize("text", ["naïve — “quoted”", "שלום\u200f!", "👩\u200d🚒", "column\tcolumn\nline"])
def test_ordinary_text_of_any_script_is_left_alone(text):
    assert safe_text(text) == text


def test_line_ends_of_all_systems_are_lines():
    assert safe_text("a\r\nb\rc\u2028d\x85e") == "a\nb\nc\nd\ne"


def test_a_long_line_is_cut_at_a_word():
    assert one_line("The  river\n rose overnight", 16) == "The river rose…"
    assert len(one_line("x" * 100, 10)) == 10


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**bold** _it_ `code`", r"\*\*bold\*\* \_it\_ \`code\`"),
        ("[click](http://x)", r"\[click\](http\://x)"),
        ("<img src=x>", "&lt;img src=x&gt;"),
        ("&lt;", "&amp;lt;"),
        ("# head", r"\# head"),
        ("1. item", r"1\. item"),
        ("- item", r"\- item"),
        ("2024-03-02 and 3.5", "2024-03-02 and 3.5"),
        ("a | b", r"a \| b"),
    ],
)
def test_markup_in_a_quote_is_shown_not_obeyed(text, shown):
    assert markdown(text) == shown


def test_only_web_addresses_become_links():
    assert markdown_link("a", "https://x.example/p q>r") == "[a](<https://x.example/p%20q%3Er>)"
    assert markdown_link("a", "javascript:alert(1)") == "a"
    assert markdown_link("a", "http://[broken") == "a"


def test_hostile_text_stays_on_one_line():
    assert "\n" not in markdown(examples.HOSTILE + "\n\n# head")
