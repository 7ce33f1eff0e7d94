-- A role for the server that owns nothing: what it does not need, nobody who takes it over can do.
-- Run as the owner of the tables, after each `manage.py migrate`, on PostgreSQL. The server then
-- signs in as a member of it: CREATE ROLE stillhand_1 LOGIN IN ROLE stillhand_server.
DO $$ BEGIN CREATE ROLE stillhand_server; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
GRANT USAGE ON SCHEMA public TO stillhand_server;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO stillhand_server;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO stillhand_server;
-- What is written once. Triggers refuse the owner too; the role cannot take a trigger away.
REVOKE UPDATE, DELETE ON sessions_app_auditevent, sessions_app_chartread FROM stillhand_server;
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM stillhand_server;
