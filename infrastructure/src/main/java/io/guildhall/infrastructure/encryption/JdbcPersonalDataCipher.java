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
 * R20: AES-256-GCM under a random key per subject; the keys lie in {@code personal_keys}, each wrapped under a key that the
 * master key guards. The subject is bound into what is sealed, so that a sealed value moved to another subject does not open.
 *
 * <p>Keys are remembered within one unit of work only: what another process forgets is forgotten here at once.
 */
public class JdbcPersonalDataCipher implements PersonalDataCipher {

    private static final String UNIT_OF_WORK_KEYS = JdbcPersonalDataCipher.class.getName();
    private static final String UNIT_OF_WORK_EXPECTED = UNIT_OF_WORK_KEYS + ".expected";
    private static final Wrapped NO_KEY = new Wrapped(new byte[0], 0);

    /** @param generation of the master key that it is wrapped under */
    private record Wrapped(byte[] key, int generation) {}

    private final JdbcTemplate jdbc;
    private final KeyEncryptionKeys wrapping;
    private final KeyedHash emailHashing;
    private final Consumer<EncryptionKeysErased> erasures;
    private final SecureRandom random = new SecureRandom();

    /** @param erasures told of erased keys in the transaction that erases them */
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
        return sealed(key == null ? create(subject, null, null) : key, subject, clear);
    }

    @Override
    public String encryptEmail(UUID subject, UUID organization, String emailHash, String clear) {
        return sealed(create(subject, organization, emailHash), subject, clear);
    }

    @Override
    public @Nullable String open(UUID subject, @Nullable String sealed) {
        byte[] key = sealed == null ? null : find(subject);
        if (key == null) {
            return null;
        }
        byte[] clear = AesGcm.open(key, Base64.getUrlDecoder().decode(sealed), bound(subject));
        return new String(clear, StandardCharsets.UTF_8);
    }

    @Override
    public void expect(Collection<UUID> subjects) {
        Map<UUID, Wrapped> expected = expected();
        subjects.forEach(subject -> expected.putIfAbsent(subject, NO_KEY));
        jdbc.query(
                "select subject, wrapped, generation from personal_keys where subject = any(cast(? as uuid[]))",
                row -> {
                    expected.put(row.getObject(1, UUID.class), new Wrapped(row.getBytes(2), row.getInt(3)));
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
        erased.forEach(remembered()::remove);
        if (!erased.isEmpty()) {
            erasures.accept(new EncryptionKeysErased(erased));
        }
    }

    private byte @Nullable [] find(UUID subject) {
        Map<UUID, byte[]> remembered = remembered();
        byte[] known = remembered.get(subject);
        if (known != null) {
            return known;
        }
        Wrapped found = wrapped(subject);
        if (found == null) {
            return null;
        }
        byte[] key =
                AesGcm.open(wrapping.wrapping(found.generation(), PersonalKeys.PURPOSE), found.key(), bound(subject));
        remembered.put(subject, key);
        return key;
    }

    private @Nullable Wrapped wrapped(UUID subject) {
        Wrapped expected = CurrentUnitOfWork.isStarted() ? expected().get(subject) : null;
        if (expected != null) {
            return expected == NO_KEY ? null : expected;
        }
        return jdbc
                .query(
                        "select wrapped, generation from personal_keys where subject = ?",
                        (row, n) -> new Wrapped(row.getBytes(1), row.getInt(2)),
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
                AesGcm.seal(wrapping.wrapping(generation, PersonalKeys.PURPOSE), key, bound(subject)),
                organization,
                addressHash,
                generation);
        if (created == 0) {
            byte[] existing = find(subject);
            if (existing == null) {
                throw new IllegalStateException("The key of a subject was made and destroyed at the same time");
            }
            return existing;
        }
        remembered().put(subject, key);
        return key;
    }

    private static Map<UUID, byte[]> remembered() {
        return CurrentUnitOfWork.isStarted()
                ? CurrentUnitOfWork.get().root().getOrComputeResource(UNIT_OF_WORK_KEYS, name -> new HashMap<>())
                : new HashMap<>();
    }

    private static Map<UUID, Wrapped> expected() {
        return CurrentUnitOfWork.get().root().getOrComputeResource(UNIT_OF_WORK_EXPECTED, name -> new HashMap<>());
    }

    private static String sealed(byte[] key, UUID subject, String clear) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(AesGcm.seal(key, clear.getBytes(StandardCharsets.UTF_8), bound(subject)));
    }

    static byte[] bound(UUID subject) {
        return subject.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
