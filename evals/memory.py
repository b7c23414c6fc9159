"""How much memory a process holds, as Linux tells it; None on other systems."""

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
