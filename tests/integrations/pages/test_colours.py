import pytest

from integrations.pages.colours import BLACK, LEAST_CONTRAST, WHITE, contrast, legible, readable_on


def test_contrast_is_that_of_the_guideline() -> None:
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast("#777777", WHITE) == pytest.approx(4.48, abs=0.01)
    assert contrast("#1f5fd0", "#1F5FD0") == 1


@pytest.mark.parametrize("ground", [WHITE, BLACK, "#12161c", "#1f5fd0", "#ffcc00", "#777777"])
def test_what_is_written_on_a_colour_can_be_read(ground: str) -> None:
    assert contrast(readable_on(ground), ground) >= LEAST_CONTRAST


@pytest.mark.parametrize("colour", ["#1f5fd0", "#ffcc00", "#00ff88", "#101010", "#fafafa"])
@pytest.mark.parametrize("ground", [WHITE, "#12161c"])
def test_an_accent_is_shifted_no_further_than_needed(colour: str, ground: str) -> None:
    shown = legible(colour, ground=ground)
    assert contrast(shown, ground) >= LEAST_CONTRAST
    assert (shown == colour) is (contrast(colour, ground) >= LEAST_CONTRAST)
