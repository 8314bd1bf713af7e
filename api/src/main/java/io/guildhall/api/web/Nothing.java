package io.guildhall.api.web;

/** The reply {@code {}}. */
public record Nothing() {

    public static final Nothing AT_ALL = new Nothing();
}
