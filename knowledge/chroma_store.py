"""The one place that knows Chroma: generations of the index in it, through langchain-chroma.

An embedded generation is a Chroma folder of its own, so that building one never touches the one that serves and
dropping one removes its files; on a Chroma server a generation is a collection.
"""

import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

import chromadb
import numpy as np
from chromadb.api import ClientAPI
from chromadb.config import Settings as ChromaSettings
from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings

from knowledge.chroma_folder import folder_count, folder_generations
from knowledge.encoder.protocol import Encoder, Vectors
from knowledge.errors import KnowledgeError
from knowledge.store import Entry, IndexUnreadable, IndexUnwritable, Snapshot

BATCH = 1024
# Wide enough a search that the nearest are found as by looking at all of them; a test holds both equal.
_GRAPH = {"hnsw:space": "cosine", "hnsw:search_ef": 1000, "hnsw:construction_ef": 200, "hnsw:M": 48}
_COLLECTION = "policy"
_GENERATION = re.compile(r"g-[0-9a-f]{8}-[0-9a-f]{16}")


class _Adapter(Embeddings):
    """Our encoder as langchain's interface."""

    def __init__(self, encoder: Encoder, known: Mapping[str, Vectors]) -> None:
        self._encoder = encoder
        self._known = known

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        new = [text for text in texts if text not in self._known]
        vectors = {**self._known, **dict(zip(new, self._encoder.encode(new), strict=True))}
        return [vectors[text].tolist() for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


class ChromaStore:
    """Generations in Chroma through langchain-chroma: embedded under `folder`, or on a server at `url`."""

    def __init__(self, encoder: Encoder, *, folder: Path, url: str | None = None) -> None:
        self._encoder = encoder
        self._folder = folder
        self._url = url
        self._clients: dict[str, ClientAPI] = {}

    def write(
        self,
        generation: str,
        entries: Sequence[Entry],
        *,
        known: Mapping[str, Vectors],
        progress: Callable[[int], None],
    ) -> None:
        collection = self._collection(generation, create=True, known=known)
        for begin in range(0, len(entries), BATCH):
            batch = entries[begin : begin + BATCH]
            _add(collection, batch)
            progress(len(batch))

    def read(self, generation: str) -> Snapshot:
        collection = self._collection(generation, create=False)
        try:
            found: dict[str, Any] = collection.get(include=["embeddings", "documents", "metadatas"])
            rows = zip(found["ids"], found["documents"], found["metadatas"], strict=True)
            entries = tuple(Entry(name, text, dict(metadata)) for name, text, metadata in rows)
            return Snapshot(entries, np.asarray(found["embeddings"], dtype=np.float32).reshape(len(entries), -1))
        except Exception as error:  # Chroma raises its own, sqlite's and Rust's errors for a damaged folder
            raise IndexUnreadable(f"The index generation {generation!r} cannot be read.") from error

    def search(self, generation: str, question: str, *, k: int) -> list[tuple[Entry, float]]:
        found = self._collection(generation, create=False).similarity_search_with_score(question, k=k)
        return [
            (Entry(document.id or "", document.page_content, document.metadata), 1 - score) for document, score in found
        ]

    def generations(self) -> tuple[str, ...]:
        if self._url:
            try:
                names = [collection.name for collection in self._client("").list_collections()]
            except Exception as error:  # Chroma raises its own, httpx's and plain ValueErrors
                raise IndexUnreadable("The Chroma server cannot be reached: check its address.") from error
            # Other programs keep collections there too, and whatever is named here may be dropped.
            return tuple(name for name in names if _GENERATION.fullmatch(name))
        return folder_generations(self._folder)

    def count(self, generation: str) -> int:
        if not self._url:
            return folder_count(self._folder, generation)
        if generation not in self.generations():
            return 0
        found: int = self._client("").get_collection(generation).count()
        return found

    def drop(self, generation: str) -> None:
        if self._url:
            if generation in self.generations():
                self._client("").delete_collection(generation)
            return
        client = self._clients.pop(generation, None)
        if client is not None:
            _close(client)
        shutil.rmtree(self._folder / generation, ignore_errors=True)

    def close(self) -> None:
        while self._clients:
            _close(self._clients.popitem()[1])

    def _collection(
        self, generation: str, *, create: bool, known: Mapping[str, Vectors] = MappingProxyType({})
    ) -> Chroma:
        # Chroma remembers a folder that it failed to open, and could then not write it anew in this process.
        opened = generation in self._clients and generation in self.generations()
        if not create and not opened and not self.count(generation):
            raise IndexUnreadable(f"The index generation {generation!r} is missing or damaged.")
        try:
            client = self._client(generation)
            return Chroma(
                client=client,
                client_settings=client.get_settings(),  # else it reads the environment anew, 40 ms a search
                collection_name=generation if self._url else _COLLECTION,
                embedding_function=_Adapter(self._encoder, known),
                collection_metadata=_GRAPH,
                create_collection_if_not_exists=create,
            )
        except Exception as error:  # see read()
            if create:
                raise _unwritable(error) from error
            raise IndexUnreadable(f"The index generation {generation!r} cannot be opened.") from error

    def _client(self, generation: str) -> ClientAPI:
        if generation not in self._clients:
            settings = ChromaSettings(anonymized_telemetry=False)
            self._clients[generation] = self._connect(generation, settings)
        return self._clients[generation]

    def _connect(self, generation: str, settings: ChromaSettings) -> ClientAPI:
        if not self._url:
            path = self._folder / generation
            path.mkdir(parents=True, exist_ok=True)
            return chromadb.PersistentClient(path=str(path), settings=settings)
        parts = urlsplit(self._url)
        return chromadb.HttpClient(
            host=parts.hostname or "localhost", port=parts.port or 8000, ssl=parts.scheme == "https", settings=settings
        )


def _add(collection: Chroma, batch: Sequence[Entry]) -> None:
    try:
        collection.add_documents(
            [Document(page_content=entry.text, metadata=entry.metadata) for entry in batch],
            ids=[entry.id for entry in batch],
        )
    except KnowledgeError:
        raise
    except Exception as error:  # as in read(); a full disk shows here
        raise _unwritable(error) from error


def _unwritable(error: Exception) -> IndexUnwritable:
    return IndexUnwritable(
        f"The index cannot be written ({type(error).__name__}): check the space and the rights of its folder."
    )


def _close(client: ClientAPI) -> None:
    """Chroma shares one system a path and keeps its files open until the last client is closed."""
    close: Callable[[], None] | None = getattr(client, "close", None)
    if close is not None:
        close()
