"""Pages that are read from top to bottom: what each section shows, as plain values for its template."""
