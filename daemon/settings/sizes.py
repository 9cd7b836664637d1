"""Units of sizes, in bytes."""

MEBIBYTE = 1024 * 1024
GIBIBYTE = 1024 * MEBIBYTE
