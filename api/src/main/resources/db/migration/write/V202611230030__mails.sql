-- Mails that are to be sent, and for a while those that were. No personal data: who gets a mail, under which address and
-- with which names in it is looked up when it is sent.
create table mails (
    id uuid primary key default gen_random_uuid(),
    event_id uuid not null,
    kind text not null,
    recipient_kind text not null check (recipient_kind in ('account', 'invitation')),
    recipient uuid not null,
    organization uuid,
    organization_name text,
    actor uuid,
    link uuid,
    link_expires_at timestamptz,
    -- When the event was.
    created_at timestamptz not null,
    due_at timestamptz not null default now(),
    attempts integer not null default 0,
    last_error_class text,
    done_at timestamptz,
    outcome text check (outcome in ('SENT', 'DROPPED', 'PARKED')),
    -- One event causes one mail to one recipient, however often it is delivered.
    unique (event_id, recipient),
    check ((done_at is null) = (outcome is null))
) with (fillfactor = 80);

create index mails_due on mails (due_at) where done_at is null;
create index mails_waiting on mails (recipient, kind) where done_at is null;
create index mails_done on mails (done_at) where done_at is not null;
