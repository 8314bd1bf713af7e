-- The latest state of each long stream, so that only the events after it are read. Can be emptied at any time: it is made of the
-- events again.
create table snapshots (
    stream       text        primary key,
    stream_type  text        not null,
    sequence     bigint      not null,
    snapshot_id  uuid        not null,
    payload_type text        not null,
    revision     text,
    payload      text        not null,
    at           timestamptz not null
);
-- Mostly ids, which do not compress.
alter table snapshots alter column payload set storage external;
-- Each new snapshot leaves the old one behind.
alter table snapshots set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500,
    toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_threshold = 5000);
