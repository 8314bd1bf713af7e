package io.guildhall.query.user;

import java.net.URI;

/** Where the outside world reaches this service. */
public record PublicUrl(URI value) {}
