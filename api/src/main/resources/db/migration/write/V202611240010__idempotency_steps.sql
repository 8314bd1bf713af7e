-- A request whose answer was lost is carried out again. What it makes up derives from run, which stays the same until the key's
-- day is over; steps has the positions that its commands reached, each appended in the transaction of the command itself.
alter table idempotency_keys
    add column run uuid not null default gen_random_uuid(),
    add column steps bigint[] not null default '{}';
