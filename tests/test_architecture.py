"""The imports say what the folders promise: one direction, heavy libraries late, nothing sideways."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# Each part, and the parts of the package it may import besides itself.
MAY_IMPORT = {
    "domain": set(),
    "errors": {"domain"},
    "settings": {"domain"},
    "ports": {"domain", "errors"},
    "checks": {"domain", "errors", "settings", "ports"},
    "corpus": {"domain", "errors", "settings", "ports"},
    "engines": {"domain", "errors", "settings", "ports", "checks"},
    "steps": {"domain", "errors", "settings", "ports", "checks", "corpus", "engines"},
    "graph": {"domain", "errors", "settings", "ports", "steps"},
    "verifier": {"domain", "errors", "settings", "ports", "steps", "graph"},
    "batch": {"domain", "errors", "settings", "ports", "steps", "corpus", "engines", "verifier", "reports"},
    "adapters": {"domain", "errors", "settings", "ports"},
    "reports": {"domain", "errors"},
    "bootstrap": {
        "domain",
        "errors",
        "settings",
        "ports",
        "corpus",
        "engines",
        "steps",
        "verifier",
        "adapters",
    },
    "surfaces": {
        "domain",
        "errors",
        "settings",
        "ports",
        "checks",
        "corpus",
        "verifier",
        "batch",
        "reports",
        "bootstrap",
    },
}
HEAVY = {
    "chromadb",
    "httpx2",
    "langgraph",
    "numpy",
    "onnxruntime",
    "openai",
    "pydantic",
    "rich",
    "tantivy",
    "trafilatura",
    "yaml",
}


def modules(part: str) -> list[Path]:
    single = ROOT / "agent" / f"{part}.py"
    return [single] if single.exists() else sorted((ROOT / "agent" / part).rglob("*.py"))


def imports(path: Path, *, at_import_time: bool) -> Iterator[str]:
    """Absolute names a module imports: everywhere, or only while it is itself being imported."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in _walk(tree, at_import_time):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _walk(node: ast.AST, at_import_time: bool) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if at_import_time and isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if at_import_time and isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            continue
        yield child
        yield from _walk(child, at_import_time)


def test_every_part_of_the_package_is_placed_in_the_layering():
    present = {
        path.stem
        for path in (ROOT / "agent").iterdir()
        if path.stem not in {"__init__", "__pycache__", "py", "_prompts"}
    }
    assert present == set(MAY_IMPORT)


@pytest.mark.parametrize("part", MAY_IMPORT)
def test_imports_go_one_way(part: str):
    for path in modules(part):
        for name in imports(path, at_import_time=False):
            package, _, rest = name.partition(".")
            target = rest.split(".")[0]
            if package == "agent" and target in MAY_IMPORT:
                assert target == part or target in MAY_IMPORT[part], (
                    f"{path.relative_to(ROOT)} imports {name}"
                )


def test_the_domain_needs_the_standard_library_only():
    for path in modules("domain"):
        for name in imports(path, at_import_time=False):
            assert name.split(".")[0] in {*sys.stdlib_module_names, "agent"}, f"{path.name} imports {name}"


def test_heavy_libraries_load_when_first_used():
    script = "import sys, agent.surfaces.cli, agent.verifier, agent.bootstrap; print(*sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert HEAVY.isdisjoint(loaded.stdout.split())
