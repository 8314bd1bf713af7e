-- What the events amount to. Every table but token_last_use can be emptied and filled again from the events.
-- fillfactor leaves room for updates that touch no index to stay on their page (HOT); the tables that change most are vacuumed early.

-- Clear text of names and addresses is here and in invitations, nowhere else; erasing a person blanks it (R20).
create table accounts (
    account            uuid        primary key,
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
    erased             boolean     not null default false
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
create index accounts_email_hash on accounts (email_hash) where not erased;

-- Live ones; ended ones are deleted, expired ones when the account starts another.
create table sessions (
    session      uuid        primary key,
    account      uuid        not null,
    token_hash   text        not null,
    organization uuid,
    via          uuid,
    started      timestamptz not null,
    expires_at   timestamptz not null
) with (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
create unique index sessions_token_hash on sessions (token_hash);
create index sessions_account on sessions (account, expires_at);

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
    created              timestamptz not null
) with (fillfactor = 90);
create index organizations_unfinished on organizations (organization) where status in ('DEACTIVATING', 'DELETING');

-- Ended ones stay, for the trail and for whoever ended one.
create table members (
    membership   uuid        primary key,
    organization uuid        not null,
    account      uuid        not null,
    joined       timestamptz not null,
    ended        timestamptz
) with (fillfactor = 95);
create unique index members_current on members (organization, account) where ended is null;
create index members_of_organization on members (organization, joined, membership) where ended is null;
create index members_of_account on members (account, joined, membership) where ended is null;

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
create index invitations_invitee on invitations (invitee) where invitee is not null;
create unique index invitations_link on invitations (link);
create index invitations_pending on invitations (expires_at) where status = 'PENDING';

-- Revoked ones stay for the trail and are in no list.
create table tokens (
    token        uuid        primary key,
    organization uuid        not null,
    account      uuid        not null,
    type         text        not null,
    name         text        not null,
    description  text        not null,
    token_hash   text        not null,
    active       boolean     not null default true,
    revoked      boolean     not null default false,
    expires_at   timestamptz,
    created      timestamptz not null,
    updated      timestamptz not null
) with (fillfactor = 90);
create unique index tokens_token_hash on tokens (token_hash);
create index tokens_of_organization on tokens (organization, created desc, token) where not revoked;

-- R18. No event says it, so it outlives a rebuild; written in batches, over and over.
create table token_last_use (
    token uuid        primary key,
    at    timestamptz not null
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);

-- Links of invitations are in invitations.
create table links (
    link    uuid        primary key,
    purpose text        not null,
    subject uuid        not null
);
create index links_subject on links (subject);

-- R19: one row per event, never updated. Identifiers only: names are joined when it is read (R20).
create table activities (
    trail       uuid        not null,
    sequence    bigint      not null,
    event       uuid        not null,
    at          timestamptz not null,
    actor_type  text        not null,
    actor       uuid,
    token       uuid,
    request     text,
    verb        text        not null,
    object_type text        not null,
    object      uuid        not null,
    metadata    jsonb       not null,
    primary key (trail, sequence)
) with (autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
create index activities_by_type on activities (trail, object_type, sequence desc);
