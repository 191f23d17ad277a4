-- Distributes the customers over two PostgreSQL servers ("shards") by hash of their account. See docs/distribute.md.
--
-- Write the addresses of the shards to a file that only you can read, such as shards.psql:
--   \set shard1_host 10.0.0.1
--   \set shard1_port 5432
--   \set shard1_dbname customers
--   \set shard1_user api
--   \set shard1_password 'password'
--   and the same for shard2
--
-- Then run this script on the coordinator, which is the server of DATABASE_URL, as the role of the API, while no import
-- runs:
--   psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -f shards.psql -f distribute-postgres-fdw.sql

begin;

create server shard1 foreign data wrapper postgres_fdw options (
  host :'shard1_host', port :'shard1_port', dbname :'shard1_dbname',
  connect_timeout '3', keepalives_idle '10', batch_size '1000', fetch_size '1000'
);
create server shard2 foreign data wrapper postgres_fdw options (
  host :'shard2_host', port :'shard2_port', dbname :'shard2_dbname',
  connect_timeout '3', keepalives_idle '10', batch_size '1000', fetch_size '1000'
);
create user mapping for current_user server shard1 options (user :'shard1_user', password :'shard1_password');
create user mapping for current_user server shard2 options (user :'shard2_user', password :'shard2_password');

-- The shards check uniqueness and all other constraints, because an account is on one shard.
alter table customers rename to customers_before;
create table customers (like customers_before) partition by hash (account_id);
create foreign table customers_shard1 partition of customers
  for values with (modulus 2, remainder 0) server shard1 options (table_name 'customers');
create foreign table customers_shard2 partition of customers
  for values with (modulus 2, remainder 1) server shard2 options (table_name 'customers');

insert into customers select * from customers_before;
drop table customers_before;

commit;
