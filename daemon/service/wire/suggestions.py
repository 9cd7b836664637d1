"""What a document may deserve, as the contract tells it."""

from actors.dates.candidates import DateCandidate, DateSource
from actors.understanding.suggesting import Suggested, SuggestedLabel
from daemon.service.wire.assignments import GIVERS
from daemon.service.wire.catalog import LABEL_KINDS
from scriba.v1 import documents_pb2 as pb

DATE_SOURCES = {source: pb.DateSource.Value(f"DATE_SOURCE_{source.name}") for source in DateSource}


def tag_suggestion_message(suggestion: SuggestedLabel) -> pb.TagSuggestion:
    """Tell of a tag that may fit."""
    return pb.TagSuggestion(tag=suggestion.label.name, probability=suggestion.probability)


def suggestions_message(suggested: Suggested) -> pb.SuggestValuesResponse:
    """Tell of labels and days that may fit."""
    return pb.SuggestValuesResponse(labels=map(label_message, suggested.labels), dates=map(date_message, suggested.dates))


def label_message(suggestion: SuggestedLabel) -> pb.LabelSuggestion:
    """Tell of a label that may fit."""
    label = suggestion.label
    return pb.LabelSuggestion(
        kind=LABEL_KINDS[label.kind],
        label_id=str(label.id),
        name=label.name,
        probability=suggestion.probability,
        sure=suggestion.sure,
        like_document_ids=map(str, suggestion.like),
        giver=GIVERS[suggestion.reason.giver],
        reason=suggestion.reason.words,
    )


def date_message(candidate: DateCandidate) -> pb.DateSuggestion:
    """Tell of a day that a document may be dated by."""
    return pb.DateSuggestion(
        date=candidate.date.isoformat(),
        score=candidate.score,
        source=DATE_SOURCES[candidate.source],
        reason=candidate.reason,
        page=candidate.page,
        text=candidate.text,
    )
