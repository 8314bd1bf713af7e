-- Invitations whose address was erased while they were open. The service ends them.
create index invitations_erased on invitations (invitation) where email = '' and status in ('PENDING', 'EXPIRED');
