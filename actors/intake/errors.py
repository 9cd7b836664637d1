"""What an uploader is told when an upload cannot be taken in. All carry one message for a person, so that they travel well."""


class IntakeError(Exception):
    """The upload was not accepted; nothing of it is in the archive."""


class ChecksumMismatch(IntakeError):
    """Other bytes arrived than were announced; they were dropped, so send the file again from its beginning."""


class UploadMissing(IntakeError):
    """No finished file and no document belong to the request id; send the file again from its beginning, or to its end."""


class FieldsRefused(IntakeError):
    """A custom field that came along is gone since, or does not take its value any more."""


class OwnerGone(IntakeError):
    """Who was to own the document is no user any more."""


class UploadTooLarge(IntakeError):
    """The file is larger than the archive takes in."""


class NoSpace(IntakeError):
    """The disk is nearly full; try again with the same request id when there is room."""


class NoSpaceForFile(NoSpace):
    """This file does not fit on the disk, though smaller ones do."""


class StorageFailed(IntakeError):
    """The disk or the database of the archive failed; try again with the same request id once it is sound."""
