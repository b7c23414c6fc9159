"""The stock way to build this: the clauses as documents in Chroma behind langchain, the base weights in
sentence-transformers on torch, the nearest documents for an answer. Everything at its defaults.

A process of its own in `evals.bench` and `evals.peers`; needs the `models` extra.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from chromadb.config import Settings as ChromaSettings
from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from sentence_transformers import SentenceTransformer

from evals.peers.indexed import Setup, serve
from evals.workers import Found


class TorchEmbeddings(Embeddings):
    """What langchain's own wrapper for sentence-transformers does, without its package."""

    def __init__(self, weights: Path) -> None:
        # The one setting that is not a default: all ways run on the same cores, also where there is a GPU.
        self._model = SentenceTransformer(str(weights), device="cpu")

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._model.encode(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


def collection(setup: Setup) -> Chroma:
    return Chroma(
        collection_name="stock",
        embedding_function=TorchEmbeddings(setup.weights),
        persist_directory=str(setup.folder),
        # Its default sends usage figures to its maker.
        client_settings=ChromaSettings(anonymized_telemetry=False, is_persistent=True),
    )


def build(setup: Setup, texts: Mapping[str, str]) -> None:
    documents = [Document(page_content=text, metadata={"clause": clause}) for clause, text in texts.items()]
    collection(setup).add_documents(documents)


def opened(setup: Setup) -> Callable[[str], Found]:
    store = collection(setup)

    def answer(question: str) -> Found:
        hits = store.similarity_search_with_score(question, k=setup.most)
        # Chroma tells distances: the nearest has the least.
        return Found(tuple(document.metadata["clause"] for document, _ in hits), score=-float(hits[0][1]))

    return answer


if __name__ == "__main__":
    serve(build, opened)
