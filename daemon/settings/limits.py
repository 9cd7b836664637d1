"""Settings of what may be used up, and of what is too much."""

from pydantic import BaseModel, ByteSize, Field

from daemon.settings.profiles import Profile
from daemon.settings.sizes import GIBIBYTE, MEBIBYTE


class LimitSection(BaseModel):
    """How much room and memory may be taken."""

    profile: Profile = Field(
        Profile.FULL, description="`small` sets what fits a machine with 2 GB of memory, wherever nothing else is set."
    )
    allow_unsandboxed: bool = Field(
        False, description="Read files even where nothing can shut the decoders in; without it the daemon does not start there."
    )

    max_upload_bytes: ByteSize = Field(ByteSize(10 * GIBIBYTE), ge=1, description="Larger files are refused.")
    min_free_bytes: ByteSize = Field(ByteSize(512 * MEBIBYTE), ge=0, description="Nothing is accepted when the disk has less room left.")
    ray_object_store_bytes: ByteSize = Field(
        ByteSize(80 * MEBIBYTE), ge=75 * MEBIBYTE, description="Memory that Ray shares between processes for pages on their way."
    )
