"""What providers grant the archive at their mailboxes: asked for by a browser, kept, renewed (OAuth 2.0, code flow with PKCE)."""
