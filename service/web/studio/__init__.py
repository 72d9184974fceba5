"""Pages for process owners; for everybody else they do not exist."""

from service.web.studio.diagram import studio_diagram
from service.web.studio.draft import studio_draft
from service.web.studio.files import studio_files
from service.web.studio.library import studio
from service.web.studio.text import studio_text

STUDIO = (
    studio,  # /studio
    studio_diagram,  # /studio/concepten/<concept>/diagram/<proces>
    studio_draft,  # /studio/concepten/<concept>
    studio_files,  # /studio/concepten/<concept>/bestand
    studio_text,  # /studio/concepten/<concept>/tekst
)
