#!/usr/bin/env python3
"""Run the command that is given as arguments, and print its exit status, its seconds and its peak KiB.

This is a process of its own because a kernel counts into a child's peak what its parent held when it was
started. So it has to stay smaller than all that it measures: it imports only what Python itself has
imported by then, and is run with ``-S -E``.
"""

import os
import sys
import time

_SILENT = [
    (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
    (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
    (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
]

begin = time.perf_counter()
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=_SILENT)
_, status, usage = os.wait4(child, 0)
seconds = time.perf_counter() - begin
# macOS counts in bytes.
kibibytes = usage.ru_maxrss // 1024 if sys.platform == "darwin" else usage.ru_maxrss
sys.stdout.write(f"{os.waitstatus_to_exitcode(status)} {seconds} {kibibytes}\n")
