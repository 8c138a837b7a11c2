"""The API's common shape. Named in settings, imported by nobody."""
