-- Every change of state, for ever. (stream, sequence) unique is what decides every race: one of two rival appends fails.
create table events (
    position      bigint generated always as identity primary key,
    event_id      uuid        not null unique,
    stream        text        not null,
    sequence      bigint      not null,
    stream_type   text        not null,
    payload_type  text        not null,
    revision      text,
    payload       text        not null,
    metadata      text        not null,
    at            timestamptz not null,
    constraint events_stream_sequence unique (stream, sequence)
);
-- Rows are only ever appended: freeze and refresh the visibility map by inserts, so that reads stay index-only.
alter table events set (autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05, fillfactor = 100);

-- One key per person, invitation or organization, wrapped by the master key (R20). Deleting a row is forgetting.
create table personal_keys (
    subject      uuid  primary key,
    wrapped      bytea not null,
    address_hash text
);
create index personal_keys_address_hash on personal_keys (address_hash) where address_hash is not null;
