package io.guildhall.api.web;

/** What a member's role must allow for a route (R15). */
public enum Permission {
    ORGANIZATION_READ,
    ORGANIZATION_WRITE,
    ORGANIZATION_END,
    BILLING_WRITE,
    MEMBERS_READ,
    MEMBERS_REMOVE,
    INVITATIONS_READ,
    INVITATIONS_WRITE,
    TOKENS_READ,
    TOKENS_WRITE,
    TRAIL_READ,
    WEBHOOKS_READ,
    WEBHOOKS_WRITE
}
