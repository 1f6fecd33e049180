DROP TABLE unit_assignments;
DROP TABLE roster_units;
DROP TABLE monitoring_locations;
DROP TABLE projects;
DROP TABLE clients;
