"""The two tantivy indexes of a generation: the documents, and the distinct words of the archive for finding parts of words.

Text reaches tantivy already cut and folded (analysis.py), words parted by spaces: so one analysis serves documents, queries and highlights.
A second index holds each distinct word once, with its runs of three letters, so that a word is found by a part of it.
"""

from functools import lru_cache
from pathlib import Path

import tantivy

# Grows whenever the fields or the analysis change: an index of another version is rebuilt.
SCHEMA_VERSION = 4
ANALYSER = "words"

# Fields that words without a field are looked for in, with their weights: exact words before stems, titles before text.
DEFAULT_WEIGHTS = {"body": 1.0, "stems": 0.5, "joined": 1.0, "title": 3.0, "title_stems": 1.5, "other": 1.5}
WORD_FIELDS = ("note", "filename", "mime", "language", "state", "custom")
# Fields with a column of whole values, and of ids of labels.
VALUE_FIELDS = ("mime", "language")
LABEL_FIELDS = ("tag", "correspondent", "type", "path")
NUMBER_FIELDS = (
    "asn",
    "pages",
    "created_day",
    "added_second",
    "updated_second",
    "created_year",
    "added_order",
    "created_order",
    "asn_order",
    "asn_order_falling",
    "pages_order",
    "size_order",
)


@lru_cache(maxsize=1)
def document_schema() -> tantivy.Schema:
    """Describe the index of documents. `*_value` and `*_order` are columns: for facets, and for sorting with the id as the last key.

    Of labels, there are ids alone, those of all kinds in `label`: what they are called is a matter of names.py.
    """
    builder = tantivy.SchemaBuilder()
    # Signed: tantivy's delete by term takes every number for a signed one, and silently finds nothing in an unsigned field.
    builder.add_integer_field("id", indexed=True, fast=True)
    builder.add_integer_field("revision", fast=True)
    builder.add_integer_field("access", indexed=True, fast=True)
    builder.add_bytes_field("card", stored=True)
    for name in ("body", "title", "other", *WORD_FIELDS):
        builder.add_text_field(name, tokenizer_name=ANALYSER, index_option="position")
    for name in ("stems", "title_stems"):
        builder.add_text_field(name, tokenizer_name=ANALYSER, index_option="freq")
    builder.add_text_field("joined", tokenizer_name=ANALYSER, index_option="basic")
    for name in ("whole", "present", "range"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in VALUE_FIELDS:
        builder.add_text_field(value_column(name), fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("label", indexed=True)
    for name in LABEL_FIELDS:
        builder.add_integer_field(value_column(name), fast=True)
    builder.add_text_field("title_order", fast=True, tokenizer_name="raw", index_option="basic")
    for name in NUMBER_FIELDS:
        builder.add_integer_field(name, indexed=True, fast=True)
    builder.add_float_field("freshness", fast=True)
    return builder.build()


@lru_cache(maxsize=1)
def word_schema() -> tantivy.Schema:
    """Describe the index of distinct words. They are stored, since reading 1,000 of them from a column took ten times as long."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("word", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("grams", tokenizer_name=ANALYSER, index_option="basic")
    builder.add_unsigned_field("length", fast=True)
    return builder.build()


def value_column(field: str) -> str:
    """Name the column that holds a field's whole values."""
    return f"{field}_value"


def create_index(schema: tantivy.Schema, path: Path) -> None:
    """Make an empty index in a directory."""
    tantivy.Index(schema, path=str(path), reuse=False)


def open_index(path: Path) -> tantivy.Index:
    """Open an index that is there; every process has to know the analyser."""
    index = tantivy.Index.open(str(path))
    # All of us reload when it is time; left alone, a thread of tantivy's would look for commits, and read files while they are removed.
    index.config_reader(reload_policy="manual")
    index.register_tokenizer(ANALYSER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index
