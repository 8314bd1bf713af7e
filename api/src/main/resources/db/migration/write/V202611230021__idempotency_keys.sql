-- Answers given under idempotency keys. scope and request are keyed hashes, the answer is encrypted: nothing in the clear.
create table idempotency_keys (
    scope        text        primary key,
    request      text        not null,
    lease        uuid        not null,
    leased_until timestamptz not null,
    answer       bytea,
    created      timestamptz not null default now()
);
create index idempotency_keys_created on idempotency_keys (created);
