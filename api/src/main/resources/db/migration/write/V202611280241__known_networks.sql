-- The networks from which users have signed in lately. The id is a keyed hash of an account and a network address.
create table known_networks (
    id      text        primary key,
    seen_at timestamptz not null
) with (fillfactor = 80);
create index known_networks_seen_at on known_networks (seen_at);

-- A notice that is not sent, since its recipient has had too many of the kind.
alter table mails drop constraint mails_outcome_check;
alter table mails add constraint mails_outcome_check check (outcome in ('SENT', 'DROPPED', 'PARKED', 'SUPPRESSED'));
