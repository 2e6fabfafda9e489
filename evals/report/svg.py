"""Charts as SVG text: marks of classes that the page's style colours, so that dark and light both work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

WIDTH, HEIGHT = 420, 320
LEFT, RIGHT, TOP, BOTTOM = 52, 16, 16, 48


@dataclass(slots=True)
class Plot:
    """Axes of 0 to 1 on both sides, and marks in their coordinates. ``title`` is read out, not shown."""

    title: str
    x: str
    y: str
    width: int = WIDTH
    height: int = HEIGHT
    _marks: list[str] = field(default_factory=list)

    def at(self, x: float, y: float) -> tuple[float, float]:
        across, up = self.width - LEFT - RIGHT, self.height - TOP - BOTTOM
        return LEFT + x * across, TOP + (1 - y) * up

    def line(self, points: Sequence[tuple[float, float]], kind: str) -> None:
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (self.at(*point) for point in points))
        self._marks.append(f'<polyline class="{kind}" points="{path}"/>')

    def dot(self, x: float, y: float, kind: str, said: str, radius: float = 4) -> None:
        """``said`` shows when the mark is pointed at."""
        cx, cy = self.at(x, y)
        self._marks.append(
            f'<circle class="{kind}" cx="{cx:.1f}" cy="{cy:.1f}" r="{radius:.1f}">'
            f"<title>{escape(said)}</title></circle>"
        )

    def svg(self) -> str:
        inside = "".join([*self._axes(), *self._marks])
        return (
            f'<svg class="plot" viewBox="0 0 {self.width} {self.height}" role="img" '
            f'aria-label="{escape(self.title)}">{inside}</svg>'
        )

    def _axes(self) -> list[str]:
        parts = []
        for tenth in (0.0, 0.25, 0.5, 0.75, 1.0):
            (x0, y0), (x1, y1) = self.at(0, tenth), self.at(1, tenth)
            parts.append(f'<line class="grid" x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}"/>')
            parts.append(_tick(x0 - 8, y0 + 4, tenth, "end"))
            x, bottom = self.at(tenth, 0)
            parts.append(
                f'<line class="axis" x1="{x:.1f}" y1="{bottom:.1f}" x2="{x:.1f}" y2="{bottom + 4:.1f}"/>'
            )
            parts.append(_tick(x, bottom + 18, tenth, "middle"))
        (x0, y0), (x1, _) = self.at(0, 0), self.at(1, 0)
        middle = (x0 + x1) / 2
        height = (TOP + self.height - BOTTOM) / 2
        return [
            *parts,
            f'<line class="axis" x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y0:.1f}"/>',
            f'<text class="name" x="{middle:.1f}" y="{self.height - 10}" text-anchor="middle">'
            f"{escape(self.x)}</text>",
            f'<text class="name" x="14" y="{height:.1f}" text-anchor="middle" '
            f'transform="rotate(-90 14 {height:.1f})">{escape(self.y)}</text>',
        ]


def _tick(x: float, y: float, value: float, anchor: str) -> str:
    return f'<text class="tick" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{value:g}</text>'
