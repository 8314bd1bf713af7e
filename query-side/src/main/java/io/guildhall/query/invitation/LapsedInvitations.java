package io.guildhall.query.invitation;

import java.util.List;

/** See {@link ListLapsed}. */
public record LapsedInvitations(List<Lapsed> invitations) {}
