"""``python -m mgform`` is ``mgform``."""

from mgform.run import main

main()
