-- Token buckets, shared by all processes. The id is a keyed hash of what is limited. Losing them costs nothing but a few free tries.
create unlogged table throttle (
    id         text   primary key,
    state      bytea,
    expires_at bigint
) with (fillfactor = 70);
create index throttle_expires_at on throttle (expires_at);
