"""Markup that cannot be forged: plain strings are escaped wherever they are put in."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from agent.reports.safe import one_line, safe_text, web_address

_VOID = frozenset({"br", "input", "meta"})


class Html(str):
    """Text that is markup already. Made by this module alone; any other string is text to escape."""

    __slots__ = ()


def text(value: str) -> Html:
    """The string as text: control and bidirectional characters neutralised, markup escaped."""
    return value if isinstance(value, Html) else Html(escape(safe_text(value), quote=True))


def join(parts: Iterable[str], between: str = "") -> Html:
    return Html(text(between).join(text(part) for part in parts))


def tag(name: str, /, *children: str, **attributes: str | int | bool) -> Html:
    """An element. ``class_`` stands for class, ``aria_label`` for aria-label; False and "" leave one out."""
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID:
        return Html(f"<{name}{written}>")
    return Html(f"<{name}{written}>{join(children)}</{name}>")


def quoted(value: str, name: str = "bdi", **attributes: str | int | bool) -> Html:
    """Somebody else's words on one line, which cannot turn the direction of what stands around them."""
    return tag(name, one_line(value), **attributes)


def link(address: str, *children: str) -> Html:
    """A link to a web address; the children alone where it is none."""
    target = web_address(address)
    if not target:
        return join(children)
    return tag("a", *children, class_="out", href=target, rel="noopener noreferrer")


def facts(rows: Iterable[tuple[str, str]], class_: str = "facts") -> Html:
    """A list of names and values; rows without a value are left out."""
    shown = [tag("div", tag("dt", name), tag("dd", value)) for name, value in rows if value]
    return tag("dl", *shown, class_=class_) if shown else Html("")


def _attribute(key: str, value: str | int | bool) -> str:
    name = key.rstrip("_").replace("_", "-")
    if value is True:
        return f" {name}"
    if value is False or value == "":
        return ""
    written = str(value) if isinstance(value, int) else escape(one_line(value), quote=True)
    return f' {name}="{written}"'
