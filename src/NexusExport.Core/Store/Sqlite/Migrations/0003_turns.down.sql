DROP INDEX idx_export_jobs_first;
DROP INDEX idx_export_jobs_place;
DROP INDEX idx_export_jobs_ended;
ALTER TABLE export_jobs DROP COLUMN ended;
ALTER TABLE export_jobs DROP COLUMN begun;
