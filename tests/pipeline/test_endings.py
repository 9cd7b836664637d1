"""How a job goes on whose decoder was killed, by somebody else or by us."""

import pytest

from actors.ocr.errors import DecoderKilled, DecoderStopped
from actors.pipeline.endings import Ending, ending_of


@pytest.mark.parametrize(
    ("error", "retries"), [(DecoderKilled("crashed (SIGKILL)"), (1, 2)), (DecoderStopped("needed more than 2000 MB of memory"), (1,))]
)
def test_a_document_that_kills_its_decoder_is_tried_again_but_not_for_ever(error: DecoderKilled, retries: tuple[int, ...]) -> None:
    assert [attempt for attempt in range(1, 6) if ending_of(error, attempt)[0] is Ending.RETRY] == list(retries)
    assert ending_of(error, 5)[0] is Ending.HOPELESS
