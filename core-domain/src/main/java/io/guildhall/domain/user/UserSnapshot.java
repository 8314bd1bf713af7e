package io.guildhall.domain.user;

import io.guildhall.domain.session.Sessions;
import io.guildhall.domain.shared.AggregateSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** The state of a {@link User}. The name is encrypted with the user's key; addresses are keyed hashes. */
@Revision("1")
public record UserSnapshot(
        UUID id,
        String encryptedName,
        String emailHash,
        boolean emailValidated,
        boolean newsletter,
        boolean deploymentMails,
        List<String> formerAddresses,
        boolean erased,
        int membershipLimit,
        @Nullable UUID password,
        @Nullable UUID validationLink,
        @Nullable Instant validationLinkExpires,
        @Nullable UUID resetLink,
        @Nullable Instant resetLinkExpires,
        @Nullable EmailChange emailChange,
        List<UUID> organizations,
        Sessions.State sessions)
        implements AggregateSnapshot {}
