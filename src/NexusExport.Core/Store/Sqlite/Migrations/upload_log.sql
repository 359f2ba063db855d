CREATE TABLE upload_log (
	id INTEGER NOT NULL,
	session_identifier VARCHAR(36) NOT NULL,
	destination_name VARCHAR(100) NOT NULL,
	success BOOLEAN NOT NULL,
	timestamp VARCHAR NOT NULL,
	record_id VARCHAR(255),
	record_url VARCHAR(500),
	error_message VARCHAR,
	metadata_json VARCHAR,
	PRIMARY KEY (id)
);
CREATE INDEX ix_upload_log_session_identifier ON upload_log (session_identifier);
CREATE INDEX ix_upload_log_destination_name ON upload_log (destination_name);
