"""The search of `knowledge.retrieval` as a langchain retriever, for pipelines of others. Nothing of ours needs it."""

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from knowledge.clause import PolicyVersion
from knowledge.retrieval import Passage, Reader, Verdict


class PolicyRetriever(BaseRetriever):
    """The same search for langchain pipelines: one document a passage, none when the policy does not answer."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    reader: Reader
    version: PolicyVersion
    k: int = 5

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        del run_manager
        finding = self.reader.find(query, self.version)
        if finding.verdict is not Verdict.ANSWERABLE:
            return []
        return [_document(passage, self.version) for passage in finding.passages[: self.k]]


def _document(passage: Passage, version: PolicyVersion) -> Document:
    metadata: dict[str, Any] = {
        "clause": passage.clause.id,
        "section": passage.clause.section_title,
        "score": passage.score,
        "policy_version": version.label,
    }
    return Document(page_content=passage.clause.text, metadata=metadata)
