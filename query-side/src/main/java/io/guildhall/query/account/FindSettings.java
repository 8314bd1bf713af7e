package io.guildhall.query.account;

import java.util.UUID;

/** Answered by a {@link SettingsView} or null. */
public record FindSettings(UUID account) {}
