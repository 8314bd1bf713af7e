package io.guildhall.query.user;

import java.util.UUID;

/** Finds a user's settings. Answered by a {@link SettingsView} or null. */
public record FindSettings(UUID user) {}
