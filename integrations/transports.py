"""Which transport stands behind each kind of message, by the settings."""

import os
from collections.abc import Mapping
from email.headerregistry import Address

from assistant.organisation import BadOrganisation, Organisation
from assistant.outbox.values import Kind, Transport
from assistant.security.on_call import on_call
from assistant.settings import Settings
from integrations.mail.folder import MailFolder
from integrations.mail.letter import sender
from integrations.mail.smtp import SmtpTransport, read_url
from integrations.webhooks.client import PublicClient
from integrations.webhooks.slack import SlackTransport
from integrations.webhooks.standard import WebhookTransport


def make_transports(settings: Settings, organisation: Organisation) -> Mapping[Kind, Transport]:
    """Mail, Slack and webhooks; BadSetting where one of them cannot be set up."""
    client = PublicClient()
    chain = on_call(organisation, settings, os.environ)
    secrets = {url: (secret,) for url, secret in chain.webhook_secrets.items()}
    return {
        Kind.MAIL: _mail(settings, organisation),
        Kind.SLACK: SlackTransport(client),
        Kind.WEBHOOK: WebhookTransport(client, secrets),
    }


def mail_folder(settings: Settings, organisation: Organisation) -> MailFolder:
    """The mailbox of files, for whoever erases and purges: files may be left from before a mail server was set."""
    return MailFolder(settings.data_dir / "mail", _sender(organisation))


def _mail(settings: Settings, organisation: Organisation) -> Transport:
    if settings.smtp_url is None:
        return mail_folder(settings, organisation)
    return SmtpTransport(read_url(settings.smtp_url), _sender(organisation))


def _sender(organisation: Organisation) -> Address:
    try:
        return sender(organisation.name, organisation.privacy_contact.email)
    except ValueError as error:
        raise BadOrganisation(
            "organisation.toml: privacy_contact.email is not an e-mail address: correct it."
        ) from error
