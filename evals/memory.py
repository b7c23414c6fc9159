"""How much memory a process holds and how long it has computed, as Linux tells it; None on other systems."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

_KIB = re.compile(r"^(VmRSS|VmHWM):\s+(\d+) kB$", re.MULTILINE)
_MIB = 1024


@dataclass(frozen=True, slots=True)
class Memory:
    """MiB in memory now, and the most there ever was."""

    resident: float
    peak: float


def memory_of(pid: int) -> Memory | None:
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return None
    kib = {name: int(amount) for name, amount in _KIB.findall(status)}
    return Memory(kib["VmRSS"] / _MIB, kib["VmHWM"] / _MIB) if len(kib) == len(("VmRSS", "VmHWM")) else None


def cpu_seconds_of(pid: int) -> float | None:
    """How long the process has computed so far, on all cores together, in itself and in the system."""
    try:
        # The name of the program stands in brackets and may hold anything.
        numbers = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return None
    user, system = numbers[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
