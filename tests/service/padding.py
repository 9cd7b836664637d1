"""Messages of any size, for whatever method."""

INFO = "/scriba.v1.AdminService/GetServerInfo"


def padded(size: int) -> bytes:
    """Make a message of this size: one unknown field (number 31), which every reader passes over. Its length takes four bytes."""
    length = size - 6
    return bytes([0xFA, 0x01, *((length >> shift) & 0x7F | 0x80 for shift in (0, 7, 14)), length >> 21]) + b"x" * length
