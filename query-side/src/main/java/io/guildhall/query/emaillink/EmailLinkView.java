package io.guildhall.query.emaillink;

import java.util.UUID;

/**
 * A mailed link.
 *
 * @param purpose VALIDATE, EMAIL_CHANGE, RESET or DEACTIVATE
 * @param subject the user or the organization
 */
public record EmailLinkView(String purpose, UUID subject) {}
