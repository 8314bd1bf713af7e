-- The write side: events, keys, and what is neither an event nor made of events. A release only adds migrations; this file never changes.

-- Every change of state, for ever. (stream, sequence) unique is what decides every race: one of two rival appends fails.
create table events (
    position      bigint      generated always as identity primary key,
    event_id      uuid        not null unique,
    stream        text        not null,
    sequence      bigint      not null,
    stream_type   text        not null,
    event_type    text        not null,
    event_version text        not null default '1',
    payload       text        not null,
    metadata      text        not null,
    occurred_at   timestamptz not null,
    -- The organization or user whose trail has the event, and its number there, from 1 on. Null for an event of a claim.
    trail          uuid,
    trail_sequence bigint,
    constraint events_stream_sequence unique (stream, sequence),
    constraint events_trail_sequence check ((trail is null) = (trail_sequence is null))
) with (fillfactor = 100,
    -- The table only grows. After a fixed number of rows the new pages are vacuumed and frozen once, so no vacuum reads all of it,
    -- and index-only reads need not look at the table.
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 100000, autovacuum_freeze_min_age = 0,
    autovacuum_analyze_scale_factor = 0.05);
create unique index events_trail on events (trail, trail_sequence) where trail is not null;

-- How many events each trail has. An append adds to the rows of its trails, which locks them until it commits: so the numbers in a
-- trail have no gap, and follow the order of commits.
create table trails (
    trail uuid   primary key,
    last  bigint not null
) with (fillfactor = 50);

-- The latest state of each long stream, so that only the events after it are read. Can be emptied at any time.
create table snapshots (
    stream       text        primary key,
    stream_type  text        not null,
    sequence     bigint      not null,
    snapshot_id  uuid        not null,
    payload_type text        not null,
    revision     text,
    payload      text        not null,
    at           timestamptz not null
) with (
    -- Each new snapshot leaves the old one behind.
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500,
    toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_threshold = 5000);
-- Mostly ids, which do not compress.
alter table snapshots alter column payload set storage external;

-- Which master key this database was begun with: a keyed hash of a constant, in one row. All other keys derive from identity, which
-- is wrapped under the master key.
create table master_key (
    one         boolean primary key default true check (one),
    check_value bytea   not null,
    identity    bytea
);

-- What the keys of personal data and of signatures are wrapped under. Each rotation of the master key adds one. Generation 0 has no
-- row: it derives from identity.
create table wrapping_secrets (
    generation integer     primary key check (generation > 0),
    wrapped    bytea       not null,
    made       timestamptz not null default now(),
    -- Since when nothing is wrapped under an older one.
    swept      timestamptz
);

-- One key per person, invitation or organization (R20: personal data is encrypted under a key that erasure destroys), wrapped by the master key.
create table personal_keys (
    subject      uuid    primary key,
    wrapped      bytea   not null,
    -- Of an invitation: the key is deleted with the organization, or with the user who has the invited address.
    organization uuid,
    address_hash text,
    generation   integer not null default 0
);
create index personal_keys_organization on personal_keys (organization) where organization is not null;
create index personal_keys_address_hash on personal_keys (address_hash) where address_hash is not null;

-- The key that checkpoints of trails are signed with: made when first needed, wrapped by the master key, the same for all nodes.
create table signing_key (
    one        boolean     primary key default true check (one),
    name       text        not null,
    public_key bytea       not null,
    wrapped    bytea       not null,
    created    timestamptz not null default now(),
    generation integer     not null default 0
);

-- Token buckets, shared by all nodes. The id has a keyed hash of what is limited. Losing them gives a few free tries away, so they are
-- not worth a write to the log.
create unlogged table rate_limit_buckets (
    id         text   primary key,
    state      bytea,
    expires_at bigint
) with (fillfactor = 70);
create index rate_limit_buckets_expires_at on rate_limit_buckets (expires_at);

-- The networks from which users have signed in lately. The id is a keyed hash of a user and a network address.
create table known_networks (
    id      text        primary key,
    seen_at timestamptz not null
) with (fillfactor = 80);
create index known_networks_seen_at on known_networks (seen_at);

-- Idempotency keys of the last 24 hours. scope and request are keyed hashes, reply is encrypted: nothing is stored in clear text.
create table idempotency_keys (
    scope        text        primary key,
    -- Generated values derive from it; created_at is their time. Both stay until the key is 24 hours old.
    id           uuid        not null unique,
    request      text        not null,
    lease        uuid        not null,
    leased_until timestamptz not null,
    -- The position that the request's command reached, written in the transaction of the command; -1 with an Axon Server.
    done         bigint,
    reply        bytea,
    -- The ids in the reply: users, invitations, organizations and others.
    subjects     uuid[]      not null default '{}',
    created_at   timestamptz not null default now()
);
create index idempotency_keys_created_at on idempotency_keys (created_at);
create index idempotency_keys_subjects on idempotency_keys using gin (subjects) where reply is not null;

-- Whose keys of personal data were erased in the last 24 hours: a reply that is still being written must not name them.
create table idempotency_erasures (
    subject   uuid        primary key,
    erased_at timestamptz not null default now()
);

-- A UUID of version 7 (RFC 9562): 48 bits of time, in milliseconds, then random bits. PostgreSQL has uuidv7() from version 18 on.
create function time_ordered_uuid() returns uuid language sql volatile parallel safe as $$
    select encode(
        set_bit(set_bit(
            overlay(uuid_send(gen_random_uuid())
                placing substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
                from 1 for 6),
            52, 1), 53, 1),
        'hex')::uuid
$$;

-- Mails that are to be sent, and for a while those that were. No personal data: who gets a mail, under which address and
-- with which names in it is looked up when it is sent.
create table mails (
    id                uuid        primary key default time_ordered_uuid(),
    event_id          uuid        not null,
    kind              text        not null,
    recipient_kind    text        not null check (recipient_kind in ('user', 'invitation')),
    recipient         uuid        not null,
    organization      uuid,
    organization_name text,
    actor             uuid,
    link              uuid,
    link_expires_at   timestamptz,
    -- When the event was.
    created_at        timestamptz not null,
    -- Since when a mail is tried: from its event on, or since an operator has asked for it to be tried again.
    tried_since       timestamptz not null default now(),
    due_at            timestamptz not null default now(),
    attempts          integer     not null default 0,
    last_error_class  text,
    done_at           timestamptz,
    outcome           text        check (outcome in ('SENT', 'DROPPED', 'PARKED', 'SUPPRESSED')),
    -- One event causes one mail of a kind to one recipient, however often it is delivered.
    unique (event_id, recipient, kind),
    check ((done_at is null) = (outcome is null))
) with (fillfactor = 80);
create index mails_due on mails (due_at) where done_at is null;
create index mails_done on mails (done_at) where done_at is not null;
create index mails_parked on mails (done_at) where outcome = 'PARKED';
-- By recipient whether done or not: of several indexes for what is not done, a young table without statistics takes any, and so
-- reads all that waits. What is looked up by id or recipient therefore asks for "outcome is null", what is due for "done_at is null".
create index mails_of_recipient on mails (recipient, kind);

-- What is sent to webhooks, and whether it arrived. Neither events nor made of them: a rebuild sends nothing again.

-- One row per webhook: how far its organization's trail has been handed out. Whoever holds the claim works at it.
create table webhook_feeds (
    webhook       uuid        primary key,
    organization  uuid        not null,
    position      bigint      not null,
    claim         uuid,
    claimed_until timestamptz,
    served_at     timestamptz not null default '-infinity',
    failing_since timestamptz,
    -- Until when a receiver asked, by Retry-After, to be sent nothing.
    paused_until  timestamptz
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);

-- Each encrypted under the organization's key, which the master key wraps. A current one has no end.
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

-- With an Axon Server: the number that each event got in its trail when it was projected first, and where the server has the event.
create table trail_events (
    trail           uuid   not null,
    sequence        bigint not null,
    event           uuid   not null,
    stream          text   not null,
    stream_sequence bigint not null,
    primary key (trail, sequence)
) with (fillfactor = 100,
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 100000, autovacuum_freeze_min_age = 0,
    autovacuum_analyze_scale_factor = 0.05);
create unique index trail_events_event on trail_events (event);

-- With an Axon Server: the position up to which each segment's events are projected; counted from 1. A row per segment when the events are in
-- an Axon Server, and none when they are in this database.
create table read_models_segments (
    segment  integer primary key,
    position bigint  not null
) with (fillfactor = 20);

-- Axon's token store: which node has claimed which segment, until when, and the token up to which it has read.
create table token_entry (
    processor_name text    not null,
    segment        integer not null,
    token          text,
    token_type     text,
    timestamp      text,
    owner          text,
    primary key (processor_name, segment)
) with (fillfactor = 20);

-- The nodes that share the segments, and when each was seen last.
create table event_processor_nodes (
    node    uuid        primary key,
    seen_at timestamptz not null
) with (fillfactor = 20);

-- The recurring jobs, each of which one node runs at a time: the table of db-scheduler. Every node adds what is missing when it starts.
create table scheduled_tasks (
    task_name            text        not null,
    task_instance        text        not null,
    task_data            bytea,
    execution_time       timestamptz not null,
    picked               boolean     not null,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint      not null,
    primary key (task_name, task_instance)
) with (fillfactor = 50);
create index scheduled_tasks_execution_time on scheduled_tasks (execution_time);
create index scheduled_tasks_last_heartbeat on scheduled_tasks (last_heartbeat);

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

-- Which version of a projection made its table, and when.
create table projections (
    name       text        primary key,
    version    integer     not null,
    rebuilt_to bigint      not null,
    rebuilt    timestamptz not null
);

-- Rebuilds, the one under way and those before. At most one is under way in all nodes.
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
    reason             text,
    -- When another node than the one that builds last had callers: it cannot see them, and gives way to them all the same.
    callers            timestamptz
);
create unique index rebuilds_one_under_way on rebuilds ((true)) where state in ('BUILDING', 'DIFFERS');

-- Events that a projection, or what reacts to events, could not take; and those behind them in the same trail, which wait so
-- that the order is kept. Until an operator tries them again or discards them, or the projection is rebuilt.
create table dead_letters (
    letter      uuid        primary key default gen_random_uuid(),
    projection  text        not null,
    -- The id of the organization or user; of an event without a trail, its stream.
    trail       text        not null,
    position    bigint      not null,
    sequence    bigint      not null,
    event       text        not null,
    occurred_at timestamptz not null,
    -- Whether somebody must be let in no more, which the read models do not show.
    ends_access boolean     not null,
    -- Null for what only waits behind another.
    reason      text,
    attempts    integer     not null default 0,
    parked      timestamptz not null default clock_timestamp(),
    unique (projection, position)
);
create index dead_letters_trail on dead_letters (trail, projection, position);
create index dead_letters_ends_access on dead_letters (trail) where ends_access;
