-- The key that checkpoints of trails are signed with: made when first needed, wrapped by the master key, the same for all processes.
create table signing_key (
    one        boolean     primary key default true check (one),
    name       text        not null,
    public_key bytea       not null,
    wrapped    bytea       not null,
    created    timestamptz not null default now()
);
