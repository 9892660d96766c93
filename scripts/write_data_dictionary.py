"""Write data/README.md from the schema: make dictionary."""

from dashboard.intake.dictionary import build_dictionary
from dashboard.model.settings import data_folder

(data_folder() / "README.md").write_text(build_dictionary(), "utf-8")
