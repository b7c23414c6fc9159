"""The bar of a command that takes a while: on standard error, gone when it ends, and none where nobody watches."""

from rich.console import Console
from rich.progress import Progress


def progress_bar() -> Progress:
    console = Console(stderr=True)
    return Progress(console=console, transient=True, disable=not console.is_terminal)
