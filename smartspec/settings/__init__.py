"""Every setting of the product, read from the environment (see .env.example), one file for each subject.

Nothing set at all is a working single machine: SQLite, local files, no network.
"""

from smartspec.settings.environment import *
from smartspec.settings.files import *
from smartspec.settings.found import *
from smartspec.settings.generating import *
from smartspec.settings.interface import *
from smartspec.settings.jobs import *
from smartspec.settings.load import *
from smartspec.settings.log import *
from smartspec.settings.operators import *
from smartspec.settings.people import *
from smartspec.settings.rooms import *
from smartspec.settings.rows import *
from smartspec.settings.site import *
from smartspec.settings.words import *
