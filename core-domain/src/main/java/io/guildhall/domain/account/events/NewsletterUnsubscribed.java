package io.guildhall.domain.account.events;

import java.util.UUID;

/** The person no longer wants the newsletter. */
public record NewsletterUnsubscribed(UUID account) implements AccountEvent {}
