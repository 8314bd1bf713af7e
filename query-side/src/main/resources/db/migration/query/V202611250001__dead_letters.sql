-- Events that a projection, or what reacts to events, could not take; and those behind them in the same stream, which wait so
-- that the order is kept. Until an operator tries them again or discards them, or the projection is rebuilt.
create table dead_letters (
    letter      uuid        primary key default gen_random_uuid(),
    projection  text        not null,
    stream      text        not null,
    position    bigint      not null,
    sequence    bigint      not null,
    event       text        not null,
    at          timestamptz not null,
    -- Whether somebody must be let in no more, which the read models do not show.
    ends_access boolean     not null,
    -- Null for what only waits behind another.
    reason      text,
    attempts    integer     not null default 0,
    parked      timestamptz not null default clock_timestamp(),
    unique (projection, position)
);
create index dead_letters_stream on dead_letters (stream, projection, position);
create index dead_letters_ends_access on dead_letters (stream) where ends_access;
