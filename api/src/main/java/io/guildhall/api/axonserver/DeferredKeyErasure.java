package io.guildhall.api.axonserver;

import io.guildhall.api.secret.MasterKey;
import io.guildhall.api.secret.WrappingKeys;
import io.guildhall.api.store.JdbcPersonalDataCipher;
import io.guildhall.api.store.KeysErased;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Personal data where events and keys share no transaction. A key is stored before the event that needs it is appended. It is destroyed by
 * {@link KeyErasureHandler} once the event that says so is stored, which no crash in between can undo.
 */
public final class DeferredKeyErasure extends JdbcPersonalDataCipher {

    public DeferredKeyErasure(
            JdbcTemplate jdbc, MasterKey master, WrappingKeys wrapping, Consumer<KeysErased> erasures) {
        super(jdbc, master, wrapping, erasures);
    }

    /** Does nothing yet: the event may not come to be stored. */
    @Override
    public void forget(UUID subject, @Nullable String emailHash) {}

    void forgetNow(UUID subject, @Nullable String emailHash) {
        super.forget(subject, emailHash);
    }
}
