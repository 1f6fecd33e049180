-- The rights of the role under which portal-server may run on PostgreSQL: it reads what scopes a
-- session, and writes lockouts, the use of preview tickets, when and from where a portal was last
-- opened, a harder hash of the same password, and what its processes report of themselves. Run it
-- after the migrations, as the owner of the database, and again after an upgrade:
--
--     CREATE ROLE terra_view_portal LOGIN PASSWORD '…';
--     \i docs/portal-role.sql

GRANT SELECT ON __diesel_schema_migrations, projects, monitoring_locations, unit_assignments
    TO terra_view_portal;
GRANT UPDATE (portal_opened_at, portal_opened_from, portal_password_hash) ON projects
    TO terra_view_portal;
GRANT SELECT, INSERT, UPDATE, DELETE ON login_failures TO terra_view_portal;
GRANT SELECT, UPDATE (used_at) ON preview_tickets TO terra_view_portal;
GRANT SELECT, INSERT, UPDATE, DELETE ON portal_processes, portal_watching TO terra_view_portal;
