package io.guildhall.domain.shared;

import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps personal data out of events in clear text (R20): each subject has a key, and forgetting a subject destroys it. */
public interface PersonalDataCipher {

    /** Encrypts under the subject's key, which is made when there is none. A subject is a user, an invitation or an organization. */
    String seal(UUID subject, String clear);

    /**
     * Like {@link #seal}, for an address that an organization invites: {@link #forget} of the address, or of the organization, destroys
     * the key too.
     */
    String encryptEmail(UUID subject, UUID organization, String emailHash, String clear);

    /** The clear text, or null when the subject was forgotten. */
    @Nullable String open(UUID subject, @Nullable String sealed);

    /** What of these was sealed is opened next, in the same unit of work: their keys can be looked up together. */
    default void expect(Collection<UUID> subjects) {}

    /** A keyed hash of a normalized e-mail address: equal for equal addresses, of no use without the master key. */
    String emailHash(String email);

    /** Destroys the subject's key, and those of addresses that it invited, and of everything sealed for the address. Cannot be undone. */
    void forget(UUID subject, @Nullable String emailHash);
}
