"""Submit, poll, list and delete with a client made from the API's own description:

    openapi-python-client generate --url $BASE_URL/api/schema --meta none --output-path smartspec_client
    python generated.py "a lighthouse in the fog"

Needs `httpx`, `attrs`, `python-dateutil` and two variables: BASE_URL and API_KEY.
"""

import os
import sys
import time

from smartspec_client import AuthenticatedClient
from smartspec_client.api.generation import create_image, delete_task, get_task, get_task_status, list_tasks
from smartspec_client.models import CreateImageNanoBananaPro, ListTasksMediaType, Task

client = AuthenticatedClient(base_url=os.environ["BASE_URL"], token=os.environ["API_KEY"])
order = CreateImageNanoBananaPro(prompt=sys.argv[1], max_credits=50)

task = create_image.sync(client=client, body=order)
if not isinstance(task, Task):
    sys.exit(f"{task.code}: {task.detail}")
while get_task_status.sync(task.id, client=client).status in ("pending", "processing"):
    time.sleep(1)
task = get_task.sync(task.id, client=client)
print(task.status, task.credits_used, task.outputs[0].content_type)

mine = list_tasks.sync(client=client, media_type=ListTasksMediaType.IMAGE, limit=5)
print("listed" if task.id in [each.id for each in mine] else "missing")
print("deleted" if delete_task.sync(task.id, client=client).deleted else "kept")
