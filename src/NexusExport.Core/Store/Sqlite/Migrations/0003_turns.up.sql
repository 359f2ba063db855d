-- When attempts began and ended, in turns: counted, because clocks go back and two moments may be one. Whether a content is still at a
-- destination that keeps only the latest is told by them. Jobs from before have the milliseconds of their end.
ALTER TABLE export_jobs ADD COLUMN begun INTEGER NOT NULL DEFAULT 0;
ALTER TABLE export_jobs ADD COLUMN ended INTEGER NOT NULL DEFAULT 0;
UPDATE export_jobs SET
  begun = COALESCE(CAST((julianday(COALESCE(completed_at, updated_at)) - 2400000) * 86400000 AS INTEGER), 0),
  ended = COALESCE(CAST((julianday(COALESCE(completed_at, updated_at)) - 2400000) * 86400000 AS INTEGER), 0);

-- The last turn.
CREATE INDEX idx_export_jobs_ended ON export_jobs (ended);

-- What took whose place.
CREATE INDEX idx_export_jobs_place ON export_jobs (destination_id, output_location) WHERE status = 'completed';

-- Since when this journal knows what a destination has: the first job that it sent there itself.
CREATE INDEX idx_export_jobs_first ON export_jobs (destination_id, (attempts > 0), completed_at) WHERE status = 'completed';
