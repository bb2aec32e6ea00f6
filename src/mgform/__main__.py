"""Where the process begins: the command ``mgform``, and ``python -m mgform``."""

import gc
import sys


def main() -> None:
    """Run the call that the command line makes, and exit with its status.

    A call is over before there is garbage worth collecting. Looking for it, while modules are imported
    and once more at the end, takes a sixth of a call's time: so the collector is off before anything
    else is imported, and leaves at the end what there is.
    """
    gc.disable()
    from mgform.run import status_of

    status = status_of(sys.argv[1:])
    gc.freeze()
    sys.exit(status)


if __name__ == "__main__":
    main()
