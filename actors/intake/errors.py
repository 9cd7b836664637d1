"""What an uploader is told when an upload cannot be taken in. All carry one message for a person, so that they travel well."""


class IntakeError(Exception):
    """The upload was not accepted; nothing of it is in the archive."""


class ChecksumMismatch(IntakeError):
    """Other bytes arrived than were announced; they were dropped, so send the file again from its beginning."""


class UploadMissing(IntakeError):
    """No staged file and no document belong to the request id; send the file again from its beginning."""


class UploadUnfinished(IntakeError):
    """A stream is still writing to the staged file; finish or end it first."""


class UploadTooLarge(IntakeError):
    """The file is larger than the archive takes in."""


class OriginalPurged(IntakeError):
    """A document with the same bytes was purged at the same moment, and its original with it; send the file again."""


class NoSpace(IntakeError):
    """The disk is nearly full; try again with the same request id when there is room."""


class StorageFailed(IntakeError):
    """The disk or the database of the archive failed; try again with the same request id once it is sound."""
