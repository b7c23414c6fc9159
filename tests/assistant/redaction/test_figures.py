from random import Random

import pytest

from assistant.redaction.masking import mask
from evals.redaction import Measurement, measure, median_seconds
from evals.redaction_corpus import PLAIN, benign_lines


@pytest.fixture(scope="module")
def measurement() -> Measurement:
    return measure(seed=1, per_variant=20, benign=760)


def test_plain_identifiers_are_hidden(measurement: Measurement) -> None:
    assert measurement.recall(plain=True) >= 0.995


def test_obfuscated_identifiers_are_hidden(measurement: Measurement) -> None:
    assert measurement.recall(plain=False) >= 0.97


def test_no_way_of_writing_is_weak(measurement: Measurement) -> None:
    weak = [(r.kind, r.variant) for r in measurement.recalls if r.hidden < 0.85 * r.samples]
    assert weak == []


def test_kind_and_value_are_right_wherever_the_form_is_plain(measurement: Measurement) -> None:
    plain = [recall for recall in measurement.recalls if recall.variant == PLAIN]
    assert sum(recall.exact for recall in plain) >= 0.98 * sum(recall.samples for recall in plain)


def test_benign_lines_stay_as_typed(measurement: Measurement) -> None:
    assert measurement.false_positives <= 0.005


def test_of_random_numbers_of_twelve_digits_only_those_that_check_are_masked(measurement: Measurement) -> None:
    assert 0.04 < measurement.twelve_digits < 0.14


def test_the_corpus_is_the_same_for_the_same_seed() -> None:
    assert benign_lines(Random(5), 100) == benign_lines(Random(5), 100)


def test_a_message_of_usual_length_takes_well_under_a_millisecond() -> None:
    mask("warm +44 20 7946 0958")
    assert median_seconds(["How long do you keep my invoices, and who can see them? "] * 200) < 0.001
