"""Write data/README.md from the schema: make dictionary."""

from dashboard.intake.dictionary import markdown
from dashboard.model.settings import data_folder

(data_folder() / "README.md").write_text(markdown(), "utf-8")
