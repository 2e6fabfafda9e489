"""What the README shows is what happens."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import transcript


def test_the_transcript_is_what_the_commands_print(tmp_path: Path):
    assert transcript.in_readme() == transcript.transcript(tmp_path)


def test_the_python_example_runs(tmp_path: Path):
    (example,) = re.findall(r"```python\n(.*?)```", transcript.README.read_text(encoding="utf-8"), re.DOTALL)
    shutil.copytree(transcript.ROOT / "seeds", tmp_path / "seeds")
    ran = subprocess.run([sys.executable, "-c", example], cwd=tmp_path, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert "Assessed" in ran.stdout
