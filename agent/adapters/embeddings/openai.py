"""Embeddings from any server that speaks OpenAI's ``POST /embeddings``. The texts leave this machine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from agent.errors import EmbedderUnavailable

if TYPE_CHECKING:
    from openai import AsyncOpenAI
    from openai.types import CreateEmbeddingResponse

    from agent.ports import Vectors

_BATCH = 128
_MAX_CHARS = 8_000  # hosted models refuse texts of more than 8,191 tokens


class OpenAIEmbedder:
    """``patience_s`` bounds a batch with all its retries, ``timeout_s`` one request. ``base_url`` empty
    is the SDK's default server; an ``api_key`` is needed there, other servers may do without."""

    def __init__(
        self,
        model: str,
        *,
        base_url: str = "",
        api_key: str = "",
        timeout_s: float = 120.0,
        patience_s: float = 300.0,
    ) -> None:
        self._model = model
        self._base_url = base_url
        self._api_key = api_key
        self._timeout_s = timeout_s
        self._patience_s = patience_s
        self._dimension = 0

    @property
    def name(self) -> str:
        return f"openai:{self._model}"

    @property
    def dimension(self) -> int:
        """Learnt from the first reply; raises EmbedderUnavailable before it."""
        if not self._dimension:
            raise EmbedderUnavailable(f"{self.name}: its dimension is known once a text has been embedded")
        return self._dimension

    @property
    def notice(self) -> str:
        return ""

    async def embed(self, texts: Sequence[str]) -> Vectors:
        import numpy as np

        if not texts:
            return np.zeros((0, self._dimension), dtype=np.float32)
        # A client for each call: its connections belong to the event loop they were opened in.
        async with self._client() as client:
            batches = [
                await self._batch(client, [_sendable(text) for text in texts[start : start + _BATCH]])
                for start in range(0, len(texts), _BATCH)
            ]
        return np.concatenate(batches)

    def _client(self) -> AsyncOpenAI:
        from openai import AsyncOpenAI, OpenAIError

        # With another server named, the SDK must not offer it a key from the environment.
        key = self._api_key or ("none" if self._base_url else None)
        try:
            return AsyncOpenAI(
                base_url=self._base_url or None, api_key=key, timeout=self._timeout_s, max_retries=0
            )
        except OpenAIError as e:
            raise EmbedderUnavailable(f"{self.name}: no API key; set OPENAI_API_KEY") from e

    async def _batch(self, client: AsyncOpenAI, texts: list[str]) -> Vectors:
        from agent.adapters.model_errors import Asked, model_error
        from agent.adapters.retrying import retry_policy, tries

        async def ask() -> CreateEmbeddingResponse:
            # Plain numbers: not every compatible server knows the SDK's default, base64.
            return await client.embeddings.create(model=self._model, input=texts, encoding_format="float")

        policy = retry_policy(self._patience_s)
        try:
            response: CreateEmbeddingResponse = await policy(ask)
        except Exception as error:
            server = client.base_url.netloc.decode()
            asked = Asked(server, self._model, self._timeout_s, client.api_key)
            translated = model_error(error, asked, tries(policy))
            if translated is None:
                raise
            # No chain: the SDK's exception may quote the key.
            raise EmbedderUnavailable(str(translated)) from None
        return self._rows(response, len(texts))

    def _rows(self, response: CreateEmbeddingResponse, expected: int) -> Vectors:
        """The reply's vectors in the order asked, at length 1."""
        import numpy as np

        try:
            entries = sorted(response.data, key=lambda entry: entry.index)
            rows = np.array([entry.embedding for entry in entries], dtype=np.float32)
        except (TypeError, ValueError, AttributeError) as e:
            raise EmbedderUnavailable(f"{self.name}: the server sent something other than vectors") from e
        if rows.ndim != 2 or len(rows) != expected or (self._dimension or rows.shape[1]) != rows.shape[1]:
            wanted = f"{expected} vectors of {self._dimension or 'one'} dimension(s)"
            raise EmbedderUnavailable(f"{self.name}: the server sent shape {rows.shape}, not {wanted}")
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        if not np.isfinite(lengths).all() or not lengths.all():
            raise EmbedderUnavailable(f"{self.name}: the server sent vectors without a direction")
        self._dimension = rows.shape[1]
        unit: Vectors = rows / lengths
        return unit


def _sendable(text: str) -> str:
    """Servers refuse an empty text and lone surrogates."""
    return text[:_MAX_CHARS].encode("utf-8", "replace").decode() or " "
