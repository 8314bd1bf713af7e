-- The Merkle logs of the organizations' trails. They grow from the events when they are asked for; tiles and sizes can be
-- emptied, and grow again to the same.
create table trail_logs (
    trail    uuid   primary key,
    size     bigint not null default 0,
    -- What was found to be wrong, until a check finds nothing.
    tampered text
) with (fillfactor = 80);
create index trail_logs_tampered on trail_logs (trail) where tampered is not null;

-- Up to 256 hashes a row: of leaves on level 0, of full tiles below on the levels above.
create table trail_tiles (
    trail  uuid     not null,
    level  smallint not null,
    tile   bigint   not null,
    hashes bytea    not null,
    primary key (trail, level, tile)
);
-- Hashes cannot be compressed.
alter table trail_tiles alter column hashes set storage external;

-- What was signed, for ever: whatever is signed later must agree with it. This cannot be made again.
create table trail_checkpoints (
    trail     uuid        not null,
    size      bigint      not null,
    root      bytea       not null,
    signature bytea       not null,
    signed    timestamptz not null default clock_timestamp(),
    primary key (trail, size)
);
