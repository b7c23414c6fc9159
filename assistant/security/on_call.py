"""Who is told of an incident: the tiers of the organisation or of the settings, as addresses for the outbox."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from assistant.organisation import BadOrganisation, OnCallTier, Organisation
from assistant.outbox.values import Kind
from assistant.settings import Settings

_SLACK_HOST = "hooks.slack.com"
_FROM_ENVIRONMENT = re.compile(r"env:([A-Z][A-Z0-9_]*)")


@dataclass(frozen=True, slots=True)
class Target:
    """One address of a tier. `secret` signs a webhook; it never leaves the process."""

    kind: Kind
    to: str = field(repr=False)
    secret: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class OnCall:
    """The tiers, first told first; each has a target or more."""

    tiers: tuple[tuple[Target, ...], ...]

    def told(self, tiers: int) -> tuple[Target, ...]:
        """Everybody of the first `tiers` tiers, nobody twice."""
        return tuple(dict.fromkeys(target for tier in self.tiers[:tiers] for target in tier))

    @property
    def webhook_secrets(self) -> Mapping[str, str]:
        """The secret of each webhook by its address: what the transport signs with."""
        return {target.to: target.secret for tier in self.tiers for target in tier if target.secret}


def on_call(organisation: Organisation, settings: Settings, environ: Mapping[str, str]) -> OnCall:
    """The chain: ON_CALL where it is set, else the organisation's tiers, else the privacy contact alone.

    Raises BadOrganisation where a tier names a variable that is not set.
    """
    if settings.on_call:
        return OnCall(tuple(_of_settings(tier, settings.on_call_secret) for tier in settings.on_call))
    if organisation.on_call:
        return OnCall(tuple(_of_organisation(tier, environ) for tier in organisation.on_call))
    return OnCall(((Target(Kind.MAIL, organisation.privacy_contact.email),),))


def _of_settings(tier: tuple[str, ...], secret: str | None) -> tuple[Target, ...]:
    return tuple(_target(to, secret) for to in tier)


def _target(to: str, secret: str | None) -> Target:
    if "://" not in to:
        return Target(Kind.MAIL, to)
    if urlsplit(to).hostname == _SLACK_HOST:
        return Target(Kind.SLACK, to)
    return Target(Kind.WEBHOOK, to, secret)


def _of_organisation(tier: OnCallTier, environ: Mapping[str, str]) -> tuple[Target, ...]:
    targets = [Target(Kind.MAIL, address) for address in tier.mail]
    if tier.slack_webhook:
        targets.append(Target(Kind.SLACK, _value(tier.slack_webhook, environ)))
    if tier.webhook and tier.webhook_secret_env:
        secret = _variable(tier.webhook_secret_env, environ)
        targets.append(Target(Kind.WEBHOOK, _value(tier.webhook, environ), secret))
    return tuple(targets)


def _value(written: str, environ: Mapping[str, str]) -> str:
    named = _FROM_ENVIRONMENT.fullmatch(written)
    return _variable(named[1], environ) if named else written


def _variable(name: str, environ: Mapping[str, str]) -> str:
    if not environ.get(name):
        raise BadOrganisation(f"organisation.toml: on_call names the variable {name}, which is not set: set it.")
    return environ[name]
