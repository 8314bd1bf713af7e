package io.guildhall.query.link;

import java.util.UUID;

/** {@code purpose} is VALIDATE, EMAIL_CHANGE, RESET or DEACTIVATE; {@code subject} the user or the organization. */
public record LinkView(String purpose, UUID subject) {}
