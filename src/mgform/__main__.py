"""Where the process begins and ends: the command ``mgform``, and ``python -m mgform``."""

# What is behind the module signal, whose own import takes longer than an interrupt may wait.
import _signal  # type: ignore[import-not-found]
import gc
import os
import sys

# An interrupt ends the process at once and silently, even while modules load.
_signal.signal(_signal.SIGINT, lambda *_: os._exit(130))


def main() -> None:
    """Run the call that the command line makes, and exit with its status.

    Looking for garbage, while modules are imported and at the end, takes a sixth of a call's time.
    So the collector is off before anything else is imported, and the process ends without taking
    itself apart.
    """
    gc.disable()
    from mgform.run import run

    os._exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
