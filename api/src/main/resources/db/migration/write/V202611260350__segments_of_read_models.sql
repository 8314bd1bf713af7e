-- With an Axon Server: how far the read models show the streams of each segment. Whoever feeds a segment moves it.
create table read_models_segments (
    segment  integer primary key,
    position bigint  not null
) with (fillfactor = 20);
insert into read_models_segments (segment, position)
select segment, position from read_models_position, generate_series(0, 11) segment;
alter table read_models_position drop column position;
