from smartspec.lib.processes import NotReady, Process, free_port, is_open

__all__ = ["NotReady", "Process", "free_port", "is_open"]
