"""Cases to and from other programs: the neutral case document, and lists of persons."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import batched
from pathlib import Path
from typing import Any

from kimdesk.casework.desk import Desk
from kimdesk.casework.document_in import Taken, take
from kimdesk.casework.document_out import document
from kimdesk.casework.office import next_file_number
from kimdesk.casework.person_list import documents
from kimdesk.catalogue.messages import explain
from kimdesk.domain.errors import ContentError, StoreError
from kimdesk.domain.records import Record
from kimdesk.store.work import Writer

__all__ = ["Report", "document", "import_documents", "read_file"]
