"""Rights that a query worker gives up before it reads its first query: network, memory, priority, a life of its own.

Everything here is Linux; elsewhere each call reports False and the checks of `guard` stand alone.
"""

import ctypes
import os
import platform
import resource
import signal
import struct
import sys
from pathlib import Path

__all__ = ["cut_network", "die_with_parent", "grant_memory", "memory_mapped"]

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP = 1, 38, 22
SECCOMP_MODE_FILTER = 2

# Architecture as the kernel names it, the number of socket(2) there, the lowest number of another call table.
SYSCALLS = {"x86_64": (0xC000003E, 41, 0x40000000), "aarch64": (0xC00000B7, 198, 0xFFFFFFFF)}


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def cut_network() -> bool:
    """True when this process, from here on, can open no connection.

    Two independent means, each of which suffices. An empty network namespace needs root or unprivileged user
    namespaces, which many containers and Ubuntu ≥ 24.04 forbid. The filter on socket(2) needs no right at all,
    only a kernel with seccomp on x86-64 or ARM64. Where both fail, what is left is that `guard` refuses SERVICE
    before the query reaches a worker; `/health` then says `"network": "guarded"`.
    """
    if not sys.platform.startswith("linux"):
        return False
    unshare = _libc().unshare
    separated = unshare(CLONE_NEWNET) == 0 or unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0
    return _refuse_sockets() or separated


class _Program(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def _refuse_sockets() -> bool:
    """Makes socket(2) fail with EPERM permanently, by a seccomp filter."""
    if platform.machine() not in SYSCALLS:
        return False
    architecture, number, other_table = SYSCALLS[platform.machine()]
    load, equal, at_least, answer = 0x20, 0x15, 0x35, 0x06
    allow, refuse, kill = 0x7FFF0000, 0x00050001, 0x80000000
    steps = (
        (load, 0, 0, 4),  # seccomp_data.arch
        (equal, 1, 0, architecture),
        (answer, 0, 0, kill),  # 32-bit calls have numbers of their own
        (load, 0, 0, 0),  # seccomp_data.nr
        (at_least, 1, 0, other_table),  # so have x32 calls
        (equal, 0, 1, number),
        (answer, 0, 0, refuse),
        (answer, 0, 0, allow),
    )
    code = b"".join(struct.pack("HBBI", *step) for step in steps)
    program = _Program(len(steps), code)
    prctl = _libc().prctl
    if prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return int(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0)) == 0


def die_with_parent(parent: int) -> None:
    """The kernel kills this process when the web process ends, however that ends. Call after `cut_network`:
    a change of namespace forgets the wish."""
    if sys.platform.startswith("linux"):
        _libc().prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit("the web process ended before its worker began")


def memory_mapped() -> int:
    """Bytes of address space in use; 0 where the system does not give it."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def grant_memory(extra: int) -> None:
    """Lets this process grow by `extra` bytes from where it is now; more than that fails to allocate."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = memory_mapped() + extra
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
