"""What other rooms may listen to. Each is sent inside the transaction that makes it true, with `task`."""

from django.dispatch import Signal

task_completed = Signal()
task_ended = Signal()  # failed or cancelled: there will be no files
task_deleted = Signal()  # its owner let go of it: files and pending gallery items go too
work_named = Signal()  # unlike the others sends `slug`: who knows the work answers a lineage.Origin
