package io.guildhall.query.emaillink;

import java.util.UUID;

/** Finds a mailed link by its id. Answered by an {@link EmailLinkView} or null. */
public record FindEmailLink(UUID link) {}
