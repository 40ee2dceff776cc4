"""The API under /api/v1: every room's routes, one way to say no, OpenAPI 3.1 at /api/v1/openapi.json."""

import motcua
import motcua.accounts.api  # it says whose token a request carries
from motcua.agencies.api import router as agencies
from motcua.assistant.api import router as assistant
from motcua.catalogue.api import router as catalogue
from motcua.cooperation.api import of_dossiers as dossier_tasks
from motcua.cooperation.api import router as tasks
from motcua.dossiers.api import me, notices, tracking
from motcua.dossiers.api import router as dossiers
from motcua.files.api import router as files
from motcua.forecast.api import of_dossiers as dossier_forecasts
from motcua.foundation.api import MachineDoor, install
from motcua.notes.api import of_dossiers as dossier_notes
from motcua.notes.api import router as labels
from motcua.precheck.api import of_dossiers as dossier_prechecks
from motcua.queue.api import router as queue
from motcua.registers.api import router as store
from motcua.reorganisation.api import router as reorganisations
from motcua.reporting.api import router as reporting
from motcua.reporting.petitions_api import router as petitions
from motcua.sealing.api import router as seals

api = install(
    MachineDoor(
        title="Một Cửa",
        version=motcua.__version__,
        description="Thủ tục, cơ quan, hồ sơ và giấy tờ / procedures, agencies, dossiers and files.",
        docs_url=None,
        urls_namespace="api",
    )
)
api.add_router("/procedures", catalogue)
api.add_router("/agencies", agencies)
api.add_router("/assistant", assistant)
api.add_router("/dossiers", dossiers)
api.add_router("/dossiers", dossier_tasks)
api.add_router("/dossiers", dossier_notes)
api.add_router("/labels", labels)
api.add_router("/tasks", tasks)
api.add_router("/files", files)
api.add_router("/tracking", tracking)
api.add_router("/notices", notices)
api.add_router("/me", me)
api.add_router("/store", store)
api.add_router("/queue", queue)
api.add_router("/dossiers", dossier_forecasts)
api.add_router("/dossiers", dossier_prechecks)
api.add_router("/petitions", petitions)
api.add_router("/reorganisations", reorganisations)
api.add_router("/reporting", reporting)
api.add_router("/seals", seals)
