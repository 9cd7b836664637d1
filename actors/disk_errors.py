"""The system's numbers for what goes wrong because of a disk, and not because of what is written to it."""

import errno

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
# Full, read-only or failed.
TROUBLE = FULL | {errno.EROFS, errno.EIO}
