"""BM25 as the documentation of bm25s shows it: English stop words, the Snowball stemmer, its default variant.

A process of its own in `evals.peers`; needs the `peers` extra. Has no use for the weights.
"""

from collections.abc import Callable, Mapping

import bm25s
import Stemmer

from evals.peers.indexed import Setup, serve
from evals.workers import Found


def build(setup: Setup, texts: Mapping[str, str]) -> None:
    tokens = bm25s.tokenize(list(texts.values()), stopwords="en", stemmer=Stemmer.Stemmer("english"))
    retriever = bm25s.BM25()
    retriever.index(tokens)
    retriever.save(str(setup.folder), corpus=[{"clause": clause, "text": text} for clause, text in texts.items()])


def opened(setup: Setup) -> Callable[[str], Found]:
    retriever = bm25s.BM25.load(str(setup.folder), load_corpus=True)
    stemmer = Stemmer.Stemmer("english")

    def answer(question: str) -> Found:
        tokens = bm25s.tokenize(question, stopwords="en", stemmer=stemmer, show_progress=False)
        hits, scores = retriever.retrieve(tokens, k=setup.most, show_progress=False)
        return Found(tuple(hit["clause"] for hit in hits[0]), score=float(scores[0][0]))

    return answer


if __name__ == "__main__":
    serve(build, opened)
