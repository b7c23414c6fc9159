"""The errors of the library; each carries a sentence that is safe to show."""


class KnowledgeError(Exception):
    """Base of every refusal of the library; `str(error)` may be shown to a person."""


class UnreadablePolicy(KnowledgeError):
    """A published file cannot be turned into clauses."""


class UnknownVersion(KnowledgeError):
    """No policy version answers to this label, hash or day."""


class DamagedVersion(KnowledgeError):
    """A version's folder does not hold what it was published with."""


class AlreadyPublished(KnowledgeError):
    """These bytes are a known version already."""
