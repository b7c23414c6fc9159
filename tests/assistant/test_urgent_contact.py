from pathlib import Path

import pytest

from assistant.organisation import BadOrganisation, load_organisation


def test_an_urgent_contact_without_phone_and_email_is_refused(clinic_folder: Path) -> None:
    path = clinic_folder / "organisation.toml"
    before, table = path.read_text(encoding="utf-8").split("[urgent_contact]")
    kept = [line for line in table.splitlines() if not line.startswith(("phone =", "email ="))]
    path.write_text(before + "[urgent_contact]" + "\n".join(kept), encoding="utf-8")
    with pytest.raises(BadOrganisation, match="urgent_contact: Value error, needs a phone number or an email address"):
        load_organisation(clinic_folder)
