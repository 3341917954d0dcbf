"""Accounts and the vault, the only room that holds secrets."""
