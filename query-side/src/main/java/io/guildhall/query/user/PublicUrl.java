package io.guildhall.query.user;

import java.net.URI;

/** The URL under which clients reach this service. */
public record PublicUrl(URI value) {}
