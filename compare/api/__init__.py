"""The same facts for programs: read-only JSON with an OpenAPI document, and a page that explains it."""
