"""Django's settings, one small file per concern, all fed by the one settings object (`MOTCUA`)."""

from .base import *  # isort: skip
from .database import *
from .language import *
from .logs import *
from .mail import *
from .pages import *
from .security import *
from .sessions import *
