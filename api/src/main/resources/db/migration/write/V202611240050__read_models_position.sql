-- There is a row when the events are in an Axon Server and the read models follow it.
create table read_models_position (
    only_one   boolean primary key default true check (only_one),
    -- Of the last event that the read models show; counted from 1.
    position   bigint not null,
    -- Of the last event that was there before this database: nothing is mailed or sent because of those.
    known_from bigint not null
);
