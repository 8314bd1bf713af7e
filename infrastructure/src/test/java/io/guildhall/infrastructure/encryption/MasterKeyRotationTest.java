package io.guildhall.infrastructure.encryption;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.infrastructure.datadirectory.DataDirectory;
import io.guildhall.infrastructure.datadirectory.DataDirectoryProperties;
import io.guildhall.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class MasterKeyRotationTest {

    private static final UUID ADA = UUID.randomUUID();

    @TempDir
    private Path directory;

    /** A single shared connection is enough for these tests. */
    private final DataSource database = one(TestDatabase.migrated());

    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final JdbcClient sql = JdbcClient.create(database);

    /** One node. */
    private final class Node {

        final DataDirectory home;
        final KeyHierarchy secrets;
        final JdbcPersonalDataCipher people;
        final MasterKeyRotation rotation;

        Node(@Nullable String key, String... previous) {
            home = new DataDirectory(
                    new DataDirectoryProperties(
                            directory, key, List.of(previous), new DataDirectoryProperties.Operator(null)),
                    true);
            secrets = new EncryptionConfiguration().rootSecrets(home, sql);
            people = new JdbcPersonalDataCipher(jdbc, secrets, secrets, erased -> {});
            var beans = new DefaultListableBeanFactory();
            beans.registerSingleton("personalKeys", new PersonalKeys(jdbc, secrets));
            rotation = new MasterKeyRotation(
                    home,
                    secrets,
                    beans.getBeanProvider(RewrappableKey.class),
                    sql,
                    new TransactionTemplate(new JdbcTransactionManager(database)));
        }

        void rotateToTheEnd() {
            rotation.rotate();
            rotation.rewrap();
            assertThat(rotation.progress().behind()).isZero();
        }
    }

    @Test
    void everythingStaysReadableAndNothingIdentifiesOtherwise() {
        Node before = new Node(null);
        String sealed = before.people.seal(ADA, "Ada");
        String hash = before.people.emailHash("ada@example.com");
        byte[] former = before.home.masterKeys().getFirst();

        before.rotateToTheEnd();

        Node after = new Node(null);
        assertThat(after.home.masterKeys()).hasSize(1).doesNotContain(former);
        for (Node node : List.of(before, after)) {
            assertThat(node.people.open(ADA, sealed)).isEqualTo("Ada");
            assertThat(node.people.emailHash("ada@example.com")).isEqualTo(hash);
            assertThat(node.secrets.derive("links")).isEqualTo(before.secrets.derive("links"));
        }
    }

    @Test
    void theFormerKeyOpensNothing() {
        Node node = new Node(key('a'));
        node.people.seal(ADA, "Ada");

        new Node(key('b'), key('a')).rotateToTheEnd();

        assertThat(opens(key('a'))).isFalse();
        assertThat(opens(key('b'))).isTrue();
        assertThatThrownBy(() -> new Node(key('a')))
                .isInstanceOf(FailureAnalyzedException.class)
                .hasMessageContaining("rotated");
    }

    /** Databases of earlier versions derive all keys from the master key directly. */
    @Test
    void aHomeFromBeforeGoesOnAndIsRotatedToo() {
        byte[] former = Base64.getDecoder().decode(key('a'));
        jdbc.update("insert into master_key (check_value) values (?)", MasterKeyCipher.checkValue(former));
        byte[] personal = new byte[32];
        Arrays.fill(personal, (byte) 7);
        byte[] wrappingThen = new KeyedHash(former).of("guildhall/personal-keys".getBytes(UTF_8));
        jdbc.update(
                "insert into personal_keys (subject, wrapped) values (?, ?)",
                ADA,
                AesGcm.seal(wrappingThen, personal, ADA.toString().getBytes(UTF_8)));
        String sealed = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(AesGcm.seal(
                        personal, "Ada".getBytes(UTF_8), ADA.toString().getBytes(UTF_8)));

        Node node = new Node(key('a'));
        assertThat(node.people.open(ADA, sealed)).isEqualTo("Ada");
        assertThat(node.secrets.derive("links")).isEqualTo(new KeyedHash(former).of("guildhall/links".getBytes(UTF_8)));
        byte[] links = node.secrets.derive("links");

        Node rotated = new Node(key('b'), key('a'));
        rotated.rotateToTheEnd();

        assertThat(rotated.people.open(ADA, sealed)).isEqualTo("Ada");
        assertThat(new Node(key('b')).secrets.derive("links")).isEqualTo(links);
        byte[] rewrappableKey = jdbc.queryForObject("select wrapped from personal_keys", byte[].class);
        assertThatThrownBy(() ->
                        AesGcm.open(wrappingThen, rewrappableKey, ADA.toString().getBytes(UTF_8)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void processesWithBothKeysWorkTogetherWhileItIsRotated() {
        Node old = new Node(key('a'));
        Node one = new Node(key('b'), key('a'));
        Node other = new Node(key('b'), key('a'));
        assertThat(one.secrets.state()).isEqualTo(KeyHierarchy.State.TO_BE_TAKEN_INTO_USE);
        List<String> sealed = IntStream.range(0, 1_100)
                .mapToObj(n -> one.people.seal(new UUID(n, n), "person " + n))
                .toList();
        assertThat(old.people.open(new UUID(7, 7), sealed.get(7))).isEqualTo("person 7");

        one.rotation.rotate();
        assertThat(one.rotation.progress().behind()).isEqualTo(1_100);
        // The other node still wraps with the former generation, and can already decrypt the new one.
        UUID late = UUID.randomUUID();
        String encryptedLate = other.people.seal(late, "late");
        assertThat(other.people.open(ADA, one.people.seal(ADA, "Ada"))).isEqualTo("Ada");
        other.rotation.rewrap();

        assertThat(one.rotation.progress()).isEqualTo(new MasterKeyRotation.Progress(KeyHierarchy.State.IN_USE, 2, 0));
        assertThat(one.people.open(late, encryptedLate)).isEqualTo("late");
        assertThat(IntStream.range(0, 1_100))
                .allMatch(n -> ("person " + n).equals(other.people.open(new UUID(n, n), sealed.get(n))));
        old.rotation.rewrap();
        assertThat(old.secrets.state()).isEqualTo(KeyHierarchy.State.REPLACED);
        assertThat(new MasterKeyHealth(old.secrets).health().getStatus().getCode())
                .isEqualTo("DOWN");
    }

    @Test
    void aProcessThatDiesBeforeTheFileIsInItsPlaceFindsItAgain() throws Exception {
        Node node = new Node(null);
        String sealed = node.people.seal(ADA, "Ada");
        String former = Files.readString(directory.resolve("master.key"));
        node.rotateToTheEnd();
        String next = Files.readString(directory.resolve("master.key"));
        Files.writeString(directory.resolve("master.key.next"), next);
        Files.writeString(directory.resolve("master.key"), former);

        assertThat(new Node(null).people.open(ADA, sealed)).isEqualTo("Ada");

        assertThat(directory.resolve("master.key.next")).doesNotExist();
        assertThat(directory.resolve("master.key")).hasContent(next);
    }

    /** As if the node or its database failed before the transaction. */
    @Test
    void aRotationThatDidNotHappenChangesNothing() {
        Node node = new Node(null);
        node.home.nextMasterKey();

        Node again = new Node(null);

        assertThat(again.secrets.state()).isEqualTo(KeyHierarchy.State.IN_USE);
        assertThat(again.rotation.progress().generation()).isEqualTo(1);
    }

    @Test
    void needsSomethingToRotateTo() {
        Node node = new Node(key('a'));
        assertThatThrownBy(node.rotation::rotate)
                .isInstanceOf(MasterKeyRotation.RotationRejectedException.class)
                .hasMessageContaining("guildhall.previous-master-keys");
        new Node(key('b'), key('a')).rotation.rotate();
        assertThatThrownBy(node.rotation::rotate).isInstanceOf(MasterKeyRotation.RotationRejectedException.class);
    }

    private static DataSource one(TestDatabase database) {
        var source = new SingleConnectionDataSource(database.url(), database.username(), database.password(), true);
        source.setAutoCommit(true);
        return source;
    }

    private boolean opens(String key) {
        byte[] masterKey = Base64.getDecoder().decode(key);
        try {
            MasterKeyCipher.unwrap(
                    masterKey,
                    jdbc.queryForObject("select identity from master_key", byte[].class),
                    MasterKeyCipher.IDENTITY);
            for (int generation : jdbc.queryForList("select generation from wrapping_secrets", Integer.class)) {
                MasterKeyCipher.unwrap(
                        masterKey,
                        jdbc.queryForObject(
                                "select wrapped from wrapping_secrets where generation = ?", byte[].class, generation),
                        MasterKeyCipher.generation(generation));
            }
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static String key(char letter) {
        return Base64.getEncoder()
                .encodeToString(String.valueOf(letter).repeat(32).getBytes(UTF_8));
    }
}
