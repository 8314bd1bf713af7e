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
