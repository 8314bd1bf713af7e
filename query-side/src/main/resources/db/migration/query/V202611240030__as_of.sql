-- What was at a moment. Members say it themselves, by when they joined and ended; of invitations and API tokens each event is
-- one row here, at its sequence number in the organization's stream, with what the event says and null for what it does not.
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
    organization uuid        not null,
    sequence     bigint      not null,
    token        uuid        not null,
    at           timestamptz not null,
    name         text,
    description  text,
    active       boolean,
    revoked      boolean,
    primary key (organization, sequence)
) with (autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);

create index members_ever_of_organization on members (organization, joined, membership);

-- Where there is history already, both are behind their code and are filled at the next start.
insert into projections (name, version, rebuilt_to, rebuilt)
select name, 0, 0, clock_timestamp() from unnest(array['invitation_states', 'token_states']) name
where exists (select from organizations);
