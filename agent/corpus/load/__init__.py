"""Reading what people have: text, Markdown, HTML, PDF, JSON lines and CSV, one file or whole folders.

Nothing is skipped in silence: what cannot be read comes out as an ``Unreadable`` that names it and says
why, and what a folder hides (``.git``, ``.DS_Store``) as a ``Hidden``. Texts are stored as they are, but
for NUL characters (dropped) and line ends (all ``\\n``).
"""

from agent.corpus.load.dispatch import load_bytes, read_bytes
from agent.corpus.load.files import load_path, read_all, walk
from agent.corpus.load.loaded import MAX_BYTES, Hidden, Loaded

__all__ = ["MAX_BYTES", "Hidden", "Loaded", "load_bytes", "load_path", "read_all", "read_bytes", "walk"]
