"""LlamaIndex as its documentation shows it with a local model: a vector index in its in-memory store, persisted to a
folder and loaded from it, asked through its retriever.

A process of its own in `evals.peers`; needs the `peers` extra.
"""

from collections.abc import Callable, Mapping

from llama_index.core import StorageContext, VectorStoreIndex, load_index_from_storage
from llama_index.core.schema import TextNode
from llama_index.embeddings.huggingface import HuggingFaceEmbedding

from evals.peers.indexed import Setup, serve
from evals.workers import Found


def embedding(setup: Setup) -> HuggingFaceEmbedding:
    # All ways run on the same cores, also where there is a GPU.
    return HuggingFaceEmbedding(model_name=str(setup.weights), device="cpu")


def build(setup: Setup, texts: Mapping[str, str]) -> None:
    # A clause is a node as it is: it needs no splitting, and words beside it would be embedded with it.
    nodes = [TextNode(id_=clause, text=text) for clause, text in texts.items()]
    index = VectorStoreIndex(nodes, embed_model=embedding(setup))
    index.storage_context.persist(persist_dir=str(setup.folder))


def opened(setup: Setup) -> Callable[[str], Found]:
    stored = StorageContext.from_defaults(persist_dir=str(setup.folder))
    index = load_index_from_storage(stored, embed_model=embedding(setup))
    retriever = index.as_retriever(similarity_top_k=setup.most)

    def answer(question: str) -> Found:
        hits = retriever.retrieve(question)
        return Found(tuple(hit.node.node_id for hit in hits), score=float(hits[0].score))

    return answer


if __name__ == "__main__":
    serve(build, opened)
