-- What a trail is searched by: each filter alone is a range of one of these, in the order of the trail, so that a page of a
-- long trail costs what one of a short trail does, and so does an empty one. Times are found by the primary key, since they
-- grow with the sequence numbers. Each row has an entry in four of these five at most; a verb alone or a type alone goes
-- through the kinds that the trail has, which are few, and so needs no index of its own.
drop index activities_by_type;
create index activities_by_kind on activities (trail, object_type, verb, sequence);
create index activities_by_object on activities (trail, object, sequence);
create index activities_by_actor on activities (trail, actor, sequence) where actor is not null;
create index activities_by_actor_type on activities (trail, actor_type, sequence) where actor is null;
create index activities_by_token on activities (trail, token, sequence) where token is not null;
