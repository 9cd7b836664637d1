"""Signing in by a provider's word (OpenID Connect, code flow with PKCE): what it is asked, and what of its answers is believed."""
