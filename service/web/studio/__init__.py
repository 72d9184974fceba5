"""Pages for process owners; for everybody else they do not exist."""

from service.web.studio.compare import studio_compare
from service.web.studio.diagram import studio_diagram
from service.web.studio.draft import studio_draft
from service.web.studio.files import studio_files
from service.web.studio.form import studio_form
from service.web.studio.insight.pages import studio_insight
from service.web.studio.library import studio
from service.web.studio.new import studio_new
from service.web.studio.publications import studio_publications
from service.web.studio.publish import studio_publish
from service.web.studio.replay import studio_replay
from service.web.studio.table import studio_table
from service.web.studio.text import studio_text
from service.web.studio.trial import studio_trial_steps
from service.web.studio.trial_task import studio_trial_task
from service.web.studio.trials import studio_trial

STUDIO = (
    studio,  # /studio
    studio_diagram,  # /studio/concepten/<concept>/diagram/<proces>
    studio_draft,  # /studio/concepten/<concept>
    studio_new,  # /studio/concepten/<concept>/proces, tabel, formulier
    studio_compare,  # /studio/concepten/<concept>/verschil, /studio/publicaties/<n>/verschil/<m>
    studio_publish,  # /studio/concepten/<concept>/publiceren
    studio_replay,  # /studio/concepten/<concept>/publiceren/naspelen
    studio_publications,  # /studio/publicaties
    studio_files,  # /studio/concepten/<concept>/bestand
    studio_text,  # /studio/concepten/<concept>/tekst
    studio_insight,  # /studio/inzicht
    studio_table,  # /studio/concepten/<concept>/tabel
    studio_form,  # /studio/concepten/<concept>/formulier
    studio_trial,  # /studio/concepten/<concept>/proef
    studio_trial_steps,  # /studio/concepten/<concept>/proef/<proef>
    studio_trial_task,  # /studio/concepten/<concept>/proef/<proef>/taak/<taak>
)
