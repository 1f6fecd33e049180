ALTER TABLE projects DROP COLUMN portal_opened_from;
DROP TABLE portal_watching;
DROP TABLE portal_processes;
