"""What the house did, by day: counted from the rows themselves, kept in rollups, drawn for the admin."""
