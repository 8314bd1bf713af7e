package io.guildhall.api.web;

/** The reply {@code {}}. */
public record EmptyResponse() {

    public static final EmptyResponse INSTANCE = new EmptyResponse();
}
