"""Bytes -> text, and which format it is; refuses what is no text. Reads no files."""

import re
from enum import StrEnum
from pathlib import PurePath

from knowledge.errors import UnreadablePolicy

LARGEST_FILE = 5_000_000  # bytes
_NAME_LENGTH = 80
_CONTENT_REACH = 20_000  # code points that are looked at to tell formats apart
_ADVICE = "save the policy as UTF-8 plain text, Markdown or HTML and try again"
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_BINARY_SHARE = 0.001
_HTML = re.compile(r"<!doctype html|<html[\s>]|<(?:body|main|article|div|p|h[1-6])(?:\s[^<>]*)?>", re.IGNORECASE)
_MARKDOWN = re.compile(r"^#{1,6}[ \t]+\S|^[^\n]{1,100}\n(?:={3,}|-{3,})[ \t]*$|\]\(https?://", re.MULTILINE)
_MARKDOWN_SIGNS = 2


class PolicyFormat(StrEnum):
    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"


_SUFFIXES = {
    ".txt": PolicyFormat.TEXT,
    ".text": PolicyFormat.TEXT,
    ".md": PolicyFormat.MARKDOWN,
    ".markdown": PolicyFormat.MARKDOWN,
    ".html": PolicyFormat.HTML,
    ".htm": PolicyFormat.HTML,
    ".xhtml": PolicyFormat.HTML,
}


def decode(data: bytes, *, name: str) -> str:
    """The text of a published file, a byte order mark kept as its first code point, so that offsets stay true."""
    shown = shown_name(name)
    if not data.strip():
        raise UnreadablePolicy(f"{shown} is empty: {_ADVICE}.")
    if len(data) > LARGEST_FILE:
        raise UnreadablePolicy(
            f"{shown} is larger than {LARGEST_FILE // 1_000_000} MB: publish the policy's text alone."
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        kind = "is not text" if b"\0" in data else f"is not UTF-8 text (byte {error.start + 1} is the first wrong one)"
        raise UnreadablePolicy(f"{shown} {kind}: {_ADVICE}.") from None
    if "\0" in text or len(_BINARY.findall(text)) > len(text) * _BINARY_SHARE:
        raise UnreadablePolicy(f"{shown} is not text: {_ADVICE}.")
    return text


def format_of(text: str, *, name: str) -> PolicyFormat:
    """By the file's suffix and, where that tells nothing, by what the text looks like."""
    by_suffix = _SUFFIXES.get(PurePath(name).suffix.lower())
    if by_suffix is not None:
        return by_suffix
    head = text[:_CONTENT_REACH].replace("\r\n", "\n")
    if _HTML.search(head):
        return PolicyFormat.HTML
    signs = len(_MARKDOWN.findall(head))
    return PolicyFormat.MARKDOWN if signs >= _MARKDOWN_SIGNS else PolicyFormat.TEXT


def shown_name(name: str) -> str:
    """The file's own name on one line, without its folder."""
    printable = "".join(letter if letter.isprintable() else "?" for letter in PurePath(name).name)
    return printable[:_NAME_LENGTH] or "The file"
