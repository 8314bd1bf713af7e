-- Which version of a projection made its table, and when.
create table projections (
    name       text        primary key,
    version    integer     not null,
    rebuilt_to bigint      not null,
    rebuilt    timestamptz not null
);

-- Rebuilds, the one under way and those before. At most one is under way in all processes.
create table rebuilds (
    rebuild            uuid        primary key,
    projections        text[]      not null,
    state              text        not null default 'BUILDING',
    position           bigint      not null default 0,
    target             bigint      not null default 0,
    events             bigint      not null default 0,
    accept_differences boolean     not null,
    begun              timestamptz not null default clock_timestamp(),
    started            timestamptz not null default clock_timestamp(),
    updated            timestamptz not null default clock_timestamp(),
    reason             text
);
create unique index rebuilds_one_under_way on rebuilds ((true)) where state in ('BUILDING', 'DIFFERS');
