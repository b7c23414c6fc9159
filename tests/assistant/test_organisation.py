from datetime import time
from pathlib import Path

import pytest

from assistant.organisation import BadOrganisation, load_organisation
from assistant.policy_folder import policy_folder
from knowledge.versions.library import PolicyLibrary


def test_what_stands_in_the_file_is_read(clinic_folder: Path) -> None:
    clinic = load_organisation(clinic_folder)
    assert clinic.names == ("Harbourlight Physiotherapy", "Harbourlight")
    assert clinic.zone.key == "Europe/Berlin"
    assert clinic.privacy_contact.email == "records@harbourlight.example"
    assert clinic.default_target_days == 30


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ('name = "Harbourlight Physiotherapy"', "", "name: Field required"),
        ('time_zone = "Europe/Berlin"', 'time_zone = "Mars/Olympus"', "time_zone: Value error, not a time zone"),
        ('time_zone = "Europe/Berlin"', 'time_zone = "../../etc"', "time_zone: Value error, not a time zone"),
        ('date_order = "DMY"', 'date_order = "YDM"', "date_order"),
        ('accent = "#0b6e4f"', 'accent = "red; }"', "look.accent"),
        ('bound = "b358df490c5f"', 'bound = "short"', "privacy_contact.bound"),
        ('clause = "5.1.1"', 'clause = "5.1"', "privacy_contact.clause"),
        ("[look]", "[lok]", "look: Field required"),
        ('reference_prefix = "HL"', 'reference_prefix = "hl"', "reference_prefix"),
        ("[look]", "[look", "not valid TOML"),
    ],
)
def test_what_is_wrong_is_named_in_one_line(clinic_folder: Path, before: str, after: str, complaint: str) -> None:
    path = clinic_folder / "organisation.toml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises(BadOrganisation) as refused:
        load_organisation(clinic_folder)
    assert complaint in str(refused.value)
    assert "\n" not in str(refused.value)


def test_questions_are_asked_in_english_whatever_else(clinic_folder: Path) -> None:
    path = clinic_folder / "organisation.toml"
    path.write_text('asked_in = ["hi"]\n' + path.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(BadOrganisation, match="holds 'en' in any case"):
        load_organisation(clinic_folder)


def test_a_missing_file_and_one_that_is_no_text_are_named(clinic_folder: Path) -> None:
    path = clinic_folder / "organisation.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(BadOrganisation, match="not valid TOML"):
        load_organisation(clinic_folder)
    path.unlink()
    with pytest.raises(BadOrganisation, match=r"There is no organisation\.toml"):
        load_organisation(clinic_folder)


def test_the_shipped_contacts_and_promises_stand_in_the_shipped_policy() -> None:
    folder = policy_folder("codemites")
    organisation, (version, *_) = load_organisation(folder), PolicyLibrary(folder).versions()
    contact = organisation.privacy_contact
    bound = {contact.clause: contact.bound} | {promise.clause: promise.bound for promise in organisation.promises}
    assert {clause: version.by_id[clause].hash for clause in bound} == bound
    assert contact.email in version.by_hash[contact.bound].text
    assert all(hours.opens < hours.closes <= time(23, 59) for hours in organisation.office_hours)
