package io.guildhall.query.emaillink;

import java.util.UUID;

/** {@code purpose} is VALIDATE, EMAIL_CHANGE, RESET or DEACTIVATE; {@code subject} the user or the organization. */
public record EmailLinkView(String purpose, UUID subject) {}
