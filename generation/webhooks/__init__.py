"""Telling a caller's own server what became of a task, by the rules of Standard Webhooks."""
