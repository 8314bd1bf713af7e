package io.guildhall.domain.shared;

/**
 * The configured maximum numbers. They bound the size of an aggregate and thus the cost of each command.
 *
 * @param apiTokens per organization: all that are not revoked, including deactivated and expired ones
 * @param sessions per user: all that have neither ended nor expired
 * @param webhooks per organization
 * @param pendingInvitations per organization
 */
public record Limits(int apiTokens, int sessions, int webhooks, int pendingInvitations) {}
