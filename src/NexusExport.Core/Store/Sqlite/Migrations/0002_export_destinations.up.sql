-- Destinations that were registered. Columns of the Export Pipeline specification, section 4.3, in SQLite's types. dest_type is no
-- enumeration, because plugins bring types of their own; config holds references to secrets, never secrets. A name is unique whoever made
-- it: job and log rows know destinations by name. Times are ISO 8601 in UTC.
CREATE TABLE export_destinations (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (length(name) BETWEEN 1 AND 100),
  dest_type TEXT NOT NULL,
  config TEXT NOT NULL,
  created_by TEXT,
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  last_used_at TEXT
);

CREATE INDEX idx_export_destinations_created_by ON export_destinations (created_by);
