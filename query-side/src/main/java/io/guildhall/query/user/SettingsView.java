package io.guildhall.query.user;

/** {@code UserSettings} of the published contract. */
public record SettingsView(String id, String userId, boolean failedDeploymentEmailNotification) {}
