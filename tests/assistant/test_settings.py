import logging
from pathlib import Path

import pytest

from assistant.settings import BadSetting, Settings

LONG_SECRET = "a-secret-of-many-letters"


def read(**values: str) -> Settings:
    return Settings.from_environment({f"PRIVACY_ASSISTANT_{name}": value for name, value in values.items()})


def test_nothing_set_gives_the_defaults() -> None:
    assert Settings.from_environment({}) == Settings(
        data_dir=Path.cwd() / "var", policy="codemites", rate_limit=True, transcript_days=90
    )


def test_every_setting_is_read_into_its_field(tmp_path: Path) -> None:
    settings = read(
        DATA_DIR=str(tmp_path),
        POLICY="acme",
        DATABASE_URL="postgresql+psycopg://me:pw@db/assistant",
        CHROMA_URL="http://chroma:8000/",
        SMTP_URL="smtps://me:pw@mail.example.com:465",
        LLM="openai:small",
        LLM_BASE_URL="http://127.0.0.1:9000/v1",
        ENCODER="hash",
        SECRET_KEY=LONG_SECRET,
        PREVIOUS_SECRET_KEY=LONG_SECRET[::-1],
        RATE_LIMIT="off",
        PUBLIC_URL="https://privacy.example.com/",
        ALLOWED_ORIGINS="https://a.example.com, http://localhost:3000",
        TRANSCRIPT_DAYS="30",
        TRUSTED_PROXIES="10.0.0.0/8, 127.0.0.1",
    )
    assert settings == Settings(
        data_dir=tmp_path,
        policy="acme",
        database_url="postgresql+psycopg://me:pw@db/assistant",
        chroma_url="http://chroma:8000",
        smtp_url="smtps://me:pw@mail.example.com:465",
        llm="openai:small",
        llm_base_url="http://127.0.0.1:9000/v1",
        encoder="hash",
        secret_key=LONG_SECRET,
        previous_secret_key=LONG_SECRET[::-1],
        rate_limit=False,
        public_url="https://privacy.example.com",
        allowed_origins=("https://a.example.com", "http://localhost:3000"),
        transcript_days=30,
        trusted_proxies=("10.0.0.0/8", "127.0.0.1/32"),
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TRANSCRIPT_DAYS", "0"),
        ("TRANSCRIPT_DAYS", "-1"),
        ("TRANSCRIPT_DAYS", "many"),
        ("TRANSCRIPT_DAYS", "٣"),
        ("TRANSCRIPT_DAYS", "99999"),
        ("RATE_LIMIT", "maybe"),
        ("PUBLIC_URL", "privacy.example.com"),
        ("PUBLIC_URL", "http://[::1"),
        ("ALLOWED_ORIGINS", "https://a.example.com/page"),
        ("ALLOWED_ORIGINS", "*"),
        ("TRUSTED_PROXIES", "the-proxy"),
        ("DATABASE_URL", "mysql://me:pw@db/x"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("SMTP_URL", "mail.example.com:25"),
        ("CHROMA_URL", "chroma"),
        ("SECRET_KEY", "short"),
        ("PREVIOUS_SECRET_KEY", "short"),
    ],
)
def test_a_bad_value_is_one_line_that_names_the_variable(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=rf"^PRIVACY_ASSISTANT_{name} takes .*\.$") as refused:
        read(**{name: value})
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [("DATABASE_URL", "mysql://me:hunter2@db/x"), ("SMTP_URL", "ftp://me:hunter2@m"), ("SECRET_KEY", "hunter2")],
)
def test_a_bad_value_that_may_hold_a_password_is_not_shown(name: str, value: str) -> None:
    with pytest.raises(BadSetting) as refused:
        read(**{name: value})
    assert "hunter2" not in str(refused.value)


def test_a_bad_value_with_a_line_break_stays_one_line() -> None:
    with pytest.raises(BadSetting) as refused:
        read(RATE_LIMIT="on\noff")
    assert "\n" not in str(refused.value)


def test_repr_shows_no_password_and_no_secret() -> None:
    shown = repr(
        read(
            DATABASE_URL="postgresql://me:hunter2@db/x",
            SMTP_URL="smtp://me:hunter2@mail.example.com",
            CHROMA_URL="http://me:hunter2@chroma",
            LLM_BASE_URL="http://me:hunter2@llm",
            SECRET_KEY="hunter2-hunter2-hunter2",
        )
    )
    assert "hunter2" not in shown


def test_https_without_a_secret_is_refused() -> None:
    with pytest.raises(BadSetting, match=r"^PRIVACY_ASSISTANT_SECRET_KEY must be set .*https"):
        read(PUBLIC_URL="https://privacy.example.com")
    assert read(PUBLIC_URL="http://127.0.0.1:8000").secret_key is None
    assert read(PUBLIC_URL="https://privacy.example.com", SECRET_KEY=LONG_SECRET).secret_key == LONG_SECRET


def test_two_secrets_at_once_are_refused() -> None:
    with pytest.raises(BadSetting, match="keep one of them"):
        read(SECRET_KEY=LONG_SECRET, SECRET_KEY_FILE="/run/secrets/key")


def test_an_empty_value_counts_as_unset() -> None:
    assert read(SMTP_URL="", TRANSCRIPT_DAYS=" ") == Settings()


def test_a_misspelt_variable_is_a_warning_that_names_the_right_one(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        read(TRANSCRIPT_DAY="30", SLACK_BOT_TOKEN="x")
    (warning,) = [record.getMessage() for record in caplog.records]
    assert warning.startswith("PRIVACY_ASSISTANT_TRANSCRIPT_DAY is not a setting and changes nothing.")
    assert warning.endswith("Is PRIVACY_ASSISTANT_TRANSCRIPT_DAYS meant?")


def test_a_dotenv_is_read_and_the_environment_stands_over_it(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text(
        "# the policy to serve\n"
        "export PRIVACY_ASSISTANT_POLICY='acme'\n"
        'PRIVACY_ASSISTANT_LLM = "openai:small" # quoted\n'
        "PRIVACY_ASSISTANT_TRANSCRIPT_DAYS=30 # a month\n"
        "no assignment\n"
        "OTHER=1\n",
        encoding="utf-8",
    )
    settings = Settings.from_environment({"PRIVACY_ASSISTANT_TRANSCRIPT_DAYS": "7"}, dotenv=dotenv)
    assert (settings.policy, settings.llm, settings.transcript_days) == ("acme", "openai:small", 7)


def test_a_dotenv_that_is_not_there_is_no_error(tmp_path: Path) -> None:
    assert Settings.from_environment({}, dotenv=tmp_path / ".env") == Settings()
