-- What a session came out of, and what it is bound to.
alter table sessions
    add column interactive      boolean not null default true,
    add column sign_in          uuid,
    add column signed_in_at     timestamptz,
    add column sign_in_ends_at  timestamptz,
    add column authenticated_at timestamptz,
    add column scopes           text[];
create index sessions_sign_in on sessions (sign_in);

-- The bound session that an API token was made with and dies with.
alter table tokens add column parent_session uuid;

-- The organization that the person last used in an interactive session.
alter table accounts add column last_organization uuid;

-- Like token_last_use: no event says it, so it outlives a rebuild.
create table sign_in_last_use (
    sign_in uuid        primary key,
    at      timestamptz not null
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);
