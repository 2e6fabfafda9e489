"""Lines of styled text, wrapped to a width, with labels in a left column."""

from __future__ import annotations

from io import StringIO

from rich.console import Console
from rich.text import Text

INDENT = 5
MARGIN = 16


class Page:
    """Collects lines of at most ``width`` cells; ``column`` is where labelled text starts."""

    def __init__(self, width: int) -> None:
        self.width = max(40, width)
        self.column = MARGIN
        self._lines: list[Text] = []
        self._ruler = Console(file=StringIO(), width=self.width, color_system=None)

    def line(self, text: Text, indent: int = 0) -> None:
        for piece in self._wrapped(text, self.width - indent):
            self._lines.append(Text(" " * indent) + piece)

    def body(self, text: Text, indent: int = INDENT) -> None:
        self.line(text, indent)

    def labelled(self, label: str, text: Text, *, style: str = "dim") -> None:
        """The text in the right column, its first line with the label before it."""
        head = Text(" " * INDENT) + Text(label.ljust(self.column - INDENT), style=style)
        for place, piece in enumerate(self._wrapped(text, self.width - self.column)):
            self._lines.append((head if place == 0 else Text(" " * self.column)) + piece)

    def ends(self, left: Text, right: Text) -> None:
        """One line with a text at each end; two lines where they do not fit on one."""
        gap = self.width - left.cell_len - right.cell_len
        if gap >= 2:
            self._lines.append(left + Text(" " * gap) + right)
            return
        self.line(left)
        self.line(right, INDENT)

    def items(self, items: list[Text], gap: int = 3) -> None:
        """Short texts side by side, none broken in two where it fits on a line."""
        row = Text()
        for item in items:
            if row and row.cell_len + gap + item.cell_len > self.width:
                self.line(row)
                row = Text()
            row = row + Text(" " * gap) + item if row else item
        self.line(row)

    def blank(self) -> None:
        if self._lines and self._lines[-1].plain:
            self._lines.append(Text())

    def rule(self) -> None:
        self.blank()
        self._lines.append(Text("─" * self.width, style="dim"))

    def render(self, *, colour: bool) -> str:
        out = StringIO()
        console = Console(
            file=out,
            width=self.width,
            force_terminal=colour,
            color_system="standard" if colour else None,
            no_color=False if colour else None,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
        )
        for line in self._lines:
            line.rstrip()
            console.print(line, soft_wrap=True)
        return out.getvalue()

    def _wrapped(self, text: Text, width: int) -> list[Text]:
        pieces = list(text.wrap(self._ruler, max(10, width))) or [Text()]
        for piece in pieces:
            piece.rstrip()
        return pieces
