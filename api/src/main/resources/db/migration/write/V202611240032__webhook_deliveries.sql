-- What is sent to webhooks, and whether it arrived. Neither events nor made of them: a rebuild sends nothing again.

-- One row per webhook: how far its organization's trail has been handed out. Whoever holds the claim works at it.
create table webhook_feeds (
    webhook       uuid        primary key,
    organization  uuid        not null,
    position      bigint      not null,
    claim         uuid,
    claimed_until timestamptz,
    served_at     timestamptz not null default '-infinity',
    failing_since timestamptz
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);

-- Each sealed under the organization's key, which the master key wraps. A current one has no end.
create table webhook_secrets (
    event       uuid        primary key,
    webhook     uuid        not null,
    sealed      text        not null,
    made_at     timestamptz not null,
    signs_until timestamptz
);
create index webhook_secrets_webhook on webhook_secrets (webhook, made_at);

-- One row per message and webhook, which says how the last attempt went; sequence is the activity's, and null of a test.
create table webhook_deliveries (
    number       bigint      primary key generated always as identity,
    delivery     uuid        not null default gen_random_uuid(),
    webhook      uuid        not null,
    message      uuid        not null,
    sequence     bigint,
    type         text        not null,
    created_at   timestamptz not null default now(),
    due_at       timestamptz not null default now(),
    attempts     integer     not null default 0,
    attempted_at timestamptz,
    status       integer,
    error        text,
    done_at      timestamptz,
    outcome      text
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
create unique index webhook_deliveries_delivery on webhook_deliveries (delivery);
create unique index webhook_deliveries_message on webhook_deliveries (webhook, message);
create index webhook_deliveries_of_webhook on webhook_deliveries (webhook, number);
create index webhook_deliveries_due on webhook_deliveries (webhook, due_at) where done_at is null;
create index webhook_deliveries_done on webhook_deliveries (done_at) where done_at is not null;
