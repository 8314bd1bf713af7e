package io.guildhall.domain.account.events;

import java.util.UUID;

/** The person asked for the newsletter. */
public record NewsletterSubscribed(UUID account) implements AccountEvent {}
