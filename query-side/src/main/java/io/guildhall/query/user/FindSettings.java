package io.guildhall.query.user;

import java.util.UUID;

/** Answered by a {@link SettingsView} or null. */
public record FindSettings(UUID user) {}
