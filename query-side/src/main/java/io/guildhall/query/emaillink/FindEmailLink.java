package io.guildhall.query.emaillink;

import java.util.UUID;

/** Answered by a {@link EmailLinkView} or null. */
public record FindEmailLink(UUID link) {}
