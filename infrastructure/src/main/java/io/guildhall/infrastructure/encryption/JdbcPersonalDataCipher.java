package io.guildhall.infrastructure.encryption;

import io.guildhall.domain.shared.PersonalDataCipher;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Encrypts personal data with AES-256-GCM and one random key per subject (R20: personal data is never in clear text in
 * an event). The table {@code personal_keys} holds the keys, wrapped by a key of the master key's hierarchy. The
 * subject is authenticated data, so a value moved to another subject cannot be decrypted.
 *
 * <p>Keys are cached within one unit of work only, so an erasure by any node takes effect at once.
 */
public class JdbcPersonalDataCipher implements PersonalDataCipher {

    private static final String UNIT_OF_WORK_KEYS = JdbcPersonalDataCipher.class.getName();
    private static final String UNIT_OF_WORK_PRELOADED = UNIT_OF_WORK_KEYS + ".preloaded";
    private static final WrappedKey NO_KEY = new WrappedKey(new byte[0], 0);

    /** @param generation of the wrapping key */
    private record WrappedKey(byte[] key, int generation) {}

    private final JdbcTemplate jdbc;
    private final KeyEncryptionKeys wrapping;
    private final KeyedHash emailHashing;
    private final Consumer<EncryptionKeysErased> erasures;
    private final SecureRandom random = new SecureRandom();

    /** @param erasures receives erased keys in the transaction that erases them */
    public JdbcPersonalDataCipher(
            JdbcTemplate jdbc, MasterKey master, KeyEncryptionKeys wrapping, Consumer<EncryptionKeysErased> erasures) {
        this.jdbc = jdbc;
        this.wrapping = wrapping;
        this.emailHashing = new KeyedHash(master.derive("email-hash"));
        this.erasures = erasures;
    }

    @Override
    public String seal(UUID subject, String clear) {
        byte[] key = find(subject);
        return encrypted(key == null ? create(subject, null, null) : key, subject, clear);
    }

    @Override
    public String encryptEmail(UUID subject, UUID organization, String emailHash, String clear) {
        return encrypted(create(subject, organization, emailHash), subject, clear);
    }

    @Override
    public @Nullable String open(UUID subject, @Nullable String encrypted) {
        byte[] key = encrypted == null ? null : find(subject);
        if (key == null) {
            return null;
        }
        byte[] clear = AesGcm.open(key, Base64.getUrlDecoder().decode(encrypted), context(subject));
        return new String(clear, StandardCharsets.UTF_8);
    }

    @Override
    public void expect(Collection<UUID> subjects) {
        Map<UUID, WrappedKey> preloaded = preloaded();
        subjects.forEach(subject -> preloaded.putIfAbsent(subject, NO_KEY));
        jdbc.query(
                "select subject, wrapped, generation from personal_keys where subject = any(cast(? as uuid[]))",
                row -> {
                    preloaded.put(row.getObject(1, UUID.class), new WrappedKey(row.getBytes(2), row.getInt(3)));
                },
                (Object) subjects.stream().map(UUID::toString).toArray(String[]::new));
    }

    @Override
    public String emailHash(String email) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(emailHashing.of(email.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void forget(UUID subject, @Nullable String emailHash) {
        List<UUID> erased = jdbc.queryForList(
                "delete from personal_keys where subject = ? or organization = ? or address_hash = ? returning subject",
                UUID.class,
                subject,
                subject,
                emailHash);
        erased.forEach(cachedKeys()::remove);
        if (!erased.isEmpty()) {
            erasures.accept(new EncryptionKeysErased(erased));
        }
    }

    private byte @Nullable [] find(UUID subject) {
        Map<UUID, byte[]> cachedKeys = cachedKeys();
        byte[] cached = cachedKeys.get(subject);
        if (cached != null) {
            return cached;
        }
        WrappedKey found = wrapped(subject);
        if (found == null) {
            return null;
        }
        byte[] key =
                AesGcm.open(wrapping.wrapping(found.generation(), PersonalKeys.PURPOSE), found.key(), context(subject));
        cachedKeys.put(subject, key);
        return key;
    }

    private @Nullable WrappedKey wrapped(UUID subject) {
        WrappedKey preloaded = CurrentUnitOfWork.isStarted() ? preloaded().get(subject) : null;
        if (preloaded != null) {
            return preloaded == NO_KEY ? null : preloaded;
        }
        return jdbc
                .query(
                        "select wrapped, generation from personal_keys where subject = ?",
                        (row, n) -> new WrappedKey(row.getBytes(1), row.getInt(2)),
                        subject)
                .stream()
                .findFirst()
                .orElse(null);
    }

    private byte[] create(UUID subject, @Nullable UUID organization, @Nullable String addressHash) {
        byte[] key = new byte[32];
        random.nextBytes(key);
        int generation = wrapping.generation();
        int created = jdbc.update(
                "insert into personal_keys (subject, wrapped, organization, address_hash, generation)"
                        + " values (?, ?, ?, ?, ?) on conflict do nothing",
                subject,
                AesGcm.seal(wrapping.wrapping(generation, PersonalKeys.PURPOSE), key, context(subject)),
                organization,
                addressHash,
                generation);
        if (created == 0) {
            byte[] existing = find(subject);
            if (existing == null) {
                throw new IllegalStateException("The key of a subject was created and erased concurrently");
            }
            return existing;
        }
        cachedKeys().put(subject, key);
        return key;
    }

    private static Map<UUID, byte[]> cachedKeys() {
        return CurrentUnitOfWork.isStarted()
                ? CurrentUnitOfWork.get().root().getOrComputeResource(UNIT_OF_WORK_KEYS, name -> new HashMap<>())
                : new HashMap<>();
    }

    private static Map<UUID, WrappedKey> preloaded() {
        return CurrentUnitOfWork.get().root().getOrComputeResource(UNIT_OF_WORK_PRELOADED, name -> new HashMap<>());
    }

    private static String encrypted(byte[] key, UUID subject, String clear) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(AesGcm.seal(key, clear.getBytes(StandardCharsets.UTF_8), context(subject)));
    }

    static byte[] context(UUID subject) {
        return subject.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
