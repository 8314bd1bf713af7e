package io.guildhall.domain.session;

import io.guildhall.domain.kernel.ParentCredential;
import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;
import org.jspecify.annotations.Nullable;

/**
 * Signs in, or starts a session with another credential.
 *
 * @param organization the current organization, or null
 * @param password the one that was checked for a sign-in, or null; the session is refused when it has changed meanwhile
 * @param parent the credential that the session is made with; null for a sign-in
 */
public record StartSession(
        @RoutingKey UUID account,
        NewSession session,
        @Nullable UUID organization,
        String cause,
        @Nullable UUID password,
        @Nullable ParentCredential parent) {}
