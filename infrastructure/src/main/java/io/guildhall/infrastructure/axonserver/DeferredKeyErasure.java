package io.guildhall.infrastructure.axonserver;

import io.guildhall.infrastructure.encryption.EncryptionKeysErased;
import io.guildhall.infrastructure.encryption.JdbcPersonalDataCipher;
import io.guildhall.infrastructure.encryption.KeyEncryptionKeys;
import io.guildhall.infrastructure.encryption.MasterKey;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Encryption of personal data where events and keys share no transaction. A key is stored before the event that needs
 * it is appended. {@link KeyErasureHandler} destroys a key after the erasure event is stored, even if a node crashes in
 * between.
 */
public final class DeferredKeyErasure extends JdbcPersonalDataCipher {

    public DeferredKeyErasure(
            JdbcTemplate jdbc, MasterKey master, KeyEncryptionKeys wrapping, Consumer<EncryptionKeysErased> erasures) {
        super(jdbc, master, wrapping, erasures);
    }

    /** Does nothing: the event may still fail to be stored. */
    @Override
    public void forget(UUID subject, @Nullable String emailHash) {}

    void forgetNow(UUID subject, @Nullable String emailHash) {
        super.forget(subject, emailHash);
    }
}
