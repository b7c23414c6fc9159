"""The organisation as data: names, contacts, promises, look. Everything that differs between two companies.

Read from `organisation.toml` in the policy folder; holds no rule.
"""

import tomllib
from datetime import date, time
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator, model_validator

from assistant.errors import AssistantError

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
ClauseRef = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
ClauseHash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]


class BadOrganisation(AssistantError):
    """organisation.toml is missing or wrong; the sentence names the field."""


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PrivacyContact(_Table):
    """Where privacy questions go, as a clause of the policy states it."""

    email: Text
    clause: ClauseRef
    bound: ClauseHash


class UrgentContact(_Table):
    """Whom to reach at once. `source` says where the organisation publishes it: it is never cited as policy."""

    phone: Text | None = None
    email: Text | None = None
    source: Text
    phone_words: Text
    email_words: Text

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        if self.phone is None and self.email is None:
            raise ValueError("needs a phone number or an email address")
        return self


class Promise(_Table):
    """A time the policy promises: `amount` in `unit`, bound to the clause that says so."""

    id: Text
    amount: Annotated[int, Field(gt=0)]
    unit: Literal["hours", "days", "months"]
    clause: ClauseRef
    bound: ClauseHash


class OfficeHours(_Table):
    """Opening times of one weekday (0 = Monday), local time."""

    weekday: Annotated[int, Field(ge=0, le=6)]
    opens: time
    closes: time


class OnCallTier(_Table):
    """Who is told of an incident, one tier after the other. Secrets stand in the environment, never in the file:
    a value `env:NAME` names the variable that holds it.
    """

    mail: tuple[Text, ...] = ()
    # An incoming webhook of Slack: its address is a secret, so `env:NAME` is the usual form.
    slack_webhook: Text | None = None
    # An endpoint of Standard Webhooks, with the variable that holds its `whsec_…` secret.
    webhook: Text | None = None
    webhook_secret_env: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]*$")] | None = None

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        if not (self.mail or self.slack_webhook or self.webhook):
            raise ValueError("needs a mail address, a slack_webhook or a webhook")
        if self.webhook and not self.webhook_secret_env:
            raise ValueError("needs webhook_secret_env: the variable that holds the secret of the webhook")
        return self


class Translation(_Table):
    """What is said of the organisation in another language; what is missing is said as the organisation wrote it."""

    greeting: Text | None = None
    suggestions: tuple[Text, ...] | None = None
    phone_words: Text | None = None
    email_words: Text | None = None


class Look(_Table):
    accent: Colour
    ink: Colour
    paper: Colour


class Organisation(_Table):
    """One company. `name` is how it writes itself; `also_known_as` are other spellings in its policy."""

    name: Text
    also_known_as: tuple[Text, ...] = ()
    reference_prefix: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,4}$")]
    time_zone: str
    date_order: Literal["DMY", "MDY", "YMD"]
    greeting: Text
    suggestions: tuple[Text, ...] = ()
    # The question bank has questions in these. One in another language is handed over: a guess would be worse.
    asked_in: tuple[Literal["en", "hi"], ...] = ("en",)
    default_target_days: Annotated[int, Field(gt=0)] = 30
    privacy_contact: PrivacyContact
    urgent_contact: UrgentContact
    promises: tuple[Promise, ...] = ()
    office_hours: tuple[OfficeHours, ...] = ()
    holidays: tuple[date, ...] = ()
    # Empty: the privacy contact is the only tier.
    on_call: tuple[OnCallTier, ...] = ()
    look: Look
    translations: dict[str, Translation] = Field(default_factory=dict)

    @field_validator("time_zone")
    @classmethod
    def _known(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("not a time zone of the IANA database") from error
        return name

    @field_validator("asked_in")
    @classmethod
    def _in_english_too(cls, languages: tuple[str, ...]) -> tuple[str, ...]:
        if "en" not in languages:
            raise ValueError("holds 'en' in any case: the clauses are English")
        return languages

    @model_validator(mode="after")
    def _as_many_suggestions(self) -> Self:
        for language, own in self.translations.items():
            if own.suggestions is not None and len(own.suggestions) != len(self.suggestions):
                raise ValueError(f"translations.{language} has more or fewer suggestions than the organisation")
        return self

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def in_language(self, language: str | None) -> Translation:
        """Greeting, suggestions and the words of the urgent contact, as this language has them."""
        own = self.translations.get(language or "", Translation())
        return Translation(
            greeting=own.greeting or self.greeting,
            suggestions=self.suggestions if own.suggestions is None else own.suggestions,
            phone_words=own.phone_words or self.urgent_contact.phone_words,
            email_words=own.email_words or self.urgent_contact.email_words,
        )

    def translated_suggestions(self) -> dict[str, str]:
        """The suggestions of every language, each with the one that it stands for."""
        lines = (zip(own.suggestions or (), self.suggestions, strict=True) for own in self.translations.values())
        return {line: original for pairs in lines for line, original in pairs}

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.also_known_as)


def load_organisation(folder: Path) -> Organisation:
    """Read organisation.toml in a policy folder; BadOrganisation names what is missing or wrong."""
    path = folder / "organisation.toml"
    try:
        return Organisation.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise BadOrganisation(f"There is no organisation.toml in the policy folder {folder.name!r}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadOrganisation(f"organisation.toml in {folder.name!r} is not valid TOML: {error}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise BadOrganisation(f"organisation.toml in {folder.name!r}: {where}: {first['msg']}.") from error
