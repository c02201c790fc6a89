-- The sample's tables, as in a retailer's back office, and the publication that Firn needs.

CREATE TABLE sales (
  id            bigint PRIMARY KEY,
  period        char(7) NOT NULL,
  year          smallint NOT NULL,
  month         smallint NOT NULL,
  business_unit varchar(40) NOT NULL,
  region        text NOT NULL,
  province      text NOT NULL,
  product       text NOT NULL,
  brand_level_1 text,
  brand_level_2 text,
  price_class   text,
  quantity      integer NOT NULL,
  revenue       numeric(14, 2)
);

CREATE TABLE product (
  product_id uuid PRIMARY KEY,
  name       text NOT NULL,
  list_price numeric(12, 4) NOT NULL,
  carbon_kg  numeric,
  attributes jsonb,
  tags       text[] NOT NULL,
  active     boolean,
  thumbnail  bytea,
  launched   date
);

CREATE TYPE store_format AS ENUM ('supermarket', 'mini', 'kiosk', 'warehouse club');

CREATE TABLE store (
  region_code char(3),
  store_no    integer,
  name        varchar(80) NOT NULL,
  format      store_format NOT NULL,
  opened_at   timestamptz NOT NULL,
  refitted_at timestamp,
  latitude    double precision,
  longitude   double precision,
  visits      integer[],
  opens       time,
  lease       interval,
  gateway     inet,
  note        text,
  PRIMARY KEY (region_code, store_no)
);

-- Out of line and uncompressed beyond 2 kB: updates of other columns do not carry the note.
ALTER TABLE store ALTER COLUMN note SET STORAGE EXTERNAL;

CREATE TABLE promotion (
  code      varchar(12) PRIMARY KEY,
  discount  numeric(5, 2) NOT NULL,
  starts_on date NOT NULL,
  ends_on   date,
  title     text
);

CREATE PUBLICATION firn FOR TABLE sales, product, store, promotion;
