"""ChatModel over langchain's `init_chat_model`: the only file that imports langchain's chat models.

Loaded only where the setting LLM is on. It registers no tool, no callback and no memory, and never retries.
"""

import os
from typing import Any

import httpx2
from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage, SystemMessage
from langsmith import tracing_context

from assistant.llm.bounded_http import BoundedTransport
from assistant.llm.chat_model import ModelFailed

MAX_TOKENS = 400
_OPENAI = "openai"


def connect(llm: str, *, base_url: str | None, seconds: float) -> "LangchainModel":
    """The model that the setting LLM names. With a base URL it is spoken to as an OpenAI-compatible server.

    `seconds` bounds one answer. Raises what langchain raises for a name or an extra that it does not know.
    """
    bounds: dict[str, Any] = {"timeout": seconds, "max_retries": 0, "temperature": 0, "max_tokens": MAX_TOKENS}
    client = None
    if base_url is not None or llm.startswith(f"{_OPENAI}:"):
        client = httpx2.Client(transport=BoundedTransport(seconds), trust_env=False, follow_redirects=False)
        bounds["http_client"] = client
    if base_url is not None:
        key = os.environ.get("OPENAI_API_KEY", "none")  # most servers of one's own ask for none
        bounds |= {"base_url": base_url, "model_provider": _OPENAI, "api_key": key}
        llm = llm.removeprefix(f"{_OPENAI}:")
    return LangchainModel(init_chat_model(llm, **bounds), client)


class LangchainModel:
    def __init__(self, model: BaseChatModel, client: httpx2.Client | None) -> None:
        self._model = model
        self._client = client

    def close(self) -> None:
        """Hang up. A call under way fails."""
        if self._client is not None:
            self._client.close()

    def complete(self, *, system: str, user: str, seconds: float, characters: int) -> str:
        """`seconds` was settled when the model was connected."""
        del seconds
        try:
            with tracing_context(enabled=False):  # whatever the environment says, no prompt goes to a tracing service
                message = self._model.invoke([SystemMessage(system), HumanMessage(user)])
        except Exception as error:  # noqa: BLE001 - each vendor raises its own, and its text may quote the prompt
            raise ModelFailed(type(error).__name__) from None
        said = message.content
        if not isinstance(said, str) or not said.strip():
            raise ModelFailed("no_text")
        return said[:characters]
