"""The stock way to build this, for comparison: the clauses as documents in Chroma behind langchain, the base
weights in sentence-transformers on torch, the four nearest documents for an answer. Everything at its defaults.

Run by `evals.bench` as a process of its own; needs the `models` extra.
"""

import argparse
import json
from pathlib import Path

from chromadb.config import Settings as ChromaSettings
from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from sentence_transformers import SentenceTransformer

from evals.workers import answer_questions

K = 4


class TorchEmbeddings(Embeddings):
    """What langchain's own wrapper for sentence-transformers does, without its package."""

    def __init__(self, weights: Path) -> None:
        # The one setting that is not a default: both ways run on the same cores, also where there is a GPU.
        self._model = SentenceTransformer(str(weights), device="cpu")

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._model.encode(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


def collection(weights: Path, folder: Path) -> Chroma:
    return Chroma(
        collection_name="stock",
        embedding_function=TorchEmbeddings(weights),
        persist_directory=str(folder),
        # Its default sends usage figures to its maker.
        client_settings=ChromaSettings(anonymized_telemetry=False, is_persistent=True),
    )


def build(store: Chroma, clauses: Path) -> None:
    """Embed the clauses of a file that `evals.bench` wrote: clause id -> text."""
    texts: dict[str, str] = json.loads(clauses.read_text(encoding="utf-8"))
    store.add_documents([Document(page_content=text, metadata={"clause": clause}) for clause, text in texts.items()])


def main() -> None:
    """With --build index the clauses and end; without, answer questions from the index that is there."""
    parser = argparse.ArgumentParser(prog="evals.stock")
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--build", type=Path, metavar="CLAUSES")
    options = parser.parse_args()
    store = collection(options.weights, options.folder)
    if options.build:
        build(store, options.build)
        return
    answer_questions(
        lambda question: [document.metadata["clause"] for document in store.similarity_search(question, k=K)]
    )


if __name__ == "__main__":
    main()
