package io.guildhall.api.axonserver;

import io.guildhall.domain.shared.PersonalDataCipher;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Personal data where events and keys share no transaction. A key is kept before the event that needs it is appended; it is
 * destroyed by {@link ErasedKeys} once the event that says so is stored, which no crash in between can undo or forget.
 */
public final class LateForgetting implements PersonalDataCipher {

    private final PersonalDataCipher keys;

    /** @param keys makes keys at once, outside of any transaction of the command */
    public LateForgetting(PersonalDataCipher keys) {
        this.keys = keys;
    }

    @Override
    public String seal(UUID subject, String clear) {
        return keys.seal(subject, clear);
    }

    @Override
    public String encryptEmail(UUID subject, UUID organization, String emailHash, String clear) {
        return keys.encryptEmail(subject, organization, emailHash, clear);
    }

    @Override
    public @Nullable String open(UUID subject, @Nullable String sealed) {
        return keys.open(subject, sealed);
    }

    @Override
    public void expect(Collection<UUID> subjects) {
        keys.expect(subjects);
    }

    @Override
    public String emailHash(String email) {
        return keys.emailHash(email);
    }

    /** Not yet: the event may not come to be stored. */
    @Override
    public void forget(UUID subject, @Nullable String emailHash) {}

    void forgetNow(UUID subject, @Nullable String emailHash) {
        keys.forget(subject, emailHash);
    }
}
