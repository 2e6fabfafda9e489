"""For every test: no network beyond the loopback interface, and cassettes as ``cassette_yaml`` has them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from isolation import block_network, host_to_record_from, recording

CASSETTES = Path(__file__).parent / "cassettes"

_patch = pytest.MonkeyPatch()


def pytest_configure(config: pytest.Config) -> None:
    block_network(_patch, allowed=host_to_record_from() if recording(config) else None)


def pytest_unconfigure(config: pytest.Config) -> None:
    _patch.undo()


# pytest-recording loads vcrpy only for tests marked ``vcr``; the imports below keep to that.


@pytest.fixture(scope="module")
def vcr_cassette_dir(request: pytest.FixtureRequest) -> str:
    return str(CASSETTES / Path(request.node.path).stem)


@pytest.fixture(scope="session")
def vcr_config() -> dict[str, Any]:
    return {
        # Not the host: any OPENAI_BASE_URL replays.
        "match_on": ("method", "path", "query", "json_body"),
        "decode_compressed_response": True,
        # The SDK speaks httpx2; libraries that use others are left alone.
        "skip_patchers": ("httpx", "requests", "urllib3", "httplib", "aiohttp"),
    }


def pytest_recording_configure(config: pytest.Config, vcr: Any) -> None:
    import cassette_yaml

    vcr.register_serializer("yaml", cassette_yaml)
    vcr.register_matcher("json_body", cassette_yaml.same_json_body)
