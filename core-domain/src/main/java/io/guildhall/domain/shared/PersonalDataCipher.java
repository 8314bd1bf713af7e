package io.guildhall.domain.shared;

import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts personal data in events with one key per subject (R20: personal data is never in clear text in an event).
 * Erasing a subject destroys its key.
 */
public interface PersonalDataCipher {

    /**
     * Encrypts with the subject's key, which is created if needed. A subject is a user, an invitation or an
     * organization.
     */
    String seal(UUID subject, String clear);

    /**
     * Encrypts the address of an invitation. {@link #forget} destroys its key also for the address or the organization.
     */
    String encryptEmail(UUID subject, UUID organization, String emailHash, String clear);

    /** Returns the clear text; null if {@code sealed} is null or the subject's key is destroyed. */
    @Nullable String open(UUID subject, @Nullable String sealed);

    /**
     * Announces subjects whose data is decrypted next in the same unit of work, so that their keys are loaded together.
     */
    default void expect(Collection<UUID> subjects) {}

    /**
     * Returns a keyed hash of a normalized e-mail address: equal for equal addresses, and useless without the master
     * key.
     */
    String emailHash(String email);

    /**
     * Destroys the subject's key, and the keys of invitations that it sent or that were sent to the address.
     * Irreversible.
     *
     * @param emailHash of the subject's address; null if it has none
     */
    void forget(UUID subject, @Nullable String emailHash);
}
