package io.guildhall.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock fixed at {@link Facts#NOW} until it is set. */
public final class MovableClock extends Clock {

    private Instant instant = Facts.NOW;

    public void set(Instant next) {
        instant = next;
    }

    @Override
    public Instant instant() {
        return instant;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
