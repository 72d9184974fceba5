"""Pages for process owners; for everybody else they do not exist."""

from service.web.studio.draft import studio_draft
from service.web.studio.files import studio_files
from service.web.studio.library import studio
from service.web.studio.text import studio_text
from service.web.studio.trial import studio_trial_steps
from service.web.studio.trial_task import studio_trial_task
from service.web.studio.trials import studio_trial

STUDIO = (
    studio,  # /studio
    studio_draft,  # /studio/concepten/<concept>
    studio_files,  # /studio/concepten/<concept>/bestand
    studio_text,  # /studio/concepten/<concept>/tekst
    studio_trial,  # /studio/concepten/<concept>/proef
    studio_trial_steps,  # /studio/concepten/<concept>/proef/<proef>
    studio_trial_task,  # /studio/concepten/<concept>/proef/<proef>/taak/<taak>
)
