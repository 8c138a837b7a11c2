"""The moderators' desk: what staff see and do around works, before any door."""
