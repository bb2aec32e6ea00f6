"""Where the process begins: the command ``mgform``, and ``python -m mgform``."""

import gc
import os
import signal
import sys

_INTERRUPTED = 130


def main() -> None:
    """Run the call that the command line makes, and exit with its status.

    A call is over before there is garbage worth collecting. Looking for it, while modules are imported
    and once more at the end, takes a sixth of a call's time: so the collector is off before anything
    else is imported. An interrupt ends the process at once and silently, even while modules load.
    """
    signal.signal(signal.SIGINT, lambda *_: os._exit(_INTERRUPTED))
    gc.disable()
    from mgform.cli import run

    status = run(sys.argv[1:])
    gc.freeze()
    sys.exit(status)


if __name__ == "__main__":
    main()
