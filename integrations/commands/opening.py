"""What a command opens first: settings, database, policy folder. Loads nothing that answers questions."""

import logging
import os
from pathlib import Path

import click

from assistant.settings import Settings
from knowledge.clause import PolicyVersion
from knowledge.versions.library import PolicyLibrary


def read_settings() -> Settings:
    """Environment over `.env` in the working folder; BadSetting names the variable."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    return Settings.from_environment(os.environ, dotenv=Path(".env"))


def newest_version(folder: Path) -> PolicyVersion:
    """The version that was published last; ClickException where there is none."""
    versions = PolicyLibrary(folder).versions()
    if not versions:
        raise click.ClickException(
            f"No version is published in {folder.name!r}: run `privacy-assistant policy publish`."
        )
    return versions[-1]
