package io.guildhall.query.session;

import java.time.Duration;

/** How long a sign-in may be unused before its sessions become invalid. */
public record SessionIdleLimit(Duration value) {}
