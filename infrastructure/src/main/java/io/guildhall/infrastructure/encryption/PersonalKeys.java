package io.guildhall.infrastructure.encryption;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Wraps the keys of the table {@code personal_keys} again after a rotation of the master key. */
@Component
public class PersonalKeys implements RewrappableKey {

    static final String PURPOSE = "personal-keys";

    private static final int BATCH = 1_000;
    private static final UUID FIRST = new UUID(0, 0);

    private final JdbcTemplate jdbc;
    private final KeyEncryptionKeys wrapping;

    public PersonalKeys(JdbcTemplate jdbc, KeyEncryptionKeys wrapping) {
        this.jdbc = jdbc;
        this.wrapping = wrapping;
    }

    private record Key(UUID subject, byte[] wrapped, int generation) {}

    @Override
    public long rewrap(int generation) {
        long done = 0;
        List<Key> batch = from(FIRST, generation);
        while (!batch.isEmpty()) {
            // Does not restore keys that are erased meanwhile.
            jdbc.batchUpdate(
                    "update personal_keys set wrapped = ?, generation = ? where subject = ? and generation = ?",
                    batch.stream()
                            .map(key -> new Object[] {
                                rewrapped(key, generation), generation, key.subject(), key.generation()
                            })
                            .toList());
            done += batch.size();
            batch = from(batch.getLast().subject(), generation);
        }
        return done;
    }

    @Override
    public long behind(int generation) {
        Long count =
                jdbc.queryForObject("select count(*) from personal_keys where generation < ?", Long.class, generation);
        return count == null ? 0 : count;
    }

    private List<Key> from(UUID subject, int generation) {
        return jdbc.query(
                """
                select subject, wrapped, generation from personal_keys
                where subject >= ? and generation < ? order by subject limit ?
                """,
                (row, n) -> new Key(row.getObject(1, UUID.class), row.getBytes(2), row.getInt(3)),
                subject,
                generation,
                BATCH);
    }

    private byte[] rewrapped(Key key, int generation) {
        byte[] context = JdbcPersonalDataCipher.context(key.subject());
        byte[] clear = AesGcm.open(wrapping.wrapping(key.generation(), PURPOSE), key.wrapped(), context);
        return AesGcm.seal(wrapping.wrapping(generation, PURPOSE), clear, context);
    }
}
