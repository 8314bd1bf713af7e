package io.guildhall.query.organization;

import java.util.List;

/** Status is DEACTIVATING or DELETING. */
public record UnfinishedOrganizations(List<Unfinished> organizations) {}
