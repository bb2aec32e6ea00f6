"""Where the process begins and ends: the command ``mgform``, and ``python -m mgform``."""

# The module behind "signal": that one imports for longer than an interrupt may take.
import _signal  # type: ignore[import-not-found]
import os

INTERRUPTED = 130

# An interrupt ends the process at once and silently, even while modules load.
_signal.signal(_signal.SIGINT, lambda *_: os._exit(INTERRUPTED))


def main() -> None:
    """Run the call that the command line makes, and exit with its status.

    A call is over before there is garbage worth collecting. Looking for it, while modules are imported
    and once more at the end, takes a sixth of a call's time: so the collector is off before anything
    else is imported, and the process, which has written all it had to, ends without taking itself apart.
    """
    import gc

    gc.disable()
    import sys

    from mgform.cli import run

    os._exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
