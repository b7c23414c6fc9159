from assistant.tickets.values import Status
from tests.assistant.security.rooms import Mail, Rooms

HACKED = "someone hacked my account"
STRANGE = "I got a weird email with your logo"


def flood(rooms: Rooms, count: int, *, network: str = "", text: str = HACKED, start: int = 0) -> list[str]:
    reports = [rooms.report(text, conversation=f"c{number}", network=network) for number in range(start, start + count)]
    return [piece.tickets[0]["reference"] for piece in reports]


def digests(rooms: Rooms) -> list[Mail]:
    return [mail for mail in rooms.mails("alert") if mail.id.startswith("digest-")]


def test_the_sixth_incident_of_a_network_joins_the_digest(rooms: Rooms) -> None:
    references = flood(rooms, 6, network="a")
    assert len(rooms.mails("alert")) == 5
    rooms.run_for(1, seconds=1)
    (digest,) = digests(rooms)
    assert digest.subject == "1 security incidents not yet acknowledged, 1 critical"
    assert references[-1] in digest.body


def test_twenty_of_all_networks_are_told_one_by_one_and_the_next_together(rooms: Rooms) -> None:
    for number in range(23):
        flood(rooms, 1, network=f"n{number}", start=number)
    assert len(rooms.mails("alert")) == 20
    rooms.run_for(1, seconds=1)
    assert digests(rooms)[0].subject.startswith("3 security incidents")


def test_ten_minutes_later_a_network_is_told_one_by_one_again(rooms: Rooms) -> None:
    flood(rooms, 6, network="a")
    rooms.watch.forward(minutes=11)
    flood(rooms, 1, network="a", start=10)
    assert len([mail for mail in rooms.mails("alert") if mail.id.startswith("alert-")]) == 6


def test_every_incident_of_a_flood_is_recorded_and_named_within_minutes(rooms: Rooms) -> None:
    references = flood(rooms, 230, network="a")
    assert all(rooms.tickets.card(reference).status is Status.RECEIVED for reference in references[::20])
    rooms.run_for(3, seconds=10)
    bodies = "\n".join(mail.body for mail in rooms.mails("alert"))
    assert [reference for reference in references if reference not in bodies] == []
    assert digests(rooms)[0].subject == "225 security incidents not yet acknowledged, 225 critical"
    assert len(digests(rooms)) == 2


def test_a_digest_is_sent_once_a_minute_while_the_flood_lasts(rooms: Rooms) -> None:
    flood(rooms, 5, network="a")
    for number in range(30):
        flood(rooms, 1, network="a", start=5 + number)
        rooms.run_for(1, seconds=10)
    assert 29 <= len(digests(rooms)) <= 31


def test_criticals_stand_first_and_one_network_hides_no_other(rooms: Rooms) -> None:
    flood(rooms, 20, network="a", text=STRANGE)
    flood(rooms, 30, network="a", start=20)
    honest = flood(rooms, 1, network="b", start=60)
    rooms.run_for(1, seconds=1)
    listed = [line for line in digests(rooms)[0].body.splitlines() if "CM-" in line]
    assert honest[0] in " ".join(listed[:2])
    severities = [line.split()[0] for line in listed]
    assert severities == sorted(severities)
    assert set(severities) == {"critical", "normal"}


def test_the_digest_is_repeated_at_the_steps_until_all_of_it_is_acknowledged(rooms: Rooms) -> None:
    flood(rooms, 8, network="a")
    rooms.run_for(125)
    assert len(digests(rooms)) == 6
    stopped = rooms.database.write(lambda session: rooms.alerts.acknowledge_digest(session, "ana"))
    assert stopped == 3
    rooms.run_for(26 * 60, seconds=600)
    assert len(digests(rooms)) == 6
    assert [entry.action for entry in rooms.audit.entries("alerts")] == ["alerts.digest_acknowledged"]


def test_an_incident_leaves_the_digest_when_it_is_acknowledged_or_taken_up(rooms: Rooms) -> None:
    references = flood(rooms, 8, network="a")
    rooms.run_for(1, seconds=1)
    rooms.acknowledge(references[5])
    rooms.database.write(lambda session: rooms.tickets.move(session, references[6], Status.CONTAINED, actor="console"))
    rooms.run_for(5)
    assert digests(rooms)[-1].subject.startswith("1 security incidents")
    rooms.acknowledge(references[7])
    before = len(digests(rooms))
    rooms.run_for(180)
    assert len(digests(rooms)) == before


def test_a_flood_after_a_quiet_day_begins_its_steps_anew(rooms: Rooms) -> None:
    for reference in flood(rooms, 6, network="a"):
        rooms.acknowledge(reference)
    rooms.run_for(24 * 60, seconds=600)
    assert digests(rooms) == []
    flood(rooms, 6, network="a", start=100)
    rooms.run_for(6, seconds=30)
    assert len(digests(rooms)) == 2
