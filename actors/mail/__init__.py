"""Mail: what lies in people's mailboxes, and which of it becomes documents."""
