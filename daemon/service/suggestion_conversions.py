"""What was learned, as the contract tells it."""

from daemon.service.catalog_conversions import LABEL_KINDS
from daemon.service.suggesting import NamedSuggestion
from scriba.v1 import documents_pb2 as pb


def tag_suggestion_message(suggestion: NamedSuggestion) -> pb.TagSuggestion:
    """Tell of a tag that may fit."""
    return pb.TagSuggestion(tag=suggestion.label.name, probability=suggestion.probability)


def label_suggestion_message(suggestion: NamedSuggestion) -> pb.LabelSuggestion:
    """Tell of a label that may fit."""
    label = suggestion.label
    return pb.LabelSuggestion(
        kind=LABEL_KINDS[label.kind],
        label_id=str(label.id),
        name=label.name,
        probability=suggestion.probability,
        sure=suggestion.sure,
        like_document_ids=map(str, suggestion.like),
    )
