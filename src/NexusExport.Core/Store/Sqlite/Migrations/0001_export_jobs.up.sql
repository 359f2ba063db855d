-- One record at one destination. Columns of the Export Pipeline specification, section 7.1, in SQLite's types, then ours.
-- session_id holds the session's identifier and destination_id the destination's name: the tables of users, sessions, templates and
-- destinations do not exist, so there are no foreign keys to them. Times are ISO 8601 in UTC.
CREATE TABLE export_jobs (
  id TEXT NOT NULL PRIMARY KEY,
  user_id TEXT NOT NULL,
  session_id TEXT,
  template_id TEXT NOT NULL DEFAULT 'none',
  destination_id TEXT NOT NULL COLLATE NOCASE,
  filename TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'queued'
    CHECK (status IN ('queued', 'pending_review', 'running', 'completed', 'failed', 'rolled_back')),
  content_hash TEXT,
  token_count INTEGER,
  output_location TEXT,
  error_message TEXT,
  bin_transaction_id TEXT,
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  started_at TEXT,
  completed_at TEXT,
  batch_id TEXT,
  record_id TEXT,
  record_url TEXT,
  receipt_json TEXT,
  error_code TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  owner TEXT,
  forced INTEGER NOT NULL DEFAULT 0,
  updated_at TEXT NOT NULL
);

CREATE INDEX idx_export_jobs_user ON export_jobs (user_id);
CREATE INDEX idx_export_jobs_session ON export_jobs (session_id, destination_id);
CREATE INDEX idx_export_jobs_status ON export_jobs (status);
CREATE INDEX idx_export_jobs_created ON export_jobs (created_at);
CREATE INDEX idx_export_jobs_destination ON export_jobs (destination_id);
CREATE INDEX idx_export_jobs_template ON export_jobs (template_id);

-- The job's key. A forced export is a second job of the same key.
CREATE UNIQUE INDEX idx_export_jobs_key ON export_jobs (destination_id, session_id, content_hash) WHERE forced = 0;
