package io.guildhall.query.account;

/** {@code UserSettings} of the published contract. */
public record SettingsView(String id, String userId, boolean failedDeploymentEmailNotification) {}
