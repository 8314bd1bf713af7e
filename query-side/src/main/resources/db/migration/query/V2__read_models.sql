-- What the events amount to. Every table but those that say otherwise can be emptied and filled again from the events.
-- A release only adds migrations; this file never changes.
-- fillfactor leaves room for updates that touch no index to stay on their page (HOT); the tables that change most are vacuumed early.

-- Clear text of names and addresses is here, in sessions, invitations, tokens and token_states; erasing a person blanks it (R20: an erased person's data is unreadable).
create table users (
    user_id            uuid        primary key,
    name               text        not null,
    email              text        not null,
    email_hash         text        not null,
    email_validated    boolean     not null default false,
    password           uuid,
    encoded_password   text,
    newsletter         boolean     not null default false,
    deployment_mails   boolean     not null default true,
    membership_limit   integer,
    last_login         timestamptz,
    last_login_address text,
    created            timestamptz not null,
    updated            timestamptz not null,
    erased             boolean     not null default false,
    -- The organization that the person last used in an interactive session.
    last_organization  uuid,
    -- The change of the e-mail address that waits for confirmations.
    next_email         text,
    next_email_link    uuid,
    next_email_expires timestamptz,
    old_email_confirms boolean
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
create index users_email_hash on users (email_hash) where not erased;

-- Live ones; ended ones are deleted, expired ones when the user starts another. Columns from interactive on: what a session came out of,
-- and what it is bound to.
create table sessions (
    session          uuid        primary key,
    user_id          uuid        not null,
    token_hash       text        not null,
    organization     uuid,
    -- The API token that the session was made with.
    session_token_id uuid,
    started          timestamptz not null,
    expires_at       timestamptz not null,
    interactive      boolean     not null default true,
    sign_in          uuid,
    signed_in_at     timestamptz,
    sign_in_ends_at  timestamptz,
    authenticated_at timestamptz,
    scopes           text[],
    -- Where it was started: the network address and the kind of program.
    address          text,
    client           text
) with (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
create unique index sessions_token_hash on sessions (token_hash);
create index sessions_user on sessions (user_id, expires_at);
create index sessions_sign_in on sessions (sign_in);

create table organizations (
    organization         uuid        primary key,
    name                 text        not null,
    plan                 text        not null,
    plan_updated         timestamptz not null,
    status               text        not null,
    locked               boolean     not null default false,
    shown_status         text        not null generated always as
                         (case when locked and status not in ('DELETING', 'DELETED') then 'LOCKED' else status end) stored,
    deactivation_reason  text        not null,
    billing              jsonb       not null default '{}',
    -- Text, since jsonb would refuse some of what JSON allows.
    signup_qualification text,
    created              timestamptz not null,
    -- The organization's own setting, in days.
    activity_retention   integer,
    -- Why an operator has locked the organization, for its members.
    lock_reason          text
) with (fillfactor = 90);
create index organizations_unfinished on organizations (organization) where status in ('DEACTIVATING', 'DELETING');

-- Ended ones stay, for the trail and for whoever ended one.
create table members (
    membership   uuid        primary key,
    organization uuid        not null,
    user_id      uuid        not null,
    joined       timestamptz not null,
    ended        timestamptz
) with (fillfactor = 95);
create unique index members_current on members (organization, user_id) where ended is null;
create index members_of_organization on members (organization, joined, membership) where ended is null;
create index members_of_user on members (user_id, joined, membership) where ended is null;
create index members_ever_of_organization on members (organization, joined, membership);

-- Revoked ones stay for the trail and are in no list.
create table invitations (
    invitation   uuid        primary key,
    organization uuid        not null,
    email        text        not null,
    email_hash   text        not null,
    inviter      uuid,
    invitee      uuid,
    link         uuid        not null,
    status       text        not null,
    expires_at   timestamptz not null,
    created      timestamptz not null
) with (fillfactor = 90);
create index invitations_of_organization on invitations (organization, created desc, invitation) where status <> 'REVOKED';
create index invitations_email_hash on invitations (email_hash);
create index invitations_organization on invitations (organization);
create index invitations_invitee on invitations (invitee) where invitee is not null;
create unique index invitations_link on invitations (link);
create index invitations_pending on invitations (expires_at) where status = 'PENDING';
-- Invitations whose address was erased while they were open. The service ends them.
create index invitations_erased on invitations (invitation) where email = '' and status in ('PENDING', 'EXPIRED');

-- Revoked ones stay for the trail and are in no list.
create table tokens (
    token          uuid        primary key,
    organization   uuid        not null,
    user_id        uuid        not null,
    type           text        not null,
    name           text        not null,
    description    text        not null,
    token_hash     text        not null,
    active         boolean     not null default true,
    revoked        boolean     not null default false,
    expires_at     timestamptz,
    created        timestamptz not null,
    updated        timestamptz not null,
    -- What alone a token is good for; null for everything.
    scopes         text[],
    -- The bound session that an API token was made with and dies with.
    parent_session uuid
) with (fillfactor = 90);
create unique index tokens_token_hash on tokens (token_hash);
create index tokens_of_organization on tokens (organization, created desc, token) where not revoked;
-- The names and descriptions are blanked together: those of an erased person, and those of a deleted organization.
create index tokens_user on tokens (user_id);
create index tokens_organization on tokens (organization);

-- When an API token was last used (R18: without a write per request). No event says it, so it outlives a rebuild.
create table token_last_use (
    token uuid        primary key,
    at    timestamptz not null
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);

-- Like token_last_use: no event says it, so it outlives a rebuild.
create table sign_in_last_use (
    sign_in uuid        primary key,
    at      timestamptz not null
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);

-- Links of invitations are in invitations.
create table links (
    link    uuid primary key,
    purpose text not null,
    subject uuid not null
);
create index links_subject on links (subject);

-- What was at a moment. Members say it themselves, by when they joined and ended; of invitations and API tokens each event is
-- one row here, at its number in the organization's trail, with what the event says and null for what it does not.
create table invitation_states (
    organization uuid        not null,
    sequence     bigint      not null,
    invitation   uuid        not null,
    at           timestamptz not null,
    status       text        not null,
    expires_at   timestamptz,
    invitee      uuid,
    primary key (organization, sequence)
) with (autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);

create table token_states (
    event        uuid        primary key,
    organization uuid        not null,
    sequence     bigint      not null,
    token        uuid        not null,
    user_id      uuid        not null,
    at           timestamptz not null,
    name         text,
    description  text,
    active       boolean,
    revoked      boolean
) with (autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
create index token_states_of_organization on token_states (organization, sequence);
create index token_states_user on token_states (user_id);

-- Where organizations want their trails sent. Deleted ones stay for the trail, without their address, and are in no list.
create table webhooks (
    webhook      uuid        primary key,
    organization uuid        not null,
    url          text        not null,
    types        text[]      not null,
    description  text        not null,
    disabled     text,
    deleted      boolean     not null default false,
    created      timestamptz not null,
    updated      timestamptz not null
) with (fillfactor = 90);
create index webhooks_of_organization on webhooks (organization, created, webhook) where not deleted;

-- One row per event, never updated (R19: every event of an organization or a user is one activity). Identifiers only: names are joined
-- when it is read. Activities lie in partitions by the day on which they are dropped: those that nobody limits in activities_kept, those of
-- organizations with a retention in activities_until_<day>, which is dropped as a whole. A job makes and drops the partitions.
create table activities (
    trail       uuid        not null,
    sequence    bigint      not null,
    event       uuid        not null,
    occurred_at timestamptz not null,
    actor_type  text        not null,
    actor       uuid,
    token       uuid,
    request     text,
    event_type  text        not null,
    verb        text        not null,
    object_type text        not null,
    object      uuid        not null,
    metadata    jsonb       not null,
    drop_on     date        not null default 'infinity'
) partition by list (drop_on);
create table activities_kept (
    like activities including defaults,
    primary key (trail, sequence)
) with (autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
-- What a trail is searched by: each filter alone is a range of one of these, in the order of the trail, so that a page of a
-- long trail costs what one of a short trail does, and so does an empty one. Times are found by the primary key, since they
-- grow with the sequence numbers. Each row has an entry in four of these five at most; a verb alone or a type alone goes
-- through the kinds that the trail has, which are few, and so needs no index of its own.
create index activities_by_kind on activities_kept (trail, object_type, verb, event_type, sequence);
create index activities_by_object on activities_kept (trail, object, sequence);
create index activities_by_actor on activities_kept (trail, actor, sequence) where actor is not null;
create index activities_by_actor_type on activities_kept (trail, actor_type, sequence) where actor is null;
create index activities_by_token on activities_kept (trail, token, sequence) where token is not null;
alter table activities attach partition activities_kept for values in ('infinity');

-- Those there are besides activities_kept, and that rows may still be put into.
create table activity_partitions (
    drop_on date primary key
);

-- What is known of the trails that have a retention, or had one. No event says what was dropped, so it outlives a rebuild.
--   retention: for how long, of the organization's plan and setting; null when for ever
--   repartitioned: whether all rows are in the partition that follows from it
--   dropped_up_to: the last sequence number that is gone; what is not after it is never shown again
create table trail_retentions (
    trail         uuid     primary key,
    retention     interval,
    repartitioned boolean  not null default false,
    dropped_up_to bigint   not null default 0
) with (fillfactor = 80);
create index trail_retentions_repartitioning on trail_retentions (trail) where not repartitioned;

-- The sequence number from which on a trail's activities are of that time, by halving over the primary key, since times grow
-- with sequence numbers, of which some may be missing. Null for an empty trail.
create function first_since(of_trail uuid, since timestamptz) returns bigint stable language sql as $$
    with recursive ends as (
        select (select sequence from activities where trail = of_trail order by sequence limit 1) as first,
               (select sequence from activities where trail = of_trail order by sequence desc limit 1) + 1 as after),
    halves (low, high) as (
        select first, after from ends
        union all
        select case when middle.occurred_at < since then middle.sequence + 1 else halves.low end,
               case when middle.occurred_at < since then halves.high else (halves.low + halves.high) / 2 end
        from halves cross join lateral (
            select a.occurred_at, a.sequence from activities a
            where a.trail = of_trail and a.sequence >= (halves.low + halves.high) / 2
            order by a.sequence limit 1) middle
        where halves.low < halves.high)
    select low from halves where low >= high
$$;
