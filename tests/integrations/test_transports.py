import base64
from pathlib import Path

import pytest

from assistant.organisation import BadOrganisation, Organisation, load_organisation
from assistant.outbox.values import Kind
from assistant.settings import Settings
from integrations.mail.folder import MailFolder
from integrations.mail.smtp import SmtpTransport
from integrations.transports import make_transports

HOOK = "https://hooks.example.com/in"


@pytest.fixture
def organisation(clinic_folder: Path) -> Organisation:
    return load_organisation(clinic_folder)


def test_without_a_mail_server_mail_is_files(organisation: Organisation, tmp_path: Path) -> None:
    transports = make_transports(Settings(data_dir=tmp_path), organisation)
    assert isinstance(transports[Kind.MAIL], MailFolder)
    # What Slack is sent has a transport where Slack is set up, and that door brings its own.
    assert set(transports) == set(Kind) - {Kind.SLACK_APP}
    assert not (tmp_path / "mail").exists()


def test_with_a_mail_server_mail_goes_there(organisation: Organisation, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, smtp_url="smtp://mail.example.com")
    assert isinstance(make_transports(settings, organisation)[Kind.MAIL], SmtpTransport)


def test_a_webhook_of_the_chain_is_signed_with_its_secret(organisation: Organisation, tmp_path: Path) -> None:
    secret = f"whsec_{base64.b64encode(bytes(32)).decode()}"
    settings = Settings(data_dir=tmp_path, on_call=((HOOK,),), on_call_secret=secret)
    transport = make_transports(settings, organisation)[Kind.WEBHOOK]
    assert list(transport._signers) == [HOOK]  # type: ignore[attr-defined]


def test_a_privacy_contact_that_is_no_address_is_named(organisation: Organisation, tmp_path: Path) -> None:
    contact = organisation.privacy_contact.model_copy(update={"email": "not an address"})
    with pytest.raises(BadOrganisation, match=r"privacy_contact\.email"):
        make_transports(Settings(data_dir=tmp_path), organisation.model_copy(update={"privacy_contact": contact}))
