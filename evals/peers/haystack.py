"""Haystack 2 as its documentation shows semantic search: an embedder and a retriever in a pipeline, over the in-memory
document store, which it reads from a file.

A process of its own in `evals.peers`; needs the `peers` extra.
"""

from collections.abc import Callable, Mapping

from haystack import Document, Pipeline
from haystack.components.embedders import SentenceTransformersDocumentEmbedder, SentenceTransformersTextEmbedder
from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever
from haystack.components.writers import DocumentWriter
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack.utils import ComponentDevice

from evals.peers.indexed import Setup, serve
from evals.workers import Found

STORE = "store.json"


def build(setup: Setup, texts: Mapping[str, str]) -> None:
    store = InMemoryDocumentStore(embedding_similarity_function="cosine")
    indexing = Pipeline()
    indexing.add_component(
        "embedder", SentenceTransformersDocumentEmbedder(model=str(setup.weights), device=_cpu(), progress_bar=False)
    )
    indexing.add_component("writer", DocumentWriter(document_store=store))
    indexing.connect("embedder", "writer")
    documents = [Document(id=clause, content=text) for clause, text in texts.items()]
    indexing.run({"embedder": {"documents": documents}})
    setup.folder.mkdir(parents=True, exist_ok=True)
    store.save_to_disk(str(setup.folder / STORE))


def opened(setup: Setup) -> Callable[[str], Found]:
    store = InMemoryDocumentStore.load_from_disk(str(setup.folder / STORE))
    querying = Pipeline()
    querying.add_component(
        "embedder", SentenceTransformersTextEmbedder(model=str(setup.weights), device=_cpu(), progress_bar=False)
    )
    querying.add_component("retriever", InMemoryEmbeddingRetriever(document_store=store, top_k=setup.most))
    querying.connect("embedder.embedding", "retriever.query_embedding")
    querying.warm_up()

    def answer(question: str) -> Found:
        documents = querying.run({"embedder": {"text": question}})["retriever"]["documents"]
        return Found(tuple(document.id for document in documents), score=float(documents[0].score))

    return answer


def _cpu() -> ComponentDevice:
    """All ways run on the same cores, also where there is a GPU."""
    return ComponentDevice.from_str("cpu")


if __name__ == "__main__":
    serve(build, opened)
