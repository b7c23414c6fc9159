"""The errors of the house. Each carries a sentence that is safe to show; none knows HTTP."""


class AssistantError(Exception):
    """Base of every refusal of ours; `str(error)` may be shown to a person."""


class NotFound(AssistantError):
    pass


class Conflict(AssistantError):
    pass


class NotAllowed(AssistantError):
    pass


class Invalid(AssistantError):
    """What was sent is well formed but cannot be used."""


class Unavailable(AssistantError):
    pass
