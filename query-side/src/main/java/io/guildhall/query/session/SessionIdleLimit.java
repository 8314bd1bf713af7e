package io.guildhall.query.session;

import java.time.Duration;

/** How long a sign-in may go unused before its sessions have no caller. */
public record SessionIdleLimit(Duration value) {}
