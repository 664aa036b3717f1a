"""How each published thing becomes what can be found: one module per kind."""

from search.documents.activities import activity_documents
from search.documents.base import Document, activity_key, page_key, pk_of
from search.documents.website_pages import INDEXED_PAGES, page_documents

__all__ = ["INDEXED_PAGES", "Document", "activity_documents", "activity_key", "page_documents", "page_key", "pk_of"]
