package io.guildhall.domain.shared;

/**
 * How many things of a kind can exist, as an operator configures it. They bound the size of an aggregate, and so the cost of
 * every command.
 *
 * @param apiTokens of one organization: all that are not revoked, also deactivated and expired ones
 * @param sessions of one user, that have neither ended nor expired
 * @param webhooks of one organization
 * @param pendingInvitations of one organization
 */
public record Limits(int apiTokens, int sessions, int webhooks, int pendingInvitations) {}
