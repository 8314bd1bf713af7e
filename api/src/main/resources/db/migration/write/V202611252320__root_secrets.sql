-- What all other keys derive from, wrapped under the master key, so that another master key can take its place. Null until the first
-- start after this migration: then it is the master key of that time itself, which keys were derived from until then.
alter table master_key add column identity bytea;
-- What the keys of personal data and of signatures are wrapped under. Each rotation of the master key adds one. Generation 0 has no
-- row: it derives from identity.
create table wrapping_secrets (
    generation integer     primary key check (generation > 0),
    wrapped    bytea       not null,
    made       timestamptz not null default now(),
    -- Since when nothing is wrapped under an older one.
    swept      timestamptz
);
alter table personal_keys add column generation integer not null default 0;
alter table signing_key add column generation integer not null default 0;
