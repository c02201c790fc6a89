-- The sample's tables and rows, and the role that capture signs in as: what `firn preflight --grants` prints for
-- deploy/firn.yaml's pipeline. For psql as the master user, with the variables role and password, in the folder of the CSV files.
\set ON_ERROR_STOP on
SET client_encoding = 'UTF8';
BEGIN;

-- With the publication firn.
\ir schema.sql

\copy sales FROM 'sales-initial.csv' (FORMAT csv, HEADER)
\copy product FROM 'product.csv' (FORMAT csv, HEADER)
\copy store FROM 'store.csv' (FORMAT csv, HEADER)
\copy promotion FROM 'promotion.csv' (FORMAT csv, HEADER)

CREATE ROLE :"role" LOGIN PASSWORD :'password';
GRANT rds_replication TO :"role";
GRANT CONNECT ON DATABASE shop TO :"role";
GRANT USAGE ON SCHEMA public TO :"role";
GRANT SELECT ON sales, product, store, promotion TO :"role";
CREATE SCHEMA firn;
GRANT USAGE, CREATE ON SCHEMA firn TO :"role";

COMMIT;
