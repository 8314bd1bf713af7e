package io.guildhall.query;

import io.guildhall.domain.shared.PersonalDataCipher;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Encrypts by reversing the text, which is enough to detect clear text. */
final class KeysInMemory implements PersonalDataCipher {

    private final Map<UUID, String> addressOf = new HashMap<>();
    private final Map<UUID, UUID> organizationOf = new HashMap<>();
    private final Set<UUID> forgotten = new HashSet<>();

    @Override
    public String seal(UUID subject, String clear) {
        return new StringBuilder(clear).reverse().toString();
    }

    @Override
    public String encryptEmail(UUID subject, UUID organization, String emailHash, String clear) {
        addressOf.put(subject, emailHash);
        organizationOf.put(subject, organization);
        return seal(subject, clear);
    }

    @Override
    public @Nullable String open(UUID subject, @Nullable String sealed) {
        return sealed == null || forgotten.contains(subject) ? null : seal(subject, sealed);
    }

    @Override
    public String emailHash(String email) {
        return "hash-" + Integer.toHexString(email.hashCode());
    }

    @Override
    public void forget(UUID subject, @Nullable String emailHash) {
        forgotten.add(subject);
        organizationOf.forEach((each, organization) -> {
            if (organization.equals(subject)) {
                forgotten.add(each);
            }
        });
        addressOf.forEach((each, address) -> {
            if (address.equals(emailHash)) {
                forgotten.add(each);
            }
        });
    }
}
